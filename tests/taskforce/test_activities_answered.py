"""A country adapts its copy, answers, takes part and shows evidence; nobody else's copy exists for it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry, Notice
from learnin.kit import next as waiting
from learnin.people.region import REGION
from learnin.taskforce.models import ActivityCopy
from learnin.taskforce.operations import activities as operations
from learnin.taskforce.queries import activities as queries
from tests.taskforce import made
from tests.taskforce.test_activities_sent import soon, written
from tests.world import PDF


@pytest.fixture
def copy(cast):
    activity = written(cast)
    operations.send(activity, countries=[cast.home, cast.elsewhere], by=cast.regional, now=timezone.now())
    return activity.copies.get(country=cast.home)


def opened(client, address):
    """Read a file to its end."""
    answer = client.get(address)
    b"".join(answer.streaming_content)
    return answer.status_code


def url(name, copy):
    return reverse(f"taskforce:{name}", args=[copy.pk])


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 200), ("member", 200), ("partner", 403), ("stranger", 404), ("regional", 200)]
)
def test_who_may_see_a_copy(cast, as_, copy, player, status):
    client = as_(getattr(cast, player))
    assert client.get(url("activity", copy)).status_code == status
    assert client.get(reverse("taskforce:activities", args=["RS"])).status_code == status


@pytest.mark.parametrize(("player", "status"), [("member", 403), ("partner", 403), ("stranger", 404)])
@pytest.mark.parametrize("name", ["answer_activity", "adapt_activity", "attend_activity", "activity_evidence"])
def test_who_may_not_answer(cast, as_, copy, player, status, name):
    answer = as_(getattr(cast, player)).post(url(name, copy), {"state": "planned", "evidence": "x"})
    assert answer.status_code == status
    assert ActivityCopy.objects.exclude(state="").count() == 0


@pytest.mark.parametrize("player", ["chair", "member", "partner", "stranger"])
def test_no_country_opens_the_pages_of_the_region(cast, as_, copy, player):
    client = as_(getattr(cast, player))
    for name, args in (("region_activities", []), ("region_activity", [copy.activity_id]), ("activities_file", [])):
        assert client.get(reverse(f"taskforce:{name}", args=args)).status_code == 404


def test_a_copy_that_was_not_sent_is_not_there(cast, as_):
    activity = written(cast)
    copy = ActivityCopy.objects.create(activity=activity, country=cast.home)
    assert as_(cast.chair).get(url("activity", copy)).status_code == 404


def test_the_country_answers_and_changes_its_mind(cast, as_, copy):
    client = as_(cast.chair)
    client.post(url("answer_activity", copy), {"state": "declined", "reason": "Exams"})
    client.post(url("answer_activity", copy), {"state": "planned"})
    copy.refresh_from_db()
    assert (copy.state, copy.reason, copy.answered_by) == ("planned", "", cast.chair)
    assert Entry.objects.filter(verb="activity.answered", country=cast.home).count() == 2
    assert Notice.objects.filter(kind="activity.answered", person=cast.regional).count() == 2
    assert "Takes part" in client.get(url("activity", copy)).content.decode()


def test_an_answer_without_a_choice_is_refused(cast, as_, copy):
    answer = as_(cast.chair).post(url("answer_activity", copy), {})
    assert answer.status_code == 422
    assert "Choose one of the answers" in answer.content.decode()


def test_the_country_translates_and_gives_it_to_a_seat(cast, as_, copy):
    task_force = made.full(cast)
    seat = task_force.seats.order_by("number")[1]
    form = {"title": "Размена упитника", "text": "Понесите један.", "seat": seat.pk, "note": "Two of us come"}
    assert as_(cast.chair).post(url("adapt_activity", copy), form).status_code == 302
    page = as_(cast.member).get(url("activity", copy)).content.decode()
    assert "Размена упитника" in page
    assert "Exchange on questionnaires" in page  # as the region wrote it
    assert Notice.objects.filter(kind="activity.assigned", person=cast.member).count() == 1


def test_a_seat_of_another_country_is_refused(cast, as_, copy):
    other = made.elsewhere(cast).seats.order_by("number")[0]
    assert as_(cast.chair).post(url("adapt_activity", copy), {"seat": other.pk}).status_code == 422


def test_nobody_took_part_before_it_began(cast):
    begins = timezone.now() + timedelta(days=20)
    activity = written(cast, starts_at=begins)
    (copy,) = operations.send(activity, countries=[cast.home], by=cast.regional, now=timezone.now())
    with pytest.raises(operations.TooSoon):
        operations.attend(copy, by=cast.chair, now=timezone.now())
    assert operations.attend(copy, by=cast.chair, now=begins).state == "attended"


def test_evidence_is_a_text_or_a_file_which_others_cannot_open(cast, as_, copy):
    client = as_(cast.chair)
    assert client.post(url("activity_evidence", copy), {"evidence": ""}).status_code == 422
    file = SimpleUploadedFile("list.pdf", PDF)
    assert client.post(url("activity_evidence", copy), {"evidence": "Eleven came.", "file": file}).status_code == 302
    copy.refresh_from_db()
    assert (copy.state, copy.evidence) == ("proven", "Eleven came.")
    kept = reverse("journal:file", args=[copy.files.get().pk])
    assert opened(as_(cast.member), kept) == 200
    assert as_(cast.stranger).get(kept).status_code == 404


def test_the_paper_of_an_activity_opens_for_invited_countries(cast, as_):
    activity = written(cast, paper=SimpleUploadedFile("agenda.pdf", PDF), paper_name="agenda.pdf")
    paper = reverse("journal:file", args=[activity.papers.get().pk])
    assert as_(cast.chair).get(paper).status_code == 404
    operations.send(activity, countries=[cast.home], by=cast.regional, now=timezone.now())
    assert opened(as_(cast.chair), paper) == 200
    assert as_(cast.partner).get(paper).status_code == 404
    assert as_(cast.stranger).get(paper).status_code == 404


def test_the_answer_is_next_for_who_leads_and_nobody_else(cast, copy):
    things = waiting.for_person(cast.chair, cast.home, timezone.localdate(), most=20)
    mine = next(thing for thing in things if thing.do.startswith("Answer: "))
    assert (mine.do, mine.due_on) == ("Answer: Exchange on questionnaires", soon())
    for player in (cast.member, cast.partner):
        assert not any("Answer:" in thing.do for thing in waiting.for_person(player, cast.home, timezone.localdate()))


def test_the_region_is_told_who_stays_silent(cast):
    long_ago = timezone.now() - timedelta(days=20)
    activity = written(cast, answer_by=long_ago.date() + timedelta(days=7))
    operations.send(activity, countries=[cast.home, cast.elsewhere], by=cast.regional, now=long_ago)
    things = waiting.for_person(cast.regional, REGION, timezone.localdate(), most=20)
    (again,) = [thing for thing in things if thing.do.startswith("Ask again")]
    assert again.why == "2 countries did not answer in time."


def test_whoever_got_a_day_of_their_own_is_silent_after_that_day(cast):
    now = timezone.now()
    activity = written(cast, answer_by=now.date() + timedelta(days=9))
    operations.send(activity, countries=[cast.home, cast.elsewhere], by=cast.regional, now=now)
    assert queries.silent(now) == []
    ActivityCopy.objects.filter(country=cast.home).update(reopened_until=now.date() - timedelta(days=3))
    assert queries.silent(now) == [(activity, 1)]
