"""The record of a meeting: everything its minutes say, as plain data that reads the same byte by byte for ever."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q

from learnin.taskforce.models import AgendaItem, Decision, Meeting, Objection, Sitting
from learnin.taskforce.queries import meetings

FORM = "learnin-minutes-1"
"""The form of the record. Another form gets another name, so that old seals stay readable."""

Record = dict[str, Any]


def record(meeting: Meeting) -> Record:
    """The whole meeting as it stands: agenda, who came, quorum, notes, decisions, actions, objections, approval."""
    force = meeting.task_force
    noted = meetings.attendances(meeting)
    quorum = meetings.quorum(meeting)
    sitters = {one.seat_id: one.sitting.name for one in noted if one.sitting}
    return {
        "form": FORM,
        "register_number": meeting.register_number,
        "country": force.country_id,
        "established_by": force.established_by,
        "established_on": force.established_on.isoformat(),
        "meeting": {
            "number": meeting.number,
            "title": meeting.title,
            "starts_at": _moment(meeting.starts_at),
            "ends_at": _moment(meeting.ends_at),
            "time_zone": force.country.time_zone,
            "place": meeting.place,
            "online": bool(meeting.online_url),
            "guests": meeting.guests,
        },
        "attendance": _attendance(meeting),
        "quorum": {
            "filled": quorum.filled,
            "needed": quorum.needed,
            "present": quorum.present,
            "is_met": quorum.is_met,
        },
        "agenda": [_item(item) for item in meetings.items(meeting)],
        "decisions": [_decision(one) for one in _decisions(meeting)],
        "actions": [
            {
                "number": one.full_number,
                "text": one.text,
                "seat": one.seat.title,
                "name": sitters.get(one.seat_id, ""),
                "due_on": one.due_on.isoformat(),
                "priority": one.priority,
            }
            for one in meetings.actions_of(meeting)
        ],
        "objections": [_objection(one) for one in objections(meeting)],
        "approval": {
            "sent_at": _moment(meeting.minutes_sent_at),
            "objections_until": _moment(meeting.objections_until),
            "approved_at": _moment(meeting.approved_at),
            "approved_by": meeting.approved_by.name if meeting.approved_by else "",
        },
    }


def canonical(kept: Record) -> bytes:
    """The one way to write a record: names in order, no spaces, UTF-8."""
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(kept: Record) -> str:
    """SHA-256 of the record."""
    return hashlib.sha256(canonical(kept)).hexdigest()


def objections(meeting: Meeting) -> list[Objection]:
    """What members objected to, the first first."""
    return list(meeting.objections.select_related("person", "answered_by").order_by("made_at", "pk"))


def _moment(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _decisions(meeting: Meeting) -> Iterable[Decision]:
    found = meeting.decisions.select_related("task_force", "item").prefetch_related("components")
    return found.order_by("year", "number", "pk")


def _attendance(meeting: Meeting) -> list[Record]:
    noted = meetings.attendances(meeting)
    deputies = {
        one.seat_id: one
        for one in Sitting.objects.filter(
            Q(ended_on=None) | Q(ended_on__gte=meeting.day),
            seat__in=[one.seat_id for one in noted],
            is_deputy=True,
            appointed_on__lte=meeting.day,
        ).order_by("appointed_on", "pk")
    }
    found = []
    for one in noted:
        who = deputies.get(one.seat_id) if one.presence == one.Presence.DEPUTY else None
        found.append(
            {
                "seat": one.seat.title,
                "constituency": one.seat.constituency,
                "name": one.sitting.name if one.sitting else "",
                "deputy": who.name if who else "",
                "organisation": one.sitting.organisation if one.sitting else "",
                "presence": one.presence,
            }
        )
    return found


def _item(item: AgendaItem) -> Record:
    return {
        "position": item.position,
        "title": item.title,
        "kind": item.kind,
        "owner": item.owner.title if item.owner else "",
        "notes": item.notes,
        "components": sorted(one.component for one in item.components.all()),
        "papers": sorted(({"name": one.name, "sha256": one.sha256} for one in item.papers.all()), key=_by_name),
        "decisions": [one.full_number for one in item.decisions.all()],
    }


def _by_name(paper: dict[str, str]) -> tuple[str, str]:
    return paper["name"], paper["sha256"]


def _decision(one: Decision) -> Record:
    return {
        "number": one.full_number,
        "item": one.item.position if one.item else None,
        "text": one.text,
        "method": one.method,
        "for": one.votes_for,
        "against": one.votes_against,
        "abstentions": one.abstentions,
        "dissent": one.dissent,
        "evidence": one.evidence,
        "components": sorted(component.component for component in one.components.all()),
    }


def _objection(one: Objection) -> Record:
    return {
        "by": one.person.name,
        "made_at": _moment(one.made_at),
        "text": one.text,
        "answer": one.answer,
        "answered_by": one.answered_by.name if one.answered_by else "",
        "answered_at": _moment(one.answered_at),
    }
