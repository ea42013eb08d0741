"""A task force that handed its tasks over begins nothing new; what was open before is finished."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.kit import next as waiting
from learnin.people.models import Country
from learnin.taskforce.models import ActionPoint, Decision, Meeting, Seat, Sitting
from learnin.taskforce.operations import (
    actions,
    agenda,
    composition,
    decisions,
    events,
    hand_over,
    invitations,
    life,
    meetings,
    minutes,
    seal,
    workbook,
)
from tests.cast import NOW
from tests.taskforce import made

ENDED = "This task force ended on 23\xa0November\xa02026."
DECISION = {"text": "Publish", "method": "consent"}


@pytest.fixture
def force(cast):
    """A full task force with a meeting that was held, one to come, an action, an empty seat and a nomination."""
    found = made.full(cast)
    made.meeting(found, cast, title="To come")
    held = made.held_meeting(found, cast)
    item = agenda.add_item(held, title="The plan", kind="decision", by=cast.chair, now=NOW)
    decisions.record_decision(held, item=item, **DECISION, by=cast.chair, now=NOW)
    made.action(found, cast)
    composition.add_seat(found, constituency="parents", title="A second voice", by=cast.chair, now=NOW)
    named = composition.add_seat(found, constituency="partners", title="A guest", by=cast.chair, now=NOW)
    composition.nominate(named, name="Somebody new", by=cast.chair, now=NOW)
    return found


def ended(force, cast):
    task = hand_over.add_task(force, text="All", goes_to="Institute", condition="None", by=cast.chair, now=NOW)
    hand_over.meet(task, proof="Order 7", by=cast.chair, now=NOW)
    hand_over.end(force, by=cast.chair, now=NOW)
    force.refresh_from_db()


def meeting(title):
    return Meeting.objects.get(title=title)


def empty():
    return Seat.objects.get(title="A second voice")


def named():
    return Sitting.objects.get(name="Somebody new")


SEAT = {"constituency": "parents", "title": "A voice", "institution": "", "faces_region": False}
HOURS = {"starts_at": NOW + timedelta(days=9), "ends_at": NOW + timedelta(days=9, hours=1)}
BEGINNINGS = {
    "plan a meeting": lambda force, **by: meetings.plan(force, title="New", **HOURS, **by),
    "change a meeting to come": lambda force, **by: meetings.change(meeting("To come"), title="New", **by),
    "invite": lambda force, **by: invitations.invite(meeting("To come"), **by),
    "begin a meeting": lambda force, **by: meetings.hold(meeting("To come"), **by),
    "write its agenda": lambda force, **by: agenda.add_item(meeting("To come"), title="New", kind="decision", **by),
    "publish it": lambda force, **by: events.publish_meeting(meeting("To come"), **by),
    "decide": lambda force, **by: decisions.record_decision(meeting("First findings"), **DECISION, **by),
    "give an action": lambda force, **by: actions.add(
        force, text="New", seat=force.seats.get(number=1), due_on=timezone.localdate() + timedelta(days=9), **by
    ),
    "describe": lambda force, **by: composition.describe(
        force,
        established_by="Order 8",
        mandate_ends_on=None,
        objection_days=3,
        interpreter_plan="",
        documents_language="",
        **by,
    ),
    "add a seat": lambda force, **by: composition.add_seat(force, constituency="parents", title="New", **by),
    "correct a seat": lambda force, **by: composition.correct_seat(empty(), **SEAT, **by),
    "close a seat": lambda force, **by: composition.close_seat(empty(), **by),
    "nominate": lambda force, **by: composition.nominate(empty(), name="New", **by),
    "appoint": lambda force, **by: composition.appoint(named(), **by),
    "correct who sits": lambda force, **by: composition.correct_sitting(named(), position="Dean", **by),
    "appoint to a post": lambda force, **by: composition.appoint_post(force, kind="chair", name="New", **by),
    "bring in a workbook": lambda force, **by: workbook.apply(force, rows=[], expected=0, **by),
}


@pytest.mark.parametrize("begin", BEGINNINGS.values(), ids=BEGINNINGS)
def test_nothing_new_begins(cast, force, begin):
    ended(force, cast)
    lines = Entry.objects.count()
    with pytest.raises(life.TaskForceEnded, match=ENDED):
        begin(force, by=cast.chair, now=NOW)
    assert Entry.objects.count() == lines


def test_a_page_says_so_in_a_sentence(cast, as_, force):
    ended(force, cast)
    client = as_(cast.chair)
    sent = {"constituency": "parents", "title": "New", "institution": ""}
    refused = client.post(reverse("taskforce:add_seat", args=["RS"]), sent)
    assert refused.status_code == 422
    assert ENDED in refused.content.decode()
    hold = reverse("taskforce:hold_meeting", args=[meeting("To come").pk])
    assert ENDED in client.post(hold, follow=True).content.decode()


def test_what_was_open_is_finished(cast, force):
    ended(force, cast)
    held = meeting("First findings")
    item, decision = held.items.get(), Decision.objects.get()
    agenda.write_notes(item, notes="All agreed.", by=cast.chair, now=NOW)
    decisions.correct_decision(decision, item=item, text="Publish all", method="consent", by=cast.chair, now=NOW)
    action = ActionPoint.objects.get()
    actions.change(action, seat=action.seat, due_on=action.due_on + timedelta(days=9), why="Late", by=cast.chair,
                   now=timezone.now())  # fmt: skip
    actions.complete(action, outcome="They came", by=cast.member, now=timezone.now())
    minutes.send(held, by=cast.chair, now=NOW)
    sealed = seal.approve(held, by=cast.chair, now=NOW + timedelta(days=9))
    assert sealed.register_number
    meetings.cancel(meeting("To come"), why="It is over", by=cast.chair, now=NOW)
    action.refresh_from_db()
    assert action.outcome == "They came"


def test_terms_and_posts_can_end(cast, as_, force):
    ended(force, cast)
    sitting, post = Sitting.objects.get(person=cast.member), force.posts.get(kind="assessment_coordinator")
    page = as_(cast.chair).get(reverse("taskforce:composition", args=["RS"])).content.decode()
    assert reverse("taskforce:end_sitting", args=[sitting.pk]) in page
    composition.end_sitting(sitting, by=cast.chair, now=NOW)
    as_(cast.chair).post(reverse("taskforce:end_post", args=[post.pk]))
    post.refresh_from_db()
    assert post.ended_on


def test_pages_offer_only_what_can_be_done(cast, as_, force):
    client, at = as_(cast.chair), reverse("taskforce:composition", args=["RS"])
    coming, held = meeting("To come"), meeting("First findings")
    offers = {
        at: [reverse("taskforce:add_seat", args=["RS"]), reverse("taskforce:appoint", args=[named().pk])],
        reverse("taskforce:meetings", args=["RS"]): [reverse("taskforce:plan_meeting", args=["RS"])],
        reverse("taskforce:actions", args=["RS"]): [reverse("taskforce:add_action", args=["RS"])],
        reverse("taskforce:meeting", args=[coming.pk]): [
            reverse(f"taskforce:{name}", args=[coming.pk])
            for name in ("change_meeting", "add_item", "invite_to_meeting", "publish_meeting")
        ],
        reverse("taskforce:meeting", args=[held.pk]): [
            reverse(f"taskforce:{name}", args=[held.pk]) for name in ("record_decision", "add_meeting_action")
        ],
    }

    def offered(page):
        text = client.get(page).content.decode()
        return [link for link in offers[page] if f'"{link}' in text]

    assert all(offered(page) == links for page, links in offers.items())
    ended(force, cast)
    assert [offered(page) for page in offers] == [[]] * len(offers)
    assert reverse("taskforce:cancel_meeting", args=[coming.pk]) in client.get(list(offers)[3]).content.decode()
    assert "Ended" in client.get(at).content.decode()


def test_nobody_is_asked_to_prepare_a_meeting_that_will_not_be(cast, force):
    def asked():
        home = Country.objects.get(pk=cast.home.pk)
        return [one.do for one in waiting.for_person(cast.chair, home, timezone.localdate())]

    assert "Prepare the agenda" in asked()
    ended(force, cast)
    assert "Prepare the agenda" not in asked()
