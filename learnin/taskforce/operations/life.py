"""What may still happen to a task force and its meetings: every change asks here first.

A task force that handed its tasks over begins nothing new. What was open before can be finished.
"""

from django.utils.translation import gettext as _

from learnin.kit import written
from learnin.kit.refusal import Refusal
from learnin.taskforce.models import Meeting, TaskForce


class TaskForceEnded(Refusal):
    """The task force handed its tasks over."""


class MeetingClosed(Refusal):
    """The meeting was cancelled, or its minutes went out: nothing about it can change."""


class NotYet(Refusal):
    """The meeting's day has not come, or it has not begun."""


def working(task_force: TaskForce) -> TaskForce:
    """The task force as it is now, kept from others. Raises TaskForceEnded."""
    chosen = TaskForce.objects.select_for_update(of=("self",)).select_related("country")
    task_force = chosen.get(pk=task_force.pk)
    if task_force.handed_over_on:
        raise TaskForceEnded(_("This task force ended on %(day)s.") % {"day": written.day(task_force.handed_over_on)})
    return task_force


def kept(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others until we are done. Raises MeetingClosed."""
    chosen = Meeting.objects.select_for_update(of=("self",)).select_related("task_force__country")
    meeting = chosen.get(pk=meeting.pk)
    if meeting.cancelled_at:
        raise MeetingClosed(_("This meeting was cancelled."))
    if not meeting.is_open:
        raise MeetingClosed(_("The minutes of this meeting were sent: nothing here can change."))
    return meeting


def locked(meeting: Meeting) -> Meeting:
    """The same, for a change that leads to a meeting: one that was not held needs a task force that works.

    Raises MeetingClosed, TaskForceEnded.
    """
    if not meeting.held_at:
        working(meeting.task_force)  # the task force first, as everywhere: two changes never wait for each other
    return kept(meeting)


def held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others, once it was held. Raises MeetingClosed, NotYet."""
    meeting = kept(meeting)
    if not meeting.held_at:
        raise NotYet(_("Begin the meeting first."))
    return meeting
