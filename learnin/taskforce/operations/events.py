"""Show what lies ahead to everybody, on the public page of the country, and take it off again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.journal.operations import entries
from learnin.kit import written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person
from learnin.taskforce.models import ActivityCopy, Meeting
from learnin.taskforce.operations import life
from learnin.taskforce.queries import activities


class NotAhead(Refusal):
    """It has begun, was called off, or has no day."""


class NotTakingPart(Refusal):
    """The country has not said that it takes part."""


class AlreadyPublic(Refusal):
    """Everybody can read it already."""


class NotPublic(Refusal):
    """It is not on the public page, so it cannot be taken off."""


def _meeting(meeting: Meeting) -> Meeting:
    chosen = Meeting.objects.select_for_update(of=("self",)).select_related("task_force__country")
    return chosen.get(pk=meeting.pk)


def _copy(copy: ActivityCopy) -> ActivityCopy:
    chosen = ActivityCopy.objects.select_for_update(of=("self",)).select_related("activity", "country")
    return chosen.get(pk=copy.pk)


@transaction.atomic
def publish_meeting(meeting: Meeting, *, by: Person, now: datetime) -> Meeting:
    """Let everybody read title, day and place of a meeting to come. Raises NotAhead, AlreadyPublic, TaskForceEnded."""
    life.working(meeting.task_force)
    meeting = _meeting(meeting)
    _show(meeting, "meeting.published", meeting.task_force.country, by, now)
    return meeting


@transaction.atomic
def withdraw_meeting(meeting: Meeting, *, by: Person, now: datetime) -> Meeting:
    """Take a meeting off the public page; the task force keeps it. Raises NotPublic."""
    meeting = _meeting(meeting)
    _hide(meeting, "meeting.withdrawn", meeting.task_force.country, by, now)
    return meeting


@transaction.atomic
def publish_activity(copy: ActivityCopy, *, by: Person, now: datetime) -> ActivityCopy:
    """Let everybody read that the country takes part. Raises NotTakingPart, NotAhead, AlreadyPublic."""
    copy = _copy(copy)
    if copy.state not in activities.SAID_YES:
        raise NotTakingPart(_("Say first that your country takes part."))
    _show(copy, "activity.published", copy.country, by, now)
    return copy


@transaction.atomic
def withdraw_activity(copy: ActivityCopy, *, by: Person, now: datetime) -> ActivityCopy:
    """Take a regional activity off the public page; the country still takes part. Raises NotPublic."""
    copy = _copy(copy)
    _hide(copy, "activity.withdrawn", copy.country, by, now)
    return copy


def _show(event: Meeting | ActivityCopy, verb: str, country: Country, by: Person, now: datetime) -> None:
    if event.published_at:
        told = {"title": str(event), "day": written.day(event.published_at)}
        raise AlreadyPublic(_("“%(title)s” is on the public page since %(day)s.") % told)
    if not event.is_ahead(now):
        raise NotAhead(_("Only what lies ahead can stand on the public page."))
    event.published_at, event.published_by = now, by
    event.save(update_fields=["published_at", "published_by"])
    entries.write(verb, event, by=by, now=now, country=country)


def _hide(event: Meeting | ActivityCopy, verb: str, country: Country, by: Person, now: datetime) -> None:
    if not event.published_at:
        raise NotPublic(_("“%(title)s” is not on the public page.") % {"title": str(event)})
    event.published_at = event.published_by = None
    event.save(update_fields=["published_at", "published_by"])
    entries.write(verb, event, by=by, now=now, country=country)
