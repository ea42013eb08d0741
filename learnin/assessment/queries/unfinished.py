"""What is kept of an answer that somebody began: to go on with it, on whichever device."""

from dataclasses import dataclass
from datetime import datetime

from learnin.assessment.access.collection import Door
from learnin.assessment.formats import submission_xml, unfinished
from learnin.assessment.formats.unfinished import Unfinished
from learnin.assessment.models import Round, Version


@dataclass(frozen=True)
class Kept:
    """An unfinished answer, the moment by which it is known, and the version it was begun on."""

    unfinished: Unfinished
    at: datetime
    version: Version


def may_be_kept(door: Door) -> bool:
    """Whether the server keeps what is begun behind this door: only where the answer is tied to an invitation."""
    return door.invitation is not None and door.invitation.round.naming == Round.Naming.LINKED


def kept(door: Door, *, now: datetime) -> Kept | None:
    """What was begun; nothing once it is answered or nobody can go on."""
    asked = door.invitation
    if asked is None or asked.draft_at is None or asked.answered_at or not asked.round.is_open(now):
        return None
    if (begun := unfinished.read(asked.draft)) is None:
        return None
    name = submission_xml.read(begun.xml.encode()).version
    published = door.instrument.versions.exclude(published_at=None)
    version = published.filter(version=name).first()
    return Kept(begun, asked.draft_at, version) if version else None
