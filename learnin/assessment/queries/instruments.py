"""What we know of questionnaires: versions, what is wrong with a draft, what changed, what channels cannot do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from learnin.assessment import bank_reader
from learnin.assessment import problems as words
from learnin.assessment.formats import doctor
from learnin.assessment.formats.channels import CHANNELS, Limit, limits
from learnin.assessment.formats.convert import NotConvertible, Trouble, convert
from learnin.assessment.formats.definition import Definition, Group, Question, definition, language_code
from learnin.assessment.formats.differences import Differences, differences
from learnin.assessment.formats.doctor import Problem
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Instrument, Medium, Version
from learnin.people.models import Country
from learnin.programme import reader
from learnin.programme.formats.items import Kind

DRAFT = "draft"  # the version of what is not published, for the converter
SHOWN_PLACES = 100  # after that one corrects the workbook, or repairs them all
SHOWN_CHOICES = 12  # a preview, not the list of all villages


@dataclass(frozen=True)
class Line:
    """A questionnaire in the country's list."""

    instrument: Instrument
    draft: Version | None
    published: Version | None

    @property
    def about(self) -> list[str]:
        """The dimensions it asks about, by name."""
        return dimension_names(self.instrument)

    @property
    def shown(self) -> Version | None:
        """The version that people look at first: the published one, else the draft."""
        return self.published or self.draft


def instruments(country: Country) -> list[Line]:
    """The questionnaires of a country, each with its draft and its newest published version."""
    found = country.instruments.select_related("assessment").prefetch_related("dimensions").order_by("title", "pk")
    versions = Version.objects.filter(instrument__country=country).defer("book", "xform").order_by("number", "pk")
    drafts: dict[int, Version] = {}
    published: dict[int, Version] = {}
    for version in versions:
        (published if version.is_published else drafts)[version.instrument_id] = version
    return [Line(one, drafts.get(one.pk), published.get(one.pk)) for one in found]


def dimensions(instrument: Instrument) -> list[str]:
    """The dimensions it asks about, in the order of the programme."""
    return in_order(one.dimension for one in instrument.dimensions.all())


def in_order(found: Iterable[str]) -> list[str]:
    """Each of these dimensions once, in the order of the programme."""
    there = {*found}
    return [one.id for one in reader.current().items(Kind.DIMENSION) if one.id in there]


def dimension_names(instrument: Instrument) -> list[str]:
    """The dimensions it asks about, by name."""
    names = {one.id: str(one.name) for one in reader.current().items(Kind.DIMENSION)}
    return [names[one] for one in dimensions(instrument)]


def dimensions_of_items(names: Iterable[str]) -> list[str]:
    """The dimensions of those questions that stand in the question bank, in the order of the programme."""
    bank = bank_reader.current()
    return in_order(item.dimension for name in names if (item := bank.item(name)))


def suggested_dimensions(instrument: Instrument) -> list[str]:
    """What the questions of its newest version are about, as far as they come from the bank."""
    newest = instrument.versions.order_by("-number", "-pk").first()
    asked = definition(Book.from_json(newest.book)).questions if newest else ()
    return dimensions_of_items(one.name for one in asked)


def versions(instrument: Instrument) -> QuerySet[Version]:
    """Every version of a questionnaire, the newest first."""
    found = instrument.versions.select_related("changed_by", "published_by").defer("book", "xform")
    return found.order_by("-number", "-pk")


def draft_of(instrument: Instrument) -> Version | None:
    """The draft, if there is one."""
    return instrument.versions.filter(published_at=None).select_related("instrument__country").first()


def before(version: Version) -> Version | None:
    """The published version that came before this one."""
    found = version.instrument.versions.exclude(published_at=None).filter(number__lt=version.number)
    return found.select_related("instrument__country").order_by("-number", "-pk").first()


def other_versions(version: Version) -> list[Version]:
    """The versions it can be compared with."""
    found = version.instrument.versions.exclude(pk=version.pk).select_related("instrument")
    return list(found.defer("book", "xform").order_by("-number", "-pk"))


def media(version: Version) -> QuerySet[Medium]:
    """The files of a version, by name."""
    return version.media.select_related("attachment").order_by("name", "pk")


@dataclass(frozen=True)
class Ill:
    """One kind of problem of a workbook, with every place where it stands."""

    code: str
    problems: tuple[Problem, ...]

    @property
    def words(self) -> words.Words:
        """What it means and what to do."""
        return words.WORDS[self.code]

    @property
    def is_error(self) -> bool:
        """Whether it stops the questionnaire."""
        return self.problems[0].severity == "error"

    @property
    def is_safe(self) -> bool:
        """Whether a repair changes nothing that is asked or stored."""
        return any(problem.repair == "safe" for problem in self.problems)

    @property
    def is_asked(self) -> bool:
        """Whether a repair changes something, as its sentence says."""
        return any(problem.repair == "asked" for problem in self.problems)

    @property
    def places(self) -> list[tuple[Problem, str]]:
        """Each problem with its sentence, as many as one reads."""
        return [(problem, words.told(problem)) for problem in self.problems[:SHOWN_PLACES]]

    @property
    def more(self) -> int:
        """How many places stand nowhere on the page."""
        return max(0, len(self.problems) - SHOWN_PLACES)


