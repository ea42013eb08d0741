"""Instruments: a questionnaire, its versions, its media, and how far its translations are."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.plan import Assessment
from learnin.journal.models import Attachment
from learnin.people.models import Country, Person
from learnin.programme.fields import ProgrammeIdField


class Instrument(models.Model):
    """A questionnaire. What is asked stands in its versions."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="instruments")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="instruments", null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=200)
    form_id = models.CharField(_("form id"), max_length=200)
    audience = ProgrammeIdField(kind="audience", verbose_name=_("population"), blank=True, default="")
    core_names = models.JSONField(_("questions the region asks everywhere"), default=list, blank=True)
    personal_names = models.JSONField(_("questions about the person"), default=list, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [models.UniqueConstraint(fields=["country", "form_id"], name="form_id_once_a_country")]

    def __str__(self) -> str:
        return self.title


class InstrumentDimension(models.Model):
    """A dimension this questionnaire asks about."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="dimensions")
    dimension = ProgrammeIdField(kind="dimension", verbose_name=_("dimension"))

    class Meta:
        verbose_name = _("dimension of an instrument")
        verbose_name_plural = _("dimensions of an instrument")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "dimension"], name="instrument_dimension_stands_once")
        ]

    def __str__(self) -> str:
        return self.get_dimension_display()


class Version(models.Model):
    """What an instrument asks: a draft that changes, or a published version that never does."""

    class Validation(models.TextChoices):
        """What the independent validator says."""

        WAITING = "", _("Not tried yet")
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Did not pass")
        UNAVAILABLE = "unavailable", _("Validator not installed")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    book = models.JSONField(_("workbook"), default=dict)
    source = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, related_name="instrument_versions", null=True, blank=True
    )
    xform = models.TextField(_("XForm"), blank=True)
    version = models.CharField(_("version"), max_length=200, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    validation = models.CharField(_("validation"), max_length=12, choices=Validation.choices, blank=True)
    validation_said = models.JSONField(_("what the validator said"), default=list, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("changed"))
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    code_number = models.PositiveIntegerField(_("number of its code"), default=1)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="version_number_once_an_instrument"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(published_at=None), name="one_draft_an_instrument"
            ),
            models.UniqueConstraint(
                fields=["instrument", "version"],
                condition=Q(published_at__isnull=False),
                name="published_version_is_never_used_again",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="version_published_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.title} {self.number}"

    @property
    def is_published(self) -> bool:
        """Whether it may never change again."""
        return self.published_at is not None


class Medium(models.Model):
    """A picture, sound or list that a version shows, by the name the questionnaire uses."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="media")
    name = models.CharField(_("name"), max_length=200)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="instrument_media")

    class Meta:
        verbose_name = _("medium")
        verbose_name_plural = _("media")
        constraints = [models.UniqueConstraint(fields=["version", "name"], name="medium_name_once_a_version")]

    def __str__(self) -> str:
        return self.name


class WordState(models.Model):
    """How far one string is in one language. The string itself stands in the draft's workbook."""

    class State(models.TextChoices):
        """Where a translation stands; a string without a row is missing or untouched."""

        DRAFT = "draft", _("Translated")
        CHECKED = "checked", _("Checked")
        STALE = "stale", _("Source has changed")

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="words")
    key = models.CharField(_("string"), max_length=300)
    language = models.CharField(_("language"), max_length=60)
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    source_text = models.TextField(_("text it was translated from"), blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("state of a translation")
        verbose_name_plural = _("states of translations")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "key", "language"], name="word_state_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
