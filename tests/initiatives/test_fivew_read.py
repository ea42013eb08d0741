"""A 5W table as people make it: rows joined, places found, dates and amounts read, every doubt with row and column."""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from learnin.initiatives.formats.fivew import ColumnMapping, Meaning, Use, look
from learnin.initiatives.formats.record import (
    Level,
    Money,
    MoneyKind,
    NotReadable,
    Organisation,
    Party,
    People,
    Place,
    Record,
    Role,
    Share,
    Status,
    Text,
)
from tests.initiatives.fivew_known import codes_of, read_all

OLD = Path(__file__).parent / "old_excel.xls"  # made with xlwt 1.3: a heading, two rows, a day, a number and a formula


def table(*rows: str) -> bytes:
    """A CSV file."""
    return "\n".join(rows).encode()


def one(*rows: str) -> Record:
    """The only record of a CSV file."""
    (found,) = read_all(table(*rows))
    assert found.record
    return found.record


def test_rows_with_the_same_identifier_are_one_record_with_all_their_places() -> None:
    reads = read_all(
        table(
            "Project code,Project title,Organisation,Country,Region,Budget (USD),Currency",
            "P-1,Libraries,UNICEF,Albania,Berat,1000,USD",
            "P-2,Bridges,Red Cross,Albania,Berat,50,USD",
            "P-1,Libraries,UNESCO,Albania,Tirana,1000,USD",
            "P-1,Library buses,UNICEF,Albania,Tirana,2500,USD",
        )
    )
    first, second = reads
    assert first.record
    assert second.record
    assert (first.record.identifier, second.record.identifier) == ("P-2", "P-1")  # given once its last row was read
    joined = second.record
    assert joined.title == "Libraries"
    assert [(place.area, place.country) for place in joined.places] == [("AL-01", "AL"), ("AL-11", "AL")]
    assert joined.parties == (Party(Organisation((Text("UNESCO"),)), Role.IMPLEMENTING),)
    assert [one.amount for one in joined.money] == [1000, 2500]
    assert codes_of(reads) == [
        (2, "Project code", "rows_joined"),
        (4, "Organisation", "another_reporter"),
        (5, "Project title", "differs_from_first_row"),
        (4, "Budget (USD)", "amount_repeated"),
    ]
    assert second.problems[0].said == "2, 4, 5"
    assert {problem.level for problem in second.problems} == {Level.WARNING}
    assert {problem.identifier for problem in second.problems} == {"P-1"}


def test_without_identifiers_title_organisation_and_country_join_rows() -> None:
    reads = read_all(
        table(
            "Activity,Organisation,Country,Region,People reached",
            "Training,UNICEF,AL,Berat,100",
            "Training,UNICEF,AL,Tirana,250",
            "Training,UNICEF,RS,Beograd,100",
            "training,Save the Children,AL,Berat,7",
        )
    )
    found = [one.record for one in reads if one.record]
    assert [[place.area for place in record.places] for record in found] == [["AL-01", "AL-11"], ["RS-00"], ["AL-01"]]
    assert [record.people for record in found] == [(People(reached=350),), (People(reached=100),), (People(reached=7),)]
    assert codes_of(reads) == [(2, "Activity", "rows_joined_by_title"), (2, "People reached", "counts_added")]


def test_months_of_one_activity_are_periods_of_its_people() -> None:
    record = one("Activity,Org,Month,People reached", "Training,UNICEF,January 2024,10", "Training,UNICEF,2024-02,12")
    assert record.people == (
        People("", None, 10, date(2024, 1, 1), date(2024, 1, 31)),
        People("", None, 12, date(2024, 2, 1), date(2024, 2, 29)),
    )


def test_a_bad_row_is_told_and_the_others_go_on() -> None:
    reads = read_all(
        table("Project,Organisation,Status", "Libraries,UNICEF,ongoing", "nan,UNICEF,ongoing", "Bridges,,odd")
    )
    assert [one.record.title if one.record else None for one in reads] == ["Libraries", None, "Bridges"]
    assert codes_of(reads) == [(3, "Project", "no_title"), (4, "Status", "status_unknown")]
    assert reads[1].problems[0].level == Level.ERROR
    assert reads[0].record
    assert reads[0].record.status == Status.IMPLEMENTATION


def test_the_order_of_day_and_month_is_seen_from_the_column_or_told() -> None:
    clear = read_all(table("Project,Start,End", "A,03/04/2024,2024", "B,25/04/2024,Q3 2024"))
    assert [one.record.planned_start for one in clear if one.record] == [date(2024, 4, 3), date(2024, 4, 25)]
    assert [one.record.planned_end for one in clear if one.record] == [date(2024, 12, 31), date(2024, 9, 30)]
    assert codes_of(clear) == []
    american = read_all(table("Project,Start", "A,03/04/2024", "B,04/25/2024"))
    assert american[0].record
    assert american[0].record.planned_start == date(2024, 3, 4)

    doubtful = table("Project,Start", "A,03/04/2024")
    (read,) = read_all(doubtful)
    assert [(one.code, one.said) for one in read.problems] == [("day_or_month_first", "03/04/2024 → 2024-04-03")]
    told = ColumnMapping({"Project": Use(Meaning.TITLE), "Start": Use(Meaning.PLANNED_START)}, day_first=False)
    (read,) = read_all(doubtful, mapping=told)
    assert read.record
    assert (read.record.planned_start, read.problems) == (date(2024, 3, 4), ())