@dataclass(frozen=True)
class Row:
    """A line of the preview: a question or a group, in one language."""

    what: Question | Group
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    more_choices: int = 0

    @property
    def is_group(self) -> bool:
        """Whether other questions stand inside."""
        return isinstance(self.what, Group)


class Findings:
    """What is wrong with a questionnaire, by kind, what stops it first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.ills = grouped(problems)

    @property
    def errors(self) -> list[Ill]:
        """What stops it."""
        return [ill for ill in self.ills if ill.is_error]

    @property
    def warnings(self) -> list[Ill]:
        """What will surprise people."""
        return [ill for ill in self.ills if not ill.is_error]

    @property
    def can_be_mended_unasked(self) -> bool:
        """Whether something is safe to repair."""
        return any(ill.is_safe for ill in self.ills)


def examined(book: Book, *, form_id: str, title: str) -> tuple[str, list[Problem]]:
    """The draft as devices read it, empty where it does not convert, and everything that is wrong with it."""
    problems = [*doctor.examine(book)]
    try:
        return convert(book, form_id=form_id, version=DRAFT, title=title).xform, problems
    except NotConvertible as refused:
        return "", [*(_told(trouble) for trouble in refused.troubles), *problems]


def _told(trouble: Trouble) -> Problem:
    return Problem("not_convertible", "error", trouble.sheet, trouble.row, values={"said": trouble.message})


class Look(Findings):
    """A version, read: what it asks, what is wrong, what will not work where."""

    def __init__(self, version: Version) -> None:
        super().__init__(Problem.from_json(kept) for kept in version.problems)
        self.version = version

    @cached_property
    def definition(self) -> Definition:
        """What it asks."""
        return definition(Book.from_json(self.version.book))

    @property
    def limits(self) -> list[tuple[str, list[Limit]]]:
        """What will not work, by channel; every channel stands there."""
        found = limits(self.definition)
        return [(channel, [one for one in found if one.channel == channel]) for channel in CHANNELS]

    @property
    def asked(self) -> list[Question]:
        """The questions that somebody sees."""
        return [question for question in self.definition.questions if not question.is_silent]

    def rows(self, language: str) -> list[Row]:
        """The preview in one language."""
        return [self._row(one, language) for one in self.definition.outline]

    def _row(self, one: Question | Group, language: str) -> Row:
        asked = self.definition
        label = asked.text(one.labels, language)
        if isinstance(one, Group):
            return Row(one, label)
        choices = tuple(asked.text(choice.labels, language) or choice.name for choice in asked.choices(one))
        more = max(0, len(choices) - SHOWN_CHOICES)
        return Row(one, label, asked.text(one.hints, language), choices[:SHOWN_CHOICES], more)

    def language(self, wanted: str, reader: str) -> str:
        """The language to show: the one that was asked for, else the reader's, else the first."""
        return wanted if wanted in self.definition.languages else self.definition.language_of(reader)

    def tongue(self, language: str) -> str:
        """The code of a language for the page, where its name bears one."""
        return language_code(language)

    def missing_files(self, there: Iterable[Medium]) -> list[str]:
        """Files that the questions name and nobody has added."""
        names = {medium.name for medium in there}
        return [name for name in self.definition.media_names() if name not in names and name != "itemsets.csv"]


def grouped(problems: Iterable[Problem]) -> list[Ill]:
    """Problems by kind: what stops a questionnaire first, and what only the converter says behind what we can name."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.code, []).append(problem)
    ills = [Ill(code, tuple(one)) for code, one in found.items()]
    return sorted(ills, key=lambda ill: (not ill.is_error, ill.code == "not_convertible"))


def compared(old: Version, new: Version) -> Differences:
    """What changed from one version to another."""
    return differences(*(definition(Book.from_json(version.book)) for version in (old, new)))


def effects(found: Differences) -> Counter[str]:
    """How many changes do what to the data."""
    return Counter(change.effect for change in found.changes)


def free_version(instrument: Instrument, today: date) -> str:
    """A version name that was never used: the day and a number, as form designers write it."""
    used = set(instrument.versions.exclude(version="").values_list("version", flat=True))
    return next(name for n in range(1, len(used) + 2) if (name := f"{today:%Y%m%d}{n:02}") not in used)
