"""SPSS, Stata and Parquet: typed columns. SPSS and Stata keep the words of choices beside numbers.

The libraries that write them take 45 MB of memory: a process has them once it writes such a file, not before.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from learnin.assessment.formats.tables import Column, Layout, Record, Table, said

if TYPE_CHECKING:
    import polars as pl

# Bytes of a variable's name (SPSS and Stata manuals: Limits). Stata's are 32, less four: the words of its values bear
# the same name with a number of up to four digits, which the writer adds.
SAV_NAME, DTA_NAME = 64, 28
SAV_LABEL, DTA_LABEL = 255, 80  # bytes, letters of a variable's label
SAV_WORDS, DTA_WORDS = 120, 32_000  # bytes of the words of a value
SAV_TEXT, DTA_TEXT = 32_767, 2_045  # bytes of a text
BIGGEST = 2**31 - 101  # of a whole number in Stata; a choice named by a larger one gets a number of ours


@dataclass
class _Coded:
    """A column as numbers, with the words of each."""

    numbers: dict[str, int] = field(default_factory=dict)
    words: dict[int, str] = field(default_factory=dict)


@cache
def _types() -> Mapping[str, Any]:
    """The type of a column by the kind of its answers."""
    import polars as pl

    return {
        "text": pl.String,
        "many": pl.String,
        "choice": pl.String,
        "integer": pl.Int64,
        "flag": pl.Int8,
        "decimal": pl.Float64,
        "date": pl.Date,
        "moment": pl.Datetime("us"),
    }


def columns_of(layout: Layout, records: Iterable[Record]) -> list[list[list[Any]]]:
    """The values of all tables, column by column."""
    tables: list[list[list[Any]]] = [[[] for _column in table.columns] for table in layout.tables]
    for record in records:
        _take(layout.main, layout.main_row(record), tables[0])
        for at, row in layout.repeat_rows(record):
            _take(layout.repeats[at], row, tables[at + 1])
    return tables


def _take(table: Table, row: Sequence[str], into: list[list[Any]]) -> None:
    for column, text, values in zip(table.columns, row, into, strict=True):
        values.append(column.value(text))


def parquet(layout: Layout, records: Iterable[Record], folder: Path) -> Path:
    """Parquet, a ZIP of it where there are repeats; choices by their names."""
    import polars as pl

    def write(table: Table, values: list[list[Any]], path: Path) -> None:
        series = [
            pl.Series(column.name, found, dtype=_types()[column.kind], strict=False)
            for column, found in zip(table.columns, values, strict=True)
        ]
        pl.DataFrame(series).write_parquet(path)

    return _written(layout, records, folder, "parquet", write)


def sav(layout: Layout, records: Iterable[Record], folder: Path, language: str = "") -> Path:
    """SPSS, a ZIP of it where there are repeats."""
    import pyreadstat

    def write(table: Table, values: list[list[Any]], path: Path) -> None:
        names = variable_names(table, SAV_NAME)
        frame, words, labels = _coded(table, values, names, language, SAV_TEXT)
        pyreadstat.write_sav(
            frame,
            path,
            file_label=_bytes(layout.note, 60),
            note=_bytes(layout.note, 80),
            column_labels=[_bytes(label, SAV_LABEL) for label in labels],
            variable_value_labels={
                name: {number: _bytes(text, SAV_WORDS) for number, text in coded.items()}
                for name, coded in words.items()
            },
            variable_measure=_measures(table, names),
            row_compress=True,
        )

    return _written(layout, records, folder, "sav", write)


def dta(layout: Layout, records: Iterable[Record], folder: Path, language: str = "") -> Path:
    """Stata 14 and later, a ZIP of it where there are repeats."""
    import pyreadstat

    def write(table: Table, values: list[list[Any]], path: Path) -> None:
        names = variable_names(table, DTA_NAME)
        frame, words, labels = _coded(table, values, names, language, DTA_TEXT)
        pyreadstat.write_dta(
            frame,
            path,
            file_label=layout.note[:DTA_LABEL],
            column_labels=[label[:DTA_LABEL] for label in labels],
            version=14,
            variable_value_labels={
                name: {number: _bytes(text, DTA_WORDS) for number, text in coded.items()}
                for name, coded in words.items()
            },
        )

    return _written(layout, records, folder, "dta", write)


def variable_names(table: Table, limit: int) -> list[str]:
    """Names that SPSS and Stata take: `school/size` as `school_size`; shortened and numbered where they must be."""
    taken: dict[str, str] = {}
    for column in table.columns:
        name = re.sub(r"\W", "_", column.name.replace("/", "_"), flags=re.ASCII)
        name = name if re.match(r"[A-Za-z]", name) else f"v{name}"
        name = name[:limit].rstrip("_") or "v"
        number, tried = 1, name
        while tried.lower() in taken or tried.lower() in _RESERVED:
            number += 1
            tried = f"{name[: limit - len(str(number)) - 1]}_{number}"
        taken[tried.lower()] = tried
    return list(taken.values())


# Words of the languages of SPSS and Stata that no variable may be named by.
_RESERVED = frozenset(
    {
        "all", "and", "by", "byte", "double", "eq", "float", "ge", "gt", "if", "in", "int", "le", "long", "lt", "ne",
        "not", "or", "strl", "to", "using", "with",
    }
)  # fmt: skip


def numbers_of(column: Column) -> dict[str, int]:
    """The number of each choice: its name, where all are whole numbers; else its place in the list, from 1."""
    names = [choice.name for choice in column.choices]
    if names and all(re.fullmatch(r"-?(0|[1-9]\d{0,9})", name) and abs(int(name)) <= BIGGEST for name in names):
        return {name: int(name) for name in names}
    return {name: at for at, name in enumerate(names, start=1)}


def _coded(
    table: Table, values: list[list[Any]], names: list[str], language: str, longest: int
) -> "tuple[pl.DataFrame, dict[str, dict[int, str]], list[str]]":
    """The frame with choices as numbers, their words, and the words of the columns."""
    import polars as pl

    series, words, labels = [], dict[str, dict[int, str]](), list[str]()
    for column, found, name in zip(table.columns, values, names, strict=True):
        labels.append(column.label(language))
        if column.kind == "choice" and column.choices:
            coded = _numbered(column, found, language)
            words[name] = coded.words
            found = [None if one is None else coded.numbers[one] for one in found]
            series.append(pl.Series(name, found, dtype=pl.Int32))
            continue
        kind = _types()[column.kind]
        if kind == pl.String:
            found = [_bytes(one or "", longest) for one in found]
        elif kind == pl.Int64:
            kind = pl.Float64 if any(one is not None and abs(one) > BIGGEST for one in found) else pl.Int32
        series.append(pl.Series(name, found, dtype=kind, strict=False))
    return pl.DataFrame(series), words, labels


def _numbered(column: Column, found: Iterable[str | None], language: str) -> _Coded:
    """Every value as a number; what no list knows comes after the choices, under its own name."""
    numbers = numbers_of(column)
    words = {numbers[choice.name]: said(choice.labels, language) or choice.name for choice in column.choices}
    for value in dict.fromkeys(found):
        if value is not None and value not in numbers:
            numbers[value] = max(numbers.values(), default=0) + 1
            words[numbers[value]] = value
    return _Coded(numbers, words)


def _measures(table: Table, names: list[str]) -> dict[str, Any]:
    scales = {"integer": "scale", "decimal": "scale", "date": "scale", "moment": "scale"}
    return {name: scales.get(column.kind, "nominal") for name, column in zip(names, table.columns, strict=True)}


def _bytes(text: str, limit: int) -> str:
    """As much of the text as fits into so many bytes."""
    return text if len(text) * 4 <= limit else text.encode()[:limit].decode(errors="ignore")


def _written(
    layout: Layout,
    records: Iterable[Record],
    folder: Path,
    ending: str,
    write: Callable[[Table, list[list[Any]], Path], None],
) -> Path:
    """One file, or a ZIP of one for each table."""
    paths = []
    for table, values in zip(layout.tables, columns_of(layout, records), strict=True):
        path = folder / f"{table.name}.{ending}"
        write(table, values, path)
        paths.append(path)
    return paths[0] if len(paths) == 1 else zipped(paths, folder / f"{layout.main.name}.zip")


def zipped(paths: Sequence[Path], into: Path) -> Path:
    """The files in one."""
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as out:
        for path in paths:
            out.write(path, path.name)
    return into


def add_to_zip(path: Path, more: Path) -> None:
    """Put one more file into a ZIP."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as out:
        out.write(more, more.name)
