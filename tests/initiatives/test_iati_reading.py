"""What each element of an activity becomes, and what is told where it is doubtful."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from learnin.initiatives.formats.iati import codelists, read
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
    Place,
    Purpose,
    Reach,
    Related,
    RelatedAs,
    Role,
    Share,
    Status,
    Text,
)
from tests.initiatives.iati_files import MINIMAL, file, one, record, said

# --- the whole file ---------------------------------------------------------------------------------------------------


def test_a_minimal_activity_is_a_record_without_problems() -> None:
    found = one()
    assert (found.row, found.problems) == (2, ())
    assert found.record is not None
    assert (found.record.identifier, found.record.title, found.record.begins) == (
        "XX-1",
        "Digital skills",
        date(2024, 1, 1),
    )


def test_a_path_is_read_as_well_as_a_file_and_one_that_cannot_go_back(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_to: int) -> int:
            raise io.UnsupportedOperation

    content = file(MINIMAL).getvalue()
    (tmp_path / "a.xml").write_bytes(content)
    expected = [one()]
    assert list(read(tmp_path / "a.xml")) == list(read(str(tmp_path / "a.xml"))) == expected
    assert list(read(Pipe(content))) == expected


def test_what_stands_before_a_break_is_given_and_the_line_of_the_break_told() -> None:
    good = file(MINIMAL, MINIMAL.replace("XX-1<", "XX-2<")).getvalue()
    third = b"<iati-activity>\n<title></wrong></iati-activity>"
    reads = list(read(io.BytesIO(good.replace(b"\n</iati-activities>", b"\n" + third))))
    assert [bool(found.record) for found in reads] == [True, True, False]
    (problem,) = reads[-1].problems
    assert (problem.code, problem.row, problem.level) == ("iati.broken", 21, Level.ERROR)
    assert good.replace(b"\n</iati-activities>", b"\n" + third).splitlines()[20].startswith(b"<title>")


def test_a_file_that_ends_too_early_gives_what_is_whole() -> None:
    content = file(MINIMAL, MINIMAL.replace("XX-1<", "XX-2<")).getvalue()
    reads = list(read(io.BytesIO(content[:-60])))
    assert [problem.code for found in reads for problem in found.problems] == ["iati.broken"]
    assert len([found for found in reads if found.record]) == 1


def test_bad_activities_are_listed_and_the_others_come_in() -> None:
    bad = {
        "identifier.missing": MINIMAL.replace("XX-1<", "<"),
        "title.missing": MINIMAL.replace("Digital skills", " ").replace("XX-1<", "XX-2<"),
        "date.unreadable": MINIMAL.replace("2024-01-01", "1 May 2024").replace("XX-1<", "XX-3<"),
        "identifier.twice": MINIMAL,
    }
    reads = list(read(file(MINIMAL, *bad.values(), MINIMAL.replace("XX-1<", "XX-4<"))))
    assert [found.record.identifier if found.record else "" for found in reads] == ["XX-1", "", "", "", "", "XX-4"]
    errors = [problem for found in reads for problem in found.problems if problem.level is Level.ERROR]
    assert [problem.code.removeprefix("iati.") for problem in errors] == list(bad)
    assert [problem.place for problem in errors] == [
        "iati-activity[2]/iati-identifier",
        "iati-activity[3]",
        "iati-activity[4]/activity-date/@iso-date",
        "iati-activity[5]/iati-identifier",
    ]
    assert [problem.row for problem in errors] == [12, 20, 36, 39]
    assert [problem.identifier for problem in errors] == ["", "XX-2", "XX-3", "XX-1"]


def test_an_identifier_of_a_record_that_stayed_out_is_free() -> None:
    reads = list(read(file(MINIMAL.replace("Digital skills", ""), MINIMAL)))
    assert [bool(found.record) for found in reads] == [False, True]


def test_a_file_without_activities_and_one_of_an_unknown_version_say_so() -> None:
    codes = [
        problem.code for found in read(io.BytesIO(b"<iati-activities version='3.0'/>")) for problem in found.problems
    ]
    assert codes == ["iati.version.unknown", "iati.no-activity"]


def test_strangers_beside_activities_are_told_and_those_of_other_namespaces_are_not() -> None:
    content = b"<iati-activities version='2.03'>\n<x:a xmlns:x='urn:x'/>\n<activity/></iati-activities>"
    told = [
        (problem.code, problem.row, problem.said) for found in read(io.BytesIO(content)) for problem in found.problems
    ]
    assert told == [("iati.element.unknown", 3, "activity"), ("iati.no-activity", 1, "")]


def test_only_the_activities_of_a_country_and_those_that_name_none() -> None:
    inside = ('<recipient-country code="RS"/>', '<recipient-country code="GE"/><sector code="1"/>', "")
    place = '<location><administrative vocabulary="A4" code="RS"/></location>'
    activities = [
        MINIMAL.replace("XX-1<", f"XX-{nth}<") + more for nth, more in enumerate((*inside, inside[1] + place))
    ]
    given = [found.record.identifier for found in read(file(*activities), only=frozenset({"RS"})) if found.record]
    assert given == ["XX-0", "XX-2", "XX-3"]
    assert not list(read(file(activities[1]), only=frozenset({"RS"})))


# --- who, when, where -------------------------------------------------------------------------------------------------


def test_organisations_have_names_in_languages_a_reference_and_a_type() -> None:
    inside = """<participating-org role="4" ref="XM-DAC-41122" type="40" activity-id="A-1"><narrative>UNICEF</narrative>
        <narrative xml:lang="sr-Cyrl">УНИЦЕФ</narrative></participating-org>"""
    assert record(inside).parties[1] == Party(
        Organisation((Text("UNICEF"), Text("УНИЦЕФ", "sr")), "XM-DAC-41122", "40"), Role.IMPLEMENTING
    )


def test_a_secondary_reporter_is_one() -> None:
    assert not record().is_secondary
    (found,) = read(file(MINIMAL.replace('type="10"', 'type="10" secondary-reporter="true"')))
    assert found.record is not None
    assert found.record.is_secondary


def test_doubts_about_organisations() -> None:
    inside = """<participating-org role="7"><narrative>A</narrative></participating-org>
