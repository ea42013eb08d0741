"""Decisions keep their exact words, their number and how they were made."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.urls import reverse

from learnin.journal.models import Entry
from learnin.people import operations as people
from learnin.taskforce.models import Decision
from learnin.taskforce.operations import agenda, decisions, life, meetings
from tests import cast as players
from tests.cast import NOW
from tests.taskforce import made

SENT = {"text": "Publish findings with a second review at once.", "method": "consent"}


@pytest.fixture
def meeting(cast):
    return made.held_meeting(made.full(cast), cast, came=5)


def url(meeting):
    return reverse("taskforce:record_decision", args=[meeting.pk])


def test_a_decision_stands_under_its_item_with_number_and_words(cast, as_, meeting):
    item = agenda.add_item(meeting, title="Publish", kind="decision", components=["policy"], by=cast.chair, now=NOW)
    asked = as_(cast.chair).get(url(meeting), {"item": item.pk}).content.decode()
    assert f'value="{item.pk}" selected' in asked
    sent = SENT | {"item": item.pk, "components": ["policy"], "evidence": "18 reviewed findings"}
    assert as_(cast.chair).post(url(meeting), sent).status_code == 302
    decision = Decision.objects.get()
    assert decision.full_number == "RS/2026/D001"
    page = as_(cast.member).get(reverse("taskforce:meeting", args=[meeting.pk])).content.decode()
    assert page.index("Publish") < page.index("RS/2026/D001") < page.index("Agreed by all.")
    own = as_(cast.member).get(reverse("taskforce:decision", args=[decision.pk])).content.decode()
    assert "18 reviewed findings" in own
    assert Entry.objects.get(verb="decision.recorded").after["number"] == "RS/2026/D001"


def test_numbers_begin_again_each_year(cast, meeting):
    task_force = meeting.task_force
    older = made.held_meeting(task_force, cast, at=NOW.replace(year=2025))
    numbers = [
        decisions.record_decision(one, text="x", method="consent", by=cast.chair, now=NOW).full_number
        for one in (meeting, meeting, older)
    ]
    assert numbers == ["RS/2026/D001", "RS/2026/D002", "RS/2025/D001"]


def test_a_vote_has_its_tally_and_its_dissent(cast, as_, meeting):
    sent = SENT | {"method": "vote", "votes_for": "3", "votes_against": "1", "abstentions": "1", "dissent": "Marko"}
    assert as_(cast.chair).post(url(meeting), sent).status_code == 302
    page = as_(cast.member).get(reverse("taskforce:meeting", args=[meeting.pk])).content.decode()
    assert "Votes: 3 for, 1 against, 1 abstained." in page
    assert "Marko" in page


@pytest.mark.parametrize(
    ("votes", "words"),
    [
        ((4, 1, 1), "6 votes are more than the 5 seats that came"),
        ((0, 0, 0), "Count the votes"),
        ((2, 2, 1), "this was not decided"),
    ],
)
def test_a_vote_that_cannot_be_is_refused(cast, as_, meeting, votes, words):
    tallies = dict(zip(("votes_for", "votes_against", "abstentions"), map(str, votes), strict=True))
    answer = as_(cast.chair).post(url(meeting), SENT | {"method": "vote"} | tallies)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_consent_has_no_votes(cast, as_, meeting):
    answer = as_(cast.chair).post(url(meeting), SENT | {"votes_for": "3"})
    assert "has no votes" in answer.content.decode()


def test_a_vote_needs_to_know_who_came(cast):
    found = made.meeting(made.full(cast), cast, at=NOW)
    with pytest.raises(life.NotYet):
        decisions.record_decision(found, text="x", method="consent", by=cast.chair, now=NOW)
    meetings.hold(found, by=cast.chair, now=NOW)
    with pytest.raises(decisions.WrongTally, match="Note first who came"):
        decisions.record_decision(found, text="x", method="vote", votes_for=1, by=cast.chair, now=NOW)


def test_who_came_cannot_shrink_below_a_vote(cast, meeting):
    decisions.record_decision(meeting, text="x", method="vote", votes_for=5, by=cast.chair, now=NOW)
    seat = meeting.attendances.filter(presence="room").first().seat_id
    with pytest.raises(meetings.TallyInTheWay, match="RS/2026/D001 counts 5 votes, but only 4"):
        meetings.note_attendance(meeting, presences={seat: "absent"}, by=cast.chair, now=NOW)
    assert meeting.attendances.filter(presence="room").count() == 5


def test_a_decision_is_corrected_before_the_minutes_and_never_after(cast, as_, meeting):
    decision = decisions.record_decision(meeting, text="Old words", method="consent", by=cast.chair, now=NOW)
    there = reverse("taskforce:correct_decision", args=[decision.pk])
    assert "Old words" in as_(cast.chair).get(there).content.decode()
    assert as_(cast.chair).post(there, SENT).status_code == 302
    decision.refresh_from_db()
    assert (decision.text, decision.number) == (SENT["text"], 1)
    assert Entry.objects.get(verb="decision.corrected").before["text"] == "Old words"
    meeting.minutes_sent_at = NOW
    meeting.save()
    assert as_(cast.chair).post(there, SENT | {"text": "Newer"}).status_code == 422
    assert as_(cast.chair).post(url(meeting), SENT).status_code == 422


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
def test_who_may_not_record_decisions(cast, as_, meeting, player, status):
    assert as_(getattr(cast, player)).post(url(meeting), SENT).status_code == status
    assert not Decision.objects.exists()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_decisions_at_the_same_moment_get_different_numbers():
    people.load_places()
    cast = players.cast()
    meeting = made.held_meeting(made.full(cast), cast)

    def record(number):
        try:
            return decisions.record_decision(meeting, text=str(number), method="consent", by=cast.chair, now=NOW).number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as at_once:
        numbers = sorted(at_once.map(record, range(8)))
    assert numbers == list(range(1, 9))
