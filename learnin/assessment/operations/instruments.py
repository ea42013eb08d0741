"""A questionnaire comes in, is mended, gets its files, and is published in versions that never change again."""

import re
from collections.abc import Collection
from datetime import datetime
from io import BytesIO
from typing import IO

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment.formats import doctor, words, xlsform
from learnin.assessment.formats.convert import Converted, NotConvertible, convert, validate
from learnin.assessment.formats.definition import definition, language_name
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Assessment, Instrument, InstrumentDimension, Medium, Version
from learnin.assessment.operations import word_states
from learnin.assessment.operations.core import require_core
from learnin.assessment.problems import unread
from learnin.assessment.queries import instruments as queries
from learnin.journal.models import Attachment
from learnin.journal.operations import entries, files, jobs
from learnin.kit import files as kit_files
from learnin.kit import jobs as kit_jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

WORKBOOKS = (".xlsx", ".xls")
MEDIA = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".mp3", ".wav", ".mp4", ".csv", ".geojson")
FAR_CHOICES = "itemsets.csv"  # the name by which ODK Collect looks for a long list that stands outside the form
LONGEST_NAME = 200


class NoWorkbook(Refusal):
    """The file cannot be read as a questionnaire."""


class FormIdTaken(Refusal):
    """Another questionnaire of the country has this id."""


class NoDraft(Refusal):
    """This version is published, and never changes again."""


class DraftThere(Refusal):
    """There is a draft already."""


class NotPublishable(Refusal):
    """The draft cannot be published, and why."""


class NotTranslated(NotPublishable):
    """Texts of a language are missing, and how many."""


class VersionUsed(Refusal):
    """This version was published before."""


class NothingToRepair(Refusal):
    """None of these problems stands in the draft."""


class NameTaken(Refusal):
    """A file of this name is there already."""


def read(file: IO[bytes], name: str) -> Book:
    """The questionnaire in an uploaded workbook. Raises NoWorkbook with what is wrong."""
    try:
        return xlsform.read(file.read(xlsform.MOST_BYTES + 1), name)
    except xlsform.NotReadable as problem:
        raise NoWorkbook(unread(problem)) from problem


@transaction.atomic
def add_instrument(
    country: Country,
    *,
    book: Book,
    by: Person,
    now: datetime,
    title: str = "",
    audience: str = "",
    dimensions: Collection[str] = (),
    assessment: Assessment | None = None,
    file: IO[bytes] | None = None,
    name: str = "",
) -> Instrument:
    """Bring a questionnaire in, as a draft. The workbook it came as is kept too.

    Raises FormIdTaken, files.FileRefused.
    """
    country = Country.objects.select_for_update().get(
        pk=country.pk
    )  # the form id is free, and stays so until we are done
    asked = definition(book)
    title = (title or asked.title or name.rpartition(".")[0] or _("Questionnaire")).strip()[:LONGEST_NAME]
    form_id = free_form_id(country, asked.form_id or title, is_given=bool(asked.form_id))
    instrument = Instrument.objects.create(
        country=country,
        assessment=assessment,
        title=title,
        form_id=form_id,
        audience=audience,
        added_by=by,
        added_at=now,
    )
    version = Version(instrument=instrument, number=1)
    write_book(version, book, by, now, source=_kept(file, name, country, by, now))
    _choose(instrument, dimensions)
    after = {"title": title, "form_id": form_id, "file": name, "dimensions": list(dimensions)}
    entries.write("instrument.added", instrument, by=by, now=now, country=country, after=after)
    return instrument


@transaction.atomic
def say_dimensions(instrument: Instrument, *, dimensions: Collection[str], by: Person, now: datetime) -> None:
    """Say which dimensions of the assessment the questionnaire asks about."""
    instrument = Instrument.objects.select_for_update(of=("self",)).select_related("country").get(pk=instrument.pk)
    before = queries.dimensions(instrument)
    _choose(instrument, dimensions)
    after = queries.dimensions(instrument)
    if before != after:
        kept = {"before": {"dimensions": before}, "after": {"dimensions": after}}
        entries.write("instrument.dimensions-said", instrument, by=by, now=now, country=instrument.country, **kept)


def _choose(instrument: Instrument, dimensions: Collection[str]) -> None:
    """From now on exactly these dimensions."""
    instrument.dimensions.exclude(dimension__in=dimensions).delete()
    for dimension in dimensions:
        InstrumentDimension.objects.get_or_create(instrument=instrument, dimension=dimension)


def free_form_id(country: Country, wanted: str, *, is_given: bool) -> str:
    """An id for devices that no other questionnaire of the country has. Raises FormIdTaken for one that was given."""
    plain = re.sub(r"[^\w.-]+", "_", wanted.lower() if not is_given else wanted).strip("_")[:180] or "questionnaire"
    taken = set(country.instruments.values_list("form_id", flat=True))
    if plain not in taken:
        return plain
    if is_given:
        other = country.instruments.get(form_id=plain)
        raise FormIdTaken(
            _("“%(title)s” has the form id %(form_id)s already. Give this workbook another, or replace that draft.")
            % {"title": other.title, "form_id": plain}
        )
    return next(name for number in range(2, len(taken) + 3) if (name := f"{plain}_{number}") not in taken)


