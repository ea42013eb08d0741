"""Who came is noted by seats; the quorum follows in words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from learnin.kit.refusal import Refusal
from learnin.taskforce.models import Sitting
from learnin.taskforce.operations import agenda, composition
from learnin.taskforce.operations import meetings as operations
from learnin.taskforce.queries import meetings as queries
from tests.cast import NOW
from tests.taskforce import made


def read(client, meeting):
    return client.get(reverse("taskforce:meeting", args=[meeting.pk])).content.decode()


def test_a_meeting_begins_on_its_day_and_not_before(cast, as_):
    task_force = made.full(cast)
    meeting = made.meeting(task_force, cast)
    url = reverse("taskforce:hold_meeting", args=[meeting.pk])
    answer = as_(cast.chair).post(url, follow=True)
    assert "Change its day first" in answer.content.decode()
    today = made.meeting(task_force, cast, at=NOW - timedelta(hours=3))
    operations.hold(today, by=cast.chair, now=NOW)
    today.refresh_from_db()
    assert today.life == "held"
    with pytest.raises(operations.AlreadyHeld):
        operations.hold(today, by=cast.chair, now=NOW)


def test_attendance_is_noted_in_one_form_and_the_quorum_follows(cast, as_):
    task_force = made.full(cast)
    meeting = made.meeting(task_force, cast, at=NOW)
    client = as_(cast.chair)
    client.post(reverse("taskforce:hold_meeting", args=[meeting.pk]))
    assert "Note who came" in read(client, meeting)
    seats = list(task_force.seats.order_by("number"))
    sent = {f"seat_{seat.pk}": "room" for seat in seats[:2]}
    sent |= {f"seat_{seats[2].pk}": "excused", f"seat_{seats[3].pk}": "deputy", "guests": "Ms Guest"}
    assert client.post(reverse("taskforce:attendance", args=[meeting.pk]), sent).status_code == 302
    quorum = queries.quorum(meeting)
    assert (quorum.present, quorum.filled, quorum.needed) == (3, len(seats), len(seats) // 2 + 1)
    page = read(as_(cast.member), meeting)
    assert quorum.words in page
    assert "Sent apologies" in page
    assert "Ms Guest" in page


@pytest.mark.parametrize(("came", "is_met"), [(3, False), (4, True), (6, True)])
def test_more_than_half_of_the_filled_seats_make_a_quorum(cast, came, is_met):
    task_force = made.full(cast)
    assert task_force.seats.count() == 6
    meeting = made.held_meeting(task_force, cast, came=came)
    assert queries.quorum(meeting).is_met is is_met


def test_an_empty_seat_does_not_count(cast):
    task_force = made.full(cast)
    composition.end_sitting(Sitting.objects.get(name="Sitter 6"), by=cast.regional, now=NOW, on=date(2026, 11, 1))
    assert queries.quorum(made.held_meeting(task_force, cast, came=3)).words == "3 of 5 came, quorum met"


def test_seats_count_as_they_were_filled_on_the_day(cast):
    task_force = made.full(cast)
    composition.end_sitting(Sitting.objects.get(name="Sitter 6"), by=cast.regional, now=NOW, on=date(2026, 10, 15))
    before = made.held_meeting(task_force, cast, at=datetime(2026, 10, 1, 9, tzinfo=UTC))
    assert queries.quorum(before).filled == 6


def test_without_a_quorum_the_page_says_what_that_means(cast, as_):
    meeting = made.held_meeting(made.full(cast), cast, came=1)
    page = read(as_(cast.member), meeting)
    assert "1 of 6 came, no quorum: 4 are needed" in page
    assert "decisions wait for the next meeting" in page


def test_attendance_waits_for_the_beginning(cast):
    meeting = made.meeting(made.full(cast), cast)
    with pytest.raises(Refusal, match="Begin the meeting first"):
        operations.note_attendance(meeting, presences={}, by=cast.chair, now=NOW)


def test_notes_are_written_once_the_meeting_is_held(cast, as_):
    task_force = made.full(cast)
    meeting = made.held_meeting(task_force, cast)
    item = agenda.add_item(meeting, title="Findings", kind="information", by=cast.chair, now=NOW)
    as_(cast.chair).post(reverse("taskforce:notes", args=[item.pk]), {"notes": "Questions on village schools."})
    assert "Questions on village schools." in read(as_(cast.member), meeting)
    answer = as_(cast.chair).post(reverse("taskforce:remove_item", args=[item.pk]), follow=True)
    assert "It stays on the agenda" in answer.content.decode()


def test_a_held_meeting_keeps_its_time_and_is_not_cancelled(cast):
    meeting = made.held_meeting(made.full(cast), cast)
    with pytest.raises(operations.AlreadyHeld):
        operations.change(meeting, starts_at=NOW + timedelta(hours=1), by=cast.chair, now=NOW)
    with pytest.raises(operations.AlreadyHeld):
        operations.cancel(meeting, why="x", by=cast.chair, now=NOW)


def test_nothing_changes_once_the_minutes_are_sent(cast):
    meeting = made.held_meeting(made.full(cast), cast)
    meeting.minutes_sent_at = NOW
    meeting.save()
    for act in (
        lambda: operations.note_attendance(meeting, presences={}, by=cast.chair, now=NOW),
        lambda: agenda.add_item(meeting, title="x", kind="information", by=cast.chair, now=NOW),
        lambda: operations.change(meeting, title="x", by=cast.chair, now=NOW),
    ):
        with pytest.raises(Refusal, match="nothing here can change"):
            act()
