"""What the task force is there for, who looks after each point, and what proves it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnin.journal.models import Attachment
from learnin.people.models import Person
from learnin.programme.fields import ProgrammeIdField
from learnin.taskforce.models.actions import ActionPoint
from learnin.taskforce.models.activities import ActivityCopy
from learnin.taskforce.models.composition import Seat, TaskForce
from learnin.taskforce.models.meetings import Decision, Meeting

_PROOFS = ("meeting", "decision", "action", "activity_copy", "attachment")


def _exactly_one() -> models.Q:
    found = models.Q()
    for chosen in _PROOFS:
        found |= models.Q(**{f"{name}__isnull": name != chosen for name in _PROOFS})
    return found


class MandateOwner(models.Model):
    """The seat that looks after a mandate point."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.CASCADE, related_name="mandate_owners")
    mandate_point = ProgrammeIdField(kind="mandate_point", verbose_name=_("mandate point"))
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mandate_points")

    class Meta:
        verbose_name = _("owner of a mandate point")
        verbose_name_plural = _("owners of mandate points")
        constraints = [models.UniqueConstraint(fields=["task_force", "mandate_point"], name="one_owner_a_point")]

    def __str__(self) -> str:
        return self.mandate_point


class MandateEvidence(models.Model):
    """One thing that shows work on a mandate point: a meeting, a decision, an action, an activity or a file."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.CASCADE, related_name="mandate_evidence")
    mandate_point = ProgrammeIdField(kind="mandate_point", verbose_name=_("mandate point"))
    note = models.CharField(_("what it shows"), max_length=300, blank=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    action = models.ForeignKey(ActionPoint, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    activity_copy = models.ForeignKey(ActivityCopy, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    on_day = models.DateField(_("day"))
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("evidence for the mandate")
        verbose_name_plural = _("evidence for the mandate")
        constraints = [models.CheckConstraint(condition=_exactly_one(), name="evidence_is_one_thing")]

    def __str__(self) -> str:
        return self.note or self.mandate_point


class HandOverTask(models.Model):
    """A task that goes to a permanent structure before the task force ends."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.CASCADE, related_name="hand_over_tasks")
    text = models.CharField(_("task"), max_length=300)
    goes_to = models.CharField(_("goes to"), max_length=200)
    condition = models.CharField(_("what must be true first"), max_length=300)
    met_on = models.DateField(_("met on"), null=True, blank=True)
    proof = models.CharField(_("what shows it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("task to hand over")
        verbose_name_plural = _("tasks to hand over")
        constraints = [
            models.CheckConstraint(condition=models.Q(met_on=None) | ~models.Q(proof=""), name="met_needs_proof"),
        ]

    def __str__(self) -> str:
        return self.text