@transaction.atomic
def replace_draft(
    version: Version, *, book: Book, by: Person, now: datetime, file: IO[bytes] | None = None, name: str = ""
) -> Version:
    """Put another workbook in the place of the draft. Files that were added to it stay.

    Raises NoDraft, CoreQuestion.
    """
    version = _draft(version)
    require_core(version.instrument, Book.from_json(version.book), book)
    write_book(version, book, by, now, source=_kept(file, name, version.instrument.country, by, now))
    entries.write("instrument.replaced", version, by=by, now=now, country=_country(version), after={"file": name})
    return version


@transaction.atomic
def write_draft(
    version: Version, *, book: Book, by: Person, now: datetime, verb: str = "instrument.written"
) -> Version:
    """Keep what somebody changed in the draft. Raises NoDraft."""
    version = _draft(version)
    write_book(version, book, by, now)
    entries.write(verb, version, by=by, now=now, country=_country(version))
    return version


@transaction.atomic
def repair_draft(version: Version, *, by: Person, now: datetime, codes: Collection[str] | None = None) -> Version:
    """Mend the problems of these codes; without codes, all that is safe to mend unasked.

    Raises NoDraft, NothingToRepair.
    """
    version = _draft(version)
    book = Book.from_json(version.book)
    before = {problem.code for problem in doctor.examine(book)}
    write_book(version, mended(book, codes), by, now)
    after = {"repaired": len(before - {problem["code"] for problem in version.problems})}
    entries.write("instrument.repaired", version, by=by, now=now, country=_country(version), after=after)
    return version


def mended(book: Book, codes: Collection[str] | None) -> Book:
    """The book without the problems of these codes, or without all that is safe to mend. Raises NothingToRepair."""
    found = doctor.repair(book, codes)
    if found == book:
        raise NothingToRepair(_("There is nothing to repair. Perhaps somebody did it just now."))
    return found


@transaction.atomic
def publish_version(version: Version, *, name: str, by: Person, now: datetime) -> Version:
    """Publish the draft under a version name that was never used. It never changes again.

    Raises NoDraft, VersionUsed, NotPublishable, NotTranslated.
    """
    version = _draft(version)
    instrument, name = version.instrument, name.strip()
    if not name:
        raise NotPublishable(_("Give the version a name."))
    if instrument.versions.filter(version=name).exclude(pk=version.pk).exists():
        raise VersionUsed(
            _("The version %(name)s was published before. Devices know it: give another.") % {"name": name}
        )
    _require_words(Book.from_json(version.book))
    try:
        converted = _converted(instrument, Book.from_json(version.book), name)
    except NotConvertible as problem:
        said = "; ".join(trouble.message for trouble in problem.troubles[:3])
        raise NotPublishable(
            _("This draft does not convert, so no device could show it. The converter says: %(said)s") % {"said": said}
        ) from problem
    version.version, version.xform = name, converted.xform
    version.published_by, version.published_at = by, now
    version.validation, version.validation_said = Version.Validation.WAITING, []
    version.save()
    _keep_far_choices(version, converted, by, now)
    after = {"version": name, "number": version.number}
    entries.write("instrument.published", version, by=by, now=now, country=instrument.country, after=after)
    _ask_validator(version, by, now)
    return version


def _require_words(book: Book) -> None:
    """Whoever opens a questionnaire in one of its languages finds every text in it. Raises NotTranslated."""
    if lacking := words.missing(definition(book)):
        counted = ", ".join(f"{language_name(language)} {count}" for language, count in lacking.items())
        raise NotTranslated(
            _("Texts are missing: %(counted)s. Translate them, or take the language out of the questionnaire.")
            % {"counted": counted}
        )


def _keep_far_choices(version: Version, converted: Converted, by: Person, now: datetime) -> None:
    """A long list of choices goes out beside the form, as the file that devices look for."""
    if converted.itemsets and not version.media.filter(name=FAR_CHOICES).exists():
        content = BytesIO(converted.itemsets.encode())
        attachment = files.attach(
            content, name=FAR_CHOICES, country=version.instrument.country, by=by, now=now, allowed=MEDIA
        )
        Medium.objects.create(version=version, name=FAR_CHOICES, attachment=attachment)


