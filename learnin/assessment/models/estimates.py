"""Runs: all indicators of an assessment worked out at one time; and what came out, number by number."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.exports import Export
from learnin.assessment.models.indicators import Indicator
from learnin.assessment.models.plan import Assessment
from learnin.assessment.models.rounds import Round
from learnin.assessment.models.weights import WeightSet
from learnin.compute.disclosure import Why
from learnin.journal.models import Attachment, Job
from learnin.people.models import Person


class Run(models.Model):
    """The estimates of an assessment as they were at one time. Never changed; the next run has the next number."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Being computed")
        DONE = "done", _("Computed")
        FAILED = "failed", _("Could not be computed")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField(_("number"))
    scope = models.CharField(_("which answers"), max_length=8, choices=Export.Scope.choices)
    method = models.CharField(_("version of the method"), max_length=40, blank=True)
    fingerprint = models.CharField(_("fingerprint of what went in"), max_length=64, blank=True)
    inputs = models.JSONField(_("fingerprints of indicators and groups"), default=dict)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WAITING)
    reason = models.TextField(_("why it could not be computed"), blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("asked for"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("run of estimates")
        verbose_name_plural = _("runs of estimates")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="run_number_once_an_assessment"),
            models.UniqueConstraint(fields=["assessment"], condition=Q(state="waiting"), name="one_run_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="waiting", finished_at=None)
                | Q(state__in=["done", "failed"], finished_at__isnull=False),
                name="run_finished_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.number}"


class RunRound(models.Model):
    """A round in a run: with which answers and weights, and whether they speak for more people than those who answered.

    Each round has estimates of its own: answers of a sample and of an open link are never mixed into one number.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rounds")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="runs")
    is_probability = models.BooleanField(_("is a probability sample or a census"))
    answers = models.PositiveIntegerField(_("answers"), default=0)
    mark = models.CharField(_("state of the answers"), max_length=100, blank=True)
    weights = models.ForeignKey(WeightSet, on_delete=models.PROTECT, related_name="runs", null=True, blank=True)
    weights_fingerprint = models.CharField(_("fingerprint of the weights"), max_length=64, blank=True)
    words = models.JSONField(_("words of groups and values"), default=dict)
    fingerprints = models.JSONField(_("fingerprint of what went into each indicator"), default=dict)
    covariances = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="run_rounds", null=True, blank=True
    )

    class Meta:
        verbose_name = _("round of a run")
        verbose_name_plural = _("rounds of a run")
        constraints = [models.UniqueConstraint(fields=["run", "round"], name="round_once_a_run")]

    def __str__(self) -> str:
        return f"{self.run}: {self.round}"


class Withheld(models.TextChoices):
    """Why people could be recognised in a number, or in another that it gives away. Codes of `compute.disclosure`."""

    FEW_ANSWERS = Why.FEW_ANSWERS, _("Few people answered")
    FEW_PSUS = Why.FEW_PSUS, _("The answers come from few schools")
    COMPLEMENT = Why.COMPLEMENT, _("It would give another number away")


class Estimate(models.Model):
    """One number: an indicator (and the value of it, where it has several) in one group of people, and how sure we are.

    `by` names the groupings, `domain` their values; both are empty for everybody. `key` says the same in one text.
    `withheld`: people could be recognised; the numbers stay here, and go to nobody (see queries/reading).
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="estimates")
    of = models.ForeignKey(RunRound, on_delete=models.CASCADE, related_name="estimates")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="estimates")
    level = models.CharField(_("value of the indicator"), max_length=100, blank=True)
    by = models.CharField(_("groupings"), max_length=100, blank=True)
    domain = models.JSONField(_("groups"), default=dict, blank=True)
    key = models.CharField(_("groups, as one text"), max_length=600, blank=True)
    order = models.PositiveIntegerField(_("place in the run"))
    kind = models.CharField(_("kind of number"), max_length=12, blank=True)
    estimate = models.FloatField(_("estimate"), null=True)
    se = models.FloatField(_("standard error"), null=True)
    cv = models.FloatField(_("coefficient of variation"), null=True)
    ci_low = models.FloatField(_("lower end of the interval"), null=True)
    ci_high = models.FloatField(_("upper end of the interval"), null=True)
    ci_method = models.CharField(_("kind of interval"), max_length=20, blank=True)
    df = models.FloatField(_("degrees of freedom"), null=True)
    n = models.PositiveIntegerField(_("answers"), default=0)
    missing = models.FloatField(_("share without an answer to it"), null=True)
    n_psu = models.PositiveIntegerField(_("units"), default=0)
    n_strata = models.PositiveIntegerField(_("strata"), default=0)
    n_eff = models.FloatField(_("effective answers"), null=True)
    n_hat = models.FloatField(_("people they stand for"), null=True)
    deff = models.FloatField(_("design effect"), null=True)
    deft = models.FloatField(_("design effect of the standard error"), null=True)
    alpha = models.FloatField(_("reliability of an index"), null=True)
    warnings = models.JSONField(_("warnings"), default=list, blank=True)
    withheld = models.CharField(_("why it is withheld"), max_length=12, choices=Withheld.choices, blank=True)

    class Meta:
        verbose_name = _("estimate")
        verbose_name_plural = _("estimates")
        constraints = [
            models.UniqueConstraint(fields=["of", "indicator", "level", "key"], name="estimate_once_a_run"),
        ]
        indexes = [
            models.Index(fields=["run", "order"], name="estimate_in_order"),
            models.Index(fields=["run", "by"], name="estimate_by_groupings"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.indicator.code, self.level, self.key)))
