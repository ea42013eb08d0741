"""Lists stand in the order that the readers of each language expect."""

import json
import random
import shutil
import subprocess

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from learnin.kit import languages, sorting

CODES = list(languages.KNOWN)
COUNTRIES = [
    "AL", "AM", "AZ", "BY", "BA", "BG", "HR", "GE", "GR", "KZ", "XK",
    "KG", "MD", "ME", "MK", "RO", "RS", "TJ", "TR", "TM", "UA", "UZ",
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_the_order_is_that_of_icu(code: str) -> None:
    names = [languages.country_name(country, code) for country in COUNTRIES]
    names += [languages.language_name(spoken, code) for spoken in languages.SPOKEN]
    tag, texts = json.dumps(languages.language(code).html), json.dumps(names)
    script = f"""
        if (!Intl.Collator.supportedLocalesOf({tag}).length) throw 'no such language';
        console.log(JSON.stringify({texts}.sort(new Intl.Collator({tag}).compare)));
    """
    node = shutil.which("node")
    assert node, "the build needs Node"
    icu = json.loads(subprocess.run([node, "-e", script], capture_output=True, check=True).stdout)
    assert sorting.in_order(names, language=code) == icu


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "sr",
            ["Дунав", "Đorđe", "Ђорђе", "Ева", "Žarko", "Живко", "Лука", "Љуба", "Ljubica", "Милан", "Њего", "Шаца"],
        ),
        (
            "sr-latn",
            ["Car", "Чачак", "Čedo", "Ćira", "Dunav", "Džon", "Đorđe", "Luka", "Ljuba", "Nikola", "Njego", "Žika"],
        ),
        ("ro", ["Acasă", "Ăsta", "Ilie", "Însă", "Sat", "Șapte", "Şcoală", "Tată", "Țară", "Vara"]),
        (
            "tr",
            ["Cem", "Çan", "Gül", "Ğ", "Hak", "Isparta", "İzmir", "Jale", "Oya", "Ömer", "Su", "Şan", "Uşak", "Ünye"],
        ),
        ("ru", ["Елена", "Ёлка", "Жуков", "Іван", "Юлия", "Anna", "Zoe"]),
        ("ka", ["ანა", "ბესო", "ჟანა", "ჰაერი", "Anna", "Анна"]),
        ("en", ["1", "2nd", "Ada", "Éva", "Ewa", "Șerban", "Zoe", "Ђорђе", "Ђура"]),
    ],
)
def test_each_alphabet_has_its_order(code: str, expected: list[str]) -> None:
    mixed = random.Random(1).sample(expected, len(expected))
    assert sorting.in_order(mixed, language=code) == expected


def test_accents_and_capitals_only_decide_between_equals() -> None:
    assert sorting.in_order(["côté", "Cote", "cote", "coter", "coté"], language="en") == [
        "cote",
        "Cote",
        "coté",
        "côté",
        "coter",
    ]


def test_a_short_name_comes_before_a_longer_one() -> None:
    assert sorting.in_order(["Anastas", "Ana-Maria", "Ana Zu", "Ana"], language="en") == [
        "Ana",
        "Ana-Maria",
        "Ana Zu",
        "Anastas",
    ]


def test_things_are_sorted_by_their_text_in_the_readers_language() -> None:
    with translation.override("tr"):
        assert sorting.in_order([("a", "Zara"), ("b", "Çan")], key=lambda pair: pair[1]) == [
            ("b", "Çan"),
            ("a", "Zara"),
        ]


@given(st.text(), st.sampled_from(CODES))
def test_every_text_has_a_place(text: str, code: str) -> None:
    assert sorting.sort_key(text, code)[-1] == text


@given(st.lists(st.text(max_size=6), max_size=6), st.sampled_from(CODES))
def test_the_order_does_not_depend_on_where_things_stood(texts: list[str], code: str) -> None:
    assert sorting.in_order(texts, language=code) == sorting.in_order(texts[::-1], language=code)
