"""What a questionnaire asks, read from its workbook: questions in their order, groups, choices, languages, settings."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from learnin.assessment.formats.columns import (
    DEFAULT, LISTED_TYPES, MEDIA, METADATA, SELECT_TYPES, SILENT, Columns, kind,
)  # fmt: skip
from learnin.assessment.formats.workbook import Book, Row

Texts = Mapping[str, str]  # language -> text

_CODE = re.compile(r".*\((?P<code>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*")
REFERENCE = re.compile(r"\$\{\s*(?:last-saved#)?([^}\s]+)\s*\}")


@dataclass(frozen=True)
class Choice:
    """One answer to choose from."""

    name: str
    labels: Texts = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)  # what filters look at: region, district
    media: Mapping[str, Texts] = field(default_factory=dict)
    row: int = 0  # as in Excel


@dataclass(frozen=True)
class Group:
    """A group of questions, or a repeat: a group that is answered several times."""

    name: str
    parents: tuple[str, ...] = ()
    is_repeat: bool = False
    labels: Texts = field(default_factory=dict)
    relevant: str = ""
    appearance: str = ""
    count: str = ""
    row: int = 0

    @property
    def path(self) -> str:
        """Where it stands: the names of its groups and its own, parted by slashes."""
        return "/".join((*self.parents, self.name))

    @property
    def depth(self) -> int:
        """In how many groups it stands."""
        return len(self.parents)


@dataclass(frozen=True)
class Question:
    """One row that keeps or shows something: a question, a note, a calculation, a fact about the device."""

    name: str
    type: str  # one name for each type: select_one, integer, dateTime
    list_name: str = ""
    or_other: bool = False
    parents: tuple[str, ...] = ()
    repeat: str = ""  # the path of the nearest repeat around it
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    guidance: Texts = field(default_factory=dict)
    required: str = ""
    required_messages: Texts = field(default_factory=dict)
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Texts = field(default_factory=dict)
    appearance: str = ""
    calculation: str = ""
    default: str = ""
    read_only: str = ""
    choice_filter: str = ""
    parameters: str = ""
    trigger: str = ""
    media: Mapping[str, Texts] = field(default_factory=dict)
    row: int = 0

    @property
    def path(self) -> str:
        """Where its answer stands: the names of its groups and its own, parted by slashes."""
        return "/".join((*self.parents, self.name))

    @property
    def depth(self) -> int:
        """In how many groups it stands."""
        return len(self.parents)

    @property
    def is_select(self) -> bool:
        """Whether people choose from given answers."""
        return self.type in SELECT_TYPES

    @property
    def is_silent(self) -> bool:
        """Whether nobody sees it: it is worked out, or read from the device."""
        return self.type in SILENT

    @property
    def is_metadata(self) -> bool:
        """Whether the device answers it: when it began, which phone it is."""
        return self.type in METADATA

    @property
    def keeps_answer(self) -> bool:
        """Whether something is stored: notes and lists of files store nothing."""
        return self.type not in {"note", "xml-external", "csv-external"}

    @property
    def is_required(self) -> bool:
        """Whether it must always be answered."""
        return self.required.lower() in {"yes", "true", "true()"}

    @property
    def file_name(self) -> str:
        """The file that holds its choices, for a select from a file."""
        return self.list_name if self.type.endswith("_from_file") else ""


@dataclass(frozen=True)
class Definition:
    """A questionnaire as everybody else reads it."""

    outline: tuple[Question | Group, ...] = ()  # in the order of the workbook
    lists: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    default_language: str = DEFAULT
    title: str = ""
    form_id: str = ""
    version: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions, notes and calculations, in their order."""
        return tuple(one for one in self.outline if isinstance(one, Question))

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The groups and repeats, in their order."""
        return tuple(one for one in self.outline if isinstance(one, Group))

    @property
    def repeats(self) -> tuple[Group, ...]:
        """The repeats, in their order."""
        return tuple(group for group in self.groups if group.is_repeat)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where each answer stands."""
        return tuple(question.path for question in self.questions if question.keeps_answer)

    @cached_property
    def _by_path(self) -> Mapping[str, Question]:
        found: dict[str, Question] = {}
        for question in self.questions:
            found.setdefault(question.name, question)
            found[question.path] = question
        return found

    def question(self, name: str) -> Question | None:
        """The question of this name, or of this path; the first where several bear it."""
        return self._by_path.get(name)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The answers that a question offers, as far as they stand in the workbook."""
        return self.lists.get(question.list_name, ()) if question.type in LISTED_TYPES else ()

    def text(self, texts: Texts, language: str = "") -> str:
        """The text in a language, else in the default language, else in any."""
        for one in (language, self.default_language, *self.languages):
            if one in texts:
                return texts[one]
        return next(iter(texts.values()), "")

    def language_of(self, code: str) -> str:
        """The questionnaire's language for a code (`ro`, `sr-Latn`); the default language where it has none."""
        wanted = code.lower()
        for exact in (True, False):
            for language in self.languages:
                ours = language_code(language).lower()
                if ours == wanted or (not exact and ours.split("-")[0] == wanted.split("-")[0]):
                    return language
        return self.default_language

    def external_files(self) -> tuple[str, ...]:
        """Files with lists that the questionnaire looks into, which must come with it."""
        return tuple(dict.fromkeys(_external(self.questions)))

    def media_names(self) -> tuple[str, ...]:
        """Every file that the questionnaire shows or looks into, by name, in order."""
        shown: dict[str, None] = {}
        for question in self.questions:
            shown.update(dict.fromkeys(name for texts in question.media.values() for name in texts.values()))
        for choices in self.lists.values():
            for choice in choices:
                shown.update(dict.fromkeys(name for texts in choice.media.values() for name in texts.values()))
        return (*shown, *(name for name in self.external_files() if name not in shown))


