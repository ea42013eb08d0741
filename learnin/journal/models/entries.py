"""Who did what, and when."""

from typing import Any, ClassVar, Never

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JournalIsAppendOnly(TypeError):
    """Somebody's code tried to change or remove a line of the journal: a bug, never a refusal."""


class EntryQuerySet(models.QuerySet["Entry"]):
    """Lines of the journal: they are added and read, nothing else."""

    def _never(self, *args: Any, **kwargs: Any) -> Never:
        raise JournalIsAppendOnly("A line of the journal is never changed or removed.")

    update = delete = bulk_update = update_or_create = _never


class Entry(models.Model):
    """One line of the journal: a person did something to something. Lines are added, never changed."""

    verb = models.CharField(_("what happened"), max_length=60)
    on_app = models.CharField(max_length=40)
    on_model = models.CharField(max_length=60)
    on_id = models.CharField(max_length=64)
    on_label = models.CharField(_("on what"), max_length=240)
    country = models.ForeignKey(
        "people.Country", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("country")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("who"),
    )
    at = models.DateTimeField(_("when"))
    before = models.JSONField(_("before"), null=True, blank=True)
    after = models.JSONField(_("after"), null=True, blank=True)

    objects: ClassVar[models.Manager["Entry"]] = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal line")
        verbose_name_plural = _("journal lines")
        indexes = [
            models.Index(fields=["country", "-at", "-id"], name="entry_in_country"),
            models.Index(fields=["on_app", "on_model", "on_id", "-at"], name="entry_on_object"),
            models.Index(fields=["-at", "-id"], name="entry_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(verb=""), name="entry_says_what_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.verb}: {self.on_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the line. A line that stands cannot be saved again."""
        if not self._state.adding:
            raise JournalIsAppendOnly("A line of the journal is never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        """Lines stay."""
        raise JournalIsAppendOnly("A line of the journal is never removed.")
