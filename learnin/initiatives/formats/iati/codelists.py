"""Lists of codes that IATI 2.03 uses, as far as a record has them."""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

import pycountry

SCOPES = frozenset("12345678")
"""Source: IATI codelist ActivityScope."""

OWN_COUNTRIES = frozenset({"XK"})
"""ISO 3166-1 leaves XK to its users; IATI's codelist Country has it for Kosovo."""

UNSPECIFIED_REGION = "998"
"""Developing countries, unspecified. Source: IATI codelist Region (OECD-DAC)."""

UNSPECIFIED_SECTOR = "99810"
"""Sectors not specified. Source: OECD-DAC purpose codes."""

TARGETS = MappingProxyType(
    dict(
        zip(
            map(str, range(1, 18)),
            ["5b", "5c", "9d", "7c", "6c", "6b", "3b", "10b", "5c", "7c", "7c", "8c", "3b", "7c", "9c", "10b", "19"],
            strict=True,
        )
    )
)
"""Of each goal the last numbered and the last lettered target. Source: United Nations, A/RES/71/313, annex."""


@cache
def elements() -> frozenset[str]:
    """Names of the elements of an activity."""
    return frozenset(_lists()["elements"])


@cache
def organisation_types() -> frozenset[str]:
    """Codes of types of organisations."""
    return frozenset(_lists()["organisations"])


@cache
def identifier_types() -> frozenset[str]:
    """Codes of types of other identifiers."""
    return frozenset(_lists()["identifiers"])


@cache
def purposes() -> frozenset[str]:
    """Purpose codes in use."""
    return frozenset(_lists()["current"])


@cache
def withdrawn() -> frozenset[str]:
    """Purpose codes that only old files have."""
    return frozenset(_lists()["withdrawn"])


@cache
def replaced() -> Mapping[str, str]:
    """The purpose code that took the place of a withdrawn one, where there is one."""
    codes = _lists()["replaced"]
    return MappingProxyType(dict(zip(codes[::2], codes[1::2], strict=True)))


@cache
def currencies() -> frozenset[str]:
    """Currencies of ISO 4217, also those that are no longer paid with."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


@lru_cache(maxsize=2048)
def is_country(code: str) -> bool:
    """Whether ISO 3166-1 has, or had, this code of two letters."""
    if not code.isupper():
        return False
    if code in OWN_COUNTRIES or pycountry.countries.get(alpha_2=code):
        return True
    return bool(pycountry.historic_countries.get(alpha_2=code))


@lru_cache(maxsize=2048)
def is_language(code: str) -> bool:
    """Whether ISO 639 has this code of two or three letters."""
    return code.islower() and bool(pycountry.languages.get(alpha_2=code) or pycountry.languages.get(alpha_3=code))


@lru_cache(maxsize=2048)
def is_sdg(code: str) -> bool:
    """Whether it is one of the 17 goals ("4") or 169 targets ("4.c").

    >>> [is_sdg(code) for code in ("4", "4.7", "4.8", "4.c", "4.d", "18", "04", "")]
    [True, True, False, True, False, False, False, False]
    """
    goal, dot, target = code.partition(".")
    if goal not in TARGETS or not dot:
        return goal in TARGETS
    last = TARGETS[goal]
    letter = last[-1] if last[-1].isalpha() else ""
    numbered = int(last.rstrip("abcd"))
    return target in {str(number) for number in range(1, numbered + 1)} or (
        len(target) == 1 and "a" <= target <= letter
    )


@cache
def _lists() -> dict[str, list[str]]:
    parts: dict[str, list[str]] = {}
    here: list[str] = []
    for line in Path(__file__).with_name("lists.txt").read_text().splitlines():
        if line.startswith("["):
            here = parts.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            here.extend(line.split())
    return parts
