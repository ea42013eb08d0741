"""A list of units (schools) as a ministry keeps it: any language and heading, CSV or Excel. Bytes in, rows out."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import islice
from statistics import median
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from learnin.compute import typed
from learnin.journal.formats.encodings import SAMPLE_OF_BYTES, decoded

MOST_ROWS = 300_000
MOST_COLUMNS = 200
EXAMPLES = 3
FIRST_ROWS = 5
SPOTS = 10
FEW_VALUES = 90
"""A column with at most so many different values can make strata: no country here has more areas (Türkiye has 81)."""


class Unreadable(ValueError):
    """The file is no list. The argument is a key of the words that the page has."""


class Meaning(StrEnum):
    """What a column can tell of a unit."""

    NAME = "name"
    CODE = "code"
    STATUS = "status"
    SIZE = "size"
    SECONDS = "seconds"
    AREA = "area"
    LANGUAGE = "language"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


# Beginnings of headings, as people write them in the languages of the region. The first column that fits is offered.
WORDS: Mapping[Meaning, str] = {
    Meaning.NAME: (
        "name, school, повна назва, назва, полное наименование, наименование, название, denumire, nume, unitate, "
        "naziv, назив, име, ime, emri, shkolla, okul, kurum, adı, სახელ, დასახელება, სკოლ, անվան, դպրոց, məktəb, "
        "мектеп, атауы, аты, номи, nomi, maktab, ном, όνομα, σχολ"
    ),
    Meaning.CODE: "code, id, код в, код, cod, kod, šifra, шифра, codul, sirues, kodi, კოდ, կոդ, κωδ, kodu",
    Meaning.STATUS: "status, статус, stare, stanje, стање, durum, სტატუს, կարգավիճ, holati, κατάστ",
    Meaning.SIZE: (
        "students, pupils, enrol, size, capacity, ліцензован, учні, кількість учнів, учащ, ученик, обучающ, "
        "численность, elevi, număr, efectiv, učeni, broj uč, број уч, nxënës, öğrenci, mevcut, მოსწავლ, աշակերտ, "
        "şagird, oqushy, оқушы, окуучу, o‘quvchi, oʻquvchi, хонанда, μαθητ"
    ),
    Meaning.SECONDS: (
        "teachers, staff, вчител, педагог, учител, profesori, nastavni, наставни, öğretmen, მასწავლებ, mësues, "
        "müəllim, мұғалім, мугалим, o‘qituvchi, омӯзгор, ուսուցիչ, εκπαιδευτ"
    ),
    Meaning.AREA: (
        "region, area, district, oblast, регіон, область, регион, район, județ, judet, raion, regiune, okrug, округ, "
        "općina, opština, општина, županij, qark, bashki, il, bölge, რეგიონ, მხარე, մարզ, viloyat, вилоят, облыс, "
        "облус, περιφ, νομ"
    ),
    Meaning.LANGUAGE: "language, мова, язык, limba, jezik, језик, gjuh, dil, ენა, լեզու, тіл, тил, til, забон",
    Meaning.EMAIL: "e-mail, email, mail, e-pošta, електронна, електронн, электронн, эл. почта, e-posta, ელ",
    Meaning.PHONE: "phone, tel, телефон, тел, ტელეფონ, հեռախոս, τηλ",
    Meaning.ADDRESS: "address, фактична адреса, адреса, адрес, adres, მისამართ, հասցե, manzil, διεύθ",
}


@dataclass(frozen=True)
class UnitList:
    """The headings of a list and its rows, every cell as text. The first row has the number 0."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    first_row: int = 2
    """The line of the file on which the first row stands, as a spreadsheet counts it."""

    @property
    def fingerprint(self) -> str:
        """The same for every file with the same headings in the same order."""
        return hashlib.sha256("\x1f".join(self.headings).encode()).hexdigest()

    def column(self, heading: str) -> list[str]:
        """The cells under this heading. Raises ValueError where it is missing."""
        at = self.headings.index(heading)
        return [row[at] for row in self.rows]


@dataclass(frozen=True)
class Spots:
    """Where something stands in a column: how often, and the first lines of the file with what is written there."""

    count: int = 0
    first: tuple[tuple[int, str], ...] = ()

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Spots":
        """The spots as they were kept."""
        return cls(kept["count"], _pairs(kept["first"]))


