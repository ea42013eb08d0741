"""Answers as tables: one row for each answer, and a table of its own for each repeat.

Columns are named as their question stands in the questionnaire, `group/question`, and what was chosen of several also
as `group/question/choice`; `KEY` and `PARENT_KEY` tie the tables, as in the exports that people know from ODK.
"""

import math
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from html import unescape
from typing import Any

from learnin.assessment.formats.definition import Choice, Definition, Group, Question, Texts
from learnin.assessment.formats.submission_xml import moment

KEY, PARENT_KEY = "KEY", "PARENT_KEY"
# What a phone says of its owner, marked or not.
OF_THE_PERSON = frozenset({"deviceid", "subscriberid", "simserial", "phonenumber", "username", "email"})
# What could tell who gave an answer that is not tied to anybody: exact moments, places, the phone.
TELLS_WHO = OF_THE_PERSON | {"start", "end", "audit", "start-geopoint", "background-geopoint", "background-audio"}
POINT = ("latitude", "longitude", "altitude", "accuracy")
SHAPES = frozenset({"geopoint", "geotrace", "geoshape", "start-geopoint", "background-geopoint"})
_POINTS = frozenset({"geopoint", "start-geopoint", "background-geopoint"})
_KINDS = {
    "integer": "integer",
    "decimal": "decimal",
    "range": "decimal",
    "date": "date",
    "today": "date",
    "dateTime": "moment",
    "start": "moment",
    "end": "moment",
    "select_one": "choice",
    "select_multiple": "many",
    "rank": "many",
}
_TAG = re.compile(r"<[^<>]{1,300}>")


@dataclass(frozen=True)
class Column:
    """One column: its name, what its values are, and what they mean."""

    name: str
    kind: str = (
        "text"  # text, integer, decimal, date, moment (UTC), choice, many (choices parted by spaces), flag (0 or 1)
    )
    labels: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    type: str = ""  # of its question
    question: str = ""  # the path of its question; nothing for what we say about an answer
    is_personal: bool = False

    def label(self, language: str = "") -> str:
        """What the column is, in words: in a language, else in the first there is."""
        return said(self.labels, language) or self.name

    def value(self, text: str) -> Any:
        """The value that a text stands for; nothing where there is none, or where it is no such value."""
        return _READERS[self.kind](text) if text else None

    def labelled(self, text: str, language: str = "") -> Any:
        """The value as people read it: the words of a choice in the place of its name."""
        if self.kind == "choice":
            return self._words(text, language)
        if self.kind == "many":
            return ", ".join(self._words(one, language) for one in text.split())
        return self.value(text)

    @cached_property
    def by_name(self) -> Mapping[str, Choice]:
        """The choices by their names."""
        return {choice.name: choice for choice in self.choices}

    def _words(self, name: str, language: str) -> str:
        found = self.by_name.get(name)
        return (said(found.labels, language) or name) if found else name


@dataclass(frozen=True)
class Table:
    """One table: its columns, and from where in an answer its rows come."""

    name: str
    columns: tuple[Column, ...]
    repeat: tuple[str, ...] = ()  # the names on the way to the repeat; nothing for the answers themselves
    first: int = 1  # columns before those of the questions

    @cached_property
    def _plan(self) -> tuple[tuple[tuple[str, ...], tuple[tuple[int, str], ...]], ...]:
        """What to read from which group, so that each group is looked up once."""
        found: dict[tuple[str, ...], list[tuple[int, str]]] = {}
        for at, column in enumerate(self.columns):
            if column.question and column.name == column.question:
                *parents, name = column.question.split("/")[len(self.repeat) :]
                found.setdefault(tuple(parents), []).append((at, name))
        return tuple((parents, tuple(wanted)) for parents, wanted in found.items())

    @cached_property
    def _parts(self) -> tuple[tuple[int, int, str, str], ...]:
        """Columns that are worked out of another: where they stand, where that one stands, its type, which part."""
        known = {column.name: at for at, column in enumerate(self.columns)}
        return tuple(
            (at, known[one.question], one.type, one.name.rpartition("/")[2])
            for at, one in enumerate(self.columns)
            if is_part(one)
        )

    def row(self, first: Sequence[str], data: Mapping[str, Any]) -> list[str]:
        """The cells of one row, each as its text; nothing said is nothing written."""
        cells = [*first, *[""] * (len(self.columns) - len(first))]
        for parents, wanted in self._plan:
            node: Any = data
            for parent in parents:
                node = node.get(parent) if isinstance(node, dict) else None
            if isinstance(node, dict):
                for at, name in wanted:
                    value = node.get(name)
                    if value:
                        cells[at] = value if value.__class__ is str else _text(value)
        for at, source, kind, part in self._parts:
            if text := cells[source]:
                cells[at] = _part(text, kind, part)
        return cells


