"""The areas of a country as drawings: simplified, projected about its middle, with the names their makers gave them."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from learnin.compute.folding import fold, serbian_latin

FOLDER = Path(__file__).parent / "outlines"


@dataclass(frozen=True, slots=True)
class Shape:
    """One area: its name, another name it goes by, and its outline as an SVG path."""

    name: str
    other: str
    path: str


@dataclass(frozen=True)
class Shapes:
    """All areas of one country in one box, `width` by `height`."""

    width: int
    height: int
    areas: tuple[Shape, ...]

    def named(self, name: str) -> Shape | None:
        """The area with this name, in any script and with or without accents; nothing where none or several have it.

        Where none has it, an area that is called the city of this name.
        """
        wanted = {fold(name), fold(serbian_latin(name))}
        found = [shape for shape in self.areas if wanted & {fold(shape.name), fold(shape.other)}]
        found = found or [shape for shape in self.areas if wanted & {_bare(shape.name), _bare(shape.other)}]
        return found[0] if len(found) == 1 else None


def _bare(name: str) -> str:
    return " ".join(word for word in fold(name).split() if word not in CITY)


CITY = frozenset({"city", "grad", "of"})
"""What the makers of the outlines put beside the name of a city."""
COUNTRIES = frozenset(file.stem for file in FOLDER.glob("*.json"))
"""Codes of the countries that have a drawing."""


@cache
def shapes(country: str) -> Shapes:
    """The areas of one of these countries. Raises LookupError for another."""
    if country not in COUNTRIES:
        raise LookupError(f"There is no drawing of {country}.")
    kept = json.loads((FOLDER / f"{country}.json").read_text(encoding="utf-8"))
    return Shapes(kept["width"], kept["height"], tuple(Shape(**area) for area in kept["areas"]))
