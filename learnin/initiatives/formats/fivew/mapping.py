"""A look at a 5W table: where its heading is, what its columns hold, and what each of them seems to mean."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

from learnin.initiatives.formats.fivew import grid
from learnin.initiatives.formats.fivew.grid import Cell, Row, Sheet
from learnin.initiatives.formats.fivew.hashtags import is_tag, use_of
from learnin.initiatives.formats.fivew.heading_words import fit
from learnin.initiatives.formats.fivew.meanings import IN_LANGUAGES, MANY, OF_PEOPLE, Meaning, Use
from learnin.initiatives.formats.record import NotReadable

FIRST_LINES = 25
"""The heading stands among these: above it are only titles and notes."""
EXAMPLES = 3
LONGEST_EXAMPLE = 120


@dataclass(frozen=True)
class ColumnMapping:
    """Which column means what, and what holds for all rows where no column tells it.

    columns: heading to its use. country: ISO 3166-1. currency: ISO 4217. language: of titles and descriptions.
    day_first: whether 03/04/2024 is in April; None: what the columns themselves show. sheet: which one of a workbook
    is meant; empty: the one that looks most like a table of initiatives.
    """

    columns: Mapping[str, Use]
    country: str = ""
    currency: str = ""
    language: str = ""
    day_first: bool | None = None
    sheet: str = ""

    @cached_property
    def meanings(self) -> frozenset[Meaning]:
        """What the columns tell."""
        return frozenset(use.meaning for use in self.columns.values())

    @property
    def lacks(self) -> str:
        """What no table can do without: a key of the words that the page has, or empty."""
        return "" if self.meanings & {Meaning.TITLE, Meaning.IDENTIFIER} else "no_title_column"

    def as_json(self) -> dict[str, Any]:
        """The mapping, to be kept for the next file with the same heading."""
        columns = {heading: str(use) for heading, use in self.columns.items()}
        kept = {"country": self.country, "currency": self.currency, "language": self.language}
        return {"columns": columns, **kept, "day_first": self.day_first, "sheet": self.sheet}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "ColumnMapping":
        """The mapping as it was kept. Raises KeyError or ValueError where it is none."""
        columns = {heading: Use.of(use) for heading, use in kept["columns"].items()}
        said = (kept["country"], kept["currency"], kept["language"], kept["day_first"])
        return cls(columns, *said, kept.get("sheet", ""))


@dataclass(frozen=True)
class Column:
    """A column as a person sees it when they say what it means."""

    heading: str
    hashtag: str
    examples: tuple[str, ...]
    filled: int
    proposed: Use | None


@dataclass(frozen=True)
class Look:
    """What a table is. Rows count from 1, as a spreadsheet shows them; `hashtag_row` is 0 where there is none."""

    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    hashtag_row: int
    rows: int
    columns: tuple[Column, ...]

    @property
    def mapping(self) -> ColumnMapping:
        """The proposed mapping."""
        columns = {one.heading: one.proposed for one in self.columns if one.proposed}
        return ColumnMapping(columns, sheet=self.chosen)

    @property
    def chosen(self) -> str:
        """The sheet, where there are several to choose from."""
        return self.sheet if len(self.sheets) > 1 else ""

    @property
    def fingerprint(self) -> str:
        """The same for every table with the same headings and hashtags in the same order."""
        said = "\x1e".join(f"{one.heading}\x1f{one.hashtag}" for one in self.columns)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Table:
    """A sheet with its heading found: for each column its place, heading and hashtag."""

    sheet: Sheet
    header_row: int
    hashtag_row: int
    places: Mapping[str, int] = field(default_factory=dict)
    hashtags: Mapping[str, str] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """The rows below the heading that hold anything, with their numbers."""
        below = max(self.header_row, self.hashtag_row)
        for number, row in enumerate(self.sheet.rows(), 1):
            if number > below and any(cell != "" for cell in row):
                yield number, row

    def different(self, headings: Iterable[str]) -> Mapping[str, set[Cell]]:
        """The different cells under each of these headings, empty ones left out."""
        found: dict[str, set[Cell]] = {heading: set() for heading in headings}
        columns = [(self.places[heading], cells) for heading, cells in found.items()]
        for _, row in self.rows():
            for at, cells in columns:
                if at < len(row) and row[at] != "":
                    cells.add(row[at])
        return found


def look(content: bytes, name: str, *, sheet: str = "") -> Look:
    """What a table is, for the page on which a person says what its columns mean.

    Args:
        content: the file's bytes.
        name: its name.
        sheet: the sheet to look at; empty: the one that looks most like a 5W table.
    Raises:
        NotReadable: "no_heading", "no_such_sheet", or what `grid.sheets` raises.
    """
    every = grid.sheets(content, name)
    table = found(every, sheet)
    return Look(
        sheet=table.sheet.name,
        sheets=tuple(one.name for one in every),
        header_row=table.header_row,
        hashtag_row=table.hashtag_row,
        rows=sum(1 for _ in table.rows()),
        columns=tuple(_columns(table)),
    )


def found(every: Sequence[Sheet], sheet: str = "") -> Table:
    """The table in this sheet, or in the best one. Raises NotReadable."""
    chosen = [one for one in every if sheet in ("", one.name)]
    if not chosen:
        raise NotReadable("no_such_sheet", sheet)
    tables = [table for one in chosen if (table := _table(one))]
    if not tables:
        raise NotReadable("no_heading")
    return max(tables, key=lambda table: (bool(table.hashtag_row), len(_proposals(table))))


def _table(sheet: Sheet) -> Table | None:
    """The sheet with its heading; nothing where no line looks like one, or nothing stands below it."""
    lines = list(enumerate(islice(sheet.rows(), FIRST_LINES), 1))
    tags = next((number for number, row in lines if _is_tag_row(row)), 0)
    header = _above(lines, tags) if tags else _header(lines)
    if not header:
        return None
    words, marks = lines[header - 1][1], lines[tags - 1][1] if tags else ()
    places, hashtags = dict[str, int](), dict[str, str]()
    for at in range(max(len(words), len(marks))):
        mark = _text(marks[at]) if at < len(marks) else ""
        word = _text(words[at]) if at < len(words) and not is_tag(_text(words[at])) else ""
        if word or mark:
            heading = _new(word or mark, places)
            places[heading], hashtags[heading] = at, mark if is_tag(mark) else ""
    table = Table(sheet, header, tags, places, hashtags)
    return table if any(True for _ in table.rows()) else None


def _is_tag_row(row: Row) -> bool:
    """Whether it is the row of hashtags: two at least, and nothing else (HXL 1.1, section 2)."""
    texts = [text for cell in row if (text := _text(cell))]
    return len(texts) > 1 and all(is_tag(text) for text in texts)


def _above(lines: Sequence[tuple[int, Row]], tags: int) -> int:
    """The nearest line above the hashtags that holds anything, or the hashtags themselves."""
    return next((number for number, row in reversed(lines[: tags - 1]) if any(map(_text, row))), tags)


def _header(lines: Sequence[tuple[int, Row]]) -> int:
    """Among lines with about as many texts as any, the one with most headings that we know; 0 where there is none."""
    texts = {number: [text for cell in row if (text := _text(cell))] for number, row in lines}
    widest = max(map(len, texts.values()), default=0)
    if widest < 2:
        return 0
    wide = {number: words for number, words in texts.items() if len(words) >= max(2, 0.6 * widest)}
    return max(
        wide, key=lambda number: (sum(_is_short(word) and fit(word)[0] is not None for word in wide[number]), -number)
    )


def _is_short(word: str) -> bool:
    return len(word) < 80 and not word.replace(".", "").isdigit()


def _text(cell: Cell) -> str:
    """A heading in one line; an empty cell has none."""
    return " ".join(cell.split()) if isinstance(cell, str) else str(cell)


def _new(heading: str, others: Iterable[str]) -> str:
    """The heading, with a number where it stands there already."""
    taken, number, said = set(others), 1, heading
    while said in taken:
        number += 1
        said = f"{heading} ({number})"
    return said


def _columns(table: Table) -> Iterator[Column]:
    proposals, filled = _proposals(table), Counter[str]()
    examples: dict[str, dict[str, None]] = {heading: {} for heading in table.places}
    for _, row in table.rows():
        for heading, at in table.places.items():
            if at < len(row) and row[at] != "":
                filled[heading] += 1
                if len(examples[heading]) < EXAMPLES:
                    examples[heading][shown(row[at])[:LONGEST_EXAMPLE]] = None
    for heading, mark in table.hashtags.items():
        yield Column(heading, mark, tuple(examples[heading]), filled[heading], proposals.get(heading))


def shown(cell: Cell) -> str:
    """A cell as a person reads it: a whole number without its point."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(str(cell).split())


