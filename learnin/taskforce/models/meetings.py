"""Meetings: agenda, who came, what was decided, the minutes and their seal."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnin.journal.models import Attachment
from learnin.people.models import Person
from learnin.programme.fields import ProgrammeIdField
from learnin.taskforce.models.composition import Seat, Sitting, TaskForce


class Life(models.TextChoices):
    """Where a meeting stands, from plan to seal."""

    PLANNED = "planned", _("Planned")
    INVITED = "invited", _("Invited")
    CANCELLED = "cancelled", _("Cancelled")
    HELD = "held", _("Held")
    OBJECTION = "objection", _("Objection window")
    SEALED = "sealed", _("Sealed")


class Meeting(models.Model):
    """One meeting. Its state follows from what happened to it, moment by moment."""

    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_url = models.URLField(_("link to join"), max_length=500, blank=True)
    guests = models.CharField(_("guests"), max_length=500, blank=True)
    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True, blank=True)
    cancelled_why = models.CharField(_("why it was cancelled"), max_length=500, blank=True)
    held_at = models.DateTimeField(_("held"), null=True, blank=True)
    minutes_sent_at = models.DateTimeField(_("minutes sent"), null=True, blank=True)
    objections_until = models.DateTimeField(_("objections until"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    register_number = models.CharField(_("register number"), max_length=40, blank=True)
    record = models.JSONField(_("sealed record"), null=True, blank=True)
    seal = models.CharField(_("seal"), max_length=64, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["task_force", "-starts_at"], name="meeting_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["task_force", "number"], name="one_meeting_a_number"),
            models.UniqueConstraint(
                fields=["register_number"],
                condition=~models.Q(register_number=""),
                name="one_meeting_a_register_number",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at=None, approved_by=None, seal="")
                | (models.Q(approved_at__isnull=False, approved_by__isnull=False) & ~models.Q(seal="")),
                name="meeting_approved_by_at_with_seal",
            ),
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_by=None)
                | models.Q(published_at__isnull=False, published_by__isnull=False),
                name="meeting_published_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def life(self) -> Life:
        """Where it stands."""
        if self.cancelled_at:
            return Life.CANCELLED
        if self.approved_at:
            return Life.SEALED
        if self.minutes_sent_at:
            return Life.OBJECTION
        if self.held_at:
            return Life.HELD
        return Life.INVITED if self.invited_at else Life.PLANNED

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of its country, which needs to be loaded."""
        return self.task_force.country.zone

    @property
    def day(self) -> date:
        """The day it begins, in its country."""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def is_open(self) -> bool:
        """Whether agenda, attendance, decisions and actions can still be written."""
        return not (self.cancelled_at or self.minutes_sent_at)

    def is_ahead(self, now: datetime) -> bool:
        """Whether it was neither called off nor begun."""
        return not (self.cancelled_at or self.held_at) and now < self.starts_at


class AgendaItem(models.Model):
    """One point of the agenda."""

    class Kind(models.TextChoices):
        """What the task force does with it."""

        DECISION = "decision", _("For decision")
        INFORMATION = "information", _("For information")
        DISCUSSION = "discussion", _("For discussion")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    minutes_planned = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    owner = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=20000, blank=True)
    papers = models.ManyToManyField(Attachment, related_name="agenda_items", blank=True)
    action = models.ForeignKey(
        "taskforce.ActionPoint",
        on_delete=models.PROTECT,
        related_name="taken_over_by",
        null=True,
        blank=True,
        verbose_name=_("unfinished action it takes over"),
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="one_item_a_position")]

    def __str__(self) -> str:
        return self.title


