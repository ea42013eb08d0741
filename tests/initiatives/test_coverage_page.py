"""The pages of coverage: who may see and do what, cells that lead to what they count, needs first, gaps taken up."""

import io
import re
from datetime import date, timedelta
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.operations import findings
from learnin.initiatives.formats.record import Money, People, Place, Reach, Status
from learnin.initiatives.models import Asked, Gap, Initiative, Rate
from learnin.initiatives.operations import coverage as operations
from learnin.initiatives.operations import life
from learnin.journal.models import Entry
from tests.assessment import made_findings
from tests.cast import NOW, as_
from tests.initiatives import made

pytestmark = pytest.mark.django_db
PAGE = reverse("initiatives:coverage", args=["RS"])
TAKE_UP = reverse("initiatives:introduce", args=["RS"])
RATES = reverse("initiatives:rates", args=["RS"])
BELGRADE, NIS = "RS-00", "RS-20"
READERS = [("chair", 200), ("member", 200), ("partner", 403), ("stranger", 404), ("regional", 200)]
LEADS = [("chair", 200), ("member", 403), ("partner", 403), ("stranger", 404), ("regional", 200)]


def at(area, reach=Reach.BENEFICIARIES):
    return Place(country="RS", area=area, reach=reach)


def taken_up(cast, **gap):
    told = {"title": "Time to plan lessons", "objective": "Teachers get two hours a week.", "theme": "financing"} | gap
    return operations.introduce(cast.home, **told, by=cast.chair, now=NOW)


@pytest.mark.parametrize("name", ["coverage", "coverage_xlsx", "coverage_pdf", "gaps"])
@pytest.mark.parametrize(("who", "status"), READERS)
def test_who_may_look(cast, name, who, status):
    status = 200 if who == "partner" and name != "gaps" else status
    assert as_(getattr(cast, who)).get(reverse(f"initiatives:{name}", args=["RS"])).status_code == status


def test_a_partner_counts_what_is_published_and_its_own_and_learns_of_no_gap(cast):
    made_findings.agreed(cast, made_findings.one(cast, theme="financing"))
    made.represent(cast, "World Bank", cast.partner)
    made.initiative(cast, "Hidden plan", reporter=made.organisation("Secret Fund"), money=(Money(Decimal(1), "CHF"),))
    made.initiative(cast, "Ours", reporter=made.organisation("World Bank"))
    life.publish(made.initiative(cast, "For everybody"), by=cast.chair, now=NOW)
    page = as_(cast.partner).get(PAGE)
    words = page.content.decode()
    assert page.context["found"].told == 2
    assert as_(cast.member).get(PAGE).context["found"].told == 3
    assert "You see what is published, and your own" in words
    assert "Nothing published" in words
    assert "Ours" in words
    for unknown in ("Hidden plan", "Nobody told us", 'id="gaps"', "Gaps that were taken up", "Needs for which"):
        assert unknown not in words
    assert "CHF" not in as_(cast.partner).get(f"{PAGE}?measure=money").content.decode()
    assert "CHF" in as_(cast.member).get(f"{PAGE}?measure=money").content.decode()
    book = openpyxl.load_workbook(
        io.BytesIO(as_(cast.partner).get(reverse("initiatives:coverage_xlsx", args=["RS"])).content)
    )
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert {"Ours", "For everybody", "Nothing published"} <= cells
    assert not cells & {"Hidden plan", "Secret Fund", "Nobody told us"}
    register = as_(cast.partner).get(reverse("initiatives:register", args=["RS"])).content.decode()
    assert PAGE in register


@pytest.mark.parametrize("name", ["gap", "concept_note_docx", "concept_note_pdf"])
@pytest.mark.parametrize(("who", "status"), READERS)
def test_who_may_look_at_a_gap(cast, name, who, status):
    found = taken_up(cast)
    assert as_(getattr(cast, who)).get(reverse(f"initiatives:{name}", args=[found.pk])).status_code == status


@pytest.mark.parametrize("address", [RATES, f"{TAKE_UP}?theme=financing"])
@pytest.mark.parametrize(("who", "status"), LEADS)
def test_who_may_change_something(cast, address, who, status):
    assert as_(getattr(cast, who)).get(address).status_code == status


