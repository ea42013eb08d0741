"""What a 5W table is, and what its columns mean, is seen from its heading in our languages and from hashtags."""

import pytest

from learnin.initiatives.formats.fivew import Meaning, Use, look
from learnin.initiatives.formats.fivew.hashtags import is_tag, use_of
from learnin.initiatives.formats.fivew.heading_words import fit
from learnin.initiatives.formats.fivew.meanings import IN_LANGUAGES, OF_PEOPLE, TAGS, tag
from learnin.initiatives.formats.record import NotReadable

ASKED = ("title", "reporter", "area", "planned-start", "audience")
WHO_WHAT = {  # what, who, where, when, for whom
    "en": ("What", "Who", "Where", "When", "For whom"),
    "ro": ("Ce", "Cine", "Unde", "Când", "Pentru cine"),
    "sr": ("Шта", "Ко", "Где", "Када", "За кога"),
    "sr-Latn": ("Šta", "Ko", "Gde", "Kada", "Za koga"),
    "hr": ("Što", "Tko", "Gdje", "Kada", "Za koga"),
    "ru": ("Что", "Кто", "Где", "Когда", "Для кого"),
    "uk": ("Що", "Хто", "Де", "Коли", "Для кого"),
    "tr": ("Ne", "Kim", "Nerede", "Ne zaman", "Kimin için"),
    "ka": ("რა", "ვინ", "სად", "როდის", "ვისთვის"),
    "sq": ("Çfarë", "Kush", "Ku", "Kur", "Për kë"),
    "bg": ("Какво", "Кой", "Къде", "Кога", "За кого"),
    "mk": ("Што", "Кој", "Каде", "Кога", "За кого"),
}
TABLES = """
Project title|title, Organisation|reporter, Donor|funder, Implementing partner|implementer, Region|area,
District|place, Start date|planned-start, End date|planned-end, Status|status, Budget|budget, Currency|currency

Denumirea proiectului|title, Organizația|reporter, Finanțator|funder, Județ|area, Data începerii|planned-start,
Data finalizării|planned-end, Buget|budget, Moneda|currency, Beneficiari|audience

Назив пројекта|title, Организација|reporter, Донатор|funder, Округ|area, Општина|place, Почетак|planned-start,
Завршетак|planned-end, Буџет|budget, Валута|currency

Naziv projekta|title, Organizacija|reporter, Donator|funder, Županija|area, Općina|place, Početak|planned-start

Название проекта|title, Организация|reporter, Донор|funder, Исполнитель|implementer, Область|area, Дата
начала|planned-start, Дата окончания|planned-end, Бюджет|budget, Валюта|currency, Охвачено|reached

Назва проєкту|title, Організація|reporter, Виконавець|implementer, Область|area, Громада|place, Бюджет|budget

Proje adı|title, Kuruluş|reporter, İl|area, İlçe|place, Başlangıç tarihi|planned-start, Bitiş tarihi|planned-end

პროექტის დასახელება|title, ორგანიზაცია|reporter, დონორი|funder, რეგიონი|area, დაწყების თარიღი|planned-start,
დასრულების თარიღი|planned-end, ბიუჯეტი|budget, ვალუტა|currency

Titulli i projektit|title, Organizata|reporter, Qarku|area, Bashkia|place, Buxheti|budget

Layihənin adı|title, Təşkilat|reporter, Büdcə|budget, Başlama tarixi|planned-start

Ծրագրի անվանում|title, Կազմակերպություն|reporter, Մարզ|area, Բյուջե|budget

Жоба атауы|title, Ұйым|reporter, Облыс|area

Loyiha nomi|title, Tashkilot|reporter, Viloyat|area
"""


@pytest.mark.parametrize("language", WHO_WHAT)
def test_the_five_questions_are_known_in_our_languages(language: str) -> None:
    assert tuple(str(fit(word)[0]) for word in WHO_WHAT[language]) == ASKED