<participating-org role="1"/>
<participating-org role="1" type="99" ref="X"/>
<participating-org role="1"><narrative xml:lang="qqq">B</narrative><narrative/></participating-org>"""
    assert said(inside) == [
        ("role.unknown", 10, "participating-org[2]/@role", "7"),
        ("organisation.nobody", 11, "participating-org[3]", ""),
        ("organisation.type", 12, "participating-org[4]/@type", "99"),
        ("language.unknown", 13, "participating-org[5]/narrative[1]/@xml:lang", "qqq"),
        ("text.empty", 13, "participating-org[5]/narrative[2]", ""),
    ]
    assert [party.organisation.name for party in record(inside).parties] == ["XX-COA-1", "X", "B"]


def test_what_the_standard_asks_for_and_is_not_there_is_told() -> None:
    for tag in ("reporting-org", "description", "participating-org", "activity-status", "activity-date"):
        assert said("", without=tag) == [("element.missing", 2, "", tag)]


def test_other_numbers_of_the_activity() -> None:
    inside = """<other-identifier ref="CRS-7" type="A2"><owner-org ref="XM-DAC-1"/></other-identifier>
<other-identifier ref="P" type="Z"><owner-org><narrative>Bank</narrative></owner-org></other-identifier>
<other-identifier ref="" type="A1"/>"""
    assert record(inside).identifiers == (Identifier("CRS-7", "A2", "XM-DAC-1"), Identifier("P", "", "Bank"))
    assert said(inside) == [
        ("other-identifier.type", 11, "other-identifier[2]/@type", "Z"),
        ("other-identifier.empty", 12, "other-identifier[3]", ""),
    ]


def test_days_are_planned_and_actual() -> None:
    inside = """<activity-date type="2" iso-date="2024-02-01T00:00:00Z"/>
<activity-date type="3" iso-date="2025-01-01"/>
<activity-date type="4" iso-date="2025-03-01"/>"""
    found = record(inside)
    assert (found.begins, found.ends) == (date(2024, 2, 1), date(2025, 3, 1))
    assert (found.planned_start, found.planned_end) == (date(2024, 1, 1), date(2025, 1, 1))


def test_doubts_about_days() -> None:
    inside = """<activity-date type="9" iso-date="2024-02-01"/>
