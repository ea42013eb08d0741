"""Seats are opened, filled and emptied; the rules are explained in words."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.people.models import Invitation
from learnin.people.roles import Kind
from learnin.taskforce.models import Seat, Sitting, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.operations import composition as operations
from learnin.taskforce.queries import composition as queries
from tests.cast import NOW
from tests.taskforce import made

TODAY = date(2026, 11, 23)
ACT = {
    "established_on-day": "3",
    "established_on-month": "3",
    "established_on-year": "2026",
    "established_by": "Ministerial order 114",
}


def page(client, code="RS"):
    return client.get(reverse("taskforce:composition", args=[code]))


def texts(task_force, state):
    return [check.text for check in queries.checks(queries.composition(task_force, TODAY)) if check.state == state]


def test_establishing_opens_a_seat_for_every_constituency(cast, as_):
    answer = as_(cast.chair).post(reverse("taskforce:establish", args=["RS"]), ACT)
    assert answer.status_code == 302
    task_force = TaskForce.objects.get(country="RS")
    assert {seat.constituency for seat in task_force.seats.all()} >= {"ministry", "parents", "partners"}
    assert Entry.objects.filter(verb="taskforce.established", by=cast.chair).count() == 1


def test_a_country_has_one_task_force(cast, as_):
    made.task_force(cast)
    answer = as_(cast.chair).post(reverse("taskforce:establish", args=["RS"]), ACT)
    assert answer.status_code == 422
    assert TaskForce.objects.count() == 1


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 403), ("stranger", 404), ("regional", 200)]
)
def test_who_may_see_the_composition(cast, as_, player, status):
    made.full(cast)
    assert page(as_(getattr(cast, player))).status_code == status


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_who_may_not_fill_seats(cast, as_, player, status):
    seat = made.task_force(cast).seats.order_by("number")[0]
    answer = as_(getattr(cast, player)).post(reverse("taskforce:nominate", args=[seat.pk]), {"name": "X"})
    assert answer.status_code == status
    assert not Sitting.objects.exists()


def test_a_seat_goes_from_open_to_nominated_to_appointed_to_ended(cast, as_):
    seat = made.task_force(cast).seats.order_by("number")[0]
    client = as_(cast.regional)
    assert "Empty" in page(client).content.decode()
    client.post(reverse("taskforce:nominate", args=[seat.pk]), {"name": "Nova", "email": "nova@example.org"})
    assert "Nominated" in page(client).content.decode()
    sitting = Sitting.objects.get()
    day = {"on-day": "4", "on-month": "3", "on-year": "2026"}
    assert client.post(reverse("taskforce:appoint", args=[sitting.pk]), day).status_code == 302
    assert "Seated" in page(client).content.decode()
    assert Invitation.objects.get().email == "nova@example.org"
    assert mail.outbox[-1].to == ["nova@example.org"]
    last = timezone.localdate() + timedelta(days=30)
    early = {"on-day": "1", "on-month": "1", "on-year": "2026"}
    assert client.post(reverse("taskforce:end_sitting", args=[sitting.pk]), early).status_code == 422
    end = {"on-day": last.day, "on-month": last.month, "on-year": last.year}
    client.post(reverse("taskforce:end_sitting", args=[sitting.pk]), end)
    seat.refresh_from_db()
    assert seat.open_since == last
    assert "Who sat here before" in page(client).content.decode()


def test_a_taken_seat_takes_nobody_else(cast):
    seat = made.task_force(cast).seats.order_by("number")[0]
    made.seated(seat, "First", cast)
    with pytest.raises(operations.SeatTaken, match="First is in this seat"):
        operations.nominate(seat, name="Second", by=cast.chair, now=NOW)


def test_a_deputy_sits_beside_the_member(cast):
    seat = made.task_force(cast).seats.order_by("number")[0]
    made.seated(seat, "First", cast)
    operations.nominate(seat, name="Deputy", is_deputy=True, by=cast.chair, now=NOW)
    here = queries.composition(seat.task_force, TODAY)
    assert here.places[0].deputy.name == "Deputy"
    assert len(here.members) == 1


def test_appointing_somebody_who_is_here_gives_the_role_once(cast):
    seat = made.task_force(cast).seats.order_by("number")[0]
    made.seated(seat, cast.member.name, cast, person=cast.member)
    assert cast.member.roles.filter(kind=Kind.MEMBER).count() == 1
    assert Sitting.objects.get().person == cast.member


def test_who_joins_by_invitation_is_recognised_in_the_seat(cast, as_):
    seat = made.task_force(cast).seats.order_by("number")[0]
    sitting = operations.nominate(seat, name="Nova", email="nova@example.org", by=cast.regional, now=NOW)
    operations.appoint(sitting, by=cast.regional, now=NOW)
    from tests.people.test_invite import accept

    accept(as_(None), mail.outbox[-1])
    sitting.refresh_from_db()
    assert sitting.person.email == "nova@example.org"


def test_a_full_task_force_meets_every_rule(cast):
    task_force = made.full(cast)
    assert texts(task_force, "no") == []
    assert "Every constituency has a voice." in texts(task_force, "met")


def test_an_empty_constituency_is_named_first(cast, as_):
    task_force = made.full(cast)
    parents = Sitting.objects.get(seat__constituency="parents")
    operations.end_sitting(parents, by=cast.regional, now=NOW, on=TODAY)
    assert any("Nobody speaks for" in text for text in texts(task_force, "no"))
    assert "Nobody speaks for" in page(as_(cast.member)).content.decode()


def test_no_chair_is_a_problem(cast):
    task_force = made.full(cast)
    operations.end_post(task_force.posts.get(kind=PostKind.CHAIR), by=cast.regional, now=NOW)
    assert "Nobody is: Chair of the task force" in texts(task_force, "no")


def test_a_term_within_sixty_days_is_named(cast):
    task_force = made.full(cast)
    Sitting.objects.filter(name="Sitter 3").update(term_ends_on=TODAY + timedelta(days=60))
    Sitting.objects.filter(name="Sitter 4").update(term_ends_on=TODAY + timedelta(days=61))
    here = queries.composition(task_force, TODAY)
    assert [one.name for one in here.ending_soon()] == ["Sitter 3"]


def test_english_cover_never_excludes_and_a_plan_helps(cast):
    task_force = made.full(cast)
    Sitting.objects.update(english="A2")
    assert any("no plan for interpreting" in text for text in texts(task_force, "no"))
    operations.describe(
        task_force,
        established_by="x",
        mandate_ends_on=None,
        objection_days=3,
        interpreter_plan="Two interpreters",
        documents_language="",
        by=cast.chair,
        now=NOW,
    )
    task_force.refresh_from_db()
    assert texts(task_force, "no") == []


def test_english_counts_first_for_those_who_face_the_region(cast):
    task_force = made.full(cast)
    Seat.objects.filter(number=5).update(faces_region=True)
    assert any("Nobody works with the region in English" in text for text in texts(task_force, "no"))


def test_what_breaks_if_somebody_leaves(cast, as_):
    task_force = made.full(cast)
    leaver = Sitting.objects.get(seat__constituency="parents")
    broken = queries.what_breaks(queries.composition(task_force, TODAY), leaver)
    assert any("Nobody speaks for" in text for text in broken)
    answer = as_(cast.member).get(reverse("taskforce:composition", args=["RS"]), {"leaver": leaver.pk})
    assert f"If {leaver.name} leaves" in answer.content.decode()
    assert Sitting.objects.get(pk=leaver.pk).ended_on is None


def test_a_seat_with_somebody_in_it_is_not_closed(cast, as_):
    task_force = made.full(cast)
    seat = task_force.seats.order_by("number")[0]
    as_(cast.chair).post(reverse("taskforce:close_seat", args=[seat.pk]))
    seat.refresh_from_db()
    assert seat.closed_on is None


def test_a_community_coordinator_gets_a_role_in_that_community(cast):
    task_force = made.task_force(cast)
    operations.appoint_post(
        task_force,
        kind=PostKind.COMMUNITY_COORDINATOR,
        component="pedagogy",
        name=cast.member.name,
        email=cast.member.email,
        by=cast.chair,
        now=NOW,
    )
    role = cast.member.roles.get(kind=Kind.COMMUNITY_COORDINATOR)
    assert role.component == "pedagogy"
    operations.end_post(task_force.posts.get(), by=cast.chair, now=NOW)
    role.refresh_from_db()
    assert role.ended_at is not None


def test_a_coordinator_does_not_appoint_a_chair(cast):
    task_force = made.task_force(cast)
    with pytest.raises(operations.Refusal, match="does not let you give"):
        operations.appoint_post(
            task_force, kind=PostKind.CHAIR, name="X", email=cast.member.email, by=cast.chair, now=NOW
        )
    assert not task_force.posts.exists()


def test_erasing_somebody_empties_the_name_not_the_seat(cast):
    from learnin.people import operations as people

    made.full(cast)
    people.ask_for_erasure(cast.member, now=NOW)
    people.erase(cast.member, by=cast.regional, now=NOW)
    sitting = Sitting.objects.get(person=cast.member)
    assert sitting.name == f"Former member {cast.member.pk}"
    assert sitting.email == ""
