"""The published numbers beside the answers, and how far the numbers of the file are from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from learnin.assessment.formats import domains

from .columns import Column, Table

SCRIPT = Path(__file__).with_name("published.R")
FINISH = "\nfinish("  # where the script of all numbers ends
Place = tuple[str, str, str]
"""A number: its indicator, the value of it, its group as one text."""
There = Mapping[Place, tuple[int, float | None]]
"""The numbers of the file: their row in the results, and the estimate."""


@dataclass(frozen=True)
class Number:
    """A number that is shown: what it is of, and what is told of it. `row` is its row in the results of the file."""

    place: Place
    unit: str
    estimate: float
    se: float | None
    low: float | None
    high: float | None
    n: int
    deft: float | None
    row: int | None = None
    of_file: float | None = None

    @property
    def difference(self) -> float | None:
        """How far the file's number is from it: in points of a share, else as a part of it."""
        if self.of_file is None:
            return None
        far = abs(self.of_file - self.estimate)
        return far if self.unit == "share" or not self.estimate else far / abs(self.estimate)


def results(
    found: Mapping[str, Any], codes: Mapping[str, str], values: Mapping[str, str]
) -> dict[Place, tuple[int, Any]]:
    """The numbers of the file's results by what they are of.

    codes: the grouping of each column. values: what a level of the results stands for where it is a column's name.
    """
    places = {}
    for row in found["estimates"]:
        key = domains.key((codes[column], value) for column, value in row["domain"].items())
        level = "" if row["level"] is None else values.get(str(row["level"]), str(row["level"]))
        places[row["estimate_of"], level, key] = (row["row"], row["estimate"])
    return places


def compared(shown: Iterable[Number], there: There) -> list[Number]:
    """The shown numbers, each with that of the file where the file has it."""
    found = []
    for one in shown:
        row, estimate = there.get(one.place, (None, None))
        found.append(one if estimate is None else replace(one, row=row, of_file=float(estimate)))
    return found


def numbers(found: Sequence[Number], *, title: str, titles: Mapping[str, str]) -> Table:
    """The file of published numbers. titles: the words of its columns."""
    kinds = {
        "number": "integer", "indicator": "string", "level": "string", "group": "string", "unit": "string",
        "estimate": "number", "se": "number", "ci_low": "number", "ci_high": "number", "answers": "integer",
        "deft": "number", "row": "integer", "in_file": "number",
    }  # fmt: skip
    required = {"number", "indicator", "unit", "estimate", "answers"}
    columns = tuple(Column(name, titles[name], kind, is_required=name in required) for name, kind in kinds.items())
    return Table("published.csv", title, columns, [_row(at, one) for at, one in enumerate(found, 1)], key=("number",))


def _row(at: int, one: Number) -> list[str]:
    told = (one.estimate, one.se, one.low, one.high, one.n, one.deft, one.row, one.of_file)
    return [str(at), *one.place, one.unit, *("" if value is None else repr(value) for value in told)]


def script(of_all: str) -> str:
    """The script that computes the file's numbers, which then says how far they are from the published ones."""
    before, _finish, after = of_all.rpartition(FINISH)
    return f"{before}\n{SCRIPT.read_text('utf-8')}{FINISH}{after}"