def test_only_leads_note_who_was_asked(cast):
    found = taken_up(cast)
    asked = made.kept_organisation(cast, "World Bank")
    address = reverse("initiatives:gap", args=[found.pk])
    sent = {"organisation": asked.pk, "asked_on": "2026-11-20", "answer": "Not this year"}
    assert as_(cast.member).post(address, sent).status_code == 403
    assert as_(cast.stranger).post(address, sent).status_code == 404
    assert as_(cast.chair).post(address, sent).status_code == 302
    kept = Asked.objects.get()
    assert (kept.gap, kept.answer, kept.asked_by) == (found, "Not this year", cast.chair)
    assert "Not this year" in as_(cast.member).get(address).content.decode()
    assert as_(cast.chair).post(address, sent | {"asked_on": "2999-01-01"}).status_code == 422
    assert as_(cast.chair).post(address, sent | {"organisation": "99999"}).status_code == 422


@pytest.fixture
def several(cast):
    """Initiatives that stand in many ways in many cells; no two are one activity."""
    made.initiative(cast, "Both regions", places=(at(BELGRADE), at(NIS)), themes=("digital-skills", "curriculum"))
    made.initiative(cast, "Office only", places=(at(BELGRADE, Reach.ACTIVITY),))
    made.initiative(cast, "Office here, pupils there", places=(at(BELGRADE, Reach.ACTIVITY), at(NIS)))
    made.initiative(cast, "Everywhere", places=(), scope="4", audiences=("parents",), components=("policy",))
    made.initiative(cast, "Who knows", places=(), themes=(), audiences=(), components=())
    made.initiative(cast, "Over", planned_end=timezone.localdate() - timedelta(days=3))
    made.initiative(cast, "Cancelled", status=Status.CANCELLED)
    made.initiative(cast, "Unconfirmed", origin=Initiative.Origin.IATI)
    made.initiative(cast, "Draft", is_draft=True)


@pytest.mark.parametrize("sides", ["theme-area", "theme-audience", "component-area"])
@pytest.mark.parametrize("also", ["", "&running=all", "&confirmed=yes", "&running=all&confirmed=yes"])
def test_a_cell_leads_to_what_it_counts(cast, several, sides, also):
    chair = as_(cast.chair)
    page = chair.get(f"{PAGE}?sides={sides}{also}")
    cells = [cell for line in page.context["lines"] for cell in line.cells if cell.url]
    assert cells
    for cell in {one.url: one for one in cells}.values():
        assert chair.get(cell.url).context["page"].paginator.count == int(cell.said), cell.url


def test_an_area_of_the_map_leads_to_what_it_counts(cast, several):
    chair = as_(cast.chair)
    areas = [row for row in chair.get(PAGE).context["map"].rows if row.url]
    assert {row.label for row in areas} >= {"Beograd"}
    for row in areas:
        assert chair.get(row.url).context["page"].paginator.count == row.value


def test_where_nobody_told_us_it_says_so_and_never_zero(cast):
    shown = as_(cast.member).get(PAGE).content.decode()
    assert "Nobody told us" in shown
    cells = re.findall(r'li-heat__said[^"]*">(.*?)</span>', shown)
    assert cells
    assert set(cells) == {"Nobody told us"}


def test_a_member_is_not_offered_what_leads_do(cast):
    assert TAKE_UP not in as_(cast.member).get(PAGE).content.decode()
    made.initiative(cast, themes=("digital-skills",))
    assert f'{TAKE_UP}?theme=financing"' in as_(cast.chair).get(PAGE).content.decode()


def test_strange_words_in_the_address_ask_for_the_usual(cast):
    page = as_(cast.member).get(f"{PAGE}?sides=x&measure=y&running=z&currency=zzz")
    assert page.status_code == 200
    assert page.context["found"].wanted.sides == "theme-area"


def test_a_need_without_an_initiative_stands_first_until_one_covers_it(cast):
    found = made_findings.one(cast, theme="digital-skills", population="teachers")
    chair = as_(cast.chair)
    assert "Needs for which nobody told us" not in chair.get(PAGE).content.decode()  # nobody agreed on it yet
    made_findings.agreed(cast, found)
    made.initiative(cast, "For parents", audiences=("parents",))
    made.initiative(cast, "Another theme", themes=("curriculum",))
    shown = chair.get(PAGE).content.decode()
    assert shown.index("Teachers need time to plan") < shown.index('id="matrix"')
    assert reverse("assessment:finding", args=[found.pk]) in shown
    made.initiative(cast, "It is met")
    assert "Teachers need time to plan" not in chair.get(PAGE).content.decode()