class ItemComponent(models.Model):
    """An agenda item is about a component."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="components")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"))

    class Meta:
        verbose_name = _("component of an agenda item")
        verbose_name_plural = _("components of agenda items")
        constraints = [models.UniqueConstraint(fields=["item", "component"], name="item_component_once")]

    def __str__(self) -> str:
        return self.component


class Invitee(models.Model):
    """A member or deputy who was asked to come to a meeting, and what they answered."""

    class Answer(models.TextChoices):
        """What the invitation brought."""

        NONE = "", _("No answer")
        YES = "yes", _("Comes")
        NO = "no", _("Cannot come")
        MAYBE = "maybe", _("Not sure yet")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="invitations")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to a meeting")
        verbose_name_plural = _("invitations to meetings")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "sitting"], name="one_invitation_a_sitting"),
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at=None)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="invitation_answered_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sitting}: {self.get_answer_display()}"


class Attendance(models.Model):
    """A seat that was filled on the day of a meeting, and whether somebody came."""

    class Presence(models.TextChoices):
        """Who was there."""

        UNKNOWN = "", _("Not noted")
        ROOM = "room", _("In the room")
        ONLINE = "online", _("Online")
        DEPUTY = "deputy", _("Deputy came")
        EXCUSED = "excused", _("Sent apologies")
        ABSENT = "absent", _("Did not come")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    presence = models.CharField(_("presence"), max_length=10, choices=Presence.choices, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="one_attendance_a_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"

    @property
    def is_present(self) -> bool:
        """Whether the seat counts for the quorum."""
        return self.presence in {self.Presence.ROOM, self.Presence.ONLINE, self.Presence.DEPUTY}


class Decision(models.Model):
    """What the task force decided, in its exact words. Numbered per year."""

    class Method(models.TextChoices):
        """How it was decided."""

        CONSENT = "consent", _("By consent")
        VOTE = "vote", _("By vote")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions", null=True, blank=True)
    task_force = models.ForeignKey(TaskForce, on_delete=models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    text = models.TextField(_("text"), max_length=4000)
    method = models.CharField(_("how it was decided"), max_length=10, choices=Method.choices)
    votes_for = models.PositiveSmallIntegerField(_("votes for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("votes against"), null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)
    dissent = models.TextField(_("dissent"), max_length=2000, blank=True)
    evidence = models.TextField(_("evidence it rests on"), max_length=2000, blank=True)
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.UniqueConstraint(fields=["task_force", "year", "number"], name="one_decision_a_number"),
            models.CheckConstraint(
                condition=models.Q(method="consent", votes_for=None, votes_against=None, abstentions=None)
                | models.Q(
                    method="vote", votes_for__isnull=False, votes_against__isnull=False, abstentions__isnull=False
                ),
                name="a_vote_has_its_tally",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/D{self.number:03}"

    @property
    def full_number(self) -> str:
        """As people quote it: MD/2026/D003. Needs the task force loaded."""
        return f"{self.task_force.country_id}/{self.year}/D{self.number:03}"

    @property
    def votes(self) -> int:
        """How many seats voted, abstentions included."""
        return (self.votes_for or 0) + (self.votes_against or 0) + (self.abstentions or 0)


class DecisionComponent(models.Model):
    """A decision is about a component."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="components")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"))

    class Meta:
        verbose_name = _("component of a decision")
        verbose_name_plural = _("components of decisions")
        constraints = [models.UniqueConstraint(fields=["decision", "component"], name="decision_component_once")]

    def __str__(self) -> str:
        return self.component


class Objection(models.Model):
    """A member does not agree with the draft minutes; it is answered before they are approved."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="objections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("objection"), max_length=4000)
    made_at = models.DateTimeField(_("made"))
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at=None, answered_by=None)
                | models.Q(answered_at__isnull=False, answered_by__isnull=False),
                name="objection_answered_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class MinutesDocument(models.Model):
    """The official minutes as a file, in one language and format. Its hash stands in the seal."""

    class Format(models.TextChoices):
        """As people file it."""

        DOCX = "docx", _("Word")
        PDF = "pdf", _("PDF")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="documents")
    language = models.CharField(_("language"), max_length=12)
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("minutes document")
        verbose_name_plural = _("minutes documents")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "language", "format"], name="one_minutes_file_each"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.format}"
