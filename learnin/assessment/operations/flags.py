"""Flags: what somebody should look at. They are raised after an answer is worked out; nothing is changed by them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from django.db import transaction
from django.db.models import Q, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.assessment import areas
from learnin.assessment.formats import answer_checks
from learnin.assessment.models import Flag, Submission
from learnin.assessment.queries import questionnaire
from learnin.journal.operations import entries
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

# Where the numbers come from: docs/methods/quality-flags.md.
QUICK_SHARE = 0.1  # of the middle duration of the round
QUICK_LEAST = 20  # answers before a middle duration means anything
QUICK_SECONDS = 1.0  # for each answer given
MIDDLE_OF = 2_000  # the latest answers of a round
NEAR_KM = 10.0  # outside the outline: it is simplified, and places are inexact
SAME_AT_MOST = 5  # other answers that a flag names


class AlreadySettled(Refusal):
    """Somebody looked at this flag before."""


@transaction.atomic
def check(submissions: Iterable[Submission], *, by: Person | None, now: datetime) -> int:
    """Look at answers that were just worked out. Returns how many flags are new."""
    counted = [one for one in submissions if one.round_id and not one.is_test and not one.is_encrypted]
    prefetch_related_objects(counted, "version", "round", "invitation__unit__unit")
    middles: dict[int, float | None] = {}
    raised: list[Flag] = []
    for one in counted:
        asked = questionnaire.of_version(one.version)
        data = one.data or {}
        one.answers_digest = answer_checks.digest(asked, data)
        Submission.objects.filter(pk=one.pk).update(answers_digest=one.answers_digest)
        raised += [
            _flag(one, Flag.Kind.STRAIGHT, now, found.path, found.detail)
            for found in answer_checks.straight(asked, data)
        ]
        raised += [
            _flag(one, Flag.Kind.RANGE, now, found.path, found.detail)
            for found in answer_checks.out_of_range(asked, data, today=one.received_at.date())
        ]
        raised += _same(one, now)
        raised += _quick(one, answer_checks.given(asked, data), middles, now)
        raised += _place(one, now)
    before = Flag.objects.filter(submission__in=[one.pk for one in counted]).count()
    Flag.objects.bulk_create(raised, ignore_conflicts=True)
    return Flag.objects.filter(submission__in=[one.pk for one in counted]).count() - before


@jobs.job(label=gettext_lazy("Look at all answers of a round again"), atomic=False)
def check_round(round: int, *, by: Person | None, now: datetime) -> dict[str, str]:
    """Look at all answers of a round again: the middle duration is better known now."""
    rows = Submission.objects.filter(round=round, is_test=False, worked_out_at__isnull=False).order_by("pk")
    found = 0
    total = rows.count()
    pks = list(rows.values_list("pk", flat=True))
    for start in range(0, total, 200):
        piece = (
            Submission.objects.filter(pk__in=pks[start : start + 200]).select_related("version", "round").defer("xml")
        )
        found += check(piece, by=by, now=now)
        jobs.progress(min(start + 200, total), total)
    return {"text": ngettext("%(count)d new flag.", "%(count)d new flags.", found) % {"count": found}}


def _flag(one: Submission, kind: str, now: datetime, path: str = "", detail: Any = None) -> Flag:
    return Flag(submission=one, kind=kind, path=path[:300], detail=dict(detail or {}), raised_at=now)


def _same(one: Submission, now: datetime) -> list[Flag]:
    """Other answers of the round with the same answers, or from the same device at the same time."""
    alike = Q(pk=None)
    if one.answers_digest:
        alike |= Q(answers_digest=one.answers_digest)
    if one.device and one.started_at and one.ended_at:
        alike |= Q(device=one.device, started_at=one.started_at, ended_at=one.ended_at)
    others = Submission.objects.filter(alike, round=one.round_id, is_test=False, is_current=True)
    others = others.exclude(root_id=one.root_id)
    found = list(others.order_by("received_at", "pk").values_list("pk", "answers_digest")[:SAME_AT_MOST])
    if not found:
        return []
    is_same = bool(one.answers_digest) and any(digest == one.answers_digest for _pk, digest in found)
    why = "answers" if is_same else "device"
    return [_flag(one, Flag.Kind.DUPLICATE, now, detail={"why": why, "others": [pk for pk, _digest in found]})]


def _quick(one: Submission, given: int, middles: dict[int, float | None], now: datetime) -> list[Flag]:
    """Quicker than anybody reads, or than a tenth of the middle duration of the round."""
    seconds = duration(one)
    if seconds is None or not given:
        return []
    key = one.round_id or 0
    if key not in middles:
        middles[key] = middle_duration(key)
    middle = middles[key]
    limit = quick_limit(given, middle)
    if seconds >= limit:
        return []
    detail = {"seconds": round(seconds, 1), "limit": round(limit, 1), "middle": middle, "answers": given}
    return [_flag(one, Flag.Kind.TOO_QUICK, now, detail=detail)]


def quick_limit(given: int, middle: float | None) -> float:
    """Seconds below which an answer is too quick."""
    return max(given * QUICK_SECONDS, (middle or 0.0) * QUICK_SHARE)


def duration(one: Submission) -> float | None:
    """Seconds from beginning to end, where both are known."""
    if one.started_at is None or one.ended_at is None or one.ended_at < one.started_at:
        return None
    return (one.ended_at - one.started_at) / timedelta(seconds=1)


def middle_duration(round: int) -> float | None:
    """The median duration of a round's latest answers, in seconds; nothing while there are too few."""
    rows = Submission.objects.filter(round=round, is_test=False, started_at__isnull=False, ended_at__isnull=False)
    spans = rows.order_by("-pk").values_list("started_at", "ended_at")[:MIDDLE_OF]
    seconds = [(end - start).total_seconds() for start, end in spans if start and end and end >= start]
    return float(median(seconds)) if len(seconds) >= QUICK_LEAST else None