<activity-date type="1" iso-date="2024-02-01"/>
<activity-date type="3" iso-date="2023-01-01"/>
<activity-date type="2" iso-date="1900-01-01"/>
<activity-date type="4"/>"""
    assert said(inside) == [
        ("date.type", 10, "activity-date[2]/@type", "9"),
        ("date.twice", 11, "activity-date[3]", "2024-02-01"),
        ("date.far", 13, "activity-date[5]/@iso-date", "1900-01-01"),
        ("date.missing", 14, "activity-date[6]", ""),
        ("date.end-before-start", 12, "activity-date[4]", "2024-01-01 – 2023-01-01"),
    ]
    assert (record(inside).begins, record(inside).ends) == (date(2024, 1, 1), None)


def test_status_and_scope() -> None:
    assert record('<activity-scope code="4"/>').scope == "4"
    assert record().status is Status.IMPLEMENTATION
    assert said('<activity-scope code="9"/><activity-status code="3"/>') == [
        ("element.twice", 10, "activity-status[2]", "activity-status"),
        ("scope.unknown", 10, "activity-scope/@code", "9"),
    ]
    assert said('<activity-status code="7"/>', without="activity-status") == [
        ("status.unknown", 9, "activity-status/@code", "7")
    ]


def test_when_the_reporter_last_changed_it() -> None:
    def at(moment: str) -> list[datetime | str]:
        content = (
            file(MINIMAL)
            .getvalue()
            .replace(b"<iati-activity>", f'<iati-activity last-updated-datetime="{moment}">'.encode())
        )
        (found,) = read(io.BytesIO(content))
        assert found.record is not None
        return [found.record.updated_at or "", *(problem.place for problem in found.problems)]

    assert at("2023-12-19T18:15:06.0134+01:00") == [datetime(2023, 12, 19, 17, 15, 6, 13400, UTC)]
    assert at("2016-04-18T13:49:57") == [datetime(2016, 4, 18, 13, 49, 57, tzinfo=UTC)]
    assert at("yesterday") == ["", "iati-activity[1]/@last-updated-datetime"]


def test_countries_of_transactions_count_where_the_activity_names_none() -> None:
    """Since 2.03 they stand in one place or the other; each counts once, however many payments there are."""
    paid = "".join(
        f'<transaction><transaction-type code="3"/><transaction-date iso-date="2026-01-0{day}"/>'
        f'<value value-date="2026-01-01" currency="EUR">{day}</value>{where}</transaction>'
        for day, where in enumerate(
            ['<recipient-country code="RS"/>', '<recipient-country code="rs"/>', '<recipient-region code="89"/>'], 1
        )
    )
    found = record(paid)
    assert [share.code for share in found.countries] == ["RS"]
    assert [region.code for region in found.regions] == ["89"]
    assert [share.code for share in record(f'<recipient-country code="GE"/>{paid}').countries] == ["GE"]


def test_countries_share_the_whole_with_regions() -> None:
    inside = '<recipient-country code="rs" percentage="60"/><recipient-region code="89" percentage="40"/>'
    assert (record(inside).countries, said(inside)) == ((Share("RS", Decimal(60)),), [])
    assert said('<recipient-country code="ZZ" percentage="50%"/>\n<recipient-country code="XK" percentage="120"/>') == [
        ("percentage.unreadable", 10, "recipient-country[1]/@percentage", "50%"),
        ("country.unknown", 10, "recipient-country[1]/@code", "ZZ"),
        ("percentage.range", 11, "recipient-country[2]/@percentage", "120"),
    ]
    assert said('<recipient-country code="RS" percentage="60"/><recipient-country code="GE" percentage="30"/>') == [
        ("percentage.sum", 10, "recipient-country[1]/@percentage", "90")
    ]


def test_places_have_points_names_and_numbers() -> None:
    inside = """<location ref="x"><location-reach code="2"/><location-id vocabulary="G1" code="787657"/><name>
<narrative>Niš</narrative></name><administrative vocabulary="A4" code="RS"/><point srsName="x"><pos> 43.3
 21.9</pos></point></location>"""
    niš = Place("RS", "", "Niš", "", "787657", 43.3, 21.9, Reach.BENEFICIARIES)
    assert record(inside).places == (niš,)
    wrong = """<location><location-reach code="3"/><location-id vocabulary="G1" code="Niš"/>
