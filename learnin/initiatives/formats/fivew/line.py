"""One row of a 5W table by the meaning of its columns, and what is doubtful in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from learnin.initiatives.formats.fivew.grid import Cell
from learnin.initiatives.formats.fivew.known import Codes
from learnin.initiatives.formats.fivew.mapping import ColumnMapping, shown
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.record import Level, Problem

LONGEST_SAID = 100
_NOTHING = frozenset(
    {"", "-", "–", "—", "--", "n/a", "na", "#n/a", "nan", "none", "null", "nil", "tbd", "tbc", "?", "."}
    | {"#ref!", "#value!", "#name?", "#div/0!", "#num!", "#null!"}
    | {"н/д", "нет данных", "не применимо", "немає даних", "nema podataka", "нема података"}
)
"""What people write into a cell that says nothing."""
_MANY = re.compile(r"\s*[;|\n]\s*")


@dataclass(frozen=True)
class Told:
    """What one column tells in a row. `detail`: the language of its words or the audience of its people."""

    heading: str
    detail: str
    cell: Cell

    @property
    def text(self) -> str:
        """The cell in one line."""
        return shown(self.cell)


@dataclass
class Line:
    """One row: what its columns tell, and the problems found while it is read."""

    number: int
    told: Mapping[Meaning, Sequence[Told]]
    mapping: ColumnMapping
    identifier: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def meanings(self) -> frozenset[Meaning]:
        """What the table has columns for, whether the row fills them or not."""
        return self.mapping.meanings

    def all(self, meaning: Meaning) -> Sequence[Told]:
        """What columns of this meaning tell, empty ones left out."""
        return self.told.get(meaning, ())

    def one(self, meaning: Meaning) -> Told | None:
        """What the column of this meaning tells, if it is filled."""
        return next(iter(self.all(meaning)), None)

    def text(self, meaning: Meaning) -> str:
        """The words of the column of this meaning, in one line."""
        told = self.one(meaning)
        return told.text if told else ""

    def parts(self, meaning: Meaning) -> Iterator[tuple[Told, str]]:
        """Each of the things that cells of this meaning list: `;`, `|` or a new line stands between them."""
        for told in self.all(meaning):
            for part in _MANY.split(str(told.cell).strip() if isinstance(told.cell, str) else told.text):
                if text := " ".join(part.split()):
                    yield told, text

    def id(self, meaning: Meaning, kind: str, codes: Codes) -> str:
        """The id that the column of this meaning names, of a list of this kind; a name nobody knows is a doubt."""
        told = self.one(meaning)
        found = codes.id(kind, told.text) if told else ""
        if told and not found:
            self.doubt(f"{kind}_unknown", told.heading, told.text)
        return found

    def doubt(self, code: str, heading: str, said: str, level: Level = Level.WARNING) -> None:
        """Keep a problem of this row."""
        self.problems.append(Problem(code, self.number, heading, said[:LONGEST_SAID], level, self.identifier))


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is empty, or holds a word that stands for nothing."""
    return isinstance(cell, str) and (not cell or (len(cell) < 15 and cell.strip().lower() in _NOTHING))
