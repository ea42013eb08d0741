"""The home of a country shows each person what they may see, and what is next for them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learnin.people import roles
from learnin.people.models import Country, Person
from learnin.people.roles import Can, Kind, may
from learnin.taskforce.models import (
    ActionPoint,
    ActivityCopy,
    AgendaItem,
    Attendance,
    Meeting,
    RegionalActivity,
    Seat,
)
from learnin.taskforce.operations import composition
from learnin.taskforce.queries import activities, ahead, standing, unfinished, waiting
from tests.assessment import made_findings
from tests.assessment import made_plan as assessments
from tests.cast import NOW
from tests.taskforce import made


def home(client, code="RS"):
    return client.get(reverse("home:country", args=[code]))


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 200), ("stranger", 404), ("regional", 200)]
)
def test_who_may_see_it(cast, as_, player, status):
    assert home(as_(getattr(cast, player))).status_code == status


def test_an_observer_sees_neither_people_nor_journal(cast, as_):
    page = home(as_(cast.partner)).content.decode()
    assert "What happened" not in page
    assert "Who works here" not in page


def test_a_member_sees_what_happened(cast, as_):
    page = home(as_(cast.member)).content.decode()
    assert "gave Member a role: Task force member" in page[page.index("What happened") :]


def test_what_is_next_stands_first(cast, as_):
    page = home(as_(cast.chair)).content.decode()
    assert page.index("Next, for you") < page.index("Who works here")
    assert "Tell which languages you speak" in page
    assert "Write the public page" in page


def test_the_number_of_queries_does_not_grow_with_people(cast, as_, django_assert_max_num_queries):
    from tests import cast as players

    for n in range(30):
        players.role(players.person(f"Person {n}"), Kind.MEMBER, cast.home)
    client = as_(cast.chair)
    with django_assert_max_num_queries(25):
        home(client)


def test_signing_in_leads_to_ones_country(cast, as_):
    assert as_(cast.chair).get("/")["Location"] == cast.home.url
    assert as_(cast.regional).get("/")["Location"] == reverse("home:region")


def test_who_holds_no_role_is_told_what_to_do(cast, as_):
    from tests import cast as players

    page = as_(players.person("Nobody")).get("/").content.decode()
    assert "You hold no role yet" in page
    assert "nobody@example.org" in page


def test_the_region_lists_every_country_in_few_queries(cast, as_, django_assert_max_num_queries):
    client = as_(cast.regional)
    with django_assert_max_num_queries(20):
        page = client.get(reverse("home:region")).content.decode()
    assert page.count('href="/c/') >= 22
    assert as_(cast.chair).get(reverse("home:region")).status_code == 404


def planned(task_force, days, *, number=1, **given):
    """A meeting some days from now."""
    at = timezone.now() + timedelta(days=days)
    return Meeting.objects.create(
        task_force=task_force, number=number, title=f"Session {number}", starts_at=at, ends_at=at + timedelta(hours=1),
        uid=f"{task_force.pk}-{number}", place="Room 204", **given,
    )  # fmt: skip


def invited(cast, days, *, state="", **given):
    """A regional activity some days from now, with the home country's copy."""
    activity = RegionalActivity.objects.create(
        title=f"Exchange in {days} days", kind="webinar", text="Come", answer_by=NOW.date(), written_by=cast.regional,
        written_at=NOW, starts_at=timezone.now() + timedelta(days=days), **{"sent_at": NOW, **given},
    )  # fmt: skip
    return ActivityCopy.objects.create(
        activity=activity, country=cast.home, state=state, reason="No time" if state == "declined" else ""
    )


def test_the_title_says_since_when_with_how_many_and_how_far(cast, as_):
    made.full(cast)
    page = home(as_(cast.member)).content.decode()
    assert "Task force since <strong><time" in page
    assert "Seats filled: <strong>6 of 6</strong>" in page
    assert "Route: <strong>4 of 13 steps</strong> done" in page


def test_seats_stand_by_constituency_with_the_cover_of_english(cast, as_):
    made.full(cast)
    composition.end_sitting(Seat.objects.get(constituency="parents").sittings.get(), by=cast.regional, now=NOW)
    page = home(as_(cast.member)).content.decode()
    assert page.count("1 of 1 filled") >= 5
    assert "1 empty" in page
    assert "English cover: 3 of 5 members at level B2 or higher." in page


