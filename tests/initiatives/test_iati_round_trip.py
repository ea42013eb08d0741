"""Whatever a record can say goes out as valid IATI 2.03 and comes back the same; what cannot is told."""

import io
import string
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from learnin.initiatives.formats.iati import codelists, unwritable
from learnin.initiatives.formats.iati.fitting import fitted
from learnin.initiatives.formats.record import (
    Contact,
    Description,
    Identifier,
    Level,
    Link,
    Money,
    MoneyKind,
    Organisation,
    Party,
    People,
    Place,
    Purpose,
    Record,
    Region,
    Related,
    RelatedAs,
    Role,
    Share,
    Text,
)
from tests.initiatives import iati_files
from tests.initiatives.iati_files import NOW, PUBLISHER, assert_valid, records, written
from tests.initiatives.test_kept import FULL

# --- what a record can say --------------------------------------------------------------------------------------------

letters = st.characters(exclude_categories=["Cs", "Cc", "Cn"])
line = st.text(letters, max_size=30).map(lambda text: " ".join(text.split()))
words = line.filter(bool)
paragraphs = st.lists(words, min_size=1, max_size=3).map("\n\n".join)
language = st.sampled_from(["", "en", "ro", "sr", "ka", "hy", "rom"])
code = st.text(string.ascii_lowercase + string.digits + "-", min_size=1, max_size=12)
day = st.dates(date(1950, 1, 1), date(2099, 12, 31))
maybe_day = st.none() | day
moment = st.builds(datetime.combine, day, st.times(), st.just(UTC))
share = st.none() | st.decimals(0, 100, places=3)
country = st.sampled_from(["RS", "XK", "GE", "AM", "UA"])
purpose = st.sampled_from(sorted(codelists.purposes()))
address = st.text(string.ascii_letters + string.digits + "-._~/?=&ж", max_size=20).map("https://example.org/".__add__)

texts = st.lists(st.builds(Text, words, language), max_size=3).map(tuple)
organisation = st.builds(
    Organisation,
    names=texts,
    identifier=line,
    type=st.sampled_from(["", *sorted(codelists.organisation_types())]),
    acronym=line,
)
place = st.builds(
    Place,
    country=st.just("") | country,
    area=line,
    name=line,
    pcode=line,
    geonames=st.just("") | st.integers(1, 10**8).map(str),
    reach=...,
)
point = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def _placed(pair: tuple[Place, tuple[float, float] | None]) -> Place:
    one, at = pair
    return one if at is None else Place(**{**one.__dict__, "latitude": at[0], "longitude": at[1]})


def _paid(money: Money) -> bool:
    if money.kind is MoneyKind.BUDGET and money.begins and money.ends and money.ends < money.begins:
        return False
    return money.kind is not MoneyKind.BUDGET or money.amount >= 0


money = st.builds(
    Money,
    amount=st.decimals(-(10**12), 10**12, places=4),
    currency=st.sampled_from(["EUR", "RSD", "GEL", "YUM"]),
    kind=...,
    begins=maybe_day,
    ends=maybe_day,
    valued_on=maybe_day,
).filter(_paid)
people = st.builds(
    People,
    audience=st.just("") | code,
    planned=st.none() | st.integers(0, 10**9),
    reached=st.none() | st.integers(0, 10**9),
    begins=maybe_day,
    ends=maybe_day,
)


def several(one: st.SearchStrategy, least: int = 0) -> st.SearchStrategy:
    """A few of them."""
    return st.lists(one, min_size=least, max_size=3).map(tuple)


def _sensible(record: Record) -> bool:
    """Days go forwards, and somebody who reports about others is named."""
    for start, end in ((record.planned_start, record.planned_end), (record.actual_start, record.actual_end)):
        if start and end and end < start:
            return False
    return bool(record.begins or record.ends) and (record.reporter != Organisation() or not record.is_secondary)


