"""The worked numbers of the methods, read from their pages."""

from pathlib import Path

METHODS = Path(__file__).parents[2] / "docs/methods"


def table(page: str, *heads: str) -> list[dict[str, str]]:
    """The rows under one heading of a page, by column; a table that is not there is an error."""
    text = (METHODS / page).read_text(encoding="utf-8")
    body = text.split(f"| {' | '.join(heads)} |\n")[1].split("\n\n")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in body.splitlines()[1:]]
    return [dict(zip(heads, row, strict=True)) for row in rows]


def numbers(cell: str) -> list[float]:
    """The numbers of a cell: “2, 3, 7/78”; a dash is no number."""
    return [number(one) for one in cell.split(",") if one.strip() not in {"-", ""}]


def number(cell: str) -> float:
    """One number, perhaps a fraction."""
    above, _bar, below = cell.strip().replace(" ", "").partition("/")
    return float(above) / float(below or 1)


def whole(cell: str) -> list[int]:
    """The whole numbers of a cell."""
    return [int(one) for one in numbers(cell)]