def _proposals(table: Table) -> dict[str, Use]:
    """What columns seem to mean: a hashtag decides; among words, those that fit best come first."""
    proposed = {heading: use for heading, mark in table.hashtags.items() if mark and (use := use_of(mark))}
    proposed = dict(_once(proposed.items()))
    fits = {heading: fit(heading) for heading, mark in table.hashtags.items() if not mark}
    ranked = sorted(((heading, use) for heading, (use, _) in fits.items() if use), key=lambda one: -fits[one[0]][1])
    proposed = dict(_once([*proposed.items(), *ranked]))
    return _with_title(proposed)


def _once(uses: Iterable[tuple[str, Use]]) -> Iterator[tuple[str, Use]]:
    """Each meaning for as many columns as may tell it; a second area is a place inside the first."""
    taken = set[Use | Meaning]()
    for heading, use in uses:
        key = use if use.meaning in MANY else use.meaning
        if key in taken and use.meaning is Meaning.AREA:
            yield heading, Use(Meaning.PLACE)
        elif key not in taken or (use.meaning in MANY - IN_LANGUAGES - OF_PEOPLE):
            yield heading, use
        taken.add(key)


def _with_title(proposed: dict[str, Use]) -> dict[str, Use]:
    """Where no column is a title, what comes nearest: 3W tables say what is done by theme or sector alone."""
    meanings = {use.meaning: heading for heading, use in proposed.items()}
    if Meaning.TITLE in meanings or Meaning.IDENTIFIER in meanings:
        return proposed
    nearest = next(
        (meanings[one] for one in (Meaning.THEME, Meaning.SECTOR, Meaning.DESCRIPTION) if one in meanings), ""
    )
    return {**proposed, nearest: Use(Meaning.TITLE)} if nearest else proposed
