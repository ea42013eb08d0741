"""What somebody promised to do, by when, and what came of it."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnin.journal.models import Attachment
from learnin.people.models import Person
from learnin.programme.fields import ProgrammeIdField
from learnin.taskforce.models.composition import Seat, TaskForce
from learnin.taskforce.models.meetings import AgendaItem, Decision, Meeting


class ActionPoint(models.Model):
    """An action with one seat that answers for it."""

    class Priority(models.TextChoices):
        """How much hangs on it."""

        NORMAL = "normal", _("Normal")
        HIGH = "high", _("High: needs a file as proof")

    class State(models.TextChoices):
        """Where it stands; worked out, never kept."""

        OPEN = "open", _("Not started")
        DOING = "doing", _("In progress")
        LATE = "late", _("Late")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, related_name="actions")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actions", null=True, blank=True)
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="actions", null=True, blank=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="actions", null=True, blank=True)
    text = models.CharField(_("what needs doing"), max_length=500)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="actions")
    due_on = models.DateField(_("due"))
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices, default=Priority.NORMAL)
    created_at = models.DateTimeField(_("written down"))
    begun_at = models.DateTimeField(_("begun"), null=True, blank=True)
    outcome = models.TextField(_("what was done"), max_length=4000, blank=True)
    proofs = models.ManyToManyField(Attachment, related_name="proves_actions", blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    dropped_why = models.CharField(_("why it was dropped"), max_length=500, blank=True)
    reminded_on = models.DateField(_("reminded on"), null=True, blank=True)

    class Meta:
        verbose_name = _("action point")
        verbose_name_plural = _("action points")
        indexes = [
            models.Index(
                fields=["task_force", "due_on"],
                condition=models.Q(done_at=None, dropped_at=None),
                name="open_actions_by_day",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["task_force", "year", "number"], name="one_action_a_number"),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | (models.Q(done_at__isnull=False, done_by__isnull=False) & ~models.Q(outcome="")),
                name="done_says_what_and_who",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(dropped_at=None), name="done_or_dropped"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def full_number(self) -> str:
        """As people quote it: MD/2026/014. Needs the task force loaded."""
        return f"{self.task_force.country_id}/{self.year}/{self.number:03}"

    def state_on(self, today: date) -> State:
        """Where it stands on a day. Late is an open action after its day."""
        if self.done_at or self.dropped_at:
            return self.State.DONE if self.done_at else self.State.DROPPED
        if self.due_on < today:
            return self.State.LATE
        return self.State.DOING if self.begun_at else self.State.OPEN

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.done_at is None and self.dropped_at is None


class ActionComponent(models.Model):
    """An action is about a component."""

    action = models.ForeignKey(ActionPoint, on_delete=models.CASCADE, related_name="components")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"))

    class Meta:
        verbose_name = _("component of an action")
        verbose_name_plural = _("components of actions")
        constraints = [models.UniqueConstraint(fields=["action", "component"], name="action_component_once")]

    def __str__(self) -> str:
        return self.component