<name><narrative>A</narrative></name><point srsName="x"><pos>43,3 21,9</pos></point></location>
<location><point srsName="x"><pos>143.3 21.9</pos></point><administrative vocabulary="A4" code="Q"/></location>"""
    assert said(wrong) == [
        ("point.unreadable", 11, "location[1]/point/pos", "43,3 21,9"),
        ("geonames.unknown", 10, "location[1]/location-id/@code", "Niš"),
        ("reach.unknown", 10, "location[1]/location-reach/@code", "3"),
        ("point.range", 12, "location[2]/point/pos", "143.3 21.9"),
        ("country.unknown", 12, "location[2]/administrative/@code", "Q"),
    ]
    assert record(wrong).places == (Place(name="A"),)


def test_whom_to_ask_is_the_first_contact() -> None:
    inside = """<contact-info><organisation><narrative>Ministry</narrative></organisation>
<person-name><narrative>A. Primer</narrative></person-name><telephone>1</telephone><email>a@example.org</email>
<website>www.example.org</website></contact-info><contact-info><email>b@example.org</email></contact-info>"""
    assert record(inside).contact == Contact("Ministry", "A. Primer", "a@example.org", "1", "www.example.org")


def test_related_activities() -> None:
    inside = (
        '<related-activity ref="A" type="1"/><related-activity ref="B" type="6"/><related-activity ref="" type="2"/>'
    )
    assert record(inside).related == (Related("A", RelatedAs.PARENT),)
    assert [doubt[:1] + doubt[2:] for doubt in said(inside)] == [
        ("related.type", "related-activity[2]/@type", "6"),
        ("related.empty", "related-activity[3]", ""),
    ]


# --- what, and with whose money ---------------------------------------------------------------------------------------


def test_descriptions_have_purposes_and_keep_their_lines() -> None:
    inside = """<description type="2"><narrative xml:lang="EN">One\n\ntwo</narrative></description>
<description type="4"><narrative>Other</narrative></description><description type="9">Bare</description>"""
    assert record(inside).descriptions[1:] == (
        Description("One\n\ntwo", "en", Purpose.OBJECTIVES),
        Description("Other"),
        Description("Bare"),
    )
    assert [doubt[0] for doubt in said(inside)] == ["description.type", "text.outside"]


def test_sectors_are_purpose_codes_in_use() -> None:
    inside = """<sector code="11321" percentage="30"/>
