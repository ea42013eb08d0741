"""How many people each answer of a round stands for: sets of weights, and the one that is being made."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.rounds import Round
from learnin.journal.models import Attachment, Job
from learnin.kit.columns import CodesField
from learnin.people.models import Person


class WeightSet(models.Model):
    """One set of weights of a round. It is never changed: a better one gets the next number.

    `file` is Parquet, a row for each answer: `answer` (its instance id, the KEY of every export), `weight` (people or
    units it stands for, above 0, six decimals), `stratum`, `psu`, `fpc1`, `ssu`, `fpc2` as far as the design has them,
    the factor of each step, and a column for each margin the weights were calibrated to. `design` tells an estimate
    what to do with them; `steps` is the recipe, `diagnostics` what each step did.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="weight_sets")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    note = models.CharField(_("note"), max_length=1000, blank=True)
    steps = CodesField(_("steps"), default=dict)
    design = CodesField(_("design for estimates"), default=dict)
    diagnostics = CodesField(_("what each step did"), default=list)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="weight_sets")
    answers = models.PositiveIntegerField(_("answers with a weight"))
    is_probability = models.BooleanField(_("comes from a probability sample"))
    is_in_use = models.BooleanField(_("is in use"), default=False)
    fingerprint = models.CharField(_("fingerprint of what it was made from"), max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("set of weights")
        verbose_name_plural = _("sets of weights")
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="weight_set_number_once_a_round"),
            models.UniqueConstraint(fields=["round"], condition=Q(is_in_use=True), name="one_weight_set_in_use"),
        ]

    def __str__(self) -> str:
        return self.name


class Weighting(models.Model):
    """The set of weights that is being made in a round: the steps as far as they are decided."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="weighting")
    steps = CodesField(_("steps"), default=dict)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun"))
    changed_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("weights in the making")
        verbose_name_plural = _("weights in the making")

    def __str__(self) -> str:
        return str(self.round)
