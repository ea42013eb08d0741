"""Days, numbers and sizes in the seven languages of the interface."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from learnin.kit import written

DAY = date(2026, 11, 19)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", "_").replace("\N{NARROW NO-BREAK SPACE}", "_")


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en", "19_November_2026", "19_Nov"),
        ("ru", "19_ноября_2026_г.", "19_нояб."),
        ("ro", "19_noiembrie_2026", "19_nov."),
        ("sr", "19._новембар_2026.", "19._нов"),
        ("sr-latn", "19._novembar_2026.", "19._nov"),
        ("tr", "19_Kasım_2026", "19_Kas"),
        ("ka", "19_ნოემბერი,_2026", "19_ნოე"),
    ],
)
def test_a_day_has_its_month_in_words_on_one_line(language: str, long: str, short: str) -> None:
    with translation.override(language):
        assert spaced(written.day(DAY)) == long
        assert spaced(written.day(DAY, short=True)).rstrip(".") == short.rstrip(".")
        assert " " not in written.day(DAY)


def test_a_weekday_may_stand_on_another_line() -> None:
    with translation.override("en"):
        said = written.day(DAY, weekday=True)
    assert said.startswith("Thursday")
    assert spaced(said).endswith("19_November_2026")


def test_a_moment_is_told_where_the_reader_is() -> None:
    at = datetime(2026, 11, 19, 22, 30, tzinfo=UTC)
    with translation.override("en"), timezone.override(ZoneInfo("Asia/Tbilisi")):
        assert spaced(written.moment(at)) == "20_November_2026, 02:30"
        assert spaced(written.day(at)) == "20_November_2026"


@pytest.mark.parametrize(
    ("language", "number", "percent", "size"),
    [
        ("en", "2,214.5", "38%", "1.2_MB"),
        ("ru", "2_214,5", "38_%", "1,2_МБ"),
        ("ro", "2.214,5", "38_%", "1,2_MB"),
        ("sr", "2.214,5", "38%", "1,2_MB"),
        ("tr", "2.214,5", "%38", "1,2_MB"),
        ("ka", "2_214,5", "38%", "1,2_MB"),
    ],
)
def test_numbers_have_the_separators_of_the_language(language: str, number: str, percent: str, size: str) -> None:
    with translation.override(language):
        assert spaced(written.number(2214.5)) == number
        assert spaced(written.percent(0.38)) == percent
        assert spaced(written.size(1_230_000)) == size


def test_a_percentage_may_have_digits() -> None:
    with translation.override("en"):
        assert written.percent(0.3841) == "38%"
        assert written.percent(0.3841, 1) == "38.4%"
        assert written.percent(0.3841, 2) == "38.41%"


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0_byte"), (41_200, "41_kB"), (999_999, "1,000_kB"), (88_000_000, "88_MB")]
)
def test_sizes_are_as_people_say_them(count: int, said: str) -> None:
    with translation.override("en"):
        assert spaced(written.size(count)) == said


def test_the_tag_is_for_programs_too_and_the_filter_is_text() -> None:
    html = Template("{% day day %}|{{ day|day }}|{% day none %}{{ none|day }}").render(
        Context({"day": DAY, "none": None})
    )
    assert spaced(html) == '<time datetime="2026-11-19">19_November_2026</time>|19_November_2026|'


@pytest.mark.parametrize(
    ("value", "english", "serbian"),
    [("0.00853000", "0.00853", "0,00853"), ("117.23450000", "117.2345", "117,2345"), ("1200", "1,200", "1.200")],
)
def test_a_rate_keeps_every_digit_and_no_empty_one(value: str, english: str, serbian: str) -> None:
    assert written.exact(Decimal(value)) == english
    with translation.override("sr"):
        assert written.exact(Decimal(value)) == serbian


@pytest.mark.parametrize(
    ("label", "said", "together"),
    [
        ("Video calls", "30%", "Video calls: 30%"),
        ("Students talk about the topic.", "40%", "Students talk about the topic: 40%"),
        ("What makes it hard for you?", "Too little time", "What makes it hard for you? Too little time"),
        ("რომელი გიშლით ხელს?", "დრო", "რომელი გიშლით ხელს? დრო"),
        ("Students talk about the topic.", "", "Students talk about the topic."),
    ],
)
def test_a_label_meets_what_is_said_of_it_with_one_mark(label: str, said: str, together: str) -> None:
    assert written.named(label, said) == together


def test_a_group_follows_a_comma_and_a_question_no_second_mark() -> None:
    assert written.named("I teach online.", "Lakes", ",") == "I teach online, Lakes"
    assert written.named("Did you take part?", "Lakes", ",") == "Did you take part? Lakes"