<sector vocabulary="1" code="11260" percentage="20"/>
<sector vocabulary="1" code="11322" percentage="50"/>
<sector vocabulary="2" code="112"/>
<sector vocabulary="99" vocabulary-uri="x" code="EDU" percentage="50"/>"""
    assert record(inside).sectors == (Share("11260", Decimal(50)), Share("11320", Decimal(50)))
    assert said(inside) == [
        ("sector.replaced", 10, "sector[1]/@code", "11321 → 11260"),
        ("sector.replaced", 12, "sector[3]/@code", "11322 → 11320"),
        ("percentage.sum", 14, "sector[5]/@percentage", "50"),
    ]
    other_way_round = record('<sector code="11260" percentage="20"/><sector code="11321"/>').sectors
    assert other_way_round == (Share("11260"),)


def test_goals_are_tags_or_sectors() -> None:
    inside = '<sector vocabulary="7" code="4"/><sector vocabulary="8" code="4.c"/><tag vocabulary="3" code="4.7"/>'
    assert record(inside).sdg == ("4", "4.c", "4.7")
    assert [doubt[0] for doubt in said('<tag vocabulary="2" code="18"/>')] == ["sdg.unknown"]


def test_there_are_169_targets() -> None:
    codes = [f"{goal}.{part}" for goal in range(1, 18) for part in [*map(str, range(1, 30)), *"abcdefg"]]
    assert sum(map(codelists.is_sdg, codes)) == 169


def test_codes_of_replaced_purposes_are_withdrawn_and_never_in_use() -> None:
    assert codelists.replaced().keys() <= codelists.withdrawn()
    assert set(codelists.replaced().values()) <= codelists.purposes()
    assert not codelists.purposes() & codelists.withdrawn()


BUDGET = """<budget type="{}"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
<value currency="EUR" value-date="2024-01-01">{}</value></budget>
"""


def test_a_revised_budget_takes_the_place_of_the_original() -> None:
    year = (date(2024, 1, 1), date(2024, 12, 31), date(2024, 1, 1))
    assert record(BUDGET.format(1, "100") + BUDGET.format(2, "90.50")).money == (
        Money(Decimal("90.50"), "EUR", MoneyKind.BUDGET, *year),
    )


def test_outgoing_money_is_kept_and_incoming_money_is_not() -> None:
    inside = "".join(
        f"""<transaction><transaction-type code="{code}"/><transaction-date iso-date="2024-05-01"/>
        <value currency="RSD" value-date="2024-05-02">{code}</value></transaction>"""
        for code in range(1, 14)
    )
    days = {"begins": date(2024, 5, 1), "valued_on": date(2024, 5, 2)}
    assert record(inside).money == (
        Money(Decimal(2), "RSD", MoneyKind.COMMITMENT, **days),
        Money(Decimal(3), "RSD", MoneyKind.DISBURSEMENT, **days),
        Money(Decimal(4), "RSD", MoneyKind.DISBURSEMENT, **days),
    )
    assert said(inside) == []


def test_doubts_about_money() -> None:
    def paid(value: str, code: str = "3") -> str:
        date_of = '<transaction-date iso-date="2024-05-01"/>'
        return f'<transaction><transaction-type code="{code}"/>{date_of}{value}</transaction>\n'

    inside = (
        BUDGET.format(1, "-1")
        + BUDGET.format(1, "1,000").replace("2024-12-31", "soon")
        + BUDGET.format(1, "1").replace("2024-12-31", "2023-12-31")
        + '<budget><value currency="EUR">1</value></budget>\n'
        + paid("<value>5</value>")
        + paid('<value currency="ABC">5</value>')
        + paid('<value currency="EUR">-5</value>')
        + paid('<value currency="EUR"/>')
        + paid("")
        + paid('<value currency="EUR">5</value>', "X")
    )
    assert said(inside) == [
        ("budget.negative", 11, "budget[1]/value", "-1"),
        ("date.other", 12, "budget[2]/period-end/@iso-date", "soon"),
        ("amount.unreadable", 13, "budget[2]/value", "1,000"),
        ("budget.end-before-start", 14, "budget[3]/period-end", "2024-01-01 – 2023-12-31"),
        ("element.missing", 16, "budget[4]", "period-start"),
        ("element.missing", 16, "budget[4]", "period-end"),
        ("currency.missing", 17, "transaction[1]/value", ""),
        ("currency.unknown", 18, "transaction[2]/value/@currency", "ABC"),
        ("amount.correction", 19, "transaction[3]/value", "-5"),
        ("amount.missing", 20, "transaction[4]/value", ""),
        ("amount.missing", 21, "transaction[5]", ""),
        ("transaction.type", 22, "transaction[6]/transaction-type/@code", "X"),
    ]
    assert [amount.amount for amount in record(inside).money] == [Decimal(1), Decimal(-5)]


def test_documents_and_pages() -> None:
    inside = """<document-link url="https://example.org/a b.pdf" format="application/pdf">
<title><narrative>Plan</narrative></title></document-link><document-link url="javascript:alert(1)"/><document-link/>"""
    assert record(inside).links == (Link("https://example.org/a%20b.pdf", "Plan", "application/pdf"),)
    assert [doubt[:1] + doubt[2:] for doubt in said(inside)] == [
        ("link.address", "document-link[2]/@url", "javascript:alert(1)"),
        ("link.empty", "document-link[3]", ""),
    ]


def test_results_count_people_only_in_our_own_vocabulary() -> None:
    result = """<result type="1"><title><narrative>R</narrative></title><indicator measure="1"><title>
