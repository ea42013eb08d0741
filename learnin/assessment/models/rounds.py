"""Rounds of collection: when an instrument is open, who is asked, and what was tried to reach them."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.instruments import Instrument
from learnin.assessment.models.plan import Assessment
from learnin.assessment.models.samples import Sample, SampledPerson, SampledUnit
from learnin.people.models import Country, Person


class Round(models.Model):
    """A time in which an instrument takes answers. How people came in decides what its numbers may say."""

    class Kind(models.TextChoices):
        """Who is asked. Stands wherever a number of this round stands."""

        SAMPLE = "sample", _("Probability sample")
        CENSUS = "census", _("Everybody")
        OPEN = "open", _("Open link: not a sample")

    class Naming(models.TextChoices):
        """Whether an answer can be tied to the one who was asked."""

        LINKED = "linked", _("Answers are tied to the invitation")
        UNLINKED = "unlinked", _("Answers cannot be tied to the invitation")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="rounds")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="rounds", null=True, blank=True)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="rounds")
    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="rounds", null=True, blank=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("who is asked"), max_length=6, choices=Kind.choices)
    naming = models.CharField(_("tied or not"), max_length=8, choices=Naming.choices, default=Naming.LINKED)
    key = models.CharField(_("key of the open link"), max_length=40, unique=True)
    target = models.PositiveIntegerField(_("answers wanted"), null=True, blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    reminder_days = models.JSONField(_("days until a reminder"), default=list, blank=True)
    words = models.JSONField(_("words of the letters, by language"), default=dict, blank=True)
    planned_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(_("planned"))
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    closed_at = models.DateTimeField(_("closed early"), null=True, blank=True)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="round_closes_after_it_opens"),
            models.CheckConstraint(
                condition=~Q(kind="sample") | Q(sample__isnull=False), name="round_of_a_sample_has_one"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="round_closed_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> datetime:
        """The last moment in which it takes answers: it closes at midnight, which is already the next day."""
        return self.closes_at - timedelta(seconds=1)

    def is_open(self, now: datetime) -> bool:
        """Whether it takes new answers."""
        return self.closed_at is None and self.opens_at <= now < self.closes_at


class Enumerator(models.Model):
    """Somebody who collects answers with a phone. The key in their address is theirs alone and can be revoked."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="enumerators")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    key = models.CharField(_("key"), max_length=64, unique=True)
    password = models.CharField(_("password, as a hash"), max_length=200, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    revoked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("enumerator")
        verbose_name_plural = _("enumerators")
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="enumerator_revoked_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """Somebody, or a sampled unit, that a round asks; one answer each."""

    class Disposition(models.TextChoices):
        """What became of it, in the groups of AAPOR's standard definitions."""

        WAITING = "", _("No answer yet")
        COMPLETE = "complete", _("Complete answer")
        PARTIAL = "partial", _("Partial answer")
        REFUSAL = "refusal", _("Refused")
        NON_CONTACT = "non_contact", _("Could not be reached")
        OTHER = "other", _("Other reason without an answer")
        UNKNOWN = "unknown", _("Not known whether it belongs")
        NOT_ELIGIBLE = "not_eligible", _("Does not belong to the population")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(SampledUnit, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True)
    person = models.ForeignKey(
        SampledPerson, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True
    )
    enumerator = models.ForeignKey(
        Enumerator, on_delete=models.SET_NULL, related_name="invitations", null=True, blank=True
    )
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=300, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    nonce = models.CharField(_("what its link carries"), max_length=40, unique=True)
    pin = models.CharField(_("PIN on the letter"), max_length=12)
    draft = models.TextField(_("unfinished answer"), blank=True)
    draft_at = models.DateTimeField(_("unfinished answer kept"), null=True, blank=True)
    disposition = models.CharField(_("what became of it"), max_length=12, choices=Disposition.choices, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    opted_out_at = models.DateTimeField(_("wants no more letters"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("letter came back"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to answer")
        verbose_name_plural = _("invitations to answer")
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="invitation_number_once_a_round"),
            models.CheckConstraint(
                condition=Q(draft="", draft_at=None) | (~Q(draft="") & Q(draft_at__isnull=False)),
                name="unfinished_answer_has_its_moment",
            ),
        ]
        indexes = [models.Index(fields=["round", "disposition"], name="invitation_by_disposition")]

    def __str__(self) -> str:
        return self.name or str(self.number)


class Attempt(models.Model):
    """One try to reach somebody: a letter, a reminder, a call, a visit."""

    class Channel(models.TextChoices):
        """By which way."""

        MAIL = "mail", _("E-mail")
        LETTER = "letter", _("Printed letter")
        SMS = "sms", _("SMS")
        PHONE = "phone", _("Phone")
        VISIT = "visit", _("Visit")

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="attempts")
    channel = models.CharField(_("channel"), max_length=6, choices=Channel.choices)
    is_reminder = models.BooleanField(_("is a reminder"), default=False)
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Invitation.Disposition.choices, blank=True, default=""
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.at:%Y-%m-%d}"