def test_dates_that_are_none_or_run_backwards_are_left_out() -> None:
    reads = read_all(table("Project,Start,End", "A,soon,31.02.2024", "B,2024-05-01,2023-01-01", "C,1.2.24,"))
    assert codes_of(reads) == [
        (2, "Start", "not_a_date"),
        (2, "End", "not_a_date"),
        (3, "End", "ends_before_it_begins"),
        (4, "Start", "year_of_two_digits"),
    ]
    assert [(one.record.planned_start, one.record.planned_end) for one in reads if one.record] == [
        (None, None),
        (date(2024, 5, 1), None),
        (date(2024, 2, 1), None),
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "country", "told"),
    [
        ("658.000,00 kn", "", "HR", (Decimal(658000), "HRK")),
        ("60.5", "USD(m)", "UA", (Decimal(60500000), "USD")),
        ("1 200 000,50", "EUR", "", (Decimal("1200000.5"), "EUR")),
        ("2 mln. lei", "", "MD", (Decimal(2000000), "MDL")),
        ("2 mln. lei", "", "RO", (Decimal(2000000), "RON")),
        ("€ 12.50", "USD", "", (Decimal("12.5"), "EUR")),
        ("0", "USD", "", (Decimal(0), "USD")),
    ],
)
def test_amounts_are_read_in_their_own_currency(
    amount: str, currency: str, country: str, told: tuple[Decimal, str]
) -> None:
    record = one("Project;Budget;Currency;Country", f"A;{amount};{currency};{country}")
    assert record.money == (Money(told[0], told[1], MoneyKind.BUDGET),)


def test_doubtful_amounts_and_numbers_say_so() -> None:
    reads = read_all(
        table(
            "Project;Budget;Currency;People planned",
            "A;1.234;USD;about 300",
            "B;much;USD;a few",
            "C;500;;-3",
            "D;500;Mixed;1.5",
            "E;-500;USD;2,000",
        )
    )
    assert codes_of(reads) == [
        (2, "Budget", "thousands_or_decimals"),
        (2, "People planned", "count_with_words"),
        (3, "Budget", "not_an_amount"),
        (3, "People planned", "not_a_count"),
        (4, "Budget", "amount_without_currency"),
        (4, "People planned", "not_a_count"),
        (5, "Budget", "amount_without_currency"),
        (5, "Currency", "currency_unknown"),
        (5, "People planned", "not_a_count"),
        (6, "Budget", "amount_below_zero"),
    ]
    found = [one.record for one in reads if one.record]
    assert [record.money for record in found] == [(Money(Decimal(1234), "USD"),), (), (), (), ()]
    assert [record.people for record in found] == [(People(planned=300),), (), (), (), (People(planned=2000),)]


def test_places_are_found_by_name_code_and_p_code_in_their_country() -> None:
    heading = "Project;Country;Region;Municipality;Pcode;Lat;Lon"
    assert one(heading, "A;Србија;Мачвански округ;Šabac;;44,75;19.69").places == (
        Place("RS", "RS-08", "Šabac", latitude=44.75, longitude=19.69),
    )
    assert [place.area for place in one(heading, "A;AL;Berat, Tirana;;;;").places] == ["AL-01", "AL-11"]
    assert one(heading, "A;RO;Judetul CLUJ;;;;").places == (Place("RO", "RO-CJ"),)
    assert one(heading, "A;ALB;;;AL011;;").places == (Place("AL", "AL-11", pcode="AL011"),)
    assert one(heading, "A;;AL-01;;;;").places == (Place("AL", "AL-01"),)
    assert one(heading, "A;Albania 40%; Serbia;;;;").countries == (Share("AL", Decimal(40)),)
    (read,) = read_all(table(heading, "A;Elbonia;Mudville;;;95;10"))
    assert read.record
    assert read.record.places == (Place(name="Mudville"),)
    assert codes_of([read]) == [
        (2, "Country", "country_unknown"),
        (2, "Region", "area_unknown"),
        (2, "Lat", "not_a_point"),
        (2, "Lon", "half_a_point"),
    ]


def test_themes_and_audiences_are_known_by_id_and_by_name_in_any_language() -> None:
    heading = "Project;Theme;Audience;Component;ISCED;SDG;Sector"
    record = one(
        heading, '"A";"inclusion|ЦИФРОВЫЕ НАВЫКИ";Ученици, teachers;Pedagogy;ISCED 1-3;"SDG 4.c, 4";11130 (60%)'
    )
    assert record.themes == ("inclusion", "digital-skills")
    assert record.isced == ("1", "2", "3")
    assert (record.sdg, record.sectors) == (("4.c", "4"), (Share("11130", Decimal(60)),))
    reads = read_all(table(heading, "A;Leadership, schools;Robots;Magic;9;18;Education and so on"))
    assert reads[0].record
    assert reads[0].record.themes == ("school-leadership",)
    assert [(one.place, one.code) for one in reads[0].problems] == [
        ("Audience", "audience_unknown"),
        ("Component", "component_unknown"),
        ("ISCED", "isced_unknown"),
        ("SDG", "sdg_unknown"),
        ("Sector", "sector_unknown"),
    ]


