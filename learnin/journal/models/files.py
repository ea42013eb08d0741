"""Files people add, and the documents a country keeps."""

from datetime import datetime
from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.programme.fields import ProgrammeIdField


def where_it_lies(attachment: "Attachment", name: str) -> str:
    """A place nobody can guess, by month; the name people gave stays in the table."""
    when: datetime = attachment.added_at
    return f"attachments/{when:%Y/%m}/{uuid4().hex}{PurePath(name).suffix.lower()}"


class Attachment(models.Model):
    """One file, as it came in. Whoever may see what it belongs to may open it."""

    file = models.FileField(_("file"), upload_to=where_it_lies, max_length=200)
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("kind"), max_length=100)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    country = models.ForeignKey("people.Country", on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> str:
        """The ending in capitals, as people say it: PDF, DOCX."""
        return PurePath(self.name).suffix.lstrip(".").upper()


class Document(models.Model):
    """A file that a country keeps for its task force, and may show to everybody."""

    country = models.ForeignKey("people.Country", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=12)
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"), blank=True, default="")
    attachment = models.OneToOneField(
        Attachment, on_delete=models.PROTECT, related_name="document", verbose_name=_("file")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("published by"),
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [models.Index(fields=["country", "-added_at"], name="document_in_country")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="document_published_by_at",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, published_at__isnull=False),
                name="document_withdrawn_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Whether everybody may open it now."""
        return self.published_at is not None and self.withdrawn_at is None