record = st.builds(
    Record,
    identifier=words,
    titles=several(st.builds(Text, words, language), 1),
    descriptions=several(st.builds(Description, paragraphs, language, st.sampled_from(Purpose))),
    reporter=organisation,
    is_secondary=...,
    parties=several(st.builds(Party, organisation.filter(lambda one: bool(one.name)), st.sampled_from(Role))),
    identifiers=several(st.builds(Identifier, words, st.sampled_from(["", "A1", "B9"]), line)),
    status=...,
    planned_start=maybe_day,
    actual_start=maybe_day,
    planned_end=maybe_day,
    actual_end=maybe_day,
    scope=st.sampled_from(["", "1", "8"]),
    countries=several(st.builds(Share, country, share)),
    regions=several(
        st.builds(Region, st.sampled_from(["89", "619", "X"]), share, st.sampled_from(["1", "2", "99"]), line)
    ),
    places=several(st.tuples(place, st.none() | point).map(_placed).filter(lambda one: one != Place())),
    sectors=several(st.builds(Share, purpose, share)),
    themes=several(code),
    audiences=several(code),
    components=several(code),
    isced=several(st.sampled_from("012345678")),
    sdg=several(st.sampled_from(["4", "4.c", "4.7", "17.19"])),
    people=several(people),
    money=several(money),
    links=several(st.builds(Link, address, line, st.sampled_from(["", "text/html", "application/pdf"]))),
    contact=st.builds(Contact, line, line, line, line, st.just("") | address | st.just("www.example.org/a")),
    related=several(st.builds(Related, words, st.sampled_from(RelatedAs))),
    language=language,
    updated_at=st.none() | moment,
).filter(_sensible)

# --- rules ------------------------------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)
@given(st.lists(record, min_size=1, max_size=3, unique_by=lambda one: one.identifier))
def test_what_a_record_can_say_comes_back_the_same(several: list[Record]) -> None:
    content, problems = written(several)
    assert problems == ()
    assert_valid(content)
    assert records(content) == several


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.builds(Record))
def test_any_record_goes_out_as_far_as_it_fits_or_stays_out_with_the_reason(one: Record) -> None:
    fit = fitted(one)
    content, problems = written([one])
    assert problems == fit.problems == unwritable(one)
    if fit.goes_out:
        assert_valid(content)
        assert records(content) == [fit.record]
        assert unwritable(fit.record) == ()
    else:
        assert records(content) == []
        assert any(problem.level is Level.ERROR for problem in problems)


@settings(deadline=None)
@given(st.lists(st.builds(Share, country, share), min_size=1, max_size=30), st.lists(st.builds(Region, code, share)))
def test_percentages_that_are_written_sum_to_100(shares: list[Share], regions: list[Region]) -> None:
    named = {"countries": tuple(shares), "regions": tuple(regions)}
    content, _problems = written([Record("X", (Text("X"),), planned_start=date(2024, 1, 1), **named)])
    (activity,) = etree.fromstring(content)
    found = activity.xpath("(recipient-country | recipient-region)/@percentage")
    assert not found or sum(map(Decimal, found)) == 100
    assert found or (len([*shares, *regions]) == 1 and shares[0].percentage is None)


def test_a_full_record_comes_back_the_same() -> None:
    content, problems = written([FULL])
    assert problems == ()
    assert_valid(content)
    assert records(content) == [FULL]


def test_a_record_that_says_little_goes_out_with_stand_ins_that_claim_nothing() -> None:
    little = Record("X-1", (Text("Title"),), planned_start=date(2024, 1, 1), money=(Money(Decimal(1), "EUR"),))
    content, problems = written([little])
    assert problems == ()
    assert_valid(content)
    assert records(content) == [little]
    (activity,) = etree.fromstring(content)
    assert activity.xpath("string(description)").strip() == ""
    assert activity.xpath("activity-status/@code | participating-org/@role") == ["", ""]
    assert activity.xpath("reporting-org/@ref | reporting-org/@secondary-reporter") == [PUBLISHER.identifier, "1"]
    assert [one.tag for one in activity.xpath("//*[@*[local-name()='stand-in']]")] == [
        "reporting-org",
        *("description", "narrative"),
        "participating-org",
        "activity-status",
        *("period-start", "period-end", "value"),
    ]


def test_what_iati_cannot_do_without_is_never_made_up() -> None:
    content, problems = written([Record(), FULL])
    assert [problem.code for problem in problems] == ["iati.write.identifier", "iati.write.title", "iati.write.date"]
    assert {problem.level for problem in problems} == {Level.ERROR}
    assert records(content) == [FULL]


