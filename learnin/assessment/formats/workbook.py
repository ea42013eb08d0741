"""A questionnaire as its workbook: sheets of named columns, every cell as text, whatever the builder knows of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

Row = Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its columns in their order, and its rows. An empty cell has no key."""

    name: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()

    def value(self, row: int, column: str) -> str:
        """What stands in this cell; nothing in an empty one. Rows count from 0."""
        return self.rows[row].get(column, "")

    def with_rows(self, rows: tuple[Row, ...]) -> "Sheet":
        """The same sheet with other rows; a column that is new stands at the end."""
        known = dict.fromkeys(self.columns)
        known.update(dict.fromkeys(key for row in rows for key in row))
        return replace(self, columns=tuple(known), rows=rows)


@dataclass(frozen=True)
class Book:
    """A questionnaire as people write it (XLSForm). Sheets and columns nobody here knows are kept untouched."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)

    @property
    def survey(self) -> Sheet:
        """The questions."""
        return self.sheets.get("survey", Sheet("survey"))

    @property
    def choices(self) -> Sheet:
        """The answers to choose from."""
        return self.sheets.get("choices", Sheet("choices"))

    @property
    def settings(self) -> Row:
        """The settings: the first row of their sheet."""
        rows = self.sheets.get("settings", Sheet("settings")).rows
        return rows[0] if rows else {}

    def with_sheet(self, sheet: Sheet) -> "Book":
        """The same book with this sheet in the place of its older one."""
        return Book({**self.sheets, sheet.name: sheet})

    def as_json(self) -> dict[str, Any]:
        """The book as it is kept in the database."""
        return {
            name: {"columns": list(sheet.columns), "rows": [dict(row) for row in sheet.rows]}
            for name, sheet in self.sheets.items()
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Book":
        """The book as it was kept. Raises KeyError where it is not one."""
        return cls({name: Sheet(name, tuple(one["columns"]), tuple(one["rows"])) for name, one in kept.items()})