def test_a_withdrawn_finding_is_no_need(cast):
    found = made_findings.agreed(cast, made_findings.one(cast, theme="digital-skills"))
    findings.withdraw(found, reason="It was wrong", by=cast.chair, now=NOW)
    assert as_(cast.chair).get(PAGE).context["needs"] == []


def test_what_there_is_is_no_need(cast):
    made_findings.agreed(cast, made_findings.one(cast, theme="digital-skills", dimension="resources"))
    assert as_(cast.chair).get(PAGE).context["needs"] == []


def test_the_largest_share_in_need_stands_first(cast):
    small = made_findings.one(cast, theme="financing")
    numbers = [one.estimate for one in small.estimates.all()]
    large = made_findings.one(cast, theme="curriculum", assessment=small.assessment, text="Larger", numbers=numbers)
    run = made_findings.run(small.assessment, cast)
    more = made_findings.number(numbers[0].indicator, run, cast, estimate=0.9, ci_low=0.85, ci_high=0.95)
    large.estimates.update(estimate=more)
    for one in (small, large):
        made_findings.agreed(cast, one)
    told = [one.need.words for one in as_(cast.chair).get(PAGE).context["needs"]]
    assert told == ["Larger", "Teachers need time to plan"]


def test_a_gap_becomes_a_draft_with_its_words_in_the_journal(cast):
    sent = {"title": "Money for devices", "objective": "Each school has a plan."}
    address = f"{TAKE_UP}?theme=financing&area={NIS}"
    assert f'value="{NIS}" selected' in as_(cast.chair).get(address).content.decode()
    sent["area"] = NIS
    assert as_(cast.member).post(address, sent).status_code == 403
    assert as_(cast.chair).post(address, sent).status_code == 302
    gap = Gap.objects.get()
    assert (gap.theme, gap.area.code, gap.taken_up_by) == ("financing", NIS, cast.chair)
    assert gap.initiative.is_draft
    assert gap.initiative.origin == Initiative.Origin.GAP
    assert [one.area.code for one in gap.initiative.places.all()] == [NIS]
    assert Entry.objects.filter(verb="gap.taken_up").count() == 1
    assert "Money for devices" in as_(cast.member).get(reverse("initiatives:gaps", args=["RS"])).content.decode()


def test_what_is_no_gap_is_refused(cast):
    sent = {"title": "Anything", "objective": "Something"}
    for asked in ("", "?theme=never-heard-of", f"?area={NIS}"):
        page = as_(cast.chair).post(f"{TAKE_UP}{asked}", sent)
        assert page.status_code == 422
        assert "Choose a gap" in page.content.decode()
    assert not Gap.objects.exists()


def test_the_draft_of_a_gap_is_offered_to_who_may_open_it(cast):
    gap = taken_up(cast)
    draft = reverse("initiatives:initiative", args=[gap.initiative_id])
    address = reverse("initiatives:gap", args=[gap.pk])
    assert draft in as_(cast.chair).get(address).content.decode()
    assert draft not in as_(cast.member).get(address).content.decode()
    assert "Time to plan lessons" in as_(cast.member).get(address).content.decode()


def test_a_concept_note_tells_the_gap_what_is_near_and_who_was_asked(cast):
    gap = taken_up(cast, theme="digital-skills", area=NIS, audience="teachers")
    made_findings.agreed(cast, made_findings.one(cast, theme="digital-skills"))
    made.initiative(cast, "Courses in Belgrade", places=(at(BELGRADE),))
    asked = made.kept_organisation(cast, "World Bank")
    operations.note_asked(
        gap, organisation=asked.pk, asked_on=date(2026, 11, 20), answer="Perhaps in 2027", by=cast.chair, now=NOW
    )
    answer = as_(cast.chair).get(reverse("initiatives:concept_note_docx", args=[gap.pk]))
    paper = docx.Document(io.BytesIO(answer.getvalue() if hasattr(answer, "getvalue") else answer.content))
    words = "\n".join(
        [one.text for one in paper.paragraphs]
        + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    )
    for told in (
        "Time to plan lessons",
        "two hours a week",
        "Courses in Belgrade",
        "World Bank",
        "Teachers need time to plan",
        "Perhaps in 2027",
    ):
        assert told in words
    pdf = as_(cast.chair).get(reverse("initiatives:concept_note_pdf", args=[gap.pk]))
    assert pdf.content.startswith(b"%PDF")