@dataclass(frozen=True)
class Column:
    """A column as a person sees it when they say what it means."""

    heading: str
    examples: tuple[str, ...]
    filled: int
    values: tuple[tuple[str, int], ...]
    """Its different values with how often each stands, most often first; empty where there are too many for strata."""
    empty: Spots = Spots()
    again: Spots = Spots()
    """Cells whose text stands further up as well."""
    no_number: Spots = Spots()
    """Cells with a text that is no number."""

    @property
    def can_make_strata(self) -> bool:
        """Few different values, and more than one."""
        return len(self.values) > 1

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Column":
        """The column as it was kept."""
        spots = {name: Spots.from_json(kept[name]) for name in ("empty", "again", "no_number")}
        return cls(kept["heading"], tuple(kept["examples"]), kept["filled"], _pairs(kept["values"]), **spots)


@dataclass(frozen=True)
class Contents:
    """What is worth keeping of a list once it was read, so that no page has to read it again."""

    first: UnitList
    """The headings, and the first rows."""
    rows: int
    columns: tuple[Column, ...]

    @classmethod
    def of(cls, found: UnitList) -> "Contents":
        """What stands in a list."""
        few = UnitList(found.headings, found.rows[:FIRST_ROWS], found.first_row)
        return cls(few, len(found.rows), tuple(columns(found)))

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Contents":
        """The contents as they were kept."""
        first = kept["first"]
        few = UnitList(tuple(first["headings"]), tuple(tuple(row) for row in first["rows"]), first["first_row"])
        return cls(few, kept["rows"], tuple(Column.from_json(one) for one in kept["columns"]))

    def as_json(self) -> dict[str, Any]:
        """The contents, to be kept."""
        return asdict(self)


def _pairs(kept: Iterable[Sequence[Any]]) -> tuple[tuple[Any, Any], ...]:
    return tuple((first, second) for first, second in kept)


@dataclass(frozen=True)
class Sizes:
    """What the size measure looks like among the units that can be drawn."""

    missing: int
    zero: int
    ones: int
    least: float
    middle: float
    most: float


@dataclass(frozen=True)
class Unit:
    """One unit, read by the meaning of its columns. `row` is the line in the file, as a spreadsheet counts it."""

    row: int
    told: Mapping[str, str]
    strata: Mapping[str, str]
    size: float | None
    seconds: int | None
    set_aside: str


def read(data: bytes, name: str) -> UnitList:
    """Read a list. Empty rows and columns without a heading are passed over.

    Args:
        data: the file's bytes.
        name: its name; the ending says what it is (.csv, .txt, .xlsx, .xls, .ods).
    Raises:
        Unreadable: "not-a-table", "no-rows", "too-many-rows", "too-many-columns", "same-heading".
    """
    is_text = name.lower().endswith((".csv", ".txt", ".tsv"))
    lines = _csv_lines(data) if is_text else _sheet_lines(data)
    first_row, heading = next(((at, line) for at, line in enumerate(lines, 2) if sum(map(bool, line)) > 1), (0, []))
    if not heading:
        raise Unreadable("not-a-table")
    kept = [at for at, word in enumerate(heading) if word]
    if len(kept) > MOST_COLUMNS:
        raise Unreadable("too-many-columns")
    headings = tuple(heading[at] for at in kept)
    if len(set(headings)) < len(headings):
        raise Unreadable("same-heading")
    rows = []
    for line in lines:
        row = tuple(line[at] if at < len(line) else "" for at in kept)
        rows.append(row)
        if len(rows) > MOST_ROWS:
            raise Unreadable("too-many-rows")
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Unreadable("no-rows")
    return UnitList(headings, tuple(rows), first_row)


def _csv_lines(data: bytes) -> Iterator[list[str]]:
    text = decoded(data)
    try:
        dialect: Any = csv.Sniffer().sniff(text[:SAMPLE_OF_BYTES].partition("\n")[0], delimiters=",;\t|")
        delimiter = dialect.delimiter
    except csv.Error:
        delimiter = ","
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [" ".join(cell.split()) for cell in line]
    except csv.Error:
        raise Unreadable("not-a-table") from None