@dataclass(frozen=True)
class Record:
    """An answer on its way out: its key, what we say about it, and what it says."""

    key: str
    facts: tuple[str, ...]
    data: Mapping[str, Any]


@dataclass(frozen=True)
class Layout:
    """All tables of a questionnaire."""

    title: str
    main: Table
    repeats: tuple[Table, ...] = ()
    languages: tuple[str, ...] = ()
    note: str = ""  # what kind of round the answers come from, in words
    subjects: tuple[str, ...] = ()  # the dimensions that the questionnaire asks about, in words

    @property
    def tables(self) -> tuple[Table, ...]:
        """The main table, then one for each repeat."""
        return (self.main, *self.repeats)

    def main_row(self, record: Record) -> list[str]:
        """The row of an answer."""
        return self.main.row((record.key, *record.facts), record.data)

    def repeat_rows(self, record: Record) -> Iterator[tuple[int, list[str]]]:
        """The rows of its repeats, each with the number of its table among the repeats."""
        for at, table in enumerate(self.repeats):
            for key, parent, data in _turns(record.data, table.repeat, self._repeats, record.key):
                yield at, table.row((key, parent), data)

    @cached_property
    def _repeats(self) -> frozenset[tuple[str, ...]]:
        return frozenset(table.repeat for table in self.repeats)


def is_part(column: Column) -> bool:
    """Whether it is worked out of another column: one choice of several, or one number of a place."""
    return bool(column.question) and column.name != column.question


def said(texts: Texts, language: str = "") -> str:
    """The text in a language, else the first, on one line and without markup."""
    text = texts.get(language) or next(iter(texts.values()), "")
    return " ".join(unescape(_TAG.sub("", text)).split())


def layout(
    definitions: Sequence[Definition],
    *,
    facts: Sequence[Column] = (),
    personal: Collection[str] = (),
    with_personal: bool = False,
    is_unlinked: bool = False,
    note: str = "",
    subjects: Sequence[str] = (),
) -> Layout:
    """The tables for answers to these versions, the newest first: what any of them asked has its column.

    facts: what we say about each answer, in the columns after its key. personal: names or paths of what says who
    somebody is; left out unless asked for. is_unlinked: leave out what could tell who answered.
    subjects: what the questionnaire is about.
    """
    newest = definitions[0] if definitions else Definition()
    questions: dict[str, tuple[Question, Definition]] = {}
    groups: dict[str, Group] = {}
    for one in definitions:
        groups |= {group.path: group for group in one.repeats if group.path not in groups}
        for question in one.questions:
            if question.keeps_answer:
                questions.setdefault(question.path, (question, one))
    lists = _all_choices(definitions)
    by_repeat: dict[str, list[Column]] = {"": []}
    for path in groups:
        by_repeat[path] = []
    for question, of in questions.values():
        is_personal = question.type in OF_THE_PERSON or is_named(question.path, personal)
        if (is_personal and not with_personal) or (is_unlinked and question.type in TELLS_WHO):
            continue
        by_repeat[question.repeat].extend(_columns(question, of, lists.get(question.list_name, ()), is_personal))
    main = Table(
        name=_table_name(newest.form_id or "answers"),
        columns=(Column(KEY), *facts, *by_repeat.pop("")),
        first=1 + len(facts),
    )
    keys = (Column(KEY), Column(PARENT_KEY))
    repeats = tuple(
        Table(f"{main.name}-{path.replace('/', '-')}", (*keys, *columns), tuple(path.split("/")), 2)
        for path, columns in by_repeat.items()
    )
    languages = tuple(dict.fromkeys(language for one in definitions for language in one.languages))
    return Layout(newest.title or newest.form_id, main, repeats, languages, note, tuple(subjects))


