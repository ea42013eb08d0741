"""What we write as a 5W table is read again as it was, for all that a table can hold."""

import string
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from learnin.initiatives.formats.fivew import write_csv, write_workbook
from learnin.initiatives.formats.fivew.line import says_nothing
from learnin.initiatives.formats.fivew.parties import organisation, written
from learnin.initiatives.formats.record import (
    Contact,
    Description,
    Identifier,
    Link,
    Money,
    MoneyKind,
    Organisation,
    Party,
    People,
    Place,
    Purpose,
    Reach,
    Record,
    Related,
    RelatedAs,
    Role,
    Share,
    Status,
    Text,
)
from tests.initiatives.fivew_known import AREAS, AUDIENCES, COMPONENTS, THEMES, WORDS, read_all

LETTERS = string.ascii_letters + string.digits + "=+-@'\"(),.:/#%&<>_ășțčćđžЖзкљњџўқғ ქართული Հայ üıİş"
words = (
    st.text(LETTERS, min_size=1, max_size=30)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not says_nothing(text))
)
lines = st.lists(words, min_size=1, max_size=3).map("\n".join)
codes = st.text(string.ascii_uppercase + string.digits + "-", min_size=3, max_size=12).filter(
    lambda text: not says_nothing(text)
)
days = st.dates(date(1990, 1, 1), date(2050, 12, 31))
languages = st.sampled_from(["", "en", "ro", "sr-Latn"])
shares = st.one_of(st.none(), st.decimals(0, 100, places=2))


def some(of: st.SearchStrategy[object], key: Callable[[object], object] | None = None) -> st.SearchStrategy[tuple]:
    """Up to three different things."""
    return st.lists(of, max_size=3, unique_by=key or (lambda one: one)).map(tuple)


named = st.builds(
    Organisation,
    st.builds(lambda text: (Text(text),), words),
    st.one_of(st.just(""), codes),
    acronym=st.sampled_from(["", "MoE"]),
).filter(lambda one: organisation(written(one)) == one)
reporters = st.builds(replace, named, type=st.sampled_from(["", "10", "40"]))
periods = st.one_of(st.just((None, None)), st.tuples(days, days).map(lambda two: tuple(sorted(two))))
counts = st.integers(0, 10**7)
people = st.builds(
    lambda audience, planned, reached, period: People(audience, planned, reached, *period),
    st.sampled_from(["", *AUDIENCES]),
    counts,
    st.one_of(st.none(), counts),
    periods,
)
money = st.builds(
    Money,
    st.decimals(0, 10**12, places=3),
    st.sampled_from(["USD", "EUR", "RSD", "HRK"]),
    st.sampled_from(MoneyKind),
    st.one_of(st.none(), days),
    st.one_of(st.none(), days),
    st.one_of(st.none(), days),
)
degrees = st.one_of(
    st.just((None, None)),
    st.tuples(st.integers(-90 * 10**7, 90 * 10**7), st.integers(-180 * 10**7, 180 * 10**7)).map(
        lambda point: (point[0] / 10**7, point[1] / 10**7)  # as exact as a finger's breadth
    ),
)
places = st.builds(
    lambda country, area, name, pcode, geonames, point, reach: Place(
        country, area, name, pcode, geonames, *point, reach
    ),
    st.sampled_from(["", "AL", "RS"]),
    st.just(""),
    words,
    st.one_of(st.just(""), codes),
    st.sampled_from(["", "3183875"]),
    degrees,
    st.one_of(st.none(), st.sampled_from(Reach)),
)
in_areas = st.builds(
    lambda place, area: replace(place, area=area, country=area[:2] if place.country else ""),
    places,
    st.sampled_from([*AREAS]),
)
plain = st.builds(
    Record,
    identifier=codes,
    titles=st.lists(st.builds(Text, words, languages), min_size=1, max_size=3, unique_by=lambda one: one.language).map(
        tuple
    ),
    descriptions=some(
        st.builds(Description, lines, languages, st.sampled_from(Purpose)), lambda one: (one.language, one.purpose)
    ),
    reporter=st.one_of(st.just(Organisation()), reporters),
    parties=some(st.builds(Party, named, st.sampled_from(Role))),
    identifiers=some(st.builds(Identifier, codes, st.sampled_from(["", "A1", "B9"]))),
    status=st.one_of(st.none(), st.sampled_from(Status)),
    scope=st.sampled_from(["", "4"]),
    countries=some(st.builds(Share, st.sampled_from(["AL", "RO", "RS", "XK"]), shares), lambda one: one.code),
    places=some(st.one_of(places, in_areas)),
    sectors=some(st.builds(Share, st.sampled_from(["11130", "11220", "11120"]), shares), lambda one: one.code),
    themes=some(st.sampled_from([*THEMES])),
    audiences=some(st.sampled_from([*AUDIENCES])),
    components=some(st.sampled_from([*COMPONENTS])),
    isced=some(st.sampled_from("012345678")),
    sdg=some(st.sampled_from(["4", "4.1", "4.c", "10"])),
    people=some(people, lambda one: (one.audience, one.begins, one.ends)),
    money=some(money),
    links=some(st.sampled_from([Link("https://example.org/a"), Link("http://example.org/?b=1;c")])),
    contact=st.builds(
        Contact,
        st.one_of(st.just(""), words),
        st.one_of(st.just(""), words),
        st.sampled_from(["", "a@example.org"]),
        st.sampled_from(["", "+355 4 222"]),
        st.sampled_from(["", "https://example.org"]),
    ),
    related=some(st.builds(Related, codes, st.sampled_from(RelatedAs))),
    language=st.sampled_from(["", "en", "sr-Latn"]),
    updated_at=st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))),
)
dated = st.builds(
    lambda record, planned, actual: replace(
        record, planned_start=planned[0], planned_end=planned[1], actual_start=actual[0], actual_end=actual[1]
    ),
    plain,
    st.one_of(st.just((None, None)), periods),
    st.one_of(st.just((None, None)), periods),
)
registers = st.lists(dated, min_size=1, max_size=4, unique_by=lambda record: record.identifier)


def in_our_order(record: Record) -> Record:
    """A table keeps no order where columns have one: of languages, purposes, roles, audiences and periods."""
    return replace(
        record,
        titles=tuple(sorted(record.titles, key=lambda one: one.language)),
        descriptions=tuple(sorted(record.descriptions, key=lambda one: (one.language, one.purpose))),
        parties=tuple(sorted(record.parties, key=lambda one: one.role)),
        people=tuple(sorted(record.people, key=lambda one: (one.audience, str(one.begins), str(one.ends)))),
    )


@pytest.mark.parametrize(("write", "named"), [(write_workbook, "t.xlsx"), (write_csv, "t.csv")])
@settings(
    max_examples=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(registers)
def test_what_is_written_is_read_again(write: Callable[..., bytes], named: str, records: list[Record]) -> None:
    reads = read_all(write(records, WORDS), named)

    assert [in_our_order(one.record) for one in reads if one.record] == [in_our_order(record) for record in records]
    assert {problem.code for one in reads for problem in one.problems} <= {"rows_joined"}