def test_a_rate_is_entered_once_for_a_day_and_the_page_says_which_it_used(cast):
    sent = {"currency": "RSD", "into": "EUR", "rate": "0.0085", "on": "2026-11-20", "source": "National Bank"}
    chair = as_(cast.chair)
    assert chair.post(RATES, sent).status_code == 302
    assert chair.post(RATES, sent | {"rate": "1.234"}).status_code == 422
    assert chair.post(RATES, sent | {"rate": "0,010"}).status_code == 302
    assert Rate.objects.get().rate == Decimal("0.01")
    assert Entry.objects.filter(verb="rate.entered").count() == 2
    made.initiative(cast, money=(Money(Decimal(500000), "RSD"), Money(Decimal(10), "CHF")))
    shown = chair.get(f"{PAGE}?measure=money&currency=EUR").content.decode()
    assert "5,000 EUR" in shown
    assert "National Bank" in shown
    assert "1 amount in CHF" in shown


@pytest.mark.parametrize(
    "wrong", [{"into": "RSD"}, {"rate": "0"}, {"on": "2999-01-01"}, {"source": ""}, {"currency": "dinar"}]
)
def test_a_rate_that_cannot_be_is_refused(cast, wrong):
    sent = {"currency": "RSD", "into": "EUR", "rate": "0.0085", "on": "2026-11-20", "source": "National Bank"}
    assert as_(cast.chair).post(RATES, sent | wrong).status_code == 422
    assert not Rate.objects.exists()


def test_the_workbook_has_each_matrix_with_numbers_that_are_numbers(cast):
    made.initiative(cast, money=(Money(Decimal(700), "EUR"),))
    answer = as_(cast.member).get(f"{reverse('initiatives:coverage_xlsx', args=['RS'])}?currency=EUR")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book["Theme and area"].iter_rows(values_only=True))
    told = {(row[0], row[1]): row[2:] for row in rows[1:]}
    here = next(values for (theme, area), values in told.items() if values[0] == 1 and area == "Beograd")
    assert here[1] == 2
    assert here[4] == 700
    assert any(values[0] == "Nobody told us" for values in told.values())
    assert {"Theme and area", "Theme and audience", "Component and area"} <= set(book.sheetnames)


def test_the_workbook_lists_the_initiatives_behind_the_cells(cast):
    Rate.objects.create(
        country=cast.home, currency="RSD", into="EUR", rate=Decimal("0.01"), on=NOW.date(), source="Bank",
        entered_by=cast.chair, entered_at=NOW,
    )  # fmt: skip
    title = "=HYPERLINK(1)"
    money = (Money(Decimal(700), "EUR"), Money(Decimal(1000), "RSD"), Money(Decimal(5), "CHF"))
    made.initiative(cast, title, identifier="RS-1", money=money, people=(People(planned=40), People("teachers", 30)))
    made.initiative(cast, "Another", identifier="RS-2", places=(), scope="4")
    answer = as_(cast.member).get(reverse("initiatives:coverage_xlsx", args=["RS"]))
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content))["Initiatives"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    heads, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    told = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert told["RS-1"]["Title"] == title
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert (told["RS-1"]["Areas"], told["RS-2"]["Areas"]) == ("Beograd", "Whole country")
    assert (told["RS-1"]["People planned"], told["RS-1"]["People reached"]) == (40, None)
    assert told["RS-1"]["Money (EUR)"] == 710
    assert told["RS-1"]["Money, in its own currency"] == "700 EUR; 1,000 RSD; 5 CHF"
    assert told["RS-2"]["Money (EUR)"] is None
    assert told["RS-1"]["Who tells us"] == "UNICEF Serbia"


def test_the_number_of_questions_of_the_list_does_not_grow(cast, django_assert_max_num_queries):
    for n in range(2):
        made.initiative(cast, f"Initiative {n}")
    chair, address = as_(cast.chair), reverse("initiatives:coverage_xlsx", args=["RS"])
    chair.get(address)
    with django_assert_max_num_queries(90) as few:
        chair.get(address)
    for n in range(2, 8):
        made.initiative(cast, f"Initiative {n}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        chair.get(address)


def test_the_number_of_questions_of_the_page_does_not_grow(cast, django_assert_max_num_queries):
    made_findings.agreed(cast, made_findings.one(cast, theme="financing"))
    for n in range(2):
        made.initiative(cast, f"Initiative {n}")
    chair = as_(cast.chair)
    chair.get(PAGE)
    with django_assert_max_num_queries(60) as few:
        chair.get(PAGE)
    for n in range(2, 8):
        made.initiative(cast, f"Initiative {n}")
    with django_assert_max_num_queries(len(few.captured_queries)):
        chair.get(PAGE)