def _place(one: Submission, now: datetime) -> list[Flag]:
    """A place outside the country of the round, or the area of the sampled unit, by more than outlines are inexact."""
    if one.round is None or one.latitude is None or one.longitude is None:
        return []
    country, place = one.round.country_id, (one.latitude, one.longitude)
    if (away := areas.outside_km(country, *place)) > NEAR_KM:
        return [_flag(one, Flag.Kind.PLACE, now, detail={"km": round(away)})]
    area = _area(one)
    if area and (away := areas.outside_part_km(country, area, *place)) > NEAR_KM:
        return [_flag(one, Flag.Kind.PLACE, now, detail={"km": round(away), "area": area})]
    return []


def _area(one: Submission) -> str:
    """The area of the unit that was asked, as its list says it; empty where the answer is tied to none."""
    unit = one.invitation.unit if one.invitation else None
    return unit.unit.area if unit else ""


@transaction.atomic
def mark(submission: Submission, *, comment: str, by: Person, now: datetime) -> Flag:
    """Ask somebody to look at an answer, or at one more thing in it."""
    number = submission.flags.filter(kind=Flag.Kind.MANUAL).count() + 1
    made = _flag(submission, Flag.Kind.MANUAL, now, f"#{number}", {"comment": comment, "by": by.name})
    made.save()
    entries.write("answer.marked", submission, by=by, now=now, country=submission.instrument.country)
    return made


@transaction.atomic
def settle(flag: Flag, *, verdict: str, comment: str = "", by: Person, now: datetime) -> Flag:
    """Say what was found when somebody looked. Raises AlreadySettled."""
    flag = Flag.objects.select_for_update().get(pk=flag.pk)
    if flag.verdict:
        raise AlreadySettled(_("Somebody looked at this before."))
    flag.verdict, flag.comment, flag.settled_by, flag.settled_at = verdict, comment.strip(), by, now
    flag.save()
    told = {"flag": flag.kind, "verdict": verdict}
    on = flag.submission
    entries.write("answer.flag-settled", on, by=by, now=now, country=on.instrument.country, after=told)
    return flag
