"""Data that left: who took what, why, and which programs are told of new answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.rounds import Round
from learnin.journal.models import Attachment, Job
from learnin.people.models import Person


class Export(models.Model):
    """Answers that somebody took along."""

    class Format(models.TextChoices):
        """The kind of file."""

        CSV = "csv", _("CSV, one file for each table")
        XLSX = "xlsx", _("Excel workbook")
        SAV = "sav", _("SPSS")
        DTA = "dta", _("Stata")
        PARQUET = "parquet", _("Parquet")
        GEOJSON = "geojson", _("GeoJSON")
        CODEBOOK = "codebook", _("Codebook (Excel)")
        DDI = "ddi", _("Codebook (DDI XML)")

    class Scope(models.TextChoices):
        """Which answers go along."""

        APPROVED = "approved", _("Approved answers only")
        KEPT = "kept", _("All but rejected answers")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="exports")
    format = models.CharField(_("format"), max_length=8, choices=Format.choices)
    language = models.CharField(_("language of labels"), max_length=60, blank=True)
    scope = models.CharField(_("which answers"), max_length=8, choices=Scope.choices, default=Scope.KEPT)
    has_mark = models.BooleanField(_("begins with a mark for Excel"), default=True)
    has_personal = models.BooleanField(_("has personal fields"), default=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    rows = models.PositiveIntegerField(_("answers"), null=True, blank=True)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="exports", null=True, blank=True)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="exports", null=True, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.CheckConstraint(condition=Q(has_personal=False) | ~Q(reason=""), name="personal_export_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.get_format_display()}"


class Webhook(models.Model):
    """An address that is told of each new answer, in a signed message."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="webhooks")
    url = models.URLField(_("address"), max_length=500)
    secret = models.CharField(_("secret"), max_length=64)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """A message to a webhook: tried until it is taken, or given up."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    body = models.JSONField(_("message"))
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("queued"))
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return str(self.webhook)
