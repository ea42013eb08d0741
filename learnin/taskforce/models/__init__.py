"""Tables of the task force."""

from learnin.taskforce.models.actions import ActionComponent, ActionPoint
from learnin.taskforce.models.activities import ActivityCopy, RegionalActivity
from learnin.taskforce.models.composition import Post, Seat, Sitting, TaskForce
from learnin.taskforce.models.mandate import HandOverTask, MandateEvidence, MandateOwner
from learnin.taskforce.models.meetings import (
    AgendaItem,
    Attendance,
    Decision,
    DecisionComponent,
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
    "Decision",
    "DecisionComponent",
    "HandOverTask",
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
