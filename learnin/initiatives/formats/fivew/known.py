"""What a reader is told of the world: countries and areas by their names, and our ids by theirs."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import pycountry
from babel import Locale

from learnin.compute.folding import fold, serbian_latin
from learnin.initiatives.formats.fivew.list_words import WORDS

_LANGUAGES = (
    "en",
    "ro",
    "sr",
    "hr",
    "ru",
    "uk",
    "tr",
    "ka",
    "sq",
    "mk",
    "bg",
    "hy",
    "az",
    "kk",
    "uz",
    "el",
    "fr",
    "es",
)
# Words for kinds of areas, folded: with or without them a name is the same.
_KIND_WORDS = (
    "county region province district city municipality oblast oblasti republic canton governorate area of the "
    "judetul judet judetului raionul raion municipiul zupanija zupanije grad okrug kanton opstina opcina upravni "
    "obl kray krai g gorod respublika oblys oblysy viloyati viloyat viloyoti rayonu rayon seheri marzi marz "
    "mkhare ili il bolgesi qarku qark i e rajoni komuna bashkia welayaty periferia perifereia "
)
_KINDS = frozenset(_KIND_WORDS.split())


@dataclass(frozen=True)
class Places:
    """Countries and their areas, by folded names. A name that two areas of a country share finds neither."""

    countries: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    pcodes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        countries: Mapping[str, Iterable[str]],
        areas: Mapping[str, Iterable[str]],
        pcodes: Mapping[str, str] | None = None,
    ) -> "Places":
        """From names in any language and script.

        Args:
            countries: ISO 3166-1 code to names.
            areas: ISO 3166-2 code to names.
            pcodes: P-code of OCHA to ISO 3166-2 code.
        """
        by_country = defaultdict[str, dict[str, Iterable[str]]](dict)
        for code, names in areas.items():
            by_country[code[:2]][code] = names
        return cls(
            countries=_by_name(countries),
            areas={country: _by_area_name(those) for country, those in by_country.items()},
            pcodes={code.upper(): area for code, area in (pcodes or {}).items()},
        )

    def country(self, text: str) -> str:
        """The ISO 3166-1 code behind a code of two or three letters or a name; empty where nobody knows it.

        >>> Places().country("Молдова"), Places().country("GIN"), Places().country("Elbonia")
        ('MD', 'GN', '')
        """
        return next((code for one in _readings(text) if (code := self.countries.get(one) or _world().get(one))), "")

    def area(self, country: str, text: str) -> str:
        """The ISO 3166-2 code behind a code or a name, in this country if one is told; empty where nobody knows it."""
        code = text.strip().upper()
        found = self.areas.get(code[:2], {}).get(fold(code)) or self.pcodes.get(code)
        if found and (not country or found.startswith(country)):
            return found
        return self._named(country, text)

    def _named(self, country: str, text: str) -> str:
        readings = [*(whole := _readings(text)), *map(_plain, whole)]
        places = [self.areas.get(country, {})] if country else self.areas.values()
        found = {code for names in places if (code := next(filter(None, map(names.get, readings)), None))}
        return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=20_000)
def _readings(text: str) -> tuple[str, ...]:
    """A text folded, and as both Serbian scripts share it: Чачак is chachak, and cacak."""
    return tuple(dict.fromkeys((fold(text), fold(serbian_latin(text)))))


def _plain(folded: str) -> str:
    """An area's name without the words for its kind."""
    return " ".join(word for word in folded.split() if word not in _KINDS)


def _by_name(named: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each folded name that means one code alone, and each code."""
    found = defaultdict[str, set[str]](set)
    for code, names in named.items():
        for name in names:
            found[fold(name)].add(code)
    return {name: codes.pop() for name, codes in found.items() if len(codes) == 1 and name} | {
        fold(c): c for c in named
    }


def _by_area_name(named: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The names, and the same without their kind where that still means one area alone."""
    whole = _by_name(named)
    plain = defaultdict[str, set[str]](set)
    for name, code in whole.items():
        plain[_plain(name)].add(code)
    return {name: codes.pop() for name, codes in plain.items() if len(codes) == 1 and name} | whole


@lru_cache(maxsize=1)
def _world() -> Mapping[str, str]:
    """All countries by their codes and their names in CLDR, for a file that tells of others than ours."""
    found = defaultdict[str, set[str]](set)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found[fold(name)].add(code)
    named = {name: codes.pop() for name, codes in found.items() if len(codes) == 1}
    letters = {one.alpha_3.lower(): one.alpha_2 for one in pycountry.countries} | {"xkx": "XK", "xkk": "XK"}
    return named | letters | {one.alpha_2.lower(): one.alpha_2 for one in pycountry.countries} | {"xk": "XK"}


@dataclass(frozen=True)
class Codes:
    """Our ids and those of closed lists, by their folded names. `ids` holds them by kind, in lower case."""

    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ids: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, lists: Mapping[str, Mapping[str, Iterable[str]]]) -> "Codes":
        """From kind to id to its names in any language; words that tables have for closed lists are added."""
        kinds = dict.fromkeys([*WORDS, *lists])
        names = {kind: {**dict(_usual(kind)), **_names(lists.get(kind, {}))} for kind in kinds}
        ids = {kind: {one.lower(): one for one in (*WORDS.get(kind, {}), *lists.get(kind, {}))} for kind in kinds}
        return cls(names, ids)

    def id(self, kind: str, text: str) -> str:
        """The id behind an id or a name; empty where nobody knows it.

        >>> codes = Codes.of({"theme": {"inclusion": ["Инклюзия"]}})
        >>> str(codes.id("status", "On-going")), codes.id("theme", "инклюзия")
        ('2', 'inclusion')
        """
        said = text.strip()
        names = self.names.get(kind, {})
        return self.ids.get(kind, {}).get(said.lower()) or next(filter(None, map(names.get, _readings(said))), "")


def _usual(kind: str) -> Iterator[tuple[str, str]]:
    for one, words in WORDS.get(kind, {}).items():
        for word in re.split(r",\s*", words):
            yield fold(word), str(one)


def _names(those: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold(name): one for one, names in those.items() for name in names if fold(name)}
