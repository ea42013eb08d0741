"""Indicators: what numbers say of the answers to an instrument, and the groups they are told for. Both are data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learnin.assessment.models.instruments import Instrument
from learnin.assessment.models.plan import Assessment
from learnin.kit import languages
from learnin.kit.columns import CodesField
from learnin.people.models import Country, Person
from learnin.programme.fields import ProgrammeIdField


class Indicator(models.Model):
    """One thing an assessment measures; `definition` says how it comes out of answers (formats/indicator)."""

    class Direction(models.TextChoices):
        """Which way is need."""

        NONE = "", _("Neither: it only describes")
        HIGH = "high", _("A high value shows need")
        LOW = "low", _("A low value shows need")

    class Unit(models.TextChoices):
        """What its numbers count. Shares are kept between 0 and 1 and shown in percent."""

        SHARE = "share", _("Percent")
        POINTS = "points", _("Points of a scale")
        PEOPLE = "people", _("People")
        NUMBER = "number", pgettext_lazy("a quantity", "Number")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="indicators")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="indicators")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="indicators")
    code = models.CharField(_("code"), max_length=64)
    labels = models.JSONField(_("name, by language"), default=dict)
    definition = CodesField(_("definition"), default=dict)
    dimension = ProgrammeIdField(kind="dimension", verbose_name=_("dimension"), blank=True, default="")
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"), blank=True, default="")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"), blank=True, default="")
    population = ProgrammeIdField(kind="audience", verbose_name=_("population"), blank=True, default="")
    direction = models.CharField(_("which way is need"), max_length=4, choices=Direction.choices, blank=True)
    concern = models.FloatField(_("of concern from"), null=True, blank=True)
    severe = models.FloatField(_("severe from"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit.choices, default=Unit.SHARE)
    source = models.CharField(_("item of the question bank"), max_length=64, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    retired_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    retired_at = models.DateTimeField(_("retired"), null=True, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "code"], name="indicator_code_once_an_assessment"),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="indicator_retired_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.label()

    def label(self, language: str = "") -> str:
        """Its name in a language, else in the reader's, else in any."""
        return languages.text_in(self.labels, language) or self.code


class Grouping(models.Model):
    """A way to split people: each value of a question of one choice, or of a column of the list of units.

    `within`: these groups are told inside each group of another, too.
    """

    class Kind(models.TextChoices):
        """Where the groups come from."""

        QUESTION = "question", _("A question of the questionnaire")
        FRAME = "frame", _("A column of the list of units")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="groupings")
    code = models.CharField(_("code"), max_length=40)
    labels = models.JSONField(_("name, by language"), default=dict)
    kind = models.CharField(_("where it comes from"), max_length=8, choices=Kind.choices)
    name = models.CharField(_("question or column"), max_length=200)
    missing = models.JSONField(_("values that are no group"), default=list, blank=True)
    within = models.ForeignKey("self", on_delete=models.SET_NULL, related_name="inside", null=True, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("grouping")
        verbose_name_plural = _("groupings")
        constraints = [models.UniqueConstraint(fields=["assessment", "code"], name="grouping_code_once_an_assessment")]

    def __str__(self) -> str:
        return self.label()

    def label(self, language: str = "") -> str:
        """Its name in a language, else in the reader's, else in any."""
        return languages.text_in(self.labels, language) or self.code
