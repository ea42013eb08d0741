"""Members object while the window is open; every objection gets an answer before the approval."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry, Notice
from learnin.taskforce.models import Objection
from learnin.taskforce.operations import minutes, seal
from learnin.taskforce.operations.minutes import WindowClosed
from tests.taskforce import made_minutes


def object_to(client, meeting, text="It was nine."):
    return client.post(reverse("taskforce:object_to_minutes", args=[meeting.pk]), {"text": text})


def answer(client, objection, text="Corrected."):
    return client.post(reverse("taskforce:answer_objection", args=[objection.pk]), {"answer": text})


def sent_now(cast):
    return minutes.send(made_minutes.held(cast), by=cast.chair, now=timezone.now())


def test_a_member_objects_and_gets_an_answer(cast, as_):
    meeting = sent_now(cast)
    assert object_to(as_(cast.member), meeting).status_code == 302
    objection = Objection.objects.get(person=cast.member)
    assert "It was nine." in as_(cast.regional).get(reverse("taskforce:minutes", args=[meeting.pk])).content.decode()
    assert answer(as_(cast.chair), objection).status_code == 302
    objection.refresh_from_db()
    assert (objection.answer, objection.answered_by) == ("Corrected.", cast.chair)
    assert Notice.objects.filter(kind="minutes.answered", person=cast.member).count() == 1
    assert Entry.objects.filter(verb__in=["minutes.objected", "minutes.answered"]).count() == 2


@pytest.mark.parametrize(("player", "status"), [("partner", 403), ("stranger", 404)])
def test_who_may_not_object(cast, as_, player, status):
    assert object_to(as_(getattr(cast, player)), sent_now(cast)).status_code == status
    assert not Objection.objects.exists()


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_who_may_not_answer(cast, as_, player, status):
    objection = made_minutes.objected(cast).objections.get()
    assert answer(as_(getattr(cast, player)), objection).status_code == status
    objection.refresh_from_db()
    assert objection.answered_at is None


def test_an_objection_says_something(cast, as_):
    response = object_to(as_(cast.member), sent_now(cast), text=" ")
    assert response.status_code == 422
    assert not Objection.objects.exists()


def test_nobody_objects_before_the_draft_is_sent(cast, as_):
    response = object_to(as_(cast.member), made_minutes.held(cast))
    assert response.status_code == 422
    assert not Objection.objects.exists()


def test_nobody_objects_after_the_window(cast, as_):
    meeting = made_minutes.sent(cast)
    meeting.objections_until = timezone.now() - timedelta(seconds=1)
    meeting.save(update_fields=["objections_until"])
    response = object_to(as_(cast.member), meeting)
    assert response.status_code == 422
    assert "Objections were possible until" in response.content.decode()


def test_the_last_second_of_the_window_counts(cast):
    meeting = made_minutes.sent(cast)
    minutes.object_to(meeting, text="Late, but in time", by=cast.member, now=meeting.objections_until)
    with pytest.raises(WindowClosed):
        after = meeting.objections_until + timedelta(seconds=1)
        minutes.object_to(meeting, text="Too late", by=cast.member, now=after)
    assert meeting.objections.count() == 1


def test_an_objection_is_answered_once(cast, as_):
    objection = made_minutes.objected(cast).objections.get()
    client = as_(cast.chair)
    answer(client, objection)
    assert answer(client, objection, text="Another").status_code == 422
    objection.refresh_from_db()
    assert objection.answer == "Corrected."


def test_nobody_approves_while_members_can_object(cast, as_):
    meeting = sent_now(cast)
    response = as_(cast.chair).post(reverse("taskforce:approve_minutes", args=[meeting.pk]), follow=True)
    assert "Members can object until" in response.content.decode()
    meeting.refresh_from_db()
    assert meeting.approved_at is None


def test_nobody_approves_before_every_objection_is_answered(cast):
    meeting = made_minutes.objected(cast)
    with pytest.raises(seal.NotReady, match="Answer every objection first"):
        seal.approve(meeting, by=cast.chair, now=made_minutes.OVER)
    meeting.refresh_from_db()
    assert meeting.seal == ""


def test_nobody_approves_a_draft_that_nobody_saw(cast):
    with pytest.raises(seal.NotReady, match="Send the draft"):
        seal.approve(made_minutes.held(cast), by=cast.chair, now=made_minutes.OVER)
