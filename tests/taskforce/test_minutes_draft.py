"""The draft of the minutes goes to members; from then on the meeting is closed."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry, Notice
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.taskforce import next_minutes
from learnin.taskforce.models import ActionPoint, Decision, Meeting
from learnin.taskforce.models.meetings import Life
from learnin.taskforce.operations import actions, agenda, decisions, meetings, minutes
from tests.taskforce import made_minutes


def post(client, name, meeting, data=None):
    return client.post(reverse(f"taskforce:{name}", args=[meeting.pk]), data or {}, follow=True)


def page(client, meeting):
    return client.get(reverse("taskforce:minutes", args=[meeting.pk])).content.decode()


def test_the_draft_goes_to_every_member_with_a_link(cast, as_):
    meeting = made_minutes.held(cast)
    mail.outbox.clear()
    answer = post(as_(cast.chair), "send_minutes", meeting)
    assert "The draft went to all members." in answer.content.decode()
    meeting.refresh_from_db()
    assert meeting.life is Life.OBJECTION
    assert {letter.to[0] for letter in mail.outbox} == {cast.chair.email, cast.member.email}
    assert reverse("taskforce:minutes", args=[meeting.pk]) in mail.outbox[0].body
    assert Notice.objects.filter(kind="minutes.sent", person=cast.member).count() == 1
    assert Entry.objects.filter(verb="minutes.sent", by=cast.chair).count() == 1


def test_members_have_until_the_end_of_the_last_day_where_the_country_is(cast):
    meeting = made_minutes.sent(cast)
    last = meeting.objections_until.astimezone(meeting.zone)
    assert last.date() == made_minutes.SENT.astimezone(meeting.zone).date() + timedelta(days=3)
    assert (last.hour, last.minute) == (23, 59)


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
@pytest.mark.parametrize("name", ["send_minutes", "take_back_minutes", "approve_minutes", "shelve_minutes"])
def test_who_may_not(cast, as_, player, status, name):
    meeting = made_minutes.held(cast)
    client = as_(getattr(cast, player))
    assert client.post(reverse(f"taskforce:{name}", args=[meeting.pk])).status_code == status
    meeting.refresh_from_db()
    assert meeting.minutes_sent_at is None


@pytest.mark.parametrize(
    ("player", "status"), [("member", 200), ("regional", 200), ("partner", 403), ("stranger", 404)]
)
def test_who_reads_the_draft(cast, as_, player, status):
    meeting = made_minutes.sent(cast)
    for name in ("minutes", "seal", "minutes_docx", "minutes_pdf", "agenda_pdf", "attendance_docx"):
        client = as_(getattr(cast, player))
        assert client.get(reverse(f"taskforce:{name}", args=[meeting.pk])).status_code == status


def test_the_page_reads_like_the_document(cast, as_):
    said = page(as_(cast.member), made_minutes.sent(cast))
    for words in (
        "Draft",
        "Sitter 3",
        "Quorum met: 5 of 6",
        made_minutes.TEXT,
        "Publish the 18 findings",
        "Elif Örnek",
    ):
        assert words in said


def test_who_came_is_noted_before_the_draft_goes_out(cast, as_):
    meeting = made_minutes.held(cast)
    meeting.attendances.all().delete()
    assert "Note who came first" in post(as_(cast.chair), "send_minutes", meeting).content.decode()
    meeting.refresh_from_db()
    assert meeting.minutes_sent_at is None


def test_a_draft_goes_out_once(cast, as_):
    meeting = made_minutes.sent(cast)
    answer = post(as_(cast.chair), "send_minutes", meeting)
    assert "were sent" in answer.content.decode()
    assert Entry.objects.filter(verb="minutes.sent").count() == 1


OTHER_ROOMS = {
    "title": lambda meeting, by: meetings.change(meeting, title="Other", **by),
    "cancel": lambda meeting, by: meetings.cancel(meeting, why="No", **by),
    "attendance": lambda meeting, by: meetings.note_attendance(meeting, presences={}, **by),
    "agenda": lambda meeting, by: agenda.add_item(meeting, title="New", kind="decision", **by),
    "notes": lambda meeting, by: agenda.write_notes(meeting.items.get(), notes="Other", **by),
    "item": lambda meeting, by: agenda.remove_item(meeting.items.get(), **by),
    "decision": lambda meeting, by: decisions.record_decision(meeting, text="New", method="consent", **by),
    "correction": lambda meeting, by: decisions.correct_decision(
        meeting.decisions.get(), text="Other", method="consent", **by
    ),
    "action": lambda meeting, by: actions.add(
        meeting.task_force,
        text="New",
        seat=meeting.task_force.seats.first(),
        due_on=made_minutes.OVER.date() + timedelta(days=90),
        meeting=meeting,
        **by,
    ),
    "sending": lambda meeting, by: minutes.send(meeting, **by),
}


def picture(meeting):
    found = Meeting.objects.filter(pk=meeting.pk).values().get()
    rows = [*Decision.objects.values(), *ActionPoint.objects.values(), *meeting.items.values()]
    return found, rows, list(meeting.attendances.values())


@pytest.mark.parametrize("what", OTHER_ROOMS)
def test_nothing_about_the_meeting_changes_after_the_draft_went_out(cast, what):
    meeting = made_minutes.sent(cast)
    before = picture(meeting)
    with pytest.raises(Refusal):
        OTHER_ROOMS[what](meeting, {"by": cast.chair, "now": timezone.now()})
    assert picture(meeting) == before


def test_a_draft_that_is_taken_back_can_be_corrected_and_sent_again(cast, as_):
    meeting = made_minutes.objected(cast)
    client = as_(cast.chair)
    post(client, "take_back_minutes", meeting)
    meeting.refresh_from_db()
    assert meeting.life is Life.HELD
    agenda.write_notes(meeting.items.get(), notes="Nine findings.", by=cast.chair, now=timezone.now())
    assert "Nine findings." in post(client, "send_minutes", meeting).content.decode()
    assert meeting.objections.count() == 1
    assert Entry.objects.filter(verb="minutes.taken-back").count() == 1


def test_the_meeting_page_shows_the_one_act_that_waits(cast, as_):
    meeting = made_minutes.held(cast)
    url = reverse("taskforce:meeting", args=[meeting.pk])
    assert "Send the draft" in as_(cast.chair).get(url).content.decode()
    assert "Send the draft" not in as_(cast.member).get(url).content.decode()
    minutes.send(meeting, by=cast.chair, now=timezone.now())
    said = as_(cast.member).get(url).content.decode()
    assert "You can object until" in said
    assert "Approve the minutes" not in as_(cast.chair).get(url).content.decode()


def waits(player, place):
    loaded = Country.objects.get(pk=place.pk)  # as a page does: what is asked once is kept with it
    return [one.do for one in next_minutes.waiting(player, loaded, timezone.localdate())]


def test_the_country_home_says_whose_move_it_is(cast):
    meeting = made_minutes.held(cast)
    assert waits(cast.chair, cast.home) == ["Send the draft minutes"]
    assert waits(cast.member, cast.home) == []
    minutes.send(meeting, by=cast.chair, now=timezone.now())
    assert waits(cast.member, cast.home) == ["Read the draft minutes"]
    objection = minutes.object_to(meeting, text="Nine.", by=cast.member, now=timezone.now())
    assert waits(cast.chair, cast.home) == ["Answer the objections"]
    minutes.answer(objection, answer="Eight.", by=cast.chair, now=timezone.now())
    Meeting.objects.update(objections_until=timezone.now() - timedelta(minutes=1))
    assert waits(cast.chair, cast.home) == ["Approve the minutes"]
    assert waits(cast.member, cast.home) == []
    assert waits(cast.stranger, cast.home) == []
