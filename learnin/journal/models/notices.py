"""What we tell people, in the product and by letter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """One thing a person should hear. Its words are made when it is read, in the reader's language."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=60)
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(_("when"))
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("sent by e-mail"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="notice_to_person"),
            models.Index(fields=["mailed_at", "seen_at", "person"], name="notice_to_send"),
        ]

    def __str__(self) -> str:
        return self.kind


class NoticePreference(models.Model):
    """How often a person wants the news by e-mail. Who never chose gets it daily."""

    class Digest(models.TextChoices):
        """How often."""

        OFF = "off", _("Never")
        DAILY = "daily", _("Once a day, when there is news")
        WEEKLY = "weekly", _("Once a week, when there is news")

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(_("how often"), max_length=10, choices=Digest.choices, default=Digest.DAILY)
    last_sent_at = models.DateTimeField(_("last letter"), null=True, blank=True)

    class Meta:
        verbose_name = _("wish about notices")
        verbose_name_plural = _("wishes about notices")

    def __str__(self) -> str:
        return self.get_digest_display()
