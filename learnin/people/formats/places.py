"""Read the file of countries and areas (people/places.yaml)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import available_timezones

import pycountry
import yaml

OWN_CODES = frozenset({"XK"})
"""Countries that ISO 3166-1 leaves to its users."""


class WrongPlaces(ValueError):
    """The file of places says something impossible; `problems` tells what, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Area:
    """A first-level part of a country."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True)
class Place:
    """A country of the programme."""

    code: str
    official_languages: tuple[str, ...]
    scripts: tuple[str, ...]
    taught_in: tuple[str, ...]
    time_zone: str
    areas: tuple[Area, ...]


KEYS = {"code", "official_languages", "scripts", "taught_in", "time_zone", "areas"}
AREA_KEYS = {"leave_out", "split", "names", "add"}


def read(text: str) -> tuple[Place, ...]:
    """Every country of the file with its areas, in the order of the file. Raises WrongPlaces with all problems."""
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise WrongPlaces([f"places: not YAML: {error}"]) from error
    if not isinstance(raw, dict) or {*raw} != {"kinds", "countries"}:
        raise WrongPlaces(["places: the file must have exactly the keys kinds and countries"])
    problems = [problem for country in raw["countries"] for problem in _shape_problems(country)]
    if problems:
        raise WrongPlaces(problems)
    kinds = dict(raw["kinds"])
    problems = [problem for country in raw["countries"] for problem in _problems(country, kinds)]
    problems += _repeated("countries", [country["code"] for country in raw["countries"]])
    if problems:
        raise WrongPlaces(problems)
    return tuple(_place(country, kinds) for country in raw["countries"])


def _place(raw: Mapping[str, Any], kinds: Mapping[str, str]) -> Place:
    """One country, known to be right."""
    return Place(
        code=raw["code"],
        official_languages=tuple(raw["official_languages"]),
        scripts=tuple(raw["scripts"]),
        taught_in=tuple(raw.get("taught_in", ())),
        time_zone=raw["time_zone"],
        areas=_areas(raw, kinds),
    )


def _areas(raw: Mapping[str, Any], kinds: Mapping[str, str]) -> tuple[Area, ...]:
    """The ISO parts of a country, corrected, and the added ones; by code."""
    changes = raw.get("areas") or {}
    names, gone = changes.get("names", {}), {*changes.get("leave_out", ()), *changes.get("split", ())}
    tops = {None, *changes.get("split", ())}
    found = [
        Area(part.code, names.get(part.code, part.name), kinds[part.type])
        for part in _iso_parts(raw["code"])
        if part.parent_code in tops and part.code not in gone
    ]
    found += [Area(code, added["name"], added["kind"]) for code, added in changes.get("add", {}).items()]
    return tuple(sorted(found, key=lambda area: area.code))


def _iso_parts(country: str) -> Sequence[Any]:
    """What ISO 3166-2 knows of a country, at every level."""
    subdivisions: Any = pycountry.subdivisions  # the library types only a part of itself
    return list(subdivisions.get(country_code=country) or ())


def _shape_problems(raw: object) -> Iterator[str]:
    """What keeps an entry from being read at all."""
    if not isinstance(raw, dict) or not isinstance(raw.get("code"), str):
        yield f"countries: every entry needs a code (write it in quotes when it is NO): {raw!r:.60}"
        return
    code, areas = raw["code"], raw.get("areas") or {}
    for key in sorted({*raw} - KEYS):
        yield f"{code}: {key}: no such key; known are {', '.join(sorted(KEYS))}"
    for key in sorted({"official_languages", "scripts", "time_zone"} - {*raw}):
        yield f"{code}: {key}: missing"
    for key in ("official_languages", "scripts", "taught_in"):
        if not isinstance(raw.get(key, []), list):
            yield f"{code}: {key}: must be a list"
    if not isinstance(areas, dict):
        yield f"{code}: areas: must hold {', '.join(sorted(AREA_KEYS))}"
        return
    for key in sorted({*areas} - AREA_KEYS):
        yield f"{code}: areas.{key}: no such key; known are {', '.join(sorted(AREA_KEYS))}"
    for key, shape in (("leave_out", list), ("split", list), ("names", dict), ("add", dict)):
        if not isinstance(areas.get(key, shape()), shape):
            yield f"{code}: areas.{key}: must be a {'list' if shape is list else 'table of codes'}"
    more = areas.get("add", {})
    for part, added in more.items() if isinstance(more, dict) else ():
        if not isinstance(added, dict) or {*added} != {"name", "kind"}:
            yield f"{code}: areas.add.{part}: needs a name and a kind, nothing else"


def _problems(raw: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[str]:
    """What is readable but impossible."""
    code, changes = raw["code"], raw.get("areas") or {}
    if code not in OWN_CODES and not pycountry.countries.get(alpha_2=code):
        yield f"{code}: no such country in ISO 3166-1"
    for key in ("official_languages", "taught_in"):
        for language in raw.get(key, ()):
            if not (pycountry.languages.get(alpha_2=language) or pycountry.languages.get(alpha_3=language)):
                yield f"{code}: {key}: {language} is no ISO 639 code"
    for script in raw["scripts"]:
        if not pycountry.scripts.get(alpha_4=script):
            yield f"{code}: scripts: {script} is no ISO 15924 code"
    if raw["time_zone"] not in available_timezones():
        yield f"{code}: time_zone: {raw['time_zone']} is no IANA time zone"
    yield from _area_problems(code, changes, kinds)
    if not any(_area_problems(code, changes, kinds)):
        areas = _areas(raw, kinds)
        yield from _repeated(f"{code}: areas", [area.code for area in areas])
        yield from _repeated(f"{code}: areas", [area.name for area in areas])
        if not areas:
            yield f"{code}: areas: none; ISO 3166-2 has no part of it, so add them"


def _area_problems(code: str, changes: Mapping[str, Any], kinds: Mapping[str, str]) -> Iterator[str]:
    """Corrections of parts that do not exist, and kinds nobody explained."""
    parts = _iso_parts(code)
    for key in ("leave_out", "split", "names"):
        for part in changes.get(key, ()):
            if part not in {known.code for known in parts}:
                yield f"{code}: areas.{key}: {part} is no part of {code} in ISO 3166-2"
    for kind in sorted({part.type for part in parts} - {*kinds}):
        yield f"{code}: areas: what do we call a part of the kind {kind}? Add it to kinds"
    for part, added in changes.get("add", {}).items():
        if not str(part).startswith(f"{code}-"):
            yield f"{code}: areas.add: {part} must begin with {code}-"
        if not isinstance(added["name"], str) or not added["name"].strip():
            yield f"{code}: areas.add.{part}: the name is empty"


def _repeated(where: str, values: Sequence[str]) -> Iterator[str]:
    """Values that should stand once."""
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{where}: {value} stands {times} times"
