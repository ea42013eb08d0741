"""Real records of initiatives from a CSV file, as the core of relations wants them."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from learnin.compute.relations import Described
from learnin.compute.relations.words import folded

Row = dict[str, str]
NOTHING = {"", "nan", "<NA>", "NaT"}
FORMS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y.", "%m/%d/%Y")
COLUMNS = ("source", "cc", "title", "org", "start", "end", "budget", "currency", "admin1", "partners", "description")


def records(path: Path) -> list[Described]:
    """Every row of the file that has a title; the key is the number of its row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [described(at, row) for at, row in enumerate(csv.DictReader(file)) if row["title"] not in NOTHING]


def described(key: int | str, row: Row) -> Described:
    """One row. Columns that it lacks are not told."""
    source, cc, title, org, start, end, budget, currency, place, partners, text = (_cell(row, name) for name in COLUMNS)
    codes = [code.strip() for code in re.split(r"[;,]", _cell(row, "sector")) if code.strip()]
    return Described(
        key=key,
        country=cc,
        titles=(" ".join(title.split()),),
        descriptions=(text,) if text else (),
        reporter=org,
        organisations=tuple(("funding", one.strip()) for one in partners.split(";") if one.strip()),
        begins=_day(start),
        ends=_day(end),
        budget=_amount(budget),
        currency=currency,
        places=frozenset({folded(place)} if place else ()),
        sectors=frozenset(codes),
        source=source,
    )


def once(found: Iterable[Described]) -> list[Described]:
    """One record for each title, organisation and country: rows that repeat one, a region each, become one record."""
    groups: dict[tuple[str, str, str], list[Described]] = defaultdict(list)
    for record in found:
        groups[record.country, folded(record.titles[0]), folded(record.reporter)].append(record)
    places = (frozenset[str]().union(*(one.places for one in group)) for group in groups.values())
    return [replace(group[0], places=place) for group, place in zip(groups.values(), places, strict=True)]


def family(record: Described) -> str:
    """What parts of one programme have in common: the beginning of the title without numbers, and the country."""
    words = [word for word in folded(record.titles[0]).split() if not re.search(r"\d", word)]
    return f"{record.country} {' '.join(words)[:30]}"


def _cell(row: Row, name: str) -> str:
    value = (row.get(name) or "").strip()
    return "" if value in NOTHING else value


def _day(text: str) -> date | None:
    if year := re.fullmatch(r"(19|20)\d\d(\.0)?", text):
        return date(int(year[0][:4]), 1, 1)
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day, not a moment)
        except ValueError:
            continue
    return None


def _amount(text: str) -> float | None:
    if not (number := re.sub(r"[^\d.,-]", "", text)):
        return None
    if "," in number:
        number = number.replace(".", "").replace(",", ".")
    try:
        return float(number)
    except ValueError:
        return None
