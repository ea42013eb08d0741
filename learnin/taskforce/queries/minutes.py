"""Where the minutes of a meeting stand: draft, objection window, approval, sealed; and whose move it is."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.journal.models import Document
from learnin.kit import written
from learnin.people.models import Country
from learnin.taskforce.models import Meeting, MinutesDocument, Objection
from learnin.taskforce.queries import record, unfinished


@dataclass(frozen=True)
class Step:
    """One step in the life of the minutes."""

    name: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class Standing:
    """The minutes of a meeting at a moment."""

    meeting: Meeting
    objections: tuple[Objection, ...]
    now: datetime
    is_noted: bool
    """Whether somebody noted who came."""

    @property
    def can_be_sent(self) -> bool:
        """Whether the draft may go to members: held, who came is noted, not sent yet."""
        return bool(self.meeting.held_at and self.meeting.is_open and self.is_noted)

    @property
    def is_sent(self) -> bool:
        """Whether members have the draft and it is not approved yet."""
        return bool(self.meeting.minutes_sent_at and not self.meeting.approved_at)

    @property
    def is_window_open(self) -> bool:
        """Whether members may still object."""
        until = self.meeting.objections_until
        return bool(self.is_sent and until and self.now <= until)

    @property
    def unanswered(self) -> list[Objection]:
        """Objections that wait for an answer."""
        return [one for one in self.objections if one.answered_at is None]

    @property
    def can_be_approved(self) -> bool:
        """Whether the window is over and every objection answered."""
        return self.is_sent and not self.is_window_open and not self.unanswered

    @property
    def is_sealed(self) -> bool:
        """Whether nobody can change a word any more."""
        return bool(self.meeting.approved_at)

    @property
    def heard(self) -> str:
        """What members said, in a sentence."""
        if not self.objections:
            return _("Nobody objected.")
        count, answered = len(self.objections), len(self.objections) - len(self.unanswered)
        words = ngettext("%(n)d objection, answered: %(answered)d.", "%(n)d objections, answered: %(answered)d.", count)
        return words % {"n": count, "answered": answered}

    @property
    def steps(self) -> list[Step]:
        """The life of the minutes, with what happened at each step."""
        names = (_("Draft"), _("Objection window"), _("Approval"), _("Sealed"))
        details = (self._draft(), self._window(), self._approval(), self._seal())
        return [
            Step(name, "done" if at < self._at else "now" if at == self._at else "later", detail)
            for at, (name, detail) in enumerate(zip(names, details, strict=True))
        ]

    @property
    def _at(self) -> int:
        if self.is_sealed:
            return 4
        if not self.is_sent:
            return 0
        return 1 if self.is_window_open else 2

    def _draft(self) -> str:
        sent = self.meeting.minutes_sent_at
        return _("Sent on %(day)s") % {"day": written.day(sent)} if sent else _("Not sent to members yet")

    def _window(self) -> str:
        until = self.meeting.objections_until
        if not until:
            return ""
        words = _("Until %(day)s. %(heard)s") if self.is_window_open else _("Closed after %(day)s. %(heard)s")
        return words % {"day": written.day(until), "heard": self.heard}

    def _approval(self) -> str:
        if self.meeting.approved_by and self.meeting.approved_at:
            told = {"name": self.meeting.approved_by.name, "day": written.day(self.meeting.approved_at)}
            return _("By %(name)s on %(day)s") % told
        if self.can_be_approved:
            return _("Waits for the chair")
        return _("Waits for answers to objections") if self._at == 2 else ""

    def _seal(self) -> str:
        return self.meeting.register_number or _("Then nobody can change a word")


def standing(meeting: Meeting, now: datetime) -> Standing:
    """Where the minutes stand now."""
    is_noted = bool(meeting.held_at) and meeting.attendances.exclude(presence="").exists()
    return Standing(meeting, tuple(record.objections(meeting)), now, is_noted)


def unsealed(country: Country, now: datetime) -> list[Standing]:
    """Minutes of a country that still need somebody, the oldest meeting first."""
    held = [one for one in unfinished.meetings(country) if one.held_at]
    return [
        Standing(one, tuple(one.objections.all()) if one.minutes_sent_at else (), now, one.is_noted) for one in held
    ]


def window_end(meeting: Meeting, now: datetime) -> datetime:
    """The last moment to object: the end of the last day, where the country is."""
    last = now.astimezone(meeting.zone).date() + timedelta(days=meeting.task_force.objection_days)
    return datetime.combine(last, time(23, 59, 59), tzinfo=meeting.zone).astimezone(timezone.get_default_timezone())


def sealed_documents(meeting: Meeting) -> list[MinutesDocument]:
    """The official documents, always in the same order."""
    return list(meeting.documents.select_related("attachment").order_by("language", "format", "pk"))


def is_shelved(meeting: Meeting) -> bool:
    """Whether the sealed documents stand on the country's shelf."""
    digests = [one.attachment.sha256 for one in sealed_documents(meeting)]
    return Document.objects.filter(country=meeting.task_force.country, attachment__sha256__in=digests).exists()