def test_an_observer_sees_states_of_the_route_and_no_seat(cast, as_):
    task_force = made.full(cast)
    planned(task_force, 3)
    page = home(as_(cast.partner)).content.decode()
    assert "Name the task force and its mandate" in page
    for hidden in ("Seats filled", "English cover", "Ministerial order 114", "Session 1", "Composition and checks"):
        assert hidden not in page


def test_only_stages_that_are_built_appear(cast, as_):
    page = home(as_(cast.member)).content.decode()
    assert "Fill the seats of every constituency" in page
    assert "Agree what to ask, in every dimension" in page
    assert "Register who does what, where" in page
    assert "Rank the needs" not in page


def test_the_stage_is_open_while_a_step_is_next(cast, as_):
    made.full(cast)
    page = home(as_(cast.member)).content.decode()
    assert "<details open>" in page[page.index('id="route"') :]


def test_what_is_ahead_stands_soonest_first(cast, as_):
    task_force = made.full(cast)
    planned(task_force, 9, number=1)
    planned(task_force, 2, number=2)
    planned(task_force, 3, number=3, cancelled_at=NOW)
    planned(task_force, -3, number=4)
    invited(cast, 5)
    invited(cast, 6, state="declined")
    invited(cast, 7, sent_at=None)
    invited(cast, 8, cancelled_at=NOW)
    page = home(as_(cast.member)).content.decode()
    events = page[page.index("Next events") : page.index("What happened")]
    assert events.index("Session 2") < events.index("Exchange in 5 days") < events.index("Session 1")
    for hidden in ("Session 3", "Session 4", "Exchange in 6", "Exchange in 7", "Exchange in 8"):
        assert hidden not in events


def test_before_there_is_a_task_force_its_founding_is_next(cast, as_):
    page = home(as_(cast.chair)).content.decode()
    assert "Establish the task force" in page[: page.index("Who works here")]
    assert "Establish the task force" not in home(as_(cast.member)).content.decode()


def test_an_empty_seat_is_next_and_late_in_words(cast, as_):
    from tests import cast as players

    made.full(cast)
    today = made.today_in(cast.home)
    Seat.objects.filter(constituency="parents").update(open_since=today - timedelta(days=84))
    Seat.objects.get(constituency="parents").sittings.all().delete()
    lead = players.person("Lead")
    players.role(lead, Kind.COUNTRY_ADMIN, cast.home)
    page = home(as_(lead)).content.decode()
    assert "Find a member: Parents’ organisations" in page
    assert "Empty for 84 days." in page
    assert "24 days overdue" in page
    assert "Find a member" not in home(as_(cast.member)).content.decode()


def test_history_costs_nothing(cast, as_, django_assert_max_num_queries):
    task_force = made.full(cast)
    seat = task_force.seats.order_by("number")[0]
    for number in range(1, 40):
        planned(task_force, -number * 30, number=number, held_at=NOW)
        ActionPoint.objects.create(
            task_force=task_force, year=2026, number=number, text=f"Action {number}", seat=seat, created_at=NOW,
            due_on=NOW.date() - timedelta(days=number),
        )  # fmt: skip
        invited(cast, -number, state="attended")
    for player in (cast.chair, cast.member, cast.partner):
        client = as_(player)
        with django_assert_max_num_queries(25):
            home(client)


def queries_of(client):
    with CaptureQueriesContext(connection) as asked:
        home(client)
    return len(asked)


def test_more_history_asks_nothing_more(cast, as_):
    task_force = made.full(cast)
    planned(task_force, 5, number=1)
    planned(task_force, -1, number=2, held_at=NOW)
    client = as_(cast.chair)
    home(client)
    little = queries_of(client)
    for number in range(3, 30):
        planned(task_force, 5 if number % 2 else -number, number=number, held_at=None if number % 2 else NOW)
        invited(cast, -number)
        invited(cast, number)
    assert queries_of(client) == little <= 25


def test_open_assessments_and_rounds_ask_little_more(cast, as_):
    task_force = made.full(cast)
    planned(task_force, 5, number=1)
    planned(task_force, -1, number=2, held_at=NOW)
    client = as_(cast.chair)
    home(client)
    without = queries_of(client)
    for n in range(3):
        found = assessments.assessment(cast, title=f"Assessment {n}", coordinator=cast.chair)
        assessments.round_(assessments.instrument(found, cast), cast)
    assert queries_of(client) == without + 1 <= 26  # what is known of them