def _sheet_lines(data: bytes) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = (book.get_sheet_by_index(at) for at in range(len(book.sheet_names)))
        sheet = next((one for one in sheets if one.height > 1), None)
        rows = sheet.to_python(skip_empty_area=True) if sheet else []
    except (CalamineError, OSError, ValueError):
        raise Unreadable("not-a-table") from None
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: object) -> str:
    """What stands in a cell, as text; a whole number without its point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def columns(found: UnitList) -> list[Column]:
    """Each column with what stands in it, so that a person can say what it means."""
    return [_column(found, heading) for heading in found.headings]


def _column(found: UnitList, heading: str) -> Column:
    cells = found.column(heading)
    counts = Counter(cells)
    empty = counts.pop("", 0)
    filled, odd = len(cells) - empty, {text for text in counts if number_in(text) is None}
    again = filled - len(counts)
    return Column(
        heading=heading,
        examples=tuple(islice(counts, EXAMPLES)),
        filled=filled,
        values=tuple(counts.most_common()) if len(counts) <= FEW_VALUES else (),
        empty=_spots(found, cells, (not text for text in cells), empty),
        again=_spots(found, cells, _stands_above(cells), again),
        no_number=_spots(found, cells, (text in odd for text in cells), sum(counts[text] for text in odd)),
    )


def _spots(found: UnitList, cells: Sequence[str], is_there: Iterable[bool], count: int) -> Spots:
    """The first lines where something is there; the column is not walked through where it is nowhere."""
    if not count:
        return Spots()
    lines = ((found.first_row + at, cells[at]) for at, is_one in enumerate(is_there) if is_one)
    return Spots(count, tuple(islice(lines, SPOTS)))


def _stands_above(cells: Iterable[str]) -> Iterator[bool]:
    """Whether a text of this column stands further up as well."""
    above = set[str]()
    for text in cells:
        yield bool(text) and text in above
        above.add(text)


def guess(headings: Sequence[str]) -> dict[str, str]:
    """Which column seems to mean what, by its heading: meaning to heading. A person looks at it before it counts."""
    found: dict[str, str] = {}
    for meaning, words in WORDS.items():
        for word in words.split(", "):
            fits = (one for one in headings if one.lower().startswith(word) and one not in found.values())
            heading = next(fits, None)
            if heading:
                found[meaning] = heading
                break
    return found


def units(
    found: UnitList,
    meanings: Mapping[str, str],
    *,
    strata: Iterable[str],
    closed: Iterable[str] = (),
    groups: Mapping[str, Mapping[str, str]] | None = None,
) -> Iterator[Unit]:
    """The rows as units.

    Args:
        found: the list.
        meanings: meaning to heading; columns without a meaning are left where they are, in the file.
        strata: headings whose values make strata, each for itself; their cells may not be grouped twice.
        closed: values of the status column that say a unit is not at work.
        groups: for a heading, which value counts as which.
    Returns:
        Every row in its order; those that can never be drawn say why they are set aside.
    """
    at = {meaning: found.headings.index(heading) for meaning, heading in meanings.items()}
    layers = [(heading, found.headings.index(heading), (groups or {}).get(heading, {})) for heading in strata]
    not_at_work, codes = set(closed), set[str]()
    mark = decimal_mark(found.column(meanings[Meaning.SIZE])) if Meaning.SIZE in meanings else ""
    for number, row in enumerate(found.rows):
        told = {meaning: row[column] for meaning, column in at.items()}
        code = told.get(Meaning.CODE, "")
        yield Unit(
            row=found.first_row + number,
            told=told,
            strata={heading: same.get(row[column], row[column]) for heading, column, same in layers},
            size=number_in(told.get(Meaning.SIZE, ""), mark),
            seconds=_whole(told.get(Meaning.SECONDS, "")),
            set_aside=_why_set_aside(told, code, codes, not_at_work),
        )
        codes.add(code)


def _why_set_aside(told: Mapping[str, str], code: str, above: set[str], not_at_work: set[str]) -> str:
    if not (told.get(Meaning.NAME) or code):
        return "no_name"
    if told.get(Meaning.STATUS) in not_at_work and Meaning.STATUS in told:
        return "closed"
    return "same_code" if code and code in above else ""


def number_in(text: str, decimal: str = "") -> float | None:
    """A number as people write it: 1 200, 1.200,5 or 1200.5; nothing where none stands.

    `1.200` is twelve hundred, since people and schools are counted; unless `decimal`, the mark before decimals that
    other cells of the column show, is its mark.
    """
    found = typed.meanings(text)
    if not found:
        return None
    value = float(found[-1] if decimal and decimal in text else found[0])
    return value if 0 <= value < 1e12 else None


def decimal_mark(cells: Iterable[str]) -> str:
    """The mark before decimals in a column, where one of its numbers has a fraction beyond doubt."""
    for text in cells:
        found = typed.meanings(text)
        if len(found) == 1 and found[0] % 1:
            return max(",.", key=text.rfind)
    return ""


def _whole(text: str) -> int | None:
    value = number_in(text)
    return int(value) if value is not None else None


def sizes(of: Iterable[float | None]) -> Sizes | None:
    """What the sizes of the units look like; nothing where no size stands at all."""
    every = list(of)
    known = [size for size in every if size is not None]
    if not known:
        return None
    return Sizes(
        missing=len(every) - len(known),
        zero=sum(size == 0 for size in known),
        ones=sum(size == 1 for size in known),
        least=min(known),
        middle=median(known),
        most=max(known),
    )
