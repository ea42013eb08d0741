"""Letters we send: the outbox."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """One letter. What it says is erased once it has left: a sign-in code is a secret."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    to = models.TextField()
    subject = models.TextField()
    language = models.CharField(max_length=12, blank=True)
    kind = models.CharField(max_length=40, blank=True)
    content = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    job = models.ForeignKey("journal.Job", on_delete=models.SET_NULL, null=True, related_name="letters")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [
            models.CheckConstraint(
                name="journal_mail_sent",
                condition=models.Q(state="sent", sent_at__isnull=False, content__isnull=True)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="journal_mail_state")]

    def __str__(self) -> str:
        return self.subject

    @property
    def can_be_sent_again(self) -> bool:
        """It failed, and we still have what it says."""
        return self.state == self.State.FAILED and self.content is not None
