"""The file of countries and areas is complete, and a wrong one says what is wrong."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from learnin.compute import folding
from learnin.kit import languages
from learnin.people.formats import places

FILE = Path(places.__file__).parents[1] / "places.yaml"
# Counted in the national laws and statistics, not in the library the areas come from.
AREAS = {
    "AL": 12, "AM": 11, "AZ": 70, "BY": 7, "BA": 12, "BG": 28, "HR": 21, "GE": 12, "GR": 14, "KZ": 20, "XK": 7,
    "KG": 9, "MD": 37, "ME": 25, "MK": 80, "RO": 42, "RS": 25, "TJ": 5, "TR": 81, "TM": 6, "UA": 27, "UZ": 14,
}  # fmt: skip
KINDS = {
    "autonomous region", "autonomous republic", "autonomous unit", "canton", "city", "county", "district",
    "entity", "municipality", "province", "region",
}  # fmt: skip


@pytest.fixture(scope="module")
def countries() -> dict[str, places.Place]:
    return {place.code: place for place in places.read(FILE.read_text(encoding="utf-8"))}


def test_the_22_countries_have_all_their_areas(countries: dict[str, places.Place]) -> None:
    assert {code: len(place.areas) for code, place in countries.items()} == AREAS


def test_area_codes_and_names_can_be_kept(countries: dict[str, places.Place]) -> None:
    areas = [area for place in countries.values() for area in place.areas]
    assert len({area.code for area in areas}) == len(areas)
    assert all(len(area.code) <= 12 and 2 <= len(area.name) <= 120 for area in areas)
    assert {area.kind for area in areas} == KINDS
    assert not [area.name for area in areas if any(sign in area.name for sign in "†[]*,")]


def test_languages_of_the_countries_have_names(countries: dict[str, places.Place]) -> None:
    spoken = {code for place in countries.values() for code in (*place.official_languages, *place.taught_in)}
    assert spoken <= {*languages.SPOKEN}
    assert all(place.official_languages and place.scripts for place in countries.values())
    assert not [place.code for place in countries.values() if {*place.official_languages} & {*place.taught_in}]


@pytest.mark.parametrize(
    ("code", "name", "kind"),
    [
        ("GE-TB", "Tbilisi", "city"),
        ("GE-AB", "Abkhazia", "autonomous republic"),
        ("GE-AJ", "Adjara", "autonomous republic"),
        ("XK-06", "Prishtina / Priština", "district"),
        ("KZ-10", "Abai", "region"),
        ("KZ-33", "Zhetisu", "region"),
        ("KZ-62", "Ulytau", "region"),
        ("RS-06", "Južnobački okrug", "district"),
        ("BA-09", "Kanton Sarajevo", "canton"),
        ("MK-814", "Centar", "municipality"),
        ("ME-25", "Zeta", "municipality"),
        ("UA-30", "Kyiv (city)", "city"),
        ("TR-34", "İstanbul", "province"),
        ("AZ-NX", "Naxçıvan", "autonomous republic"),
    ],
)
def test_areas_are_named_as_they_are_today(countries: dict[str, places.Place], code: str, name: str, kind: str) -> None:
    assert places.Area(code, name, kind) in countries[code[:2]].areas


def test_every_area_is_found_by_its_plain_name(countries: dict[str, places.Place]) -> None:
    for place in countries.values():
        for area in place.areas:
            assert folding.matches(folding.search_keys(area.name), folding.fold(area.name))


GOOD: dict = {
    "kinds": {"Region": "region", "Autonomous republic": "autonomous republic", "City": "city"},
    "countries": [{"code": "GE", "official_languages": ["ka"], "scripts": ["Geor"], "time_zone": "Asia/Tbilisi"}],
}


def _wrong(**changes: object) -> str:
    """The complaint about the good file with one thing changed."""
    country = {key: value for key, value in (GOOD["countries"][0] | changes).items() if value is not None}
    with pytest.raises(places.WrongPlaces) as refused:
        places.read(yaml.safe_dump(GOOD | {"countries": [country]}))
    assert len(refused.value.problems) == 1
    return refused.value.problems[0]


def test_the_small_good_file_is_good() -> None:
    (georgia,) = places.read(yaml.safe_dump(GOOD))
    assert Counter(area.kind for area in georgia.areas) == {"region": 9, "autonomous republic": 2, "city": 1}


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"code": "ZZ", "areas": {"add": {"ZZ-1": {"name": "A", "kind": "region"}}}}, "ZZ: no such country"),
        ({"code": None}, "countries: every entry needs a code"),
        ({"scripts": None}, "GE: scripts: missing"),
        ({"scripts": "Geor"}, "GE: scripts: must be a list"),
        ({"scripts": ["Georgian"]}, "GE: scripts: Georgian is no ISO 15924 code"),
        ({"official_languages": ["georgian"]}, "GE: official_languages: georgian is no ISO 639 code"),
        ({"time_zone": "Tbilisi"}, "GE: time_zone: Tbilisi is no IANA time zone"),
        ({"population": 3}, "GE: population: no such key"),
        ({"areas": ["GE-TB"]}, "GE: areas: must hold"),
        ({"areas": {"rename": {}}}, "GE: areas.rename: no such key"),
        ({"areas": {"names": ["GE-TB"]}}, "GE: areas.names: must be a table of codes"),
        ({"areas": {"names": {"GE-XX": "Nowhere"}}}, "GE: areas.names: GE-XX is no part of GE"),
        ({"areas": {"names": {"GE-TB": "Guria"}}}, "GE: areas: Guria stands 2 times"),
        ({"areas": {"add": {"GE-TB": {"name": "Tiflis", "kind": "city"}}}}, "GE: areas: GE-TB stands 2 times"),
        ({"areas": {"add": {"GE-XX": {"name": "Nowhere"}}}}, "GE: areas.add.GE-XX: needs a name and a kind"),
        ({"areas": {"add": {"XX": {"name": "Nowhere", "kind": "city"}}}}, "GE: areas.add: XX must begin with GE-"),
        ({"code": "XK"}, "XK: areas: none"),
        ({"code": "TR"}, "TR: areas: what do we call a part of the kind Province?"),
    ],
)
def test_a_wrong_file_says_where_and_why(changes: dict, complaint: str) -> None:
    assert _wrong(**changes).startswith(complaint)


@pytest.mark.parametrize("text", ["", "countries: []", "kinds: {", "- 1"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(places.WrongPlaces):
        places.read(text)


def test_a_country_stands_once() -> None:
    with pytest.raises(places.WrongPlaces, match="countries: GE stands 2 times"):
        places.read(yaml.safe_dump(GOOD | {"countries": GOOD["countries"] * 2}))
