"""Regional activities: written once, a copy in every invited country."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnin.journal.models import Attachment
from learnin.people.models import Country, Person
from learnin.taskforce.models.composition import Seat


class RegionalActivity(models.Model):
    """Something the region invites countries to."""

    class Kind(models.TextChoices):
        """What countries are asked for."""

        WEBINAR = "webinar", _("Webinar")
        WORKSHOP = "workshop", _("Workshop")
        DATA_CALL = "data_call", _("Data call")
        CONSULTATION = "consultation", _("Consultation")

    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    text = models.TextField(_("what it is about"), max_length=8000)
    answer_by = models.DateField(_("answer by"))
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place or link"), max_length=500, blank=True)
    papers = models.ManyToManyField(Attachment, related_name="activities", blank=True)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"))
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_because = models.CharField(_("why it was cancelled"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("regional activity")
        verbose_name_plural = _("regional activities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="activity_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """Midnight at the end of a day, by the clocks of a country."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)


class ActivityCopy(models.Model):
    """A country's own copy: translated, assigned, planned, attended, proven; or declined with a reason."""

    class State(models.TextChoices):
        """No answer is not a no."""

        NO_ANSWER = "", _("No answer")
        PLANNED = "planned", _("Takes part")
        ATTENDED = "attended", _("Took part")
        PROVEN = "proven", _("Gave evidence")
        DECLINED = "declined", _("Declined")

    activity = models.ForeignKey(RegionalActivity, on_delete=models.CASCADE, related_name="copies")
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="activity_copies")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, blank=True)
    title = models.CharField(_("title for the country"), max_length=200, blank=True)
    text = models.TextField(_("text for the country"), max_length=8000, blank=True)
    reopened_until = models.DateField(_("open again until"), null=True, blank=True)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="activity_copies", null=True, blank=True)
    note = models.CharField(_("plan"), max_length=500, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    evidence = models.TextField(_("evidence"), max_length=4000, blank=True)
    files = models.ManyToManyField(Attachment, related_name="activity_copies", blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("copy of a regional activity")
        verbose_name_plural = _("copies of regional activities")
        constraints = [
            models.UniqueConstraint(fields=["activity", "country"], name="one_copy_a_country"),
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(reason=""), name="declined_says_why"
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_by=None)
                | models.Q(published_at__isnull=False, published_by__isnull=False),
                name="activity_copy_published_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.activity)

    @property
    def answer_by(self) -> date:
        """The last day to answer: the country's own, where the region opened the answer again."""
        return self.reopened_until or self.activity.answer_by

    @property
    def closes_at(self) -> datetime:
        """Midnight at the end of the last day, by the clocks of the country."""
        return end_of(self.answer_by, self.country.zone)

    def is_open(self, now: datetime) -> bool:
        """Whether the country may still say that it takes part or not."""
        return self.activity.cancelled_at is None and now < self.closes_at

    def is_ahead(self, now: datetime) -> bool:
        """Whether it has a moment to begin that is still to come, and was not called off."""
        begins = self.activity.starts_at
        return begins is not None and now < begins and self.activity.cancelled_at is None

    def is_overdue(self, now: datetime) -> bool:
        """The deadline passed without an answer."""
        return not self.state and self.activity.cancelled_at is None and now >= self.closes_at