<narrative>I</narrative></title>{}<period><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
<target value="100"/><actual value="many"/></period></indicator></result>"""
    ours = '<reference vocabulary="99" code="teachers" indicator-uri="urn:learnin:people"/>'
    assert record(result.format("")).people == ()
    (people,) = record(result.format(ours)).people
    assert (people.audience, people.planned, people.reached) == ("teachers", 100, None)
    assert [doubt[0] for doubt in said(result.format(ours))] == ["people.unreadable"]


def test_elements_that_the_standard_does_not_know_are_told() -> None:
    inside = '<objectives>x</objectives><x:own xmlns:x="urn:x">y</x:own><policy-marker code="1"/>'
    assert said(inside) == [("element.unknown", 10, "objectives", "objectives")]


# --- version 1 --------------------------------------------------------------------------------------------------------

FIRST_EDITION = """<iati-activities version="1.05"><iati-activity xml:lang="en" default-currency="EUR">
<reporting-org ref="XM-DAC-41122" type="40">UNICEF</reporting-org>
<iati-identifier>XM-DAC-41122-7</iati-identifier>
<title>Digital skills</title>
<title xml:lang="sr">Дигиталне вештине</title>
<description type="2" xml:lang="en">For teachers</description>
<activity-status code="3">Completion</activity-status>
<activity-date type="start-planned" iso-date="2012-01-01"/>
<activity-date type="end-actual">2013-06-30</activity-date>
<participating-org role="Funding" ref="XM-DAC-7">EU</participating-org>
<participating-org role="implementing">Ministry</participating-org>
<other-identifier owner-ref="XM-DAC-7" owner-name="EU">CRIS-9</other-identifier>
<location><name>Niš</name><coordinates latitude="43.3" longitude="21.9"/>
<administrative country="RS">Niš</administrative>
<gazetteer-entry gazetteer-ref="GEO">787657</gazetteer-entry></location>
<sector vocabulary="DAC" code="11130" percentage="100">Teacher training</sector>
<sector vocabulary="DAC-3" code="111"/>
<recipient-country code="RS" percentage="100">Serbia</recipient-country>
<transaction><transaction-type code="C"/><value value-date="2012-02-01">1000</value>
<transaction-date iso-date="2012-02-01"/></transaction>
<activity-website>https://example.org/7</activity-website>
<related-activity ref="XM-DAC-41122-6" type="3">Before</related-activity>
</iati-activity></iati-activities>"""


def test_version_1_is_mapped() -> None:
    (found,) = read(io.BytesIO(FIRST_EDITION.encode()))
    made = found.record
    assert found.problems == ()
    assert made is not None
    assert made.titles == (Text("Digital skills"), Text("Дигиталне вештине", "sr"))
    assert made.descriptions == (Description("For teachers", "en", Purpose.OBJECTIVES),)
    assert (made.reporter.name, made.status) == ("UNICEF", Status.FINALISATION)
    assert (made.planned_start, made.actual_end) == (date(2012, 1, 1), date(2013, 6, 30))
    assert [(party.organisation.name, party.role) for party in made.parties] == [
        ("EU", Role.FUNDING),
        ("Ministry", Role.IMPLEMENTING),
    ]
    assert made.identifiers == (Identifier("CRIS-9", "", "XM-DAC-7"),)
    assert made.places == (Place("RS", "", "Niš", "", "787657", 43.3, 21.9),)
    assert made.sectors == (Share("11130", Decimal(100)),)
    assert made.money == (Money(Decimal(1000), "EUR", MoneyKind.COMMITMENT, date(2012, 2, 1), None, date(2012, 2, 1)),)
    assert made.links == (Link("https://example.org/7"),)
    assert (made.related, made.language) == ((Related("XM-DAC-41122-6", RelatedAs.SIBLING),), "en")


@pytest.mark.parametrize(
    ("word", "status"), [("Implementation", Status.IMPLEMENTATION), ("Post-completion", Status.CLOSED), ("Begun", None)]
)
def test_a_status_of_version_1_may_be_a_word(word: str, status: Status | None) -> None:
    content = FIRST_EDITION.replace('<activity-status code="3">Completion', f"<activity-status>{word}")
    (found,) = read(io.BytesIO(content.encode()))
    assert found.record is not None
    assert found.record.status is status
    assert [problem.place for problem in found.problems] == ([] if status else ["iati-activity[1]/activity-status"])


def test_an_unidentified_activity_of_an_old_file_is_known_by_its_reporter_and_its_other_number() -> None:
    content = FIRST_EDITION.replace("<iati-identifier>XM-DAC-41122-7</iati-identifier>", "")
    (found,) = read(io.BytesIO(content.encode()))
    assert found.record is not None
    assert found.record.identifier == "XM-DAC-41122-CRIS-9"
    assert [(problem.code, problem.said) for problem in found.problems] == [
        ("iati.identifier.made", "XM-DAC-41122-CRIS-9")
    ]
    (new,) = read(io.BytesIO(content.replace('"1.05"', '"2.01"').encode()))
    assert new.record is None
