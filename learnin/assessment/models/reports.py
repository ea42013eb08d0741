"""Reports that people took along: who, which, when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.estimates import Run
from learnin.assessment.models.plan import Assessment
from learnin.people.models import Person


class Report(models.Model):
    """A report, slides or tables that somebody took along. The file is made when it is fetched."""

    class Format(models.TextChoices):
        """The kind of file."""

        DOCX = "docx", _("Word")
        PDF = "pdf", _("PDF")
        PPTX = "pptx", _("Slides (PowerPoint)")
        XLSX = "xlsx", _("All tables (Excel)")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="reports")
    run = models.ForeignKey(Run, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    language = models.CharField(_("language"), max_length=12)
    findings = models.JSONField(_("findings"), default=list, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self) -> str:
        return f"{self.assessment}: {self.get_format_display()}"
