"""The assessment and its plan: why, whom, how, until when, with which consent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.people.models import Country, Person
from learnin.programme.fields import ProgrammeIdField


class RegionalAssessment(models.Model):
    """An assessment of the whole region: a comparable core, and a copy in each country."""

    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), max_length=8000)
    core = models.JSONField(_("questions that every country asks"), default=dict)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("regional assessment")
        verbose_name_plural = _("regional assessments")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="regional_assessment_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Assessment(models.Model):
    """What a country wants to know, of whom, and by which way."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="assessments")
    regional = models.ForeignKey(
        RegionalAssessment, on_delete=models.PROTECT, related_name="copies", null=True, blank=True
    )
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), max_length=8000, blank=True)
    ethics = models.TextField(_("how people are protected"), max_length=8000, blank=True)
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    coordinator = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    keep_answers_until = models.DateField(_("answers are kept until"), null=True, blank=True)
    keep_contacts_until = models.DateField(_("contact details are kept until"), null=True, blank=True)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(_("planned"))
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(fields=["regional", "country"], name="one_copy_of_a_regional_assessment"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="assessment_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="assessment_closed_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AssessmentDimension(models.Model):
    """A dimension this assessment looks at."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="dimensions")
    dimension = ProgrammeIdField(kind="dimension", verbose_name=_("dimension"))

    class Meta:
        verbose_name = _("dimension of an assessment")
        verbose_name_plural = _("dimensions of an assessment")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "dimension"], name="assessment_dimension_stands_once")
        ]

    def __str__(self) -> str:
        return self.get_dimension_display()


class AssessmentMandatePoint(models.Model):
    """A mandate point this assessment serves."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="mandate_points")
    mandate_point = ProgrammeIdField(kind="mandate_point", verbose_name=_("mandate point"))

    class Meta:
        verbose_name = _("mandate point of an assessment")
        verbose_name_plural = _("mandate points of an assessment")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "mandate_point"], name="assessment_point_stands_once")
        ]

    def __str__(self) -> str:
        return self.get_mandate_point_display()


class Population(models.Model):
    """Whom the assessment asks, and how."""

    class Method(models.TextChoices):
        """How something is found out."""

        SAMPLE = "sample", _("Survey of a sample")
        CENSUS = "census", _("Survey of everybody")
        OPEN = "open", _("Open link: no sample")
        INTERVIEW = "interview", _("Key-informant interviews")
        FOCUS_GROUP = "focus_group", _("Focus groups")
        DESK_REVIEW = "desk_review", _("Desk review")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="populations")
    audience = ProgrammeIdField(kind="audience", verbose_name=_("population"))
    method = models.CharField(_("method"), max_length=12, choices=Method.choices)
    target = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("population")
        verbose_name_plural = _("populations")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "audience", "method"], name="population_and_method_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()}: {self.get_method_display()}"


class Consent(models.Model):
    """What somebody reads before they answer, in one language, for one age."""

    class Age(models.TextChoices):
        """Whom the text speaks to."""

        ADULT = "adult", _("Adults")
        YOUNG = "young", _("Young people of 14 to 17")
        PARENT = "parent", _("Parents, for children under 14")
        CHILD = "child", _("Children under 14")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="consents")
    language = models.CharField(_("language"), max_length=12)
    age = models.CharField(_("for whom"), max_length=6, choices=Age.choices)
    text = models.TextField(_("text"), max_length=8000)

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "language", "age"], name="consent_once_a_language_and_age")
        ]

    def __str__(self) -> str:
        return f"{self.get_age_display()} ({self.language})"


class Milestone(models.Model):
    """A day of the calendar by which something is done."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="milestones")
    text = models.CharField(_("what"), max_length=200)
    due_on = models.DateField(_("until"))
    done_on = models.DateField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return self.text
