"""Actions are promised, done with proof, handed on with a reason, and never forgotten."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry, Notice
from learnin.journal.operations import notices
from learnin.kit import next as next_things
from learnin.taskforce.models import ActionPoint, Seat, Sitting
from learnin.taskforce.operations import actions as operations
from tests.cast import NOW
from tests.taskforce import made
from tests.world import PDF


@pytest.fixture
def task_force(cast):
    return made.full(cast)


def day(value, name="due_on"):
    return {f"{name}-day": value.day, f"{name}-month": value.month, f"{name}-year": value.year}


def test_an_action_of_a_meeting_gets_its_number_and_tells_its_owner(cast, as_, task_force):
    meeting = made.held_meeting(task_force, cast)
    seat = Seat.objects.get(number=2)
    sent = {"text": "Call the parents", "seat": seat.pk, "priority": "normal", "components": ["pedagogy"]}
    sent |= day(meeting.day + timedelta(days=8))
    assert as_(cast.chair).post(reverse("taskforce:add_meeting_action", args=[meeting.pk]), sent).status_code == 302
    action = ActionPoint.objects.get()
    assert action.full_number == "RS/2026/001"
    assert action.meeting == meeting
    assert Notice.objects.get(person=cast.member, kind="action.given").params["number"] == "RS/2026/001"
    page = as_(cast.member).get(reverse("taskforce:meeting", args=[meeting.pk])).content.decode()
    assert "Call the parents" in page


def test_the_due_day_comes_after_the_meeting(cast, as_, task_force):
    meeting = made.held_meeting(task_force, cast)
    sent = {"text": "Send", "seat": Seat.objects.get(number=2).pk, "priority": "normal"} | day(meeting.day)
    answer = as_(cast.chair).post(reverse("taskforce:add_meeting_action", args=[meeting.pk]), sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "The due date must be after the meeting, 23\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026" in page
    assert 'href="#id_due_on-day"' in page
    assert "Meeting 1: First findings" in page


def test_an_action_between_meetings(cast, as_, task_force):
    url = reverse("taskforce:add_action", args=["RS"])
    sent = {"text": "Send", "seat": Seat.objects.get(number=2).pk, "priority": "high"}
    assert as_(cast.chair).post(url, sent | day(timezone.localdate() - timedelta(days=1))).status_code == 422
    assert as_(cast.chair).post(url, sent | day(timezone.localdate() + timedelta(days=1))).status_code == 302
    assert ActionPoint.objects.get().priority == "high"


def test_an_owner_begins_and_finishes_with_words(cast, as_, task_force):
    action = made.action(task_force, cast)
    client = as_(cast.member)
    client.post(reverse("taskforce:begin_action", args=[action.pk]))
    action.refresh_from_db()
    assert action.state_on(timezone.localdate()) == "doing"
    url = reverse("taskforce:complete_action", args=[action.pk])
    assert client.post(url, {"outcome": " "}).status_code == 422
    assert client.post(url, {"outcome": "We spoke with three unions."}).status_code == 302
    action.refresh_from_db()
    assert (action.outcome, action.done_by) == ("We spoke with three unions.", cast.member)
    page = client.get(reverse("taskforce:action", args=[action.pk])).content.decode()
    assert "We spoke with three unions." in page
    assert client.post(url, {"outcome": "Again"}).status_code == 422


def test_high_priority_needs_a_file(cast, as_, task_force):
    action = made.action(task_force, cast, priority="high")
    url = reverse("taskforce:complete_action", args=[action.pk])
    client = as_(cast.member)
    answer = client.post(url, {"outcome": "Done"})
    assert answer.status_code == 422
    assert "attach a file" in answer.content.decode()
    proof = SimpleUploadedFile("letter.pdf", PDF, "application/pdf")
    assert client.post(url, {"outcome": "Done", "file": proof}).status_code == 302
    action.refresh_from_db()
    assert action.proofs.get().name == "letter.pdf"
    assert action.done_at is not None


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404), ("chair", 302)])
def test_only_the_owner_or_who_leads_finishes_an_action(cast, as_, task_force, player, status):
    action = made.action(task_force, cast, seat_number=3)
    url = reverse("taskforce:complete_action", args=[action.pk])
    assert as_(getattr(cast, player)).post(url, {"outcome": "Done"}).status_code == status


def test_an_action_is_dropped_and_changed_for_a_reason(cast, as_, task_force):
    action = made.action(task_force, cast)
    client, other = as_(cast.chair), Seat.objects.get(number=3)
    url = reverse("taskforce:change_action", args=[action.pk])
    later = timezone.localdate() + timedelta(days=30)
    assert client.post(url, {"seat": other.pk, "why": ""} | day(later)).status_code == 422
    assert client.post(url, {"seat": other.pk, "why": "Marko is ill"} | day(later)).status_code == 302
    action.refresh_from_db()
    assert (action.seat, action.due_on) == (other, later)
    assert Entry.objects.get(verb="action.changed").after["why"] == "Marko is ill"
    assert as_(cast.member).post(reverse("taskforce:drop_action", args=[action.pk]), {"why": "x"}).status_code == 403
    assert client.post(reverse("taskforce:drop_action", args=[action.pk]), {"why": "Not needed"}).status_code == 302
    action.refresh_from_db()
    assert action.state_on(later) == "dropped"
    assert "Not needed" in as_(cast.member).get(reverse("taskforce:action", args=[action.pk])).content.decode()


def test_the_list_is_narrowed_sorted_and_taken_along(cast, as_, task_force):
    made.action(task_force, cast, days=-2, text="Call the parents", components=["pedagogy"])
    made.action(task_force, cast, days=4, text="Write to schools", seat_number=3, components=["policy"])
    done = made.action(task_force, cast, days=3, text="Print it", seat_number=4)
    operations.complete(done, outcome="Printed", by=cast.chair, now=NOW)
    client, url = as_(cast.member), reverse("taskforce:actions", args=["RS"])

    def listed(**query):
        page = client.get(url, query).content.decode()
        return [text for text in ("Call the parents", "Write to schools", "Print it") if text in page]

    assert listed() == ["Call the parents", "Write to schools"]
    assert listed(state="late") == ["Call the parents"]
    assert listed(state="done") == ["Print it"]
    assert listed(mine="on") == ["Call the parents"]
    assert listed(seat=Seat.objects.get(number=3).pk) == ["Write to schools"]
    assert listed(component="policy") == ["Write to schools"]
    page = client.get(url, {"sort": "-text", "state": "all"}).content.decode()
    assert page.index("Write to schools") < page.index("Print it") < page.index("Call the parents")
    assert "Late" in page
    content = client.get(reverse("taskforce:actions_file", args=["RS"]), {"state": "all"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "Number"
    assert len(rows) == 4
    assert any("Printed" in row for row in rows)


def test_the_owner_is_told_what_is_late_next_to_their_name(cast, task_force):
    made.action(task_force, cast, days=-2)
    found = next_things.for_person(cast.member, cast.home, made.today_in(cast.home), most=20)
    assert "Finish your late action" in [thing.do for thing in found]
    made.action(task_force, cast, days=-1, text="Write")
    found = next_things.for_person(cast.member, cast.home, made.today_in(cast.home), most=20)
    late = next(thing for thing in found if thing.do == "Finish your late actions")
    assert late.url.endswith("?mine=on")
    found = next_things.for_person(cast.chair, cast.home, made.today_in(cast.home), most=20)
    assert "Finish your late action" not in [thing.do for thing in found]


def remind(now):
    mail.outbox.clear()
    operations.remind(now=now)
    return {letter.to[0]: letter for letter in mail.outbox}


def test_late_and_near_actions_reach_each_owner_in_one_letter_a_day(cast, task_force):
    now = timezone.now()
    made.action(task_force, cast, days=-2, text="Call the parents")
    made.action(task_force, cast, days=2, text="Write to schools")
    made.action(task_force, cast, days=20, text="Far away")
    Sitting.objects.filter(name="Sitter 3").update(email="third@example.org")
    made.action(task_force, cast, days=-1, text="For the third", seat_number=3)
    letters = remind(now)
    assert set(letters) == {cast.member.email, "third@example.org"}
    mine = letters[cast.member.email].body
    assert mine.index("Late") < mine.index("Call the parents") < mine.index("Due soon") < mine.index("Write to schools")
    assert "Far away" not in mine
    assert "For the third" not in mine
    assert remind(now + timedelta(hours=1)) == {}
    assert remind(now + timedelta(days=1)) == {}
    assert set(remind(now + timedelta(days=7))) == {cast.member.email, "third@example.org"}


def test_a_near_action_comes_back_when_it_becomes_late(cast, task_force):
    now = timezone.now()
    made.action(task_force, cast, days=2)
    assert len(remind(now)) == 1
    assert remind(now + timedelta(days=2)) == {}
    assert len(remind(now + timedelta(days=3))) == 1


def test_who_wants_no_letters_gets_none_and_an_empty_seat_is_the_chairs(cast, task_force):
    now = timezone.now()
    action = made.action(task_force, cast, days=-2, seat_number=4)
    task_force.posts.filter(kind="coordinator").update(email=cast.chair.email, person=cast.chair)
    assert set(remind(now)) == {cast.chair.email}
    ActionPoint.objects.filter(pk=action.pk).update(reminded_on=None)
    notices.choose_digest(cast.chair, digest="off", by=cast.chair, now=NOW)
    assert remind(now) == {}
