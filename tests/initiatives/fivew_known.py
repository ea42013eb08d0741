"""What the reader of 5W tables is told in tests: a few areas, themes and audiences, in several languages."""

from learnin.initiatives.formats.fivew import Codes, ColumnMapping, Kind, Places, Words, look, read
from learnin.initiatives.formats.record import Read

AREAS = {
    "AL-01": ["Berat", "Qarku i Beratit"],
    "AL-11": ["Tiranë", "Tirana", "Тирана"],
    "RO-CJ": ["Cluj", "Județul Cluj"],
    "RS-00": ["Beograd", "Београд", "Belgrade"],
    "RS-08": ["Mačvanski okrug"],
}
THEMES = {
    "inclusion": ["Inclusion", "Инклюзия", "Incluziune", "Инклузија"],
    "digital-skills": ["Digital skills", "Цифровые навыки"],
    "school-leadership": ["Leadership, schools", "Руководство школой"],
}
AUDIENCES = {"teachers": ["Teachers", "Учителя"], "students-primary": ["Pupils", "Ученики"]}
COMPONENTS = {"pedagogy": ["Pedagogy"], "technology": ["Technology"]}

PLACES = Places.of(
    countries={"AL": ["Albania"], "RO": ["România"], "RS": ["Србија"], "XK": ["Kosovo (UNSCR 1244)"]},
    areas=AREAS,
    pcodes={"AL011": "AL-11"},
)
CODES = Codes.of({Kind.THEME: THEMES, Kind.AUDIENCE: AUDIENCES, Kind.COMPONENT: COMPONENTS})
_NAMES = {Kind.THEME: THEMES, Kind.AUDIENCE: AUDIENCES, Kind.COMPONENT: COMPONENTS, "area": AREAS}


def name(kind: str, one: str) -> str:
    """The English name of an id; the id of a list that has none here."""
    return next(iter(_NAMES.get(kind, {}).get(one, [])), str(one))


WORDS = Words(names=name)


def read_all(content: bytes, named: str = "t.csv", mapping: ColumnMapping | None = None, sheet: str = "") -> list[Read]:
    """Everything that a table gives, by the mapping that is proposed for it unless another is told."""
    mapping = mapping or look(content, named, sheet=sheet).mapping
    return list(read(content, named, mapping, places=PLACES, codes=CODES, sheet=sheet))


def codes_of(reads: list[Read]) -> list[tuple[int, str, str]]:
    """The problems: row, heading and code."""
    return [(one.row, one.place, one.code) for read in reads for one in read.problems]
