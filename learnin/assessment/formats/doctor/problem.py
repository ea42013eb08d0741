"""A problem of a workbook: where it stands, what fills its sentence, and whether a repair is at hand."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Literal

from learnin.assessment.formats.columns import DEFAULT, Columns, Kind, kind
from learnin.assessment.formats.workbook import Book, Row, Sheet

CLOSE = 0.82  # how alike two words must be (difflib's ratio) to be taken for a slip of the pen
MOST_GUESSES = 40_000  # comparisons of words: about two seconds
LONGEST_GUESS = 60
Severity = Literal["error", "warning"]
Mending = Literal["", "safe", "asked"]


@dataclass(frozen=True)
class Problem:
    """Something in a workbook that stops it, or that will surprise people.

    `repair` is "safe" where a repair changes nothing that is asked or stored, "asked" where it changes something and
    the sentence says what, and empty where a person must do it.
    """

    code: str
    severity: Severity
    sheet: str = ""
    row: int = 0  # as in Excel: 1 is the head; 0 where it is about the whole sheet
    column: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    repair: Mending = ""

    def as_json(self) -> dict[str, Any]:
        """The problem as it is kept in the database."""
        return {**vars(self), "values": dict(self.values)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Problem":
        """The problem as it was kept."""
        return cls(**kept)


@dataclass(frozen=True)
class Line:
    """A row of the questions that is not empty, read."""

    number: int
    row: Row
    name: str
    kind: Kind
    type: str  # as it is written
    parents: tuple[int, ...]  # the numbers of the rows that open the groups around it

    @property
    def edge(self) -> str:
        """`begin` or `end` for the edges of groups and repeats, else nothing."""
        first = self.kind.name.partition(" ")[0]
        return first if first in {"begin", "end"} and self.kind.name != first else ""


@dataclass(frozen=True)
class Option:
    """A row of the choices that is not empty, read."""

    number: int
    row: Row
    list_name: str
    name: str


class Facts:
    """What every rule wants to know of a workbook, read once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._guesses = 0
        self.survey, self.choices = Columns(book.survey), Columns(book.choices)
        self.settings = Columns(book.sheets.get("settings", Sheet("settings")))

    def setting(self, name: str) -> str:
        """What the settings say under this name."""
        return self.settings.value(self.book.settings, name)

    @cached_property
    def default_language(self) -> str:
        """The language of columns that name none."""
        return self.setting("default_language") or DEFAULT

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The rows of the questions; rows that are switched off are left out, as the converter does."""
        found: list[Line] = []
        stack: list[int] = []
        for number, row in enumerate(self.book.survey.rows, start=2):
            if not row or self.survey.value(row, "disabled").lower() in {"yes", "true", "true()"}:
                continue
            said = self.survey.value(row, "type")
            line = Line(number, row, self.survey.value(row, "name"), kind(said), said, tuple(stack))
            if line.edge == "end" and stack:
                stack.pop()
            found.append(line)
            if line.edge == "begin":
                stack.append(number)
        return tuple(found)

    @cached_property
    def options(self) -> tuple[Option, ...]:
        """The rows of the choices."""
        return tuple(
            Option(number, row, self.choices.value(row, "list_name"), self.choices.value(row, "name"))
            for number, row in enumerate(self.book.choices.rows, start=2)
            if row
        )

    @cached_property
    def lists(self) -> Mapping[str, tuple[Option, ...]]:
        """The choices of each list that has a name."""
        found: dict[str, list[Option]] = {}
        for option in self.options:
            if option.list_name:
                found.setdefault(option.list_name, []).append(option)
        return {name: tuple(options) for name, options in found.items()}

    @cached_property
    def names(self) -> Mapping[str, tuple[Line, ...]]:
        """The rows that bear each name, in their order."""
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.name and line.edge != "end":
                found.setdefault(line.name, []).append(line)
        return {name: tuple(lines) for name, lines in found.items()}

    def near(self, word: str, words: Collection[str]) -> str:
        """The one of these words that was probably meant; nothing where none is near, or after too many guesses."""
        self._guesses += len(words)
        return close_to(word, words) if self._guesses <= MOST_GUESSES else ""


def close_to(word: str, words: Collection[str]) -> str:
    """The one of these words that was probably meant; nothing where none is near."""
    return next(iter(get_close_matches(word[:LONGEST_GUESS], sorted(words), n=1, cutoff=CLOSE)), "")


Rule = Callable[[Facts], Iterator[Problem]]
Repair = Callable[[Facts, list[Problem]], Book]


def with_cells(sheet: Sheet, cells: Mapping[tuple[int, str], str]) -> Sheet:
    """The sheet with other text in these cells (Excel row, column); an empty text empties the cell."""
    rows = [dict(row) for row in sheet.rows]
    for (number, column), text in cells.items():
        if text:
            rows[number - 2][column] = text
        else:
            rows[number - 2].pop(column, None)
    return sheet.with_rows(tuple(rows))


def with_column_named(sheet: Sheet, old: str, new: str) -> Sheet:
    """The sheet with another name at the top of one column."""
    columns = tuple(new if column == old else column for column in sheet.columns)
    rows = tuple({(new if column == old else column): text for column, text in row.items()} for row in sheet.rows)
    return Sheet(sheet.name, columns, rows)


def free_name(wanted: str, taken: set[str]) -> str:
    """The name, or with a number behind it, so that nobody else bears it; it counts as taken from now on."""
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}_{number}", number + 1
    taken.add(name)
    return name