@pytest.mark.parametrize("table", TABLES.strip().split("\n\n"))
def test_usual_headings_are_known(table: str) -> None:
    expected = dict(one.split("|") for one in " ".join(table.split("\n")).split(", "))
    found = look(f"{';'.join(expected)}\n{';'.join('x' for _ in expected)}\n".encode(), "t.csv")
    assert {heading: str(use) for heading, use in found.mapping.columns.items()} == expected


def test_every_hashtag_that_we_write_is_known() -> None:
    for meaning in Meaning:
        assert use_of(TAGS[meaning]) == Use(meaning)
    for meaning in IN_LANGUAGES:
        assert use_of(tag(Use(meaning, "sr-Latn"))) == Use(meaning, "sr-Latn")
    for meaning in OF_PEOPLE:
        assert use_of(tag(Use(meaning, "students-primary"))) == Use(meaning, "students-primary")


@pytest.mark.parametrize(
    ("hashtag", "use"),
    [
        ("#org +reporting", "reporter"),
        ("#ORG+Impl", "implementer"),
        ("#org+impl+code", None),
        ("#adm1+code", "area"),
        ("#adm2 +name", "place"),
        ("#adm3+code+v_pcode", "pcode"),
        ("#activity+name+i_ro", "title@ro"),
        ("#description+es", "description@es"),
        ("#targeted+f", "planned-part"),
        ("#reached+ind", "reached"),
        ("#reached+hh", None),
        ("#date+start", "planned-start"),
        ("#value+transaction", "budget"),
        ("#affected", None),
    ],
)
def test_hashtags_of_others_are_known(hashtag: str, use: str | None) -> None:
    assert is_tag(hashtag)
    found = use_of(hashtag)
    assert (str(found) if found else None) == use


def test_hashtags_decide_whatever_the_heading_says() -> None:
    found = look(b"Notes\nBudget,Title,Other\n#activity+name,#org+impl,\nA,B,C\n", "t.csv")
    assert (found.header_row, found.hashtag_row, found.rows) == (2, 3, 1)
    assert {heading: str(use) for heading, use in found.mapping.columns.items()} == {
        "Budget": "title",
        "Title": "implementer",
    }
    assert [(one.heading, one.examples, one.filled) for one in found.columns] == [
        ("Budget", ("A",), 1),
        ("Title", ("B",), 1),
        ("Other", ("C",), 1),
    ]


def test_the_heading_is_found_below_titles_and_groups() -> None:
    lines = [
        "Who does what where 2024",
        "",
        ",What,,Who,Where",
        "No,Project,Theme,Organisation,Region",
        "1,A,B,C,D",
        "2,E,F,G,H",
    ]
    found = look("\n".join(lines).encode(), "t.csv")
    assert (found.header_row, found.rows) == (4, 2)
    assert str(found.mapping.columns["Region"]) == "area"


def test_the_same_heading_twice_stays_two_columns() -> None:
    found = look(b"Project,Partner,Partner,Region,Region\nA,B,C,D,E\n", "t.csv")
    assert [one.heading for one in found.columns] == ["Project", "Partner", "Partner (2)", "Region", "Region (2)"]
    assert [str(one.proposed) for one in found.columns] == ["title", "implementer", "implementer", "area", "place"]


def test_the_fingerprint_is_that_of_the_heading() -> None:
    first, same, other = (
        look(text, "t.csv")
        for text in (b"Project,Region\nA,B\n", b"Project,Region\nC,D\nE,F\n", b"Region,Project\nA,B\n")
    )
    assert first.fingerprint == same.fingerprint != other.fingerprint


def test_a_meaning_that_nobody_knows_is_no_use() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        Use.of("nonsense")


def test_a_list_of_one_column_is_no_table() -> None:
    with pytest.raises(NotReadable):
        look(b"Project\nA\nB\n", "t.csv")