def language_code(language: str) -> str:
    """The code in the name of a language: `ro` of `Română (ro)`; nothing where it bears none."""
    found = _CODE.fullmatch(language)
    return found["code"] if found else ""


def language_name(language: str) -> str:
    """The name of a language without its code: `Română` of `Română (ro)`."""
    return language.rpartition("(")[0].strip() if language_code(language) else language


def definition(book: Book) -> Definition:
    """What the workbook asks. Never raises: what it cannot understand is left out or kept as written."""
    settings = _settings(book)
    default = settings.get("default_language") or DEFAULT
    survey, choices = Columns(book.survey), Columns(book.choices)
    languages = tuple(dict.fromkeys((*survey.languages(default), *choices.languages(default))))
    return Definition(
        outline=tuple(_outline(survey, default)),
        lists=_lists(choices, default),
        languages=languages,
        default_language=default if default in languages or not languages else languages[0],
        title=settings.get("form_title", ""),
        form_id=settings.get("form_id", ""),
        version=settings.get("version", ""),
        settings=settings,
    )


def _settings(book: Book) -> dict[str, str]:
    sheet = book.sheets.get("settings")
    if sheet is None or not sheet.rows:
        return {}
    columns = Columns(sheet)
    found: dict[str, str] = {}
    for column in columns.all:
        if text := sheet.rows[0].get(column.header, "").strip():
            found[column.name] = text if column.header == column.name else found.get(column.name, text)
    return found


def _outline(columns: Columns, default: str) -> Iterator[Question | Group]:
    stack: list[Group] = []
    for number, row in enumerate(columns.sheet.rows, start=2):
        said = columns.value(row, "type")
        if not said or columns.value(row, "disabled").lower() in {"yes", "true", "true()"}:
            continue
        what = kind(said)
        parents = tuple(group.name for group in stack)
        if what.name.startswith("end "):
            if stack:
                stack.pop()
        elif what.name.startswith("begin "):
            group = Group(
                name=columns.value(row, "name"),
                parents=parents,
                is_repeat=what.name == "begin repeat",
                labels=columns.texts(row, "label", default),
                relevant=columns.value(row, "relevant"),
                appearance=columns.value(row, "appearance"),
                count=columns.value(row, "repeat_count"),
                row=number,
            )
            stack.append(group)
            yield group
        else:
            yield _question(columns, row, number, default, parents, _repeat(stack))


def _repeat(stack: list[Group]) -> str:
    return next((group.path for group in reversed(stack) if group.is_repeat), "")


def _question(
    columns: Columns, row: Row, number: int, default: str, parents: tuple[str, ...], repeat: str
) -> Question:
    what = kind(columns.value(row, "type"))
    name = columns.value(row, "name") or (f"generated_note_name_{number}" if what.name == "note" else "")
    return Question(
        name="audit" if what.name == "audit" else name,
        type=what.name,
        list_name=what.list_name,
        or_other=what.or_other,
        parents=("meta",) if what.name == "audit" else parents,
        repeat="" if what.name == "audit" else repeat,
        labels=columns.texts(row, "label", default),
        hints=columns.texts(row, "hint", default),
        guidance=columns.texts(row, "guidance_hint", default),
        required=columns.value(row, "required"),
        required_messages=columns.texts(row, "required_message", default),
        relevant=columns.value(row, "relevant"),
        constraint=columns.value(row, "constraint"),
        constraint_messages=columns.texts(row, "constraint_message", default),
        appearance=columns.value(row, "appearance"),
        calculation=columns.value(row, "calculation"),
        default=columns.value(row, "default"),
        read_only=columns.value(row, "read_only"),
        choice_filter=columns.value(row, "choice_filter"),
        parameters=columns.value(row, "parameters"),
        trigger=columns.value(row, "trigger"),
        media=_media(columns, row, default),
        row=number,
    )


def _media(columns: Columns, row: Row, default: str) -> Mapping[str, Texts]:
    found = {medium: columns.texts(row, medium, default) for medium in MEDIA}
    return {medium: texts for medium, texts in found.items() if texts}


def _lists(columns: Columns, default: str) -> Mapping[str, tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    others = [column for column in columns.all if not columns.is_known(column)]
    for number, row in enumerate(columns.sheet.rows, start=2):
        list_name, name = columns.value(row, "list_name"), columns.value(row, "name")
        if not list_name or not name:
            continue
        extra = {column.header: text for column in others if (text := row.get(column.header, "").strip())}
        choice = Choice(name, columns.texts(row, "label", default), extra, _media(columns, row, default), number)
        lists.setdefault(list_name, []).append(choice)
    return {list_name: tuple(choices) for list_name, choices in lists.items()}


_PULLDATA = re.compile(r"pulldata\s*\(\s*['\"]([^'\"]+)['\"]")
_SEARCH = re.compile(r"search\s*\(\s*['\"]([^'\"]+)['\"]")


def _external(questions: tuple[Question, ...]) -> Iterator[str]:
    for question in questions:
        if question.file_name:
            yield question.file_name
        elif question.type in {"csv-external", "xml-external"}:
            yield f"{question.name}.{question.type.removesuffix('-external')}"
        elif question.type == "select_one_external":
            yield "itemsets.csv"
        if found := _SEARCH.search(question.appearance):
            yield f"{found[1].removesuffix('.csv')}.csv"
        for text in (question.calculation, question.constraint, question.relevant, question.default):
            yield from (f"{name.removesuffix('.csv')}.csv" for name in _PULLDATA.findall(text))
