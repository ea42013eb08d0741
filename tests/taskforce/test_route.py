"""The route of a country follows from its records; many countries cost no more than one."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from learnin.kit import route as registry
from learnin.kit.route import State, when_read
from learnin.people.models import Country
from learnin.taskforce import route
from learnin.taskforce.models import Meeting, Seat
from learnin.taskforce.operations import composition
from tests.cast import NOW
from tests.taskforce import made

TODAY = date(2026, 3, 20)
QUERIES = 4


def steps(code="RS", today=TODAY):
    found = Country.objects.get(code=code)
    return route.progress([found], today)[code]


def states(**given):
    return {id: step.state for id, step in steps(**given).items()}


def met(task_force, number, *, is_sealed=False, is_cancelled=False):
    at = NOW - timedelta(days=200)
    return Meeting.objects.create(
        task_force=task_force,
        number=number,
        title="Session",
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        uid=f"{task_force.pk}-{number}",
        held_at=at,
        cancelled_at=at if is_cancelled else None,
        approved_at=at if is_sealed else None,
        approved_by=task_force.country.roles.first().person if is_sealed else None,
        seal="0" * 64 if is_sealed else "",
    )


def test_the_stage_is_registered():
    assert route.STAGE in registry.built()


def test_before_there_is_a_task_force_only_the_first_step_can_begin(cast):
    found = list(states().values())
    assert found == [State.NEXT, *[State.LATER] * 4]
    assert all(not step.url for step in list(steps().values())[1:])


def test_a_full_task_force_has_its_seats_and_posts(cast):
    made.full(cast)
    found = states()
    assert found["name-task-force"] == found["fill-seats"] == State.DONE
    assert found["community-coordinators"] == found["assessment-coordinator"] == State.DONE
    assert found["first-meeting"] == State.NEXT
    assert steps()["name-task-force"].evidence == "Ministerial order 114, 3\xa0March\xa02026"


def test_an_empty_seat_is_named_with_its_constituency(cast):
    made.full(cast)
    sitting = Seat.objects.get(constituency="parents").sittings.get()
    composition.end_sitting(sitting, by=cast.regional, now=NOW, on=TODAY)
    step = steps(today=TODAY + timedelta(days=10))["fill-seats"]
    assert step.state == State.DOING
    assert step.evidence == "5 of 6 seats filled; nobody yet for parents’ organisations"


def test_an_overdue_step_says_for_how_long_and_by_which_rule(cast):
    made.full(cast)
    sitting = Seat.objects.get(constituency="parents").sittings.get()
    composition.end_sitting(sitting, by=cast.regional, now=NOW, on=TODAY)
    step = steps(today=TODAY + timedelta(days=61))["fill-seats"]
    assert step.state == State.LATE
    assert step.evidence.endswith("parents’ organisations. It waits for 61 days; the limit is 60.")


def test_who_is_only_nominated_fills_no_seat(cast):
    seat = made.task_force(cast).seats.order_by("number")[0]
    composition.nominate(seat, name="Nova", by=cast.regional, now=NOW)
    assert steps()["fill-seats"].evidence.startswith("0 of 6 seats filled")


def test_a_deputy_fills_no_seat_and_counts_none_twice(cast):
    seat = made.task_force(cast).seats.order_by("number")[0]
    made.seated(seat, "Nova", cast)
    composition.nominate(seat, name="Deputy", is_deputy=True, by=cast.regional, now=NOW)
    assert steps()["fill-seats"].evidence.startswith("1 of 6 seats filled")


def test_meetings_count_once_held_and_not_cancelled(cast):
    task_force = made.full(cast)
    met(task_force, 1, is_cancelled=True)
    assert steps()["first-meeting"].evidence == "No meeting yet"
    met(task_force, 2)
    met(task_force, 3, is_sealed=True)
    step = steps()["first-meeting"]
    assert (step.state, step.evidence) == (State.DONE, "2 meetings held, minutes of 1 approved")


def test_twenty_two_countries_cost_no_more_than_one(cast, django_assert_num_queries):
    task_force = made.full(cast)
    made.elsewhere(cast)
    for number in range(1, 15):
        met(task_force, number)
    countries = list(Country.objects.order_by("code"))
    with django_assert_num_queries(QUERIES):
        found = route.progress(countries, TODAY)
    assert len(found) == len(countries) >= 22
    with django_assert_num_queries(QUERIES):
        route.progress([Country(code="RS", time_zone="Europe/Belgrade")], TODAY)


def test_no_step_leads_nowhere(cast, as_):
    made.task_force(cast)
    client = as_(cast.chair)
    for step in steps().values():
        assert client.get(step.url.partition("#")[0]).status_code == 200


@pytest.mark.parametrize(("player", "is_told"), [("chair", True), ("member", True), ("partner", False)])
def test_only_who_may_see_the_task_force_reads_the_evidence(cast, as_, player, is_told):
    made.full(cast)
    text = as_(getattr(cast, player)).get(reverse("home:country", args=["RS"])).content.decode()
    assert "Fill the seats of every constituency" in text
    assert ("6 of 6 seats filled" in text) is is_told


def test_words_wait_for_somebody_who_reads_them():
    asked = []

    @when_read
    def words(name: str) -> str:
        asked.append(name)
        return f"Nobody yet for {name}"

    told = words("media")
    assert not asked
    assert str(told) == "Nobody yet for media"
    assert asked == ["media"]
