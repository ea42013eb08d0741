"""Work that is done later, and what became of it."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.kit import jobs


class Job(models.Model):
    """One piece of work done later. This row is the truth; the queue only carries its id."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    ids = models.JSONField(default=dict)
    country = models.ForeignKey("people.Country", on_delete=models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    max_tries = models.PositiveSmallIntegerField(default=5)
    worker = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    result = models.JSONField(null=True)
    created_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(
                name="journal_job_finished",
                condition=models.Q(state__in=["done", "failed"], finished_at__isnull=False)
                | models.Q(state__in=["waiting", "running"], finished_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="journal_job_state")]

    def __str__(self) -> str:
        return str(self.label)

    def get_absolute_url(self) -> str:
        """The page that shows how far it is."""
        return reverse("journal:job", args=[self.pk])

    @property
    def label(self) -> str | Promise:
        """What it does, in words."""
        work = jobs.find(self.name)
        return work.label if work else self.name

    @property
    def reason(self) -> str:
        """The last line of the error: what went wrong."""
        return self.error.strip().rpartition("\n")[2]

    @property
    def is_finished(self) -> bool:
        """Nothing more happens unless somebody runs it again."""
        return self.state in {self.State.DONE, self.State.FAILED}
