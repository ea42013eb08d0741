"""The outlines of countries and their parts, to see whether a place lies where answers were asked."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from learnin.compute import geometry
from learnin.compute.folding import fold, query_keys

FILE = Path(__file__).parent / "areas.json"
PARTS = FILE.with_name("parts.json")
# What parts of countries are called beside their names, folded.
KINDS = frozenset({
    "and", "autonome", "autonomna", "autonomnaya", "avtonomna", "avtonomnaya", "city", "county", "district", "gorod",
    "grad", "il", "ili", "judet", "judetul", "kalaki", "kraj", "krai", "mkhare", "misto", "municipiul", "oblast",
    "oblasti", "oblys", "oblysy", "okrug", "okrugu", "opstina", "province", "provinces", "qalasy", "qark", "qarku",
    "raion", "raionul", "rayon", "rayonu", "region", "regionul", "republic", "respublika", "respublikasi", "the",
    "uezd", "viloyat", "viloyati", "vilayat", "welayaty", "zupanija", "zupanijska",
})  # fmt: skip

Rings = list[list[tuple[float, float]]]


@dataclass(frozen=True)
class Part:
    """A first-level part of a country, by all its names: each as the ways to spell each of its words."""

    names: tuple[Sequence[set[str]], ...]
    rings: Rings


@cache
def outlines() -> dict[str, Rings]:
    """The closed lines of each country, longitude first."""
    return {code: _rings(rings) for code, rings in _kept(FILE).items()}


@cache
def parts() -> Mapping[str, tuple[Part, ...]]:
    """The parts of each country."""
    return {
        code: tuple(
            Part(tuple(words for name in one["names"] if (words := _words(name))), _rings(one["rings"]))
            for one in found
        )
        for code, found in _kept(PARTS).items()
    }


def outside_km(code: str, latitude: float, longitude: float) -> float:
    """How far outside a country a place lies; 0 inside, and where we have no outline."""
    return _outside(outlines().get(code, []), latitude, longitude)


def outside_part_km(code: str, area: str, latitude: float, longitude: float) -> float:
    """How far outside a part of a country a place lies; 0 inside, and where no part, or more than one, is called so."""
    called = [part for part in parts().get(code, ()) if _is_called(part, _words(area))]
    return _outside(called[0].rings, latitude, longitude) if len(called) == 1 else 0.0


def _is_called(part: Part, words: Sequence[set[str]]) -> bool:
    return bool(words) and any(
        len(name) == len(words) and all(one & other for one, other in zip(name, words, strict=True))
        for name in part.names
    )


def _words(name: str) -> list[set[str]]:
    """The words of a name without what says only what kind of area it is, each in all its spellings."""
    plain = "".join(letter for letter in name if letter not in "'’ʼ`ʹ")
    return [keys for word in fold(plain).split() if word not in KINDS for keys in query_keys(word)]


def _outside(rings: Rings, latitude: float, longitude: float) -> float:
    point = (longitude, latitude)
    if not rings or geometry.inside(point, rings):
        return 0.0
    return geometry.distance_km(point, rings)


def _kept(file: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))["countries"]
    return found


def _rings(kept: list[list[list[float]]]) -> Rings:
    return [[(x, y) for x, y in ring] for ring in kept]
