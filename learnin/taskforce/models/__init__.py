"""Tables of the task force."""

from learnin.taskforce.models.actions import ActionComponent, ActionPoint
from learnin.taskforce.models.activities import ActivityCopy, RegionalActivity
from learnin.taskforce.models.calendars import CalendarKey
from learnin.taskforce.models.composition import Post, Seat, Sitting, TaskForce
from learnin.taskforce.models.mandate import HandOverTask, MandateEvidence, MandateOwner
from learnin.taskforce.models.meetings import (
    AgendaItem,
    Attendance,
    Decision,
    DecisionComponent,
    Invitee,
    ItemComponent,
    Meeting,
    MinutesDocument,
    Objection,
)

__all__ = [
    "ActionComponent",
    "ActionPoint",
    "ActivityCopy",
    "AgendaItem",
    "Attendance",
    "CalendarKey",
    "Decision",
    "DecisionComponent",
    "HandOverTask",
    "Invitee",
    "ItemComponent",
    "MandateEvidence",
    "MandateOwner",
    "Meeting",
    "MinutesDocument",
    "Objection",
    "Post",
    "RegionalActivity",
    "Seat",
    "Sitting",
    "TaskForce",
]
