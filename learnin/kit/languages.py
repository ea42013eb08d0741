"""The languages LearnIn speaks, and the names of countries and languages in each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from django.conf import settings
from django.utils import translation


@dataclass(frozen=True)
class Language:
    """A language of the interface, under the name its own readers know it by."""

    code: str  # Django's
    endonym: str
    babel: str
    html: str  # for the lang attribute
    direction: str = "ltr"


KNOWN = {
    language.code: language
    for language in (
        Language("en", "English", "en", "en"),
        Language("ru", "Русский", "ru", "ru"),
        Language("ro", "Română", "ro", "ro"),
        Language("sr", "Српски", "sr_Cyrl", "sr-Cyrl"),
        Language("sr-latn", "Srpski", "sr_Latn", "sr-Latn"),
        Language("tr", "Türkçe", "tr", "tr"),
        Language("ka", "ქართული", "ka", "ka"),
    )
}
GENERATED = {"sr-latn": "sr"}
"""Languages nobody translates: they are made from another one, letter by letter."""

SPOKEN = (
    "ab", "az", "be", "bg", "bs", "cnr", "crh", "cs", "de", "el", "en", "fr", "gag", "hr", "hu", "hy", "it", "ka",
    "kaa", "kk", "ku", "ky", "mk", "os", "pl", "ro", "rom", "ru", "sk", "sq", "sr", "tg", "tk", "tr", "tt", "ug",
    "uk", "uz",
)  # fmt: skip
"""Languages people here work, teach and learn in, by ISO 639."""

# How the programme writes Kosovo, after PRODUCT's "Kosovo (UNSCR 1244)".
_UNSCR_1244 = {
    "en": "UNSCR 1244",
    "ru": "резолюция СБ ООН 1244",
    "ro": "Rezoluția 1244 a CSONU",
    "sr": "Резолуција СБ УН 1244",
    "sr-latn": "Rezolucija SB UN 1244",
    "tr": "BMGK 1244 sayılı karar",
    "ka": "გაეროს უშიშროების საბჭოს რეზოლუცია 1244",
}
# Where the names of CLDR (by babel) are not those that the countries and the United Nations use in that language.
_COUNTRIES = {("en", "BA"): "Bosnia and Herzegovina", ("ru", "KG"): "Кыргызстан"}
_LANGUAGES = {
    ("en", "cnr"): "Montenegrin",
    ("ru", "cnr"): "черногорский",
    ("ro", "cnr"): "muntenegreană",
    ("sr", "cnr"): "црногорски",
    ("sr-latn", "cnr"): "crnogorski",
    ("tr", "cnr"): "Karadağca",
    ("ka", "cnr"): "მონტენეგრული",
    ("en", "kaa"): "Karakalpak",
    ("en", "rom"): "Romani",
    ("ru", "rom"): "романи",
    ("ka", "rom"): "რომანი",
    ("ru", "ky"): "кыргызский",
    ("sr", "gag"): "гагауски",
    ("sr-latn", "gag"): "gagauski",
    ("sr", "kaa"): "каракалпачки",
    ("sr-latn", "kaa"): "karakalpački",
}


def interface() -> list[Language]:
    """The languages people can choose here, in the order of LEARNIN_LANGUAGES."""
    return [KNOWN[code] for code, _ in settings.LANGUAGES]


def language(code: str | None = None) -> Language:
    """The interface language with this code, or the reader's; English when we do not speak it."""
    return KNOWN.get(code or translation.get_language() or "en", KNOWN["en"])


def locale(code: str | None = None) -> Locale:
    """How dates, numbers and names are written in an interface language (the reader's when not given)."""
    return _locale(language(code).babel)


def text_in(texts: Mapping[str, str], code: str | None = None) -> str:
    """What is written in an interface language (the reader's when not given), else in English, else in any."""
    spoken = language(code).code
    for one in (spoken, GENERATED.get(spoken, spoken), "en"):
        if texts.get(one):
            return texts[one]
    return next(iter(texts.values()), "")


def country_name(country: str, code: str | None = None) -> str:
    """A country's name in an interface language; its code when nobody named it."""
    spoken = language(code).code
    name = _COUNTRIES.get((spoken, country)) or locale(spoken).territories.get(country, country)
    return f"{name} ({_UNSCR_1244[spoken]})" if country == "XK" else name


def language_name(named: str, code: str | None = None) -> str:
    """A language's name as it stands inside a sentence of an interface language; its code when nobody named it."""
    spoken = language(code).code
    return _LANGUAGES.get((spoken, named)) or locale(spoken).languages.get(named, named)


@cache
def _locale(identifier: str) -> Locale:
    return Locale.parse(identifier)
