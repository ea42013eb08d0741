"""People read and filter the journal of their country; nobody reads another's."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from learnin.journal.models import Entry
from learnin.journal.operations import entries
from learnin.people import operations
from learnin.people.roles import Kind
from tests.cast import HOME, NOW, Cast, as_

pytestmark = pytest.mark.django_db
PAGES = [
    f"/c/{HOME}/journal/",
    f"/c/{HOME}/journal.xlsx",
]


@pytest.mark.parametrize("url", PAGES)
def test_who_works_reads_it_the_partner_may_not_the_stranger_finds_nothing(cast: Cast, url: str) -> None:
    expected = {cast.chair: 200, cast.member: 200, cast.regional: 200, cast.partner: 403, cast.stranger: 404, None: 302}
    assert {person: as_(person).get(url).status_code for person in expected} == expected


@pytest.mark.parametrize("url", ["/region/journal/", "/region/journal.xlsx"])
def test_the_journal_of_all_countries_is_for_who_looks_after_the_region(cast: Cast, url: str) -> None:
    expected = {cast.regional: 200, cast.chair: 404, cast.stranger: 404, None: 302}
    assert {person: as_(person).get(url).status_code for person in expected} == expected


def test_a_line_is_a_sentence_with_what_changed(cast: Cast) -> None:
    operations.write_public_text(cast.home, language="en", about="We lead.", by=cast.chair, now=NOW)
    html = as_(cast.member).get(PAGES[0]).content.decode()
    assert "Chair changed the public text of Serbia" in html
    assert "We lead." in html
    assert "23\xa0November\xa02026, 10:00" in html, "in the hours of the country"


def test_lines_of_other_countries_stay_out(cast: Cast) -> None:
    operations.write_public_text(cast.elsewhere, language="en", about="Secret", by=cast.stranger, now=NOW)
    html = as_(cast.chair).get(PAGES[0]).content.decode()
    assert "Secret" not in html
    assert "Georgia" not in html
    assert "Secret" in as_(cast.regional).get("/region/journal/").content.decode()


def _sentences(cast: Cast, **query: str) -> str:
    return as_(cast.member).get(PAGES[0], query).content.decode().split("</form>")[-1]


def test_filter_by_person_verb_kind_and_days(cast: Cast) -> None:
    for days, by in ((0, cast.chair), (5, cast.regional)):
        at = NOW + timedelta(days=days)
        entries.write("country.published", cast.home, by=by, now=at, country=cast.home)
    operations.give_role(cast.stranger, kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=NOW)

    by_chair = _sentences(cast, by=str(cast.chair.pk))
    assert "Chair opened" in by_chair
    assert "Regional opened" not in by_chair
    opened = _sentences(cast, verb="country.published")
    assert "Regional opened" in opened
    assert "gave Stranger a role: Task force member" not in opened
    roles = _sentences(cast, kind="people.role")
    assert "gave Stranger a role: Task force member" in roles
    assert "opened" not in roles
    late = _sentences(cast, since="2026-11-28")
    assert "Regional opened" in late
    assert "Chair opened" not in late
    early = _sentences(cast, until="2026-11-27")
    assert "Chair opened" in early
    assert "Regional opened" not in early
    assert "No lines like these" in _sentences(cast, since="2030-01-01")


def test_days_the_wrong_way_round_are_told(cast: Cast) -> None:
    response = as_(cast.member).get(PAGES[0], {"since": "2026-11-28", "until": "2026-11-20"})
    assert response.status_code == 422
    assert "The last day comes before the first" in response.content.decode()


def test_fifty_lines_a_page_newest_first(cast: Cast) -> None:
    for hour in range(60):
        entries.write("country.published", cast.home, by=cast.chair, now=NOW + timedelta(hours=hour), country=cast.home)
    first = as_(cast.member).get(PAGES[0]).context
    assert len(first["lines"]) == 50
    assert first["lines"][0].at == NOW + timedelta(hours=59)
    second = as_(cast.member).get(PAGES[0], {"page": "2"}).context
    assert second["lines"][0].at < first["lines"][-1].at


def test_a_long_page_asks_the_database_no_more_than_a_short_one(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    for _number in range(50):
        entries.write("role.given", cast.home, by=cast.chair, now=NOW, country=cast.home, after={"country": "GE"})
    client = as_(cast.member)
    with django_assert_max_num_queries(14):
        assert client.get(PAGES[0]).status_code == 200


def test_the_history_of_one_thing(cast: Cast) -> None:
    role = operations.give_role(cast.stranger, kind=Kind.MEMBER, country=cast.home, by=cast.chair, now=NOW)
    operations.end_role(role, by=cast.chair, now=NOW + timedelta(days=1))
    url = reverse("journal:entries_on", args=["people", "role", role.pk])
    html = as_(cast.member).get(url).content.decode()
    assert html.index("ended a role of Stranger") < html.index("gave Stranger a role: Task force member")
    # The stranger sits here no more; the regional administrator sees everything.
    expected = {cast.chair: 200, cast.regional: 200, cast.partner: 403, cast.stranger: 404, None: 302}
    assert {person: as_(person).get(url).status_code for person in expected} == expected
    assert as_(cast.chair).get(reverse("journal:entries_on", args=["people", "role", 10**9])).status_code == 404


def test_everybody_reads_what_happened_to_their_own_record(cast: Cast) -> None:
    operations.correct_details(cast.partner, by=cast.partner, now=NOW, spoken={}, phone="+381 1")
    url = reverse("journal:entries_on", args=["people", "person", cast.partner.pk])
    assert "corrected the details" in as_(cast.partner).get(url).content.decode()
    assert as_(cast.chair).get(url).status_code == 404


def test_no_cell_of_the_table_is_a_formula(cast: Cast) -> None:
    bad = '=HYPERLINK("http://example.org")'
    operations.write_public_text(cast.home, language="en", about=bad, by=cast.chair, now=NOW)
    cast.chair.name = "=1+1"
    cast.chair.save()
    response = as_(cast.member).get(PAGES[1])
    assert response["Content-Disposition"] == 'attachment; filename="journal-RS.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=1+1" in [cell.value for cell in cells]
    assert sheet.max_row == 1 + Entry.objects.filter(country=cast.home).count()


def test_reading_writes_nothing(cast: Cast) -> None:
    before = Entry.objects.count()
    as_(cast.chair).get(PAGES[0])
    as_(cast.chair).get(PAGES[1])
    assert Entry.objects.count() == before
