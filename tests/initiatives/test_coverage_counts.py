"""The register counted by theme and area: joint activities once, headquarters not at all, silence as silence."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from learnin.initiatives.formats.record import Money, People, Place, Reach, Status
from learnin.initiatives.models import Pair, Rate
from learnin.initiatives.queries import coverage
from learnin.initiatives.queries.coverage import UNTOLD, WHOLE, Measure, Running, Sides, Wanted
from tests.cast import NOW
from tests.initiatives import made

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
BELGRADE, NIS = "RS-00", "RS-20"


def found(cast, **asked):
    return coverage.coverage_of(cast.home, Wanted(**asked), TODAY)


def at(area, reach=Reach.BENEFICIARIES):
    return Place(country="RS", area=area, reach=reach)


def joint(cast, one, other, verdict="joint"):
    Pair.objects.create(
        country=cast.home, first=one, second=other, found_at=NOW, verdict=verdict, judged_by=cast.chair, judged_at=NOW
    )


def test_an_initiative_stands_in_each_of_its_cells_and_once_in_the_margin(cast):
    made.initiative(cast, places=(at(BELGRADE), at(NIS)))
    here = found(cast).matrix
    assert here.cell("digital-skills", BELGRADE).count == 1
    assert here.cell("digital-skills", NIS).count == 1
    assert here.by_row["digital-skills"].count == 1
    assert here.whole.count == 1


def test_a_headquarters_is_no_cover(cast):
    made.initiative(cast, places=(at(BELGRADE, Reach.ACTIVITY), at(NIS)))
    here = found(cast).matrix
    assert here.cell("digital-skills", BELGRADE).count == 0
    assert here.cell("digital-skills", NIS).count == 1


def test_the_whole_country_and_nothing_told_are_columns_of_their_own(cast):
    made.initiative(cast, "Everywhere", places=(), scope="4")
    made.initiative(cast, "Who knows", places=(), themes=())
    here = found(cast).matrix
    assert here.cell("digital-skills", WHOLE).count == 1
    assert here.cell(UNTOLD, UNTOLD).count == 1
    assert here.cell("digital-skills", BELGRADE).count == 0


def test_one_activity_told_by_two_counts_once(cast):
    one = made.initiative(cast, "A", people=(People("", planned=100),))
    other = made.initiative(cast, "B", reporter=made.organisation("World Bank"), people=(People("", planned=80),))
    joint(cast, one, other)
    cell = found(cast).matrix.cell("digital-skills", BELGRADE)
    assert (cell.count, cell.planned, cell.agencies) == (1, 100, 3)


def test_an_overlap_counts_twice(cast):
    one, other = made.initiative(cast, "A"), made.initiative(cast, "B")
    joint(cast, one, other, "overlap")
    assert found(cast).matrix.whole.count == 2


def test_money_of_all_partners_is_never_added_twice(cast):
    eur = Money(Decimal(100), "EUR")
    one = made.initiative(cast, "A", money=(eur,))
    other = made.initiative(cast, "B", reporter=made.organisation("World Bank"), money=(eur,))
    assert found(cast, measure=Measure.MONEY).matrix.whole.money == 200
    joint(cast, one, other)
    assert found(cast, measure=Measure.MONEY).matrix.whole.money == 200  # each gives 100
    one.money.update(is_whole=True)
    other.money.update(is_whole=True)
    assert found(cast, measure=Measure.MONEY).matrix.whole.money == 100  # both tell the money of all


def test_money_is_turned_by_the_nearest_rate_and_what_has_none_is_told(cast):
    rate = {"country": cast.home, "currency": "RSD", "into": "EUR", "source": "NBS", "entered_by": cast.chair}
    Rate.objects.create(**rate, rate=Decimal("0.01"), on=date(2026, 1, 1), entered_at=NOW)
    Rate.objects.create(**rate, rate=Decimal("0.02"), on=date(2020, 1, 1), entered_at=NOW)
    made.initiative(cast, money=(Money(Decimal(1000), "RSD", valued_on=date(2025, 6, 1)), Money(Decimal(5), "CHF")))
    here = found(cast, measure=Measure.MONEY)
    assert here.matrix.whole.money == pytest.approx(10)
    assert [one.on for one in here.rates] == [date(2026, 1, 1)]
    assert here.without_rate == {"CHF": 1}


def test_people_by_audience_stand_under_their_audience(cast):
    people = (People("teachers", planned=30), People("parents", planned=70))
    made.initiative(cast, people=people, audiences=("teachers", "parents"))
    here = found(cast, sides=Sides.THEME_AUDIENCE).matrix
    assert here.cell("digital-skills", "teachers").planned == 30
    assert here.cell("digital-skills", "parents").planned == 70
    assert here.whole.planned == 100


def test_what_is_over_counts_only_when_all_are_asked_for(cast):
    made.initiative(cast, planned_end=TODAY - timedelta(days=1))
    made.initiative(cast, "Closed", status=Status.CLOSED)
    assert found(cast).matrix.whole.count == 0
    assert found(cast, running=Running.ALL).matrix.whole.count == 2


def test_drafts_and_what_was_taken_out_do_not_count(cast):
    made.initiative(cast, "Draft", is_draft=True)
    gone = made.initiative(cast, "Gone")
    gone.withdrawn_at, gone.withdrawn_why = timezone.now(), "Never began"
    gone.save()
    made.initiative(cast, "Imported", origin="iati")
    assert found(cast).matrix.whole.count == 1
    assert found(cast, is_confirmed=True).matrix.whole.count == 0


def test_gaps_name_what_nobody_told_us(cast):
    made.initiative(cast, places=(at(BELGRADE),))
    made.initiative(cast, "Everywhere", places=(), scope="4", themes=("inclusion",))
    by_row = {gap.row: gap for gap in found(cast).gaps}
    assert by_row["financing"].is_total
    assert BELGRADE not in by_row["digital-skills"].columns
    assert NIS in by_row["digital-skills"].columns
    assert "inclusion" not in by_row  # the whole country is covered


def test_the_number_of_questions_does_not_grow(cast, django_assert_max_num_queries):
    for n in range(3):
        made.initiative(cast, f"Initiative {n}")
    with django_assert_max_num_queries(11):
        found(cast, measure=Measure.MONEY)
    for n in range(3, 9):
        made.initiative(cast, f"Initiative {n}")
    with django_assert_max_num_queries(11):
        found(cast, measure=Measure.MONEY)


def test_another_country_is_not_counted(cast):
    made.initiative(cast, country=cast.elsewhere)
    assert found(cast).matrix.whole.count == 0
