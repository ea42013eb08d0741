"""What bringing a list of schools in costs: 16,434 rows with 19 columns, beside a library that only reads the file.

The floor opens the same file and gives its cells: python-calamine for Excel, polars for CSV. Bringing it in also says
what stands in each column, makes a unit of each row, judges the list and writes all of it into the database.
"""

import io
import random
import time
from collections.abc import Callable
from typing import TypeVar

import polars as pl
import xlsxwriter
from django.utils import timezone
from python_calamine import CalamineWorkbook

from bench.installation import lead
from bench.table import table

ROWS, COLUMNS = 16_434, 19  # the register of Ukraine's schools
FULL = 40  # repetitions of a usual run, in which all rows come in
TAKES = 3
Result = TypeVar("Result")
MEANINGS = {"name": "Name", "code": "Code", "status": "Status", "size": "Pupils", "area": "Region"}
STRATA = ["Region", "Rural"]


def run(repetitions: int) -> list[str]:
    """One table: each kind of file, a few times."""
    lines = _list(min(ROWS, max(1, ROWS * repetitions // FULL)))
    files: list[tuple[str, bytes, Callable[[bytes], object]]] = [
        ("list.csv", "\n".join(",".join(line) for line in lines).encode(), lambda data: pl.read_csv(io.BytesIO(data))),
        ("list.xlsx", _excel(lines), _calamine),
    ]
    head = ["file", "rows", "MB", "reading ms", "units ms", "rows/s of processor", "floor ms", "times floor"]
    return [table(head, [_take(*file, len(lines) - 1) for file in files for _again in range(TAKES)])]


def _take(name: str, data: bytes, floor: Callable[[bytes], object], rows: int) -> list[str]:
    """One list comes in, as the pages and jobs do it; and the floor beside it."""
    from learnin.assessment.operations import frames

    (country, by), now = lead(), timezone.now()
    least = _spent(lambda: floor(data))[0]
    frames.READ_AT_ONCE = frames.AT_ONCE = 2**40  # in this process, where it can be measured
    reading, frame = _spent(
        lambda: frames.add_list(country, title="Bench", file=io.BytesIO(data), file_name=name, by=by, now=now)
    )
    frames.say_columns(frame, mapping=MEANINGS, strata=STRATA, by=by, now=now)
    units, _frame = _spent(lambda: frames.import_units(frame, closed=["closed"], groups={}, by=by, now=now))
    whole = reading + units
    return [
        name,
        f"{rows:,}",
        f"{len(data) / 2**20:.1f}",
        f"{reading * 1000:.0f}",
        f"{units * 1000:.0f}",
        f"{rows / whole:,.0f}",
        f"{least * 1000:.0f}",
        f"{whole / least:.0f}",
    ]


def _spent(act: Callable[[], Result]) -> tuple[float, Result]:
    """Seconds of processor, and what came of it."""
    begun = time.process_time()
    result = act()
    return time.process_time() - begun, result


def _calamine(data: bytes) -> object:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def _list(rows: int) -> list[list[str]]:
    """A made register: 25 regions, some schools closed, some without a size, names as long as real ones."""
    chance = random.Random(1)
    others = [f"About {number}" for number in range(COLUMNS - 6)]
    lines = [["Name", "Code", "Status", "Pupils", "Region", "Rural", *others]]
    for at in range(rows):
        status = "closed" if chance.random() < 0.02 else "open"
        pupils = "" if chance.random() < 0.3 else str(chance.randrange(20, 1200))
        plain = [f"Lyceum No {at} of the city council", f"{at:08}", status, pupils, f"Region {at % 25}"]
        words = [f"what the office knows of {chance.randrange(10_000)}" for _other in others]
        lines.append([*plain, chance.choice(["yes", "no"]), *words])
    return lines


def _excel(lines: list[list[str]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    return out.getvalue()