def everything_open(cast, number):
    """An assessment with groups, a round that runs, a draft, an agreed and a published finding, and conversations."""
    found = assessments.assessment(cast, title=f"Assessment {number}", coordinator=cast.chair)
    assessments.round_(assessments.instrument(found, cast), cast)
    for stage, code in ((made_findings.one, "a"), (made_findings.agreed, "b"), (made_findings.published, "c")):
        estimate = made_findings.number(
            made_findings.indicator(found, cast, code=code), made_findings.run(found, cast), cast
        )
        draft = made_findings.one(cast, assessment=found, numbers=[estimate])
        if stage is not made_findings.one:
            stage(cast, draft)
    assessments.conversation(found, cast, held_on=NOW.date())


def test_all_that_can_be_open_at_once_asks_no_more_than_25_and_one_for_the_register(cast, as_):
    task_force = made.full(cast)
    planned(task_force, 5, number=1)
    planned(task_force, -1, number=2, held_at=NOW)
    for days in (-9, 9):
        invited(cast, days)
    for number in (1, 2):
        ActionPoint.objects.create(
            task_force=task_force, year=2026, number=number, text="Late", seat=task_force.seats.order_by("number")[0],
            created_at=NOW, due_on=NOW.date() - timedelta(days=number),
        )  # fmt: skip
    sent = {"held_at": NOW, "minutes_sent_at": NOW, "objections_until": NOW + timedelta(days=7)}
    planned(task_force, -9, number=3, **sent)
    players = [as_(one) for one in (cast.chair, cast.member, cast.partner, cast.regional)]
    everything_open(cast, 1)
    asked = []
    for client in players:
        home(client)
        asked.append(queries_of(client))
    assert "1 of 3 findings published" in home(players[0]).content.decode()
    assert max(asked) <= 25 + 1
    everything_open(cast, 2)
    assert [queries_of(client) for client in players] == asked


def test_who_may_edit_is_asked_once_for_all_coordinators(cast, django_assert_num_queries):
    people = {cast.chair.pk, cast.member.pk, cast.stranger.pk, cast.regional.pk}
    with django_assert_num_queries(1):
        able = roles.able(people, Can.EDIT_ASSESSMENT, cast.home)
    assert able == {one.pk for one in Person.objects.filter(pk__in=people) if may(one, Can.EDIT_ASSESSMENT, cast.home)}
    assert cast.chair.pk in able
    assert cast.stranger.pk not in able
    with django_assert_num_queries(0):
        assert roles.able([], Can.EDIT_ASSESSMENT, cast.home) == frozenset()


def test_only_what_can_still_be_answered_or_attended_is_read(cast):
    country, now = Country.objects.get(code="RS"), timezone.now()
    today = now.date()
    over, open_still = invited(cast, -9), invited(cast, -8)
    to_come, refused = invited(cast, 8), invited(cast, 7, state="declined")
    called_off, draft = invited(cast, 6, cancelled_at=NOW), invited(cast, 5, sent_at=None)
    ActivityCopy.objects.filter(pk=open_still.pk).update(reopened_until=today + timedelta(days=3))
    RegionalActivity.objects.filter(pk=over.activity_id).update(answer_by=today - timedelta(days=3))
    assert {called_off, draft}.isdisjoint(unfinished.copies(country, now))
    assert unfinished.copies(country, now) == [open_still, refused, to_come]
    assert activities.waiting_in(country, now) == [open_still]
    assert ahead.activities(country, now, most=4) == [to_come]


def test_a_meeting_without_agenda_waits_for_who_leads_until_it_is_ready(cast):
    task_force = made.full(cast)
    soon, later = planned(task_force, 5, number=1), planned(task_force, 30, number=2)
    held = planned(task_force, -1, number=3, held_at=NOW)
    planned(task_force, 4, number=4, cancelled_at=NOW)
    assert waits() == [held, soon]
    AgendaItem.objects.create(meeting=soon, position=1, title="Findings", kind="information")
    Meeting.objects.filter(pk__in=[soon.pk, later.pk]).update(invited_at=NOW)
    assert waits() == [held]
    Attendance.objects.create(meeting=held, seat=task_force.seats.get(number=1), presence="online")
    assert waits() == []


def waits():
    """What waits for who leads, read as a page does."""
    return waiting.unready(Country.objects.get(code="RS"), timezone.now())


def test_a_country_read_once_is_asked_once(cast, django_assert_num_queries):
    made.full(cast)
    country = Country.objects.get(code="RS")
    with django_assert_num_queries(4):
        standing.here(country)
        standing.of([country])
