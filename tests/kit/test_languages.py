"""The interface knows its languages, and names countries and languages in each of them."""

from datetime import date

import pytest
from babel.dates import format_date
from django.test import override_settings
from django.utils import translation

from learnin.compute import folding
from learnin.kit import languages

COUNTRIES = [
    "AL", "AM", "AZ", "BY", "BA", "BG", "HR", "GE", "GR", "KZ", "XK",
    "KG", "MD", "ME", "MK", "RO", "RS", "TJ", "TR", "TM", "UA", "UZ",
]  # fmt: skip


def test_the_seven_languages_are_offered_in_their_own_names() -> None:
    assert [language.code for language in languages.interface()] == ["en", "ru", "ro", "sr", "sr-latn", "tr", "ka"]
    assert [language.endonym for language in languages.interface()][3:5] == ["Српски", "Srpski"]


def test_a_place_can_offer_fewer() -> None:
    with override_settings(LANGUAGES=[("ka", "Georgian"), ("en", "English")]):
        assert [language.code for language in languages.interface()] == ["ka", "en"]


def test_serbian_has_two_scripts() -> None:
    assert str(languages.locale("sr")) == "sr_Cyrl"
    assert str(languages.locale("sr-latn")) == "sr_Latn"
    assert languages.language("sr-latn").html == "sr-Latn"


def test_the_readers_language_is_the_default() -> None:
    with translation.override("tr"):
        assert languages.country_name("GR") == "Yunanistan"
    with translation.override("sr-latn"):
        day = date(2026, 3, 1)
        assert format_date(day, locale=languages.locale()) == "1. 3. 2026."


@pytest.mark.parametrize("code", languages.KNOWN)
def test_every_country_and_language_has_a_name(code: str) -> None:
    countries = [languages.country_name(country, code) for country in COUNTRIES]
    spoken = [languages.language_name(named, code) for named in languages.SPOKEN]
    assert len({*countries}) == 22
    assert not {*countries} & {*COUNTRIES}
    assert not {*spoken} & {*languages.SPOKEN}
    assert len({*spoken}) == len(languages.SPOKEN)


@pytest.mark.parametrize(
    ("country", "code", "name"),
    [
        ("XK", "en", "Kosovo (UNSCR 1244)"),
        ("XK", "sr-latn", "Kosovo (Rezolucija SB UN 1244)"),
        ("TR", "en", "Türkiye"),
        ("MK", "en", "North Macedonia"),
        ("MD", "en", "Moldova"),
        ("BA", "en", "Bosnia and Herzegovina"),
        ("MK", "ka", "ჩრდილოეთ მაკედონია"),
        ("KG", "ru", "Кыргызстан"),
        ("ZZZ", "ru", "ZZZ"),
    ],
)
def test_countries_are_named_as_the_programme_does(country: str, code: str, name: str) -> None:
    assert languages.country_name(country, code) == name


def test_montenegrin_has_a_name_everywhere() -> None:
    assert [languages.language_name("cnr", code) for code in ("en", "tr", "sr")] == [
        "Montenegrin",
        "Karadağca",
        "црногорски",
    ]


def test_hand_written_serbian_latin_is_the_cyrillic_one() -> None:
    for table in (languages._COUNTRIES, languages._LANGUAGES):
        latin = {key: name for (code, key), name in table.items() if code == "sr-latn"}
        cyrillic = {key: folding.serbian_latin(name) for (code, key), name in table.items() if code == "sr"}
        assert latin == cyrillic
    assert languages._UNSCR_1244["sr-latn"] == folding.serbian_latin(languages._UNSCR_1244["sr"])
    assert {*languages._UNSCR_1244} == {*languages.KNOWN}


def test_an_unknown_language_falls_back_to_english() -> None:
    assert languages.language("zz").code == "en"
    assert languages.country_name("GE", "zz") == "Georgia"
