"""A meeting is planned in its country's hours, gets an agenda, changes, and is called off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.kit.refusal import Refusal
from learnin.taskforce.models import AgendaItem, Meeting
from learnin.taskforce.operations import agenda
from learnin.taskforce.operations import meetings as operations
from tests.cast import NOW
from tests.taskforce import made
from tests.world import PDF

SENT = {
    "title": "First findings", "day-day": "19", "day-month": "11", "day-year": "2026", "begins": "10:00",
    "ends": "12:10", "place": "Ministry, room 204", "online_url": "", "guests": "",
}  # fmt: skip


def read(client, meeting):
    return client.get(reverse("taskforce:meeting", args=[meeting.pk])).content.decode()


def test_a_meeting_is_planned_in_the_hours_of_its_country(cast, as_):
    made.full(cast)
    answer = as_(cast.chair).post(reverse("taskforce:plan_meeting", args=["RS"]), SENT)
    assert answer.status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.starts_at == datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
    assert (meeting.number, meeting.life) == (1, "planned")
    assert Entry.objects.filter(verb="meeting.planned", by=cast.chair).count() == 1
    listed = as_(cast.member).get(reverse("taskforce:meetings", args=["RS"])).content.decode()
    assert "First findings" in listed
    assert "10:00" in listed
    assert "10:00 to 12:10" in read(as_(cast.member), meeting)


def test_a_meeting_ends_after_it_begins(cast, as_):
    task_force = made.full(cast)
    answer = as_(cast.chair).post(reverse("taskforce:plan_meeting", args=["RS"]), {**SENT, "ends": "09:00"})
    assert answer.status_code == 422
    assert "The meeting must end after it begins, 10:00" in answer.content.decode()
    with pytest.raises(operations.WrongHours):
        operations.plan(task_force, title="x", starts_at=NOW, ends_at=NOW, by=cast.chair, now=NOW)
    assert not Meeting.objects.exists()


def test_before_the_task_force_there_is_nothing_to_meet_for(cast, as_):
    for name in ("meetings", "actions"):
        answer = as_(cast.member).get(reverse(f"taskforce:{name}", args=["RS"]))
        assert "There is no task force yet" in answer.content.decode()


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 403), ("stranger", 404), ("regional", 200)]
)
def test_who_may_read_a_meeting(cast, as_, player, status):
    meeting = made.meeting(made.full(cast), cast)
    assert as_(getattr(cast, player)).get(reverse("taskforce:meeting", args=[meeting.pk])).status_code == status


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_who_may_not_arrange_a_meeting(cast, as_, player, status):
    meeting = made.meeting(made.full(cast), cast)
    client = as_(getattr(cast, player))
    assert client.post(reverse("taskforce:plan_meeting", args=["RS"]), SENT).status_code == status
    for name in ("change_meeting", "cancel_meeting", "invite_to_meeting", "hold_meeting", "attendance", "add_item"):
        assert client.post(reverse(f"taskforce:{name}", args=[meeting.pk])).status_code == status
    meeting.refresh_from_db()
    assert meeting.life == "planned"


def test_another_country_does_not_learn_that_a_meeting_exists(cast, as_):
    meeting = made.meeting(made.full(cast), cast)
    there, nowhere = (
        as_(cast.stranger).get(reverse("taskforce:meeting", args=[pk])) for pk in (meeting.pk, meeting.pk + 100)
    )
    assert (there.status_code, nowhere.status_code) == (404, 404)


def test_the_agenda_is_written_and_ordered_with_plain_buttons(cast, as_):
    meeting = made.meeting(made.full(cast), cast)
    client = as_(cast.chair)
    seat = meeting.task_force.seats.get(number=1)
    for title, kind in (("Findings", "information"), ("What to publish", "decision"), ("Next steps", "discussion")):
        sent = {"title": title, "kind": kind, "minutes_planned": "20", "owner": seat.pk, "components": ["pedagogy"]}
        assert client.post(reverse("taskforce:add_item", args=[meeting.pk]), sent).status_code == 302
    last = AgendaItem.objects.get(title="Next steps")
    client.post(reverse("taskforce:move_item", args=[last.pk]), {"direction": "up"})
    assert titles(meeting) == ["Findings", "Next steps", "What to publish"]
    client.post(reverse("taskforce:move_item", args=[last.pk]), {"direction": "down"})
    client.post(reverse("taskforce:move_item", args=[last.pk]), {"direction": "down"})
    assert titles(meeting) == ["Findings", "What to publish", "Next steps"]
    first = AgendaItem.objects.get(title="Findings")
    client.post(reverse("taskforce:remove_item", args=[first.pk]))
    assert list(meeting.items.order_by("position").values_list("position", "title")) == [
        (1, "What to publish"), (2, "Next steps"),
    ]  # fmt: skip
    page = read(as_(cast.member), meeting)
    assert "For decision, 20 minutes" in page
    assert "Pedagogy" in page
    assert "Move up" not in page


def test_planned_minutes_are_whole(cast, as_):
    meeting = made.meeting(made.full(cast), cast)
    page, client = reverse("taskforce:add_item", args=[meeting.pk]), as_(cast.chair)
    sent = {"title": "Findings", "kind": "information"}
    refused = client.post(page, sent | {"minutes_planned": "7,5"})
    assert refused.status_code == 422
    assert "“Planned minutes”: write a whole number, not “7,5”" in refused.content.decode()
    assert client.post(page, sent | {"minutes_planned": " 20,0 "}).status_code == 302
    assert AgendaItem.objects.get().minutes_planned == 20


def titles(meeting):
    return list(meeting.items.order_by("position").values_list("title", flat=True))


def test_an_item_is_changed(cast, as_):
    meeting = made.meeting(made.full(cast), cast)
    item = agenda.add_item(meeting, title="Findings", kind="information", by=cast.chair, now=NOW)
    client = as_(cast.chair)
    assert "Findings" in client.get(reverse("taskforce:item", args=[item.pk])).content.decode()
    sent = {"title": "All findings", "kind": "decision", "components": ["policy", "technology"]}
    assert client.post(reverse("taskforce:item", args=[item.pk]), sent).status_code == 302
    item.refresh_from_db()
    assert (item.title, item.kind) == ("All findings", "decision")
    assert set(item.components.values_list("component", flat=True)) == {"policy", "technology"}
    before = Entry.objects.count()
    client.post(reverse("taskforce:item", args=[item.pk]), sent)
    assert Entry.objects.count() == before


def test_papers_are_read_by_members_and_nobody_else(cast, as_):
    meeting = made.meeting(made.full(cast), cast)
    item = agenda.add_item(meeting, title="Findings", kind="information", by=cast.chair, now=NOW)
    url = reverse("taskforce:add_paper", args=[item.pk])
    as_(cast.chair).post(url, {"file": SimpleUploadedFile("slides.pdf", PDF, "application/pdf")})
    paper = item.papers.get()
    assert "slides.pdf" in read(as_(cast.member), meeting)
    answers = [as_(who).get(reverse("journal:file", args=[paper.pk])) for who in (cast.member, cast.stranger)]
    assert [answer.status_code for answer in answers] == [200, 404]
    assert b"".join(answers[0].streaming_content) == PDF
    as_(cast.chair).post(reverse("taskforce:remove_paper", args=[item.pk]), {"paper": paper.pk})
    assert not item.papers.exists()


def test_the_agenda_opens_with_unfinished_actions_and_takes_them_over_once(cast, as_):
    task_force = made.full(cast)
    late = made.action(task_force, cast, days=-3, text="Call the parents")
    made.action(task_force, cast, days=5, text="Write to the schools")
    meeting = made.meeting(task_force, cast)
    page = read(as_(cast.chair), meeting)
    assert page.index("Unfinished actions") < page.index("Call the parents") < page.index("Write to the schools")
    url = reverse("taskforce:take_over", args=[meeting.pk])
    as_(cast.chair).post(url, {"action": late.pk})
    assert meeting.items.get().action == late
    assert meeting.items.get().owner == late.seat
    as_(cast.chair).post(url, {"action": late.pk})
    assert meeting.items.count() == 1
    assert as_(cast.chair).post(url, {}).status_code == 302


def test_a_meeting_is_called_off_for_a_reason(cast, as_):
    meeting = made.meeting(made.full(cast), cast)
    url = reverse("taskforce:cancel_meeting", args=[meeting.pk])
    assert as_(cast.chair).post(url, {"why": ""}).status_code == 422
    assert as_(cast.chair).post(url, {"why": "Too few can come"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.life == "cancelled"
    assert "Too few can come" in read(as_(cast.member), meeting)
    with pytest.raises(Refusal, match="cancelled"):
        agenda.add_item(meeting, title="Late", kind="information", by=cast.chair, now=NOW)


def test_what_waits_is_named_to_who_leads(cast, as_):
    task_force = made.full(cast)
    meeting = made.meeting(task_force, cast, at=timezone.now() + timedelta(days=5))
    assert "Prepare the agenda" in home(as_(cast.chair))
    agenda.add_item(meeting, title="Findings", kind="information", by=cast.chair, now=NOW)
    assert "Send the invitations" in home(as_(cast.chair))
    assert "Send the invitations" not in home(as_(cast.member))


def home(client):
    from learnin.kit import next as next_things
    from learnin.people.models import Country, Person

    person = Person.objects.get(pk=client.session["_auth_user_id"])
    found = next_things.for_person(person, Country.objects.get(code="RS"), timezone.localdate(), most=20)
    return " ".join(f"{thing.do} {thing.why}" for thing in found)