def test_parts_that_iati_has_no_room_for_are_left_out_and_told() -> None:
    doubtful = Record(
        identifier="X-1",
        titles=(Text("Title\x00 with \x1b[31m control", "xx"),),
        planned_start=date(2024, 6, 1),
        planned_end=date(2024, 1, 1),
        actual_end=date(9999, 12, 31),
        countries=(Share("ZZ"), Share("RS", Decimal(120))),
        sectors=(Share("11321"), Share("00000")),
        places=(Place(latitude=1.0), Place(latitude=float("nan"), longitude=1.0, name="Niš")),
        sdg=("4.9",),
        people=(People(planned=-1),),
        money=(Money(Decimal("NaN"), "EUR"), Money(Decimal(1), "ABC"), Money(Decimal(-1), "EUR")),
        links=(Link("javascript:alert(1)"),),
        contact=Contact(website="not an address"),
    )
    content, problems = written([doubtful])
    assert_valid(content)
    assert {problem.identifier for problem in problems} == {"X-1"}
    told = {(problem.code.removeprefix("iati."), problem.place, problem.said) for problem in problems}
    assert told == {
        ("write.characters", "titles/words", "Title with [31m control"),
        ("write.code", "titles/language", "xx"),
        ("date.end-before-start", "planned_end", "2024-06-01 – 2024-01-01"),
        ("date.far", "actual_end", "9999-12-31"),
        ("write.code", "countries", "ZZ"),
        ("percentage.range", "countries", "120"),
        ("write.code", "sectors", "00000"),
        ("write.point", "places", "1.0 None"),
        ("write.point", "places", "nan 1.0"),
        ("write.empty", "places", ""),
        ("write.code", "sdg", "4.9"),
        ("write.amount", "people/planned", "-1"),
        ("write.amount", "money", "NaN"),
        ("write.code", "money/currency", "ABC"),
        ("budget.negative", "money", "-1"),
        ("write.address", "links", "javascript:alert(1)"),
        ("write.address", "contact/website", "not an address"),
    }
    (kept,) = records(content)
    assert kept.sectors == (Share("11260"),)
    assert kept.places == (Place(name="Niš"),)


def test_percentages_that_do_not_make_a_whole_are_written_as_one_and_read_as_they_were() -> None:
    thirds = (Share("RS", Decimal("33.33")), Share("GE", Decimal("33.33")), Share("AM", Decimal("33.33")))
    part = (Share("11130", Decimal(60)), Share("11220"), Share("11240"))
    one = Record("X-1", (Text("T"),), planned_start=date(2024, 1, 1), countries=thirds, sectors=part)
    two = Record("X-2", (Text("T"),), planned_start=date(2024, 1, 1), sectors=(Share("11130", Decimal(40)),))
    content, _problems = written([one, two])
    assert records(content) == [one, two]
    first, second = etree.fromstring(content)
    assert first.xpath("recipient-country/@percentage") == ["33.34", "33.33", "33.33"]
    assert first.xpath("sector/@percentage") == ["60.00", "20.00", "20.00"]
    assert second.xpath("sector/@code") == ["11130", "99810"]
    assert second.xpath("sector/@percentage") == ["40.00", "60.00"]


def test_our_codes_are_tags_of_our_own_vocabularies_and_goals_of_the_standards() -> None:
    (activity,) = etree.fromstring(written([FULL])[0])
    tags = [(tag.get("vocabulary"), tag.get("vocabulary-uri"), tag.get("code")) for tag in activity.findall("tag")]
    assert tags == [
        ("99", "urn:learnin:theme", "digital-skills"),
        ("99", "urn:learnin:audience", "teachers"),
        ("99", "urn:learnin:component", "technology"),
        ("99", "urn:learnin:isced", "1"),
        ("3", None, "4.c"),
    ]
    assert activity.xpath("result/indicator/period/actual/@value") == ["12"]
    assert activity.xpath("location/location-id[@vocabulary='G1']/@code") == ["792680"]


def test_records_are_written_one_at_a_time() -> None:
    out, seen = io.BytesIO(), []

    def slowly():
        for nth in range(200):
            seen.append(out.tell())
            yield Record(f"X-{nth}", (Text("word " * 500),), planned_start=date(2024, 1, 1))

    iati_files.write(slowly(), out, generated_at=NOW, publisher=PUBLISHER)
    assert seen[100] > 200_000  # the first hundred are out before the next is asked for
    assert len(records(out.getvalue())) == 200
