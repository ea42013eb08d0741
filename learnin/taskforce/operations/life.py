"""What may still happen to a meeting: every change asks here first."""

from django.utils.translation import gettext as _

from learnin.kit.refusal import Refusal
from learnin.taskforce.models import Meeting


class MeetingClosed(Refusal):
    """The meeting was cancelled, or its minutes went out: nothing about it can change."""


class NotYet(Refusal):
    """The meeting's day has not come, or it has not begun."""


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others until we are done. Raises MeetingClosed."""
    chosen = Meeting.objects.select_for_update(of=("self",)).select_related("task_force__country")
    meeting = chosen.get(pk=meeting.pk)
    if meeting.cancelled_at:
        raise MeetingClosed(_("This meeting was cancelled."))
    if not meeting.is_open:
        raise MeetingClosed(_("The minutes of this meeting were sent: nothing here can change."))
    return meeting


def held(meeting: Meeting) -> Meeting:
    """The meeting as it is now, kept from others, once it was held. Raises MeetingClosed, NotYet."""
    meeting = locked(meeting)
    if not meeting.held_at:
        raise NotYet(_("Begin the meeting first."))
    return meeting
