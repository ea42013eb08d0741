"""Files of initiatives that came in: read, looked through, then applied."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models.initiatives import Initiative
from learnin.journal.models import Attachment, Job
from learnin.kit.columns import CodesField
from learnin.people.models import Country, Person


class ExportFormat(models.TextChoices):
    """As what initiatives leave."""

    FIVEW = "5w", _("5W table (Excel, with HXL hashtags)")
    CSV = "csv", _("5W table (CSV, with HXL hashtags)")
    IATI = "iati", _("IATI activities 2.03 (XML)")
    GEOJSON = "geojson", _("Places for maps (GeoJSON)")


class Import(models.Model):
    """A file of initiatives. Nothing of it is in the register before somebody applies it."""

    class Format(models.TextChoices):
        """What kind of file it is."""

        IATI = "iati", _("IATI activities (XML)")
        FIVEW = "fivew", _("5W table (Excel or CSV)")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="initiative_imports")
    format = models.CharField(_("kind of file"), max_length=8, choices=Format.choices)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="initiative_imports")
    mapping = CodesField(_("which column means what"), null=True, blank=True)
    takes_regions = models.BooleanField(_("also brings in what is of a whole region"), default=False)
    job = models.ForeignKey(Job, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    problems = models.JSONField(_("problems of the whole file"), default=list, blank=True)
    refused = models.CharField(_("why it cannot be read"), max_length=60, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    applied_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    applied_at = models.DateTimeField(_("applied"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("given up"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of initiatives")
        verbose_name_plural = _("imports of initiatives")
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None) | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="import_applied_by_at",
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(dropped_at=None), name="import_applied_or_given_up"
            ),
        ]

    def __str__(self) -> str:
        return str(self.attachment)

    @property
    def sheet(self) -> str:
        """The sheet that somebody chose, of a workbook with several."""
        return str((self.mapping or {}).get("sheet", ""))

    @property
    def is_busy(self) -> bool:
        """Whether a job reads the file or brings it in."""
        return self.job is not None and not self.job.is_finished

    @property
    def is_over(self) -> bool:
        """Whether it came in, or was given up."""
        return self.applied_at is not None or self.dropped_at is not None


class ImportedRecord(models.Model):
    """One record of a file: what it says, what is wrong with it, and what it will do to the register."""

    class State(models.TextChoices):
        """What applying does with it."""

        NEW = "new", _("New")
        CHANGED = "changed", _("Changes one")
        SAME = "same", _("Changes nothing")
        CONFLICT = "conflict", _("Somebody changed it here")
        BAD = "bad", _("Cannot come in")
        ELSEWHERE = "elsewhere", _("Of another country")
        REGION = "region", _("Of a whole region")

    class Choice(models.TextChoices):
        """Who wins where a file and a person differ."""

        ASK = "", _("Not decided")
        FILE = "file", _("What the file says")
        HERE = "here", _("What stands here")

    source = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="records")
    row = models.PositiveIntegerField(_("row"))
    identifier = models.CharField(_("identifier"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=500, blank=True)
    record = models.JSONField(_("what the file says"), null=True, blank=True)
    problems = models.JSONField(_("problems"), default=list, blank=True)
    state = models.CharField(_("what it does"), max_length=9, choices=State.choices)
    differences = models.JSONField(_("fields that differ"), default=list, blank=True)
    initiative = models.ForeignKey(Initiative, on_delete=models.SET_NULL, related_name="told_by", null=True, blank=True)
    choice = models.CharField(_("who wins"), max_length=4, choices=Choice.choices, blank=True)

    class Meta:
        verbose_name = _("imported record")
        verbose_name_plural = _("imported records")
        indexes = [models.Index(fields=["source", "state", "row"], name="imported_by_state")]

    def __str__(self) -> str:
        return self.title or self.identifier


class HeadingMemory(models.Model):
    """Which column meant what in a table with the same heading before."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="+")
    heading = models.CharField(_("fingerprint of the heading"), max_length=64)
    mapping = CodesField(_("which column means what"), default=dict)
    used_at = models.DateTimeField(_("used"))

    class Meta:
        verbose_name = _("remembered heading")
        verbose_name_plural = _("remembered headings")
        constraints = [models.UniqueConstraint(fields=["country", "heading"], name="heading_remembered_once")]

    def __str__(self) -> str:
        return self.heading
