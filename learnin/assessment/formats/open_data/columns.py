"""The columns of the files, and what they mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from learnin.assessment.formats.exports import csv_files

CODEBOOK = ("file", "column", "kind", "name", "value", "label", "question")


@dataclass(frozen=True)
class Column:
    """One column: its name, its words, the kind of its values, what each of them means, how it was asked."""

    name: str
    title: str
    datatype: str = "string"  # of CSV on the Web: string, integer, number
    values: tuple[tuple[str, str], ...] = ()
    question: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Table:
    """One file: its name, what it holds, its columns, and its rows as texts."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    key: tuple[str, ...] = ()

    @property
    def csv(self) -> bytes:
        """The file (RFC 4180, UTF-8), nothing where there is no answer."""
        return csv_files.plain([one.name for one in self.columns], self.rows, bom=False)


def codebook(tables: Sequence[Table], title: str) -> Table:
    """What every column of these files means: a row for each column, and one for each of its values."""
    columns = tuple(Column(name, name) for name in CODEBOOK)
    return Table("codebook.csv", title, columns, [row for table in tables for row in _meanings(table)])


def _meanings(table: Table) -> Iterator[tuple[str, ...]]:
    for one in table.columns:
        yield table.name, one.name, one.datatype, one.title, "", "", one.question
        for value, label in one.values:
            yield table.name, one.name, one.datatype, one.title, value, label, ""


def readable(tables: Sequence[Table], title: str) -> str:
    """The same to read: Markdown.

    >>> print(readable([Table("a.csv", "Answers", (Column("sex", "Sex", values=(("f", "Woman"),)),), [])], "Book"))
    # Book
    <BLANKLINE>
    ## a.csv
    <BLANKLINE>
    Answers
    <BLANKLINE>
    ### `sex`
    <BLANKLINE>
    Sex (string)
    <BLANKLINE>
    - `f`: Woman
    <BLANKLINE>
    """
    lines = [f"# {title}", ""]
    for table in tables:
        lines += [f"## {table.name}", "", table.title, ""]
        for one in table.columns:
            lines += [f"### `{one.name}`", "", f"{one.title} ({one.datatype})", ""]
            lines += [f"> {one.question}", ""] if one.question else []
            lines += [*(f"- `{value}`: {label}" for value, label in one.values), ""] if one.values else []
    return "\n".join(lines)