def is_named(path: str, names: Collection[str]) -> bool:
    """Whether a question is named, by its name or path, or a group around it is."""
    parts = path.split("/")
    return any(part in names or "/".join(parts[: at + 1]) in names for at, part in enumerate(parts))


def _all_choices(definitions: Iterable[Definition]) -> dict[str, tuple[Choice, ...]]:
    """Every choice that any version offered: the newest words, the order of the newest version first."""
    found: dict[str, dict[str, Choice]] = {}
    for one in definitions:
        for name, choices in one.lists.items():
            for choice in choices:
                found.setdefault(name, {}).setdefault(choice.name, choice)
    return {name: tuple(choices.values()) for name, choices in found.items()}


def _columns(question: Question, of: Definition, choices: tuple[Choice, ...], is_personal: bool) -> Iterator[Column]:
    """The column of a question, and those that are worked out of it."""
    kind = _KINDS.get(question.type, "text")
    listed = _in_order(choices, of.default_language) if kind in {"choice", "many"} else ()
    if question.or_other and listed:
        listed = (*listed, Choice("other", {of.default_language: "Other"}))
    labels = _default_first(question.labels, of.default_language)
    about: dict[str, Any] = {"type": question.type, "question": question.path, "is_personal": is_personal}
    yield Column(question.path, kind, labels, listed, **about)
    if question.type in _POINTS:
        for part in POINT:
            yield Column(f"{question.path}/{part}", "decimal", _with(labels, {"": part}), **about)
    if kind == "many":
        part_kind = "integer" if question.type == "rank" else "flag"
        for choice in listed:
            yield Column(f"{question.path}/{choice.name}", part_kind, _with(labels, choice.labels), **about)
    if question.or_other:
        other = f"{question.path}_other"
        yield Column(other, "text", _with(labels, {"": "other"}), question=other, type="text", is_personal=is_personal)


def _in_order(choices: Iterable[Choice], default: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(one.name, _default_first(one.labels, default), one.columns, one.media, one.row) for one in choices
    )


def _default_first(texts: Texts, default: str) -> Texts:
    return {default: texts[default], **texts} if default in texts else dict(texts)


def _with(texts: Texts, more: Texts) -> Texts:
    """The words of a question, each followed by the words of one of its choices."""
    languages = dict.fromkeys((*texts, *(one for one in more if one)))
    return {one: ": ".join(filter(None, (said(texts, one), said(more, one)))) for one in languages} or dict(more)


def _table_name(text: str) -> str:
    return re.sub(r"[^\w-]+", "_", text).strip("_")[:60] or "answers"


def _turns(
    data: Any, way: tuple[str, ...], repeats: frozenset[tuple[str, ...]], key: str, above: tuple[str, ...] = ()
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each turn of a repeat: its key, the key of what it stands in, and what it says."""
    node, at = data, 0
    while at < len(way):
        node = node.get(way[at]) if isinstance(node, dict) else None
        at += 1
        here = (*above, *way[:at])
        if here in repeats:
            turns = node if isinstance(node, list) else [node] if isinstance(node, dict) else []
            name = "/".join(way[:at])
            for number, turn in enumerate(turns, start=1):
                if not isinstance(turn, dict):
                    continue
                own = f"{key}/{name}[{number}]"
                if at == len(way):
                    yield own, key, turn
                else:
                    yield from _turns(turn, way[at:], repeats, own, here)
            return


def _text(value: Any) -> str:
    """A value as text, also where something stands twice that should stand once."""
    if isinstance(value, list):
        return " | ".join(filter(None, (_text(one) for one in value)))
    return value if isinstance(value, str) else ""


def _part(text: str, kind: str, part: str) -> str:
    if kind in _POINTS:
        parts = text.split()
        at = POINT.index(part)
        return parts[at] if at < len(parts) else ""
    chosen = text.split()
    if kind == "rank":
        return str(chosen.index(part) + 1) if part in chosen else ""
    return "1" if part in chosen else "0"


def _integer(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        number = _decimal(text)
        return int(number) if number is not None and number.is_integer() else None


def _decimal(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    found = moment(text)
    return found.astimezone(UTC).replace(tzinfo=None) if found else None


_READERS: Mapping[str, Any] = {
    "text": str,
    "many": str,
    "choice": str,
    "integer": _integer,
    "flag": _integer,
    "decimal": _decimal,
    "date": _date,
    "moment": _moment,
}
