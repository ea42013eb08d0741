"""Findings: sentences that people stand behind, the numbers and other evidence they rest on, and who agreed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.estimates import Estimate
from learnin.assessment.models.evidence import Fact, Resource, Statement
from learnin.assessment.models.plan import Assessment
from learnin.kit import languages
from learnin.people.models import Area, Country, Person
from learnin.programme.fields import ProgrammeIdField


class Finding(models.Model):
    """A sentence about what a country needs, has or is, with what it rests on.

    `texts` holds it by language; `language` is the one it was written in, the others are translations.
    """

    class State(models.TextChoices):
        """How far people stand behind it."""

        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="findings")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="findings")
    language = models.CharField(_("language it was written in"), max_length=12)
    texts = models.JSONField(_("finding, by language"), default=dict)
    dimension = ProgrammeIdField(kind="dimension", verbose_name=_("dimension"))
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"), blank=True, default="")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"), blank=True, default="")
    population = ProgrammeIdField(kind="audience", verbose_name=_("population"), blank=True, default="")
    area = models.ForeignKey(
        Area, on_delete=models.SET_NULL, related_name="+", null=True, blank=True, verbose_name=_("place")
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    why_withdrawn = models.CharField(_("why it was withdrawn"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None) | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="finding_agreed_by_at",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="finding_published_by_at",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | Q(~Q(state="withdrawn"), withdrawn_at=None, withdrawn_by=None),
                name="finding_withdrawn_by_at",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "published"]) | Q(agreed_at__isnull=False),
                name="finding_is_agreed_first",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="finding_published_at"
            ),
        ]
        indexes = [models.Index(fields=["country", "state"], name="finding_by_state")]

    def __str__(self) -> str:
        return self.text()

    def text(self, language: str | None = None) -> str:
        """What it says in a language, else in the reader's, else in any."""
        return languages.text_in(self.texts, language)

    @property
    def original(self) -> str:
        """What it says in the language it was written in."""
        return self.texts.get(self.language, "")


class FindingEstimate(models.Model):
    """A number a finding rests on, as it was when somebody last stood behind it.

    `estimate` is never changed and keeps its run. After a later run, `change` says how the number differs now, and
    `became` is the new one, where there still is one.
    """

    class Change(models.TextChoices):
        """How far a number moved since somebody stood behind it."""

        NONE = "", _("Not changed")
        ROUNDING = "rounding", _("Changed more than rounding")
        INTERVAL = "interval", _("Changed beyond its interval")
        GONE = "gone", _("No longer there")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="estimates")
    estimate = models.ForeignKey(Estimate, on_delete=models.PROTECT, related_name="cited_by")
    change = models.CharField(_("change"), max_length=8, choices=Change.choices, blank=True, default="")
    became = models.ForeignKey(Estimate, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("number under a finding")
        verbose_name_plural = _("numbers under a finding")
        constraints = [
            models.UniqueConstraint(fields=["finding", "estimate"], name="estimate_once_a_finding"),
            models.CheckConstraint(
                condition=Q(change="", became=None, changed_at=None)
                | Q(change="gone", became=None, changed_at__isnull=False)
                | Q(change__in=["rounding", "interval"], became__isnull=False, changed_at__isnull=False),
                name="finding_estimate_changed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.estimate)


class FindingEvidence(models.Model):
    """Other evidence a finding rests on: a fact of the desk review, a statement, or a resource."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="evidence")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="cited_by", null=True, blank=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="cited_by", null=True, blank=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="cited_by", null=True, blank=True)

    class Meta:
        verbose_name = _("other evidence of a finding")
        verbose_name_plural = _("other evidence of a finding")
        constraints = [
            models.UniqueConstraint(fields=["finding", "fact"], name="fact_once_a_finding"),
            models.UniqueConstraint(fields=["finding", "statement"], name="statement_once_a_finding"),
            models.UniqueConstraint(fields=["finding", "resource"], name="resource_once_a_finding"),
            models.CheckConstraint(
                condition=Q(fact__isnull=False, statement=None, resource=None)
                | Q(fact=None, statement__isnull=False, resource=None)
                | Q(fact=None, statement=None, resource__isnull=False),
                name="finding_evidence_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.piece)

    @property
    def piece(self) -> Fact | Statement | Resource:
        """The evidence itself."""
        return next(one for one in (self.fact, self.statement, self.resource) if one is not None)


class FindingOpinion(models.Model):
    """Somebody of the task force agrees with a finding, or objects and says why."""

    class Stance(models.TextChoices):
        """What somebody thinks of it."""

        AGREES = "agrees", _("Agrees")
        OBJECTS = "objects", _("Objects")

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="opinions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(_("what they think"), max_length=8, choices=Stance.choices)
    reason = models.CharField(_("reason"), max_length=1000, blank=True)
    said_at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("opinion on a finding")
        verbose_name_plural = _("opinions on a finding")
        constraints = [
            models.UniqueConstraint(fields=["finding", "person"], name="one_opinion_a_person"),
            models.CheckConstraint(condition=~Q(stance="objects") | ~Q(reason=""), name="objection_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_stance_display()}"
