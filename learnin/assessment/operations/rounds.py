"""Rounds: planned, changed while nobody was asked, closed before their day."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.models import Assessment, Instrument, Round, Sample
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

KEY_BYTES = 12  # 96 bits: nobody guesses an open link, and it can still be typed from paper


class NotPublished(Refusal):
    """The questionnaire cannot be answered yet."""


class RoundOver(Refusal):
    """The round takes no answers any longer."""


class AlreadyAsked(Refusal):
    """Somebody was asked, or answered: what they were told must stay true."""


def _line(verb: str, round: Round, by: Person, now: datetime, **told: Mapping[str, Any]) -> None:
    entries.write(verb, round, by=by, now=now, country=round.country, **told)


def _told(round: Round) -> dict[str, Any]:
    return {"title": round.title, "round_kind": round.kind, "naming": round.naming, "target": round.target}


def locked(round: Round) -> Round:
    """The round, locked, with what stands around it."""
    found = Round.objects.select_for_update(of=("self",)).select_related("country", "instrument", "sample")
    return found.get(pk=round.pk)


def working(round: Round, now: datetime) -> Round:
    """The round, locked, while it can still bring answers. Raises RoundOver."""
    round = locked(round)
    if round.closed_at or now >= round.closes_at:
        raise RoundOver(_("This round takes no answers any longer."))
    return round


@transaction.atomic
def plan_round(
    country: Country,
    *,
    title: str,
    instrument: Instrument,
    assessment: Assessment | None = None,
    sample: Sample | None = None,
    kind: str,
    naming: str,
    opens_at: datetime,
    closes_at: datetime,
    target: int | None = None,
    reminder_days: Sequence[int] = (),
    by: Person,
    now: datetime,
) -> Round:
    """Plan when a questionnaire takes answers, and who is asked. Raises NotPublished."""
    if not instrument.versions.filter(published_at__isnull=False).exists():
        raise NotPublished(_("“%(title)s” has no published version yet.") % {"title": instrument.title})
    made = Round.objects.create(
        country=country,
        title=title,
        instrument=instrument,
        assessment=assessment,
        sample=sample if kind == Round.Kind.SAMPLE else None,
        kind=kind,
        naming=naming,
        key=secrets.token_urlsafe(KEY_BYTES),
        target=target,
        opens_at=opens_at,
        closes_at=closes_at,
        reminder_days=sorted(set(reminder_days)),
        planned_by=by,
        planned_at=now,
    )
    _line("round.planned", made, by, now, after=_told(made))
    return made


@transaction.atomic
def change_round(round: Round, *, by: Person, now: datetime, **changes: Any) -> Round:
    """Say it differently. Whether answers are tied stays as it was, once somebody was asked.

    Raises RoundOver, AlreadyAsked.
    """
    round = working(round, now)
    was_asked = round.invitations.filter(invited_at__isnull=False).exists() or round.submissions.exists()
    fixed = [name for name in ("kind", "naming", "instrument", "sample") if name in changes]
    if was_asked and any(changes[name] != getattr(round, name) for name in fixed):
        raise AlreadyAsked(
            _("People were asked already. Questionnaire, sample and whether answers are tied can no longer change.")
        )
    before = _told(round)
    for name, value in changes.items():
        setattr(round, name, value)
    if round.kind != Round.Kind.SAMPLE:
        round.sample = None
    round.save(update_fields=[*changes, "sample"])
    _line("round.changed", round, by, now, before=before, after=_told(round))
    return round


@transaction.atomic
def write_letters(round: Round, *, words: Mapping[str, Mapping[str, str]], by: Person, now: datetime) -> Round:
    """Write what the letters say, by language; without words of one's own ours stand there. Raises RoundOver."""
    round = working(round, now)
    round.words = {code: dict(said) for code, said in words.items() if any(said.values())}
    round.save(update_fields=["words"])
    _line("round.letters-written", round, by, now)
    return round


@transaction.atomic
def close_round(round: Round, *, by: Person, now: datetime) -> Round:
    """Take no more answers, before the last day. Raises RoundOver."""
    round = working(round, now)
    round.closed_by, round.closed_at = by, now
    round.save(update_fields=["closed_by", "closed_at"])
    _line("round.closed", round, by, now)
    return round
