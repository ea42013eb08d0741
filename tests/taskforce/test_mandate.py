"""Each mandate point shows who looks after it and what was done; nothing for ninety days is said in words."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.taskforce.models import Decision, MandateEvidence, Meeting, TaskForce
from learnin.taskforce.operations import mandate as operations
from learnin.taskforce.queries import mandate as queries
from tests.cast import NOW
from tests.taskforce import made

PDF = b"%PDF-1.4\n%%EOF\n"
POINTS = 5


def held(task_force: TaskForce, at: datetime = NOW - timedelta(days=1), *, number: int = 1) -> Meeting:
    """A meeting that was held, with nothing in it."""
    return Meeting.objects.create(
        task_force=task_force,
        number=number,
        title=f"Session {number}",
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        uid=f"{task_force.country_id}-{number}@test",
        held_at=at,
    )


def decided(task_force: TaskForce, at: datetime = NOW, *, number: int = 1) -> Decision:
    """Something the task force decided in a meeting of its own."""
    return Decision.objects.create(
        meeting=held(task_force, at, number=1000 + number),
        task_force=task_force,
        year=2026,
        number=number,
        text="We ask schools.",
        method="consent",
        made_at=at,
    )


def page(client, code="RS"):
    return client.get(reverse("taskforce:mandate", args=[code]))


def send(client, code="RS", **sent):
    sent = {"mandate_point": "needs-assessment", "record": "", "note": "", **sent}
    return client.post(reverse("taskforce:mandate", args=[code]), sent)


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 403), ("stranger", 404), ("regional", 200)]
)
def test_who_may_see_it(cast, as_, player, status):
    made.task_force(cast)
    assert page(as_(getattr(cast, player))).status_code == status


def test_before_there_is_a_task_force_there_is_no_mandate(cast, as_):
    assert page(as_(cast.chair)).status_code == 404


def test_a_point_without_evidence_is_flagged(cast, as_):
    made.task_force(cast)
    text = page(as_(cast.chair)).content.decode()
    assert text.count("No evidence in 90 days") == POINTS
    assert f"0 of {POINTS}" in text


def test_a_member_shows_a_meeting_on_its_own_day(cast, as_):
    meeting = held(made.task_force(cast))
    answer = send(as_(cast.member), record=f"meeting:{meeting.pk}", note="We agreed the questions")
    assert answer.status_code == 302
    evidence = MandateEvidence.objects.get()
    assert (evidence.meeting, evidence.on_day) == (meeting, meeting.day)
    text = page(as_(cast.member)).content.decode()
    assert "Meeting 1: Session 1" in text
    assert "We agreed the questions" in text
    assert text.count("No evidence in 90 days") == POINTS - (timezone.now() - meeting.starts_at < timedelta(days=90))


def test_a_file_is_kept_behind_the_gate(cast, as_):
    made.task_force(cast)
    file = SimpleUploadedFile("letter.pdf", PDF, content_type="application/pdf")
    assert send(as_(cast.chair), file=file, on_day="2026-03-04").status_code == 302
    address = reverse("journal:file", args=[MandateEvidence.objects.get().attachment_id])
    assert address in page(as_(cast.member)).content.decode()
    opened = as_(cast.member).get(address)
    assert b"".join(opened.streaming_content) == PDF  # read to its end, the file is let go
    assert as_(cast.stranger).get(address).status_code == 404


def test_evidence_is_exactly_one_thing(cast, as_):
    meeting = held(made.task_force(cast))
    nothing = send(as_(cast.chair))
    both = send(as_(cast.chair), record=f"meeting:{meeting.pk}", file=SimpleUploadedFile("letter.pdf", PDF))
    assert (nothing.status_code, both.status_code) == (422, 422)
    assert "Choose one thing that shows it" in nothing.content.decode()
    assert not MandateEvidence.objects.exists()


def test_nothing_of_another_task_force_is_offered_or_taken(cast, as_):
    task_force, other = made.task_force(cast), made.elsewhere(cast)
    foreign = held(other)
    assert "Session 1" not in page(as_(cast.chair)).content.decode()
    assert send(as_(cast.chair), record=f"meeting:{foreign.pk}").status_code == 422
    with pytest.raises(operations.NotOurs):
        operations.add_evidence(task_force, mandate_point="needs-assessment", meeting=foreign, by=cast.chair, now=NOW)
    assert not MandateEvidence.objects.exists()


def test_what_has_not_happened_shows_nothing(cast):
    task_force = made.task_force(cast)
    planned = held(task_force)
    planned.held_at = None
    planned.save()
    with pytest.raises(operations.NotYetDone):
        operations.add_evidence(task_force, mandate_point="needs-assessment", meeting=planned, by=cast.chair, now=NOW)


def test_the_same_thing_stands_once_with_a_point(cast, as_):
    decision = decided(made.task_force(cast), timezone.now())
    client, chosen = as_(cast.chair), f"decision:{decision.pk}"
    assert send(client, record=chosen).status_code == 302
    assert send(client, record=chosen).status_code == 422
    assert send(client, record=chosen, mandate_point="regional-activities").status_code == 302


def test_taking_evidence_away_leaves_a_line(cast, as_):
    task_force = made.task_force(cast)
    evidence = operations.add_evidence(
        task_force, mandate_point="needs-assessment", decision=decided(task_force), by=cast.chair, now=NOW
    )
    address = reverse("taskforce:remove_evidence", args=[evidence.pk])
    assert as_(cast.member).post(address).status_code == 403
    assert as_(cast.stranger).post(address).status_code == 404
    assert "We ask schools." in as_(cast.chair).get(address).content.decode()
    assert as_(cast.chair).post(address).status_code == 302
    assert not MandateEvidence.objects.exists()
    line = Entry.objects.get(verb="evidence.removed")
    assert line.before["mandate_point"] == "needs-assessment"


def test_the_longest_without_evidence_stands_first(cast):
    task_force = made.task_force(cast)
    today = date(2026, 11, 23)
    for days, point in ((1, "regional-activities"), (91, "linked-components"), (200, "country-activities")):
        operations.add_evidence(
            task_force,
            mandate_point=point,
            file=BytesIO(PDF),
            file_name="a.pdf",
            on_day=today - timedelta(days=days),
            by=cast.chair,
            now=NOW,
        )
    found = queries.points(task_force, today)
    assert [one.point.id for one in found] == [
        "needs-assessment",
        "harmonised-initiatives",
        "country-activities",
        "linked-components",
        "regional-activities",
    ]
    assert [one.is_bare for one in found] == [True, True, True, True, False]
    assert {one.id for one in queries.bare_points(task_force, today)} == {one.point.id for one in found if one.is_bare}


def test_ninety_days_are_still_in_time(cast):
    task_force = made.task_force(cast)
    operations.add_evidence(
        task_force, mandate_point="needs-assessment", decision=decided(task_force), by=cast.chair, now=NOW
    )
    day = NOW.date()
    ids = [one.id for one in queries.bare_points(task_force, day + timedelta(days=90))]
    assert "needs-assessment" not in ids
    assert "needs-assessment" in [one.id for one in queries.bare_points(task_force, day + timedelta(days=91))]


def test_a_seat_looks_after_a_point(cast, as_):
    seat = made.full(cast).seats.order_by("number")[1]
    address = reverse("taskforce:mandate_owners", args=["RS"])
    assert as_(cast.member).get(address).status_code == 403
    assert as_(cast.chair).post(address, {"needs-assessment": seat.pk}).status_code == 302
    text = page(as_(cast.member)).content.decode()
    assert f"Looked after by: {seat.title}" in text
    assert "Member" in text
    assert as_(cast.chair).post(address, {}).status_code == 302
    assert "Looked after by" not in page(as_(cast.member)).content.decode()
    assert Entry.objects.filter(verb="mandate.assigned").count() == 2


def test_a_seat_of_another_country_looks_after_nothing(cast, as_):
    made.task_force(cast)
    foreign = made.elsewhere(cast).seats.first()
    address = reverse("taskforce:mandate_owners", args=["RS"])
    assert as_(cast.chair).post(address, {"needs-assessment": foreign.pk}).status_code == 422


def test_the_page_asks_no_more_with_more_evidence(cast, as_, django_assert_max_num_queries):
    task_force = made.full(cast)
    for number in range(1, 30):
        operations.add_evidence(
            task_force, mandate_point="needs-assessment", decision=decided(task_force, number=number),
            by=cast.chair, now=NOW,
        )  # fmt: skip
        operations.add_evidence(
            task_force, mandate_point="linked-components", meeting=held(task_force, number=number),
            by=cast.chair, now=NOW,
        )  # fmt: skip
    client = as_(cast.chair)
    with django_assert_max_num_queries(20):
        page(client)
