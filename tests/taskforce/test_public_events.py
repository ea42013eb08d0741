"""A meeting or a regional activity that lies ahead is shown to everybody, and taken off again."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from learnin.journal.models import Entry
from learnin.people import operations as people
from learnin.taskforce.models import Meeting
from learnin.taskforce.operations import activities, agenda, events, meetings
from tests.cast import NOW
from tests.taskforce import made
from tests.taskforce.test_activities_sent import written

PAGE = "/public/RS/"


@pytest.fixture
def meeting(cast):
    """A meeting ahead, in a country with an open public page."""
    people.write_public_text(cast.home, language="en", about="We lead.", by=cast.chair, now=NOW)
    people.publish_country(cast.home, by=cast.chair, now=NOW)
    found = made.meeting(made.full(cast), cast, title="Open day", online_url="https://meet.example/secret")
    agenda.add_item(found, title="Salaries", kind="discussion", by=cast.chair, now=NOW)
    return found


@pytest.fixture
def copy(cast, meeting):
    """The country's copy of a webinar with a link to join, in which it takes part."""
    begins = timezone.now() + timedelta(days=20)
    activity = written(cast, title="Exchange", starts_at=begins, place="https://meet.example/webinar")
    activities.send(activity, countries=[cast.home, cast.elsewhere], by=cast.regional, now=timezone.now())
    found = activity.copies.get(country=cast.home)
    return activities.answer(found, state="planned", by=cast.chair, now=timezone.now())


def url(name, thing):
    return reverse(f"taskforce:{name}", args=[thing.pk])


def public(as_, address=PAGE):
    return as_(None).get(address).content.decode()


@pytest.mark.parametrize(
    ("player", "status"), [("chair", 302), ("regional", 302), ("member", 403), ("partner", 403), ("stranger", 404)]
)
@pytest.mark.parametrize("name", ["publish_meeting", "withdraw_meeting", "publish_activity", "withdraw_activity"])
def test_who_may(cast, as_, meeting, copy, player, status, name):
    thing = copy if name.endswith("activity") else meeting
    assert as_(getattr(cast, player)).post(url(name, thing)).status_code == status


def test_everybody_reads_title_day_time_and_place_of_a_published_meeting_only(cast, as_, meeting):
    made.meeting(meeting.task_force, cast, title="Among ourselves")
    assert "Open day" not in public(as_)
    as_(cast.chair).post(url("publish_meeting", meeting))
    page = public(as_)
    assert "Open day" in page
    assert "Room 204" in page
    begins = meeting.starts_at.astimezone(meeting.zone)
    assert f"{begins:%H:%M}" in page  # by the clocks of the country, for a stranger too
    for hidden in ("Among ourselves", "Salaries", "meet.example", url("meeting", meeting)):
        assert hidden not in page


def test_another_country_does_not_show_it(cast, as_, meeting):
    people.write_public_text(cast.elsewhere, language="en", about="We too.", by=cast.stranger, now=NOW)
    people.publish_country(cast.elsewhere, by=cast.stranger, now=NOW)
    as_(cast.chair).post(url("publish_meeting", meeting))
    assert "Open day" not in public(as_, "/public/GE/")


def test_it_is_taken_off_again_and_the_journal_tells_both(cast, as_, meeting):
    client = as_(cast.chair)
    assert "Take it off" not in client.get(url("meeting", meeting)).content.decode()
    client.post(url("publish_meeting", meeting))
    page = client.get(url("meeting", meeting)).content.decode()
    assert "Take it off" in page
    assert url("publish_meeting", meeting) not in page
    client.post(url("withdraw_meeting", meeting))
    assert "Open day" not in public(as_)
    verbs = Entry.objects.filter(verb__in=["meeting.published", "meeting.withdrawn"], by=cast.chair).order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == ["meeting.published", "meeting.withdrawn"]
    told = client.get(reverse("journal:entries", args=["RS"])).content.decode()
    assert "put the meeting “Open day” on the public page" in told
    with pytest.raises(events.NotPublic):
        events.withdraw_meeting(meeting, by=cast.chair, now=NOW)


def test_a_member_reads_the_meeting_without_the_button(cast, as_, meeting):
    assert "Publish it" in as_(cast.chair).get(url("meeting", meeting)).content.decode()
    assert "Publish it" not in as_(cast.member).get(url("meeting", meeting)).content.decode()


def test_what_is_called_off_or_over_drops_off(cast, as_, meeting):
    events.publish_meeting(meeting, by=cast.chair, now=timezone.now())
    later = made.meeting(meeting.task_force, cast, title="Second day")
    events.publish_meeting(later, by=cast.chair, now=timezone.now())
    meetings.cancel(later, why="No room", by=cast.chair, now=timezone.now())
    assert "Second day" not in public(as_)
    gone = timezone.now() - timedelta(hours=3)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=gone, ends_at=gone + timedelta(hours=2))
    assert "Open day" not in public(as_)
    assert "Events" not in public(as_)


def test_only_what_lies_ahead_can_be_published_and_once(cast, as_, meeting):
    held = made.held_meeting(meeting.task_force, cast)
    with pytest.raises(events.NotAhead):
        events.publish_meeting(held, by=cast.chair, now=NOW + timedelta(minutes=1))
    answer = as_(cast.chair).post(url("publish_meeting", held), follow=True)
    assert "Only what lies ahead" in answer.content.decode()
    events.publish_meeting(meeting, by=cast.chair, now=NOW)
    with pytest.raises(events.AlreadyPublic, match="since 23\xa0November"):
        events.publish_meeting(meeting, by=cast.chair, now=NOW)


def test_a_regional_activity_in_which_the_country_takes_part(cast, as_, copy):
    activities.adapt(copy, title="Размена", text="", seat=None, note="", by=cast.chair, now=timezone.now())
    assert "Размена" not in public(as_)
    as_(cast.chair).post(url("publish_activity", copy))
    page = public(as_)
    assert "Размена" in page
    assert "Webinar, Online" in page
    assert "meet.example" not in page  # the link to join is for those who were invited
    as_(cast.chair).post(url("withdraw_activity", copy))
    assert "Размена" not in public(as_)


def test_an_activity_drops_off_when_the_country_declines_or_the_region_cancels(cast, as_, copy):
    events.publish_activity(copy, by=cast.chair, now=timezone.now())
    activities.answer(copy, state="declined", reason="No time", by=cast.chair, now=timezone.now())
    assert "Exchange" not in public(as_)
    activities.answer(copy, state="planned", by=cast.chair, now=timezone.now())
    assert "Exchange" in public(as_)
    activities.cancel(copy.activity, because="Ill", by=cast.regional, now=timezone.now())
    assert "Exchange" not in public(as_)


def test_an_activity_without_a_yes_or_a_day_is_refused(cast, meeting):
    quiet = written(cast)
    activities.send(quiet, countries=[cast.home], by=cast.regional, now=timezone.now())
    copy = quiet.copies.get()
    with pytest.raises(events.NotTakingPart):
        events.publish_activity(copy, by=cast.chair, now=timezone.now())
    activities.answer(copy, state="planned", by=cast.chair, now=timezone.now())
    with pytest.raises(events.NotAhead):
        events.publish_activity(copy, by=cast.chair, now=timezone.now())


def test_the_database_holds_who_and_when_together(meeting, copy):
    for event in (meeting, copy):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(event).objects.filter(pk=event.pk).update(published_at=NOW)
