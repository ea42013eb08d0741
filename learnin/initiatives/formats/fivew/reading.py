"""Read a 5W table: rows in, records out, every doubt with its row and column."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from learnin.initiatives.formats.fivew import grid, when
from learnin.initiatives.formats.fivew.amounts import decimal_sign
from learnin.initiatives.formats.fivew.days import is_day_first
from learnin.initiatives.formats.fivew.facts import Known, record
from learnin.initiatives.formats.fivew.grid import Row
from learnin.initiatives.formats.fivew.joining import joined
from learnin.initiatives.formats.fivew.known import Codes, Places
from learnin.initiatives.formats.fivew.line import LONGEST_SAID, Line, Told, says_nothing
from learnin.initiatives.formats.fivew.mapping import ColumnMapping, Table, found
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.fivew.money import KINDS
from learnin.initiatives.formats.record import Level, NotReadable, Problem, Read, Record

SHARES = re.compile(r"[\s:(]*\d+(?:[.,]\d+)?\s*%\)?")
LOST = "\ufffd"
"""What stands where a letter could not be read (Unicode, replacement character)."""


def read(
    content: bytes, name: str, mapping: ColumnMapping, *, places: Places, codes: Codes, sheet: str = ""
) -> Iterator[Read]:
    """The records of a table, each once the last of its rows was read.

    Rows with the same identifier are one record; so are rows without one that share title, organisation and country.

    Args:
        content: the file's bytes.
        name: its name.
        mapping: what its columns mean, as a person agreed.
        places: countries and areas by name.
        codes: ids of themes, audiences and other lists by name.
        sheet: the sheet to read; empty: the one that the mapping names, else the one that `look` took.
    Raises:
        NotReadable: "heading_missing", "no_title_column", "no_such_sheet", "no_heading", or what `grid.sheets` raises;
            before the first record is given.
    """
    table = found(grid.sheets(content, name), sheet or mapping.sheet)
    if missing := next((heading for heading in mapping.columns if heading not in table.places), ""):
        raise NotReadable("heading_missing", missing)
    if mapping.lacks:
        raise NotReadable(mapping.lacks)
    return _Reader(table, mapping, places, codes).reads()


class _Reader:
    """One walk through a table."""

    def __init__(self, table: Table, mapping: ColumnMapping, places: Places, codes: Codes) -> None:
        self.table, self.mapping = table, mapping
        self.columns = [(table.places[heading], heading, use) for heading, use in mapping.columns.items()]
        self.headings = {use.meaning: heading for _, heading, use in reversed(self.columns)}
        self.known = Known(places, codes, *self._habits())

    def _habits(self) -> tuple[Mapping[str, bool | None], Mapping[str, str]]:
        """How columns write: whether days come first, and the sign before decimals."""
        dated = [heading for _, heading, use in self.columns if use.meaning in when.DAYS]
        amounts = [heading for _, heading, use in self.columns if use.meaning in KINDS]
        seen = self.table.different([*dated, *amounts])
        told = self.mapping.day_first
        day_first = {one: is_day_first(seen[one]) if told is None else told for one in dated}
        return day_first, {one: decimal_sign(seen[one]) for one in amounts}

    def reads(self) -> Iterator[Read]:
        """Each record when it is whole."""
        left = Counter(self._key(self._line(number, row)) for number, row in self.table.rows())
        waiting = defaultdict[Hashable, list[tuple[Line, Record]]](list)
        for number, row in self.table.rows():
            line = self._line(number, row)
            key = self._key(line)
            waiting[key].append((line, record(line, self.known)))
            left[key] -= 1
            if not left[key]:
                yield self._read(waiting.pop(key))

    def _line(self, number: int, row: Row) -> Line:
        told = defaultdict[Meaning, list[Told]](list)
        for at, heading, use in self.columns:
            if at < len(row) and not says_nothing(row[at]):
                told[use.meaning].append(Told(heading, use.detail, row[at]))
        line = Line(number, told, self.mapping)
        line.identifier = line.text(Meaning.IDENTIFIER)
        return line

    def _key(self, line: Line) -> Hashable:
        """What rows of one initiative share; a row that tells neither identifier nor title stands alone."""
        if line.identifier:
            return line.identifier
        title = line.text(Meaning.TITLE).casefold()
        if not title:
            return line.number
        who = line.text(Meaning.REPORTER) or line.text(Meaning.IMPLEMENTER)
        return title, who.casefold(), SHARES.sub("", line.text(Meaning.COUNTRY)).casefold()

    def _read(self, rows: Sequence[tuple[Line, Record]]) -> Read:
        """The record of these rows; without a title it cannot be one."""
        number, problems = rows[0][0].number, [problem for line, _ in rows for problem in line.problems]
        problems += [problem for line, _ in rows for problem in _lost(line)]
        problems.sort(key=lambda problem: (problem.row, self.table.places[problem.place]))
        one, more = joined([(line.number, part) for line, part in rows], self.headings)
        if one.title:
            return Read(number, one, tuple(more + problems))
        heading = self.headings.get(Meaning.TITLE, "")
        return Read(number, None, (Problem("no_title", number, heading, "", Level.ERROR, one.identifier), *problems))


def _lost(line: Line) -> Iterator[Problem]:
    """Cells with letters that could not be read."""
    for column in line.told.values():
        for told in column:
            if isinstance(told.cell, str) and LOST in told.cell:
                said = told.text[:LONGEST_SAID]
                yield Problem("letters_lost", line.number, told.heading, said, Level.WARNING, line.identifier)