@transaction.atomic
def begin_draft_from(version: Version, *, by: Person, now: datetime) -> Version:
    """Begin a new draft from a version, with its files. Raises DraftThere."""
    instrument = (
        Instrument.objects.select_for_update(of=("self",)).select_related("country").get(pk=version.instrument_id)
    )
    if instrument.versions.filter(published_at=None).exists():
        raise DraftThere(
            _("“%(title)s” has a draft already. Change or publish that one.") % {"title": instrument.title}
        )
    last = instrument.versions.aggregate(last=Max("number"))["last"] or 0
    draft = Version(instrument=instrument, number=last + 1, source=version.source)
    write_book(draft, Book.from_json(version.book), by, now)
    Medium.objects.bulk_create(
        Medium(version=draft, name=medium.name, attachment=medium.attachment)
        for medium in version.media.exclude(name=FAR_CHOICES).select_related("attachment").order_by("pk")
    )
    after = {"number": draft.number}
    entries.write("instrument.draft-begun", draft, by=by, now=now, country=instrument.country, after=after)
    return draft


@transaction.atomic
def add_medium(version: Version, *, file: IO[bytes], name: str, by: Person, now: datetime) -> Medium:
    """Give the draft a file that its questions show or look into, by the name they use.

    Raises NoDraft, NameTaken, files.FileRefused.
    """
    version = _draft(version)
    shown = kit_files.clean_name(name)
    if version.media.filter(name=shown).exists():
        raise NameTaken(_("There is a file “%(name)s” already. Take it away first.") % {"name": shown})
    attachment = files.attach(file, name=shown, country=_country(version), by=by, now=now, allowed=MEDIA)
    medium = Medium.objects.create(version=version, name=shown, attachment=attachment)
    entries.write("instrument.file-added", version, by=by, now=now, country=_country(version), after={"file": shown})
    return medium


@transaction.atomic
def remove_medium(medium: Medium, *, by: Person, now: datetime) -> None:
    """Take a file away from the draft. Raises NoDraft."""
    version = _draft(medium.version)
    entries.write(
        "instrument.file-removed", version, by=by, now=now, country=_country(version), after={"file": medium.name}
    )
    version.media.filter(pk=medium.pk).delete()


@kit_jobs.job(label=gettext_lazy("Try a questionnaire in the validator"), atomic=False)
def validate_version(*, version_pk: int, by: Person | None, now: datetime) -> str:
    """Have the independent validator try a version, and keep what it says if nobody changed the version meanwhile."""
    version = Version.objects.get(pk=version_pk)
    said = validate(version.xform)
    with kit_jobs.finishing():
        Version.objects.filter(pk=version_pk, xform=version.xform).update(
            validation=said.state, validation_said=list(said.messages[:20])
        )
    return said.state


@transaction.atomic
def ask_validator(version: Version, *, by: Person, now: datetime) -> None:
    """Have the validator try this version again. Raises NotPublishable where there is nothing to try."""
    if not version.xform:
        raise NotPublishable(_("This draft does not convert yet, so there is nothing to try."))
    _ask_validator(version, by, now)


@transaction.atomic
def renew_code(version: Version, *, by: Person, now: datetime) -> Version:
    """Give the draft a new code to be tried under, and stop those that were given out before. Raises NoDraft."""
    version = _draft(version)
    version.code_number += 1
    version.save(update_fields=["code_number"])
    entries.write("instrument.code-renewed", version, by=by, now=now, country=_country(version))
    return version


def _ask_validator(version: Version, by: Person, now: datetime) -> None:
    """One try is enough, however often the draft changes before its turn comes."""
    jobs.start_once(validate_version, by=by, now=now, country=version.instrument.country, version_pk=version.pk)


def _draft(version: Version) -> Version:
    """The draft, locked. Raises NoDraft where it is published."""
    version = Version.objects.select_for_update(of=("self",)).select_related("instrument__country").get(pk=version.pk)
    if version.is_published:
        raise NoDraft(_("This version is published. It never changes again: begin a new draft from it."))
    return version


def _country(version: Version) -> Country:
    return version.instrument.country


def _kept(file: IO[bytes] | None, name: str, country: Country, by: Person, now: datetime) -> Attachment | None:
    return files.attach(file, name=name, country=country, by=by, now=now, allowed=WORKBOOKS) if file else None


def write_book(version: Version, book: Book, by: Person, now: datetime, *, source: Attachment | None = None) -> None:
    """Keep the book in the draft: examined, converted if it can be, waiting for the validator."""
    if version.book:
        word_states.mark_stale(version.instrument, Book.from_json(version.book), book, by=by, now=now)
    instrument = version.instrument
    version.xform, problems = queries.examined(book, form_id=instrument.form_id, title=instrument.title)
    version.book, version.problems = book.as_json(), [problem.as_json() for problem in problems]
    version.source = source or version.source
    version.validation, version.validation_said = Version.Validation.WAITING, []
    version.changed_by, version.changed_at = by, now
    version.save()
    if version.xform:
        _ask_validator(version, by, now)


def _converted(instrument: Instrument, book: Book, name: str) -> Converted:
    return convert(book, form_id=instrument.form_id, version=name, title=instrument.title)