def test_organisations_have_acronyms_and_numbers() -> None:
    record = one(
        "Project;Organisation;Org type;Donor;Implementing partner",
        "A;United Nations Children’s Fund (UNICEF) [XM-DAC-41122];UN Agency;EU|Norway;Ministry of Science, Sport",
    )
    assert record.reporter == Organisation((Text("United Nations Children’s Fund"),), "XM-DAC-41122", "40", "UNICEF")
    assert [(one.organisation.name, one.role) for one in record.parties] == [
        ("EU", Role.FUNDING),
        ("Norway", Role.FUNDING),
        ("Ministry of Science, Sport", Role.IMPLEMENTING),
    ]


def test_links_that_could_run_something_are_left_out() -> None:
    reads = read_all(table("Project;URL", "A;javascript:alert(1)", "B;www.example.org", "C;https://example.org/a;"))
    assert [[link.url for link in one.record.links] for one in reads if one.record] == [
        [],
        ["https://www.example.org"],
        ["https://example.org/a"],
    ]
    assert codes_of(reads) == [(2, "URL", "not_a_link")]


def test_a_table_in_an_old_encoding_with_a_title_above_is_read() -> None:
    heading = "Пројекти у Србији 2024\n\nНазив пројекта;Организација;Округ;Почетак\n"
    text = heading + "Библиотеке;УНИЦЕФ;Мачвански;5. марта 2024.\n"
    for encoding in ("utf-8-sig", "utf-16"):
        (read,) = read_all(text.encode(encoding))
        assert read.row == 4
        assert read.record
        assert (read.record.title, read.record.planned_start) == ("Библиотеке", date(2024, 3, 5))
        assert read.record.places == (Place("RS", "RS-08"),)
    russian = "Название проекта;Организация;Статус\nБиблиотеки для школ;Министерство образования;завершён\n"
    (read,) = read_all(russian.encode("cp1251"))
    assert read.record
    assert (read.record.title, read.record.status) == ("Библиотеки для школ", Status.CLOSED)


def test_merged_cells_count_for_all_their_rows() -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(1, 1, ["Project", "Organisation", "Region", "Start"])
    sheet.merge_range(2, 1, 3, 1, "Libraries")
    sheet.merge_range(2, 2, 3, 2, "UNICEF")
    sheet.write_column(2, 3, ["Berat", "Tirana"])
    sheet.write_datetime(2, 4, date(2024, 1, 31), book.add_format({"num_format": "dd.mm.yyyy"}))
    sheet.write_number(3, 4, 45322)
    book.close()
    (read,) = read_all(out.getvalue(), "t.xlsx")
    assert read.row == 3
    assert read.record
    assert [place.area for place in read.record.places] == ["AL-01", "AL-11"]
    assert (read.record.planned_start, [problem.code for problem in read.problems]) == (
        date(2024, 1, 31),
        ["rows_joined_by_title"],
    )


def test_a_workbook_of_excel_97_is_read() -> None:
    reads = read_all(OLD.read_bytes(), "old.xls")
    assert [(one.record.title, one.record.planned_start) for one in reads if one.record] == [
        ("Библиотеке", date(2024, 3, 5)),
        ("Bridges", None),
    ]


def test_a_mapping_that_does_not_fit_is_refused() -> None:
    content = table("Project,Region", "A,Berat")
    with pytest.raises(NotReadable) as refusal:
        read_all(content, mapping=ColumnMapping({"Title": Use(Meaning.TITLE)}))
    assert (refusal.value.code, refusal.value.said) == ("heading_missing", "Title")
    with pytest.raises(NotReadable) as refusal:
        read_all(content, mapping=ColumnMapping({"Region": Use(Meaning.AREA)}))
    assert refusal.value.code == "no_title_column"
    with pytest.raises(NotReadable) as refusal:
        look(content, "t.csv", sheet="Other")
    assert refusal.value.code == "no_such_sheet"


def test_what_holds_for_the_whole_file_is_told_by_the_mapping() -> None:
    columns = {"Project": Use(Meaning.TITLE, "ro"), "Budget": Use(Meaning.BUDGET)}
    mapping = ColumnMapping(columns, country="RO", currency="RON", language="en")
    assert ColumnMapping.from_json(mapping.as_json()) == mapping
    (read,) = read_all(table("Project,Budget", "Biblioteci,500"), mapping=mapping)
    assert read.record
    assert read.record.titles == (Text("Biblioteci", "ro"),)
    assert (read.record.countries, read.record.money) == ((Share("RO"),), (Money(Decimal(500), "RON"),))
    assert read.record.language == "en"
