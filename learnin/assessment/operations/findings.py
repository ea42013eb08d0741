"""Findings: write, reword, translate; what they rest on; agree, publish, withdraw; and what a later run changes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.assessment.models import (
    Assessment,
    Estimate,
    Fact,
    Finding,
    FindingEstimate,
    FindingEvidence,
    FindingOpinion,
    Indicator,
    Resource,
    Run,
    Statement,
)
from learnin.assessment.operations.rows import renew
from learnin.assessment.queries import findings as queries
from learnin.compute.moved import Change, change
from learnin.journal.operations import entries, notices
from learnin.kit.refusal import Refusal
from learnin.people.models import Area, Person

State = Finding.State
Stance = FindingOpinion.Stance
ABOUT = ("dimension", "theme", "component", "population", "area")
UNSETTLED: Mapping[str, Any] = {
    "agreed_by": None, "agreed_at": None, "published_by": None, "published_at": None,
    "withdrawn_by": None, "withdrawn_at": None, "why_withdrawn": "",
}  # fmt: skip


class NotADraft(Refusal):
    """What people stand behind keeps what it rests on."""


class NotAgreed(Refusal):
    """Too few people agree, or there is nothing to agree on."""


class NotPublishable(Refusal):
    """It is not agreed, a number moved, or one is withheld."""


class IsWithdrawn(Refusal):
    """Nobody stands behind it any more."""


class NothingMoved(Refusal):
    """No number changed that could be confirmed."""


class WithoutReason(Refusal):
    """An objection says why."""


def _locked(finding: Finding) -> Finding:
    of = Finding.objects.select_for_update(of=("self",)).select_related("country", "assessment__coordinator")
    return of.get(pk=finding.pk)


def _note(verb: str, finding: Finding, by: Person | None, now: datetime, **told: Any) -> None:
    entries.write(verb, finding, by=by, now=now, country=finding.country, **told)


@transaction.atomic
def write(
    assessment: Assessment,
    *,
    text: str,
    language: str,
    dimension: str,
    by: Person,
    now: datetime,
    theme: str = "",
    component: str = "",
    population: str = "",
    area: Area | None = None,
    numbers: Collection[Estimate] = (),
) -> Finding:
    """Write a finding down as a draft, with the numbers it rests on."""
    made = Finding.objects.create(
        country=assessment.country,
        assessment=assessment,
        language=language,
        texts={language: text},
        dimension=dimension,
        theme=theme,
        component=component,
        population=population,
        area=area,
        written_by=by,
        written_at=now,
    )
    FindingEstimate.objects.bulk_create(FindingEstimate(finding=made, estimate=one) for one in numbers)
    _note("finding.written", made, by, now, after={"text": text, "dimension": dimension, "numbers": len(numbers)})
    return made


@transaction.atomic
def reword(finding: Finding, *, text: str, by: Person, now: datetime, **about: Any) -> None:
    """Change what a finding says or is about. Other words make it a draft: nobody has agreed to them yet."""
    finding = _locked(finding)
    was = finding.original
    before, after = renew(finding, {key: value for key, value in about.items() if key in ABOUT})
    if text != was or finding.state == State.WITHDRAWN:
        finding.opinions.all().delete()
        renew(finding, {"texts": {finding.language: text}, "state": State.DRAFT, **UNSETTLED})
        before, after = before | {"text": was}, after | {"text": text}
    if after:
        _note("finding.reworded", finding, by, now, before=before, after=after)


@transaction.atomic
def translate(finding: Finding, *, language: str, text: str, by: Person, now: datetime) -> None:
    """Say a finding in another language; an empty text takes the translation away. Raises NotADraft."""
    finding = _locked(finding)
    if language == finding.language:
        raise NotADraft(_("It was written in this language. Reword it instead."))
    before = finding.texts.get(language, "")
    if text == before:
        return
    texts = {**finding.texts, language: text} if text else {k: v for k, v in finding.texts.items() if k != language}
    renew(finding, {"texts": texts})
    told = {"language": language}
    _note("finding.translated", finding, by, now, before={**told, "text": before}, after={**told, "text": text})


def _draft(finding: Finding) -> Finding:
    finding = _locked(finding)
    if finding.state != State.DRAFT:
        raise NotADraft(_("People agreed to this finding with what it rests on. Reword it to change that."))
    return finding


@transaction.atomic
def cite(
    finding: Finding,
    *,
    by: Person,
    now: datetime,
    numbers: Collection[Estimate] = (),
    facts: Collection[Fact] = (),
    statements: Collection[Statement] = (),
    resources: Collection[Resource] = (),
) -> None:
    """Rest a draft on more evidence; what it rests on already stands once. Raises NotADraft."""
    finding = _draft(finding)
    made = [
        *(finding.estimates.get_or_create(estimate=one) for one in numbers),
        *(finding.evidence.get_or_create(fact=one) for one in facts),
        *(finding.evidence.get_or_create(statement=one) for one in statements),
        *(finding.evidence.get_or_create(resource=one) for one in resources),
    ]
    for row, is_new in made:
        if is_new:
            _note("finding.rested", finding, by, now, after={"evidence": str(row)})


@transaction.atomic
def let_go(row: FindingEstimate | FindingEvidence, *, by: Person, now: datetime) -> None:
    """A draft no longer rests on this. Raises NotADraft."""
    finding = _draft(row.finding)
    _note("finding.let-go", finding, by, now, before={"evidence": str(row)})
    row.delete()


@transaction.atomic
def judge(finding: Finding, *, stance: str, by: Person, now: datetime, reason: str = "") -> FindingOpinion:
    """Agree with a finding, or object and say why; one's last word counts. Raises IsWithdrawn, WithoutReason."""
    finding = _locked(finding)
    if finding.state == State.WITHDRAWN:
        raise IsWithdrawn(_("This finding was withdrawn: there is nothing to agree with."))
    if stance == Stance.OBJECTS and not reason:
        raise WithoutReason(_("Say why you object, so that others can answer."))
    said = {"stance": Stance(stance), "reason": reason, "said_at": now}
    opinion, _new = FindingOpinion.objects.update_or_create(finding=finding, person=by, defaults=said)
    _note("finding.judged", finding, by, now, after={"stance": stance, "reason": reason})
    if stance == Stance.OBJECTS:
        _tell("finding.objected", finding, now, besides=by)
    return opinion


def _tell(kind: str, finding: Finding, now: datetime, *, besides: Person | None = None) -> None:
    """Let whoever coordinates the assessment know; where nobody does, whoever wrote the finding."""
    reader = finding.assessment.coordinator or finding.written_by
    if reader != besides:
        url = reverse("assessment:finding", args=[finding.pk])
        notices.tell(reader, kind=kind, params={"finding": finding.original[:200]}, url=url, now=now)


@transaction.atomic
def agree(finding: Finding, *, by: Person, now: datetime) -> None:
    """The task force stands behind a finding. Raises NotADraft, NotAgreed."""
    finding = _locked(finding)
    if finding.state != State.DRAFT:
        raise NotADraft(_("Only a draft is still to be agreed."))
    found = queries.of(finding)
    if not found.pieces and not found.cited:
        raise NotAgreed(_("It rests on nothing yet. Add numbers or other evidence first."))
    if not found.can_be_agreed:
        told = {"n": queries.LEAST_AGREE}
        raise NotAgreed(_("At least %(n)s people must agree, and more than object.") % told)
    renew(finding, {"state": State.AGREED, "agreed_by": by, "agreed_at": now})
    _note("finding.agreed", finding, by, now, after={"agree": len(found.agree), "object": len(found.object)})


@transaction.atomic
def publish(finding: Finding, *, by: Person, now: datetime) -> None:
    """Let everybody read a finding that is agreed. Raises NotPublishable."""
    finding = _locked(finding)
    if finding.state != State.AGREED:
        raise NotPublishable(_("Only a finding that is agreed can be published."))
    found = queries.of(finding)
    if found.moved:
        raise NotPublishable(_("A number under it changed. Confirm or reword it first."))
    if found.withheld:
        raise NotPublishable(_("A number under it is withheld, so the sentence would give it away. Reword it without."))
    renew(finding, {"state": State.PUBLISHED, "published_by": by, "published_at": now})
    _note("finding.published", finding, by, now)


@transaction.atomic
def withdraw(finding: Finding, *, reason: str, by: Person, now: datetime) -> None:
    """Nobody stands behind a finding any more; it leaves the public page. Raises IsWithdrawn."""
    finding = _locked(finding)
    if finding.state == State.WITHDRAWN:
        raise IsWithdrawn(_("This finding was withdrawn already."))
    before = {"state": finding.state}
    new = {"state": State.WITHDRAWN, "withdrawn_by": by, "withdrawn_at": now, "why_withdrawn": reason}
    renew(finding, new)
    _note("finding.withdrawn", finding, by, now, before=before, after={"reason": reason})


@transaction.atomic
def confirm(finding: Finding, *, by: Person, now: datetime) -> None:
    """The sentence still holds with the new numbers: from now on it rests on them.

    Raises NothingMoved, also where no number is left to rest on.
    """
    finding = _locked(finding)
    rows = list(finding.estimates.exclude(change="").select_related("became").order_by("pk"))
    if not rows:
        raise NothingMoved(_("No number under this finding changed."))
    if len(rows) == finding.estimates.count() and all(row.became is None for row in rows):
        raise NothingMoved(_("None of its numbers is there any more. Reword or withdraw it."))
    for row in rows:
        if row.became is None or finding.estimates.filter(estimate=row.became).exclude(pk=row.pk).exists():
            row.delete()
        else:
            renew(row, {"estimate": row.became, "became": None, "change": "", "changed_at": None})
    _note("finding.confirmed", finding, by, now, after={"numbers": len(rows)})


@transaction.atomic
def after_run(run: Run, *, by: Person | None, now: datetime) -> int:
    """Compare the numbers under the findings of an assessment with a run that was just computed.

    Returns how many findings are newly marked; whoever coordinates the assessment is told of each.
    """
    rows = FindingEstimate.objects.filter(finding__assessment=run.assessment_id).exclude(finding__state=State.WITHDRAWN)
    every = list(
        rows.select_related("estimate__of", "estimate__indicator", "became__indicator", "finding").order_by(
            "finding_id", "pk"
        )
    )
    marked: dict[int, Finding] = {}
    for row in every:
        became = _same_place(row.estimate, run)
        found = _change(row.estimate, became)
        if _mark(row, found, became, now) and found:
            marked[row.finding_id] = row.finding
    for finding in marked.values():
        finding = _locked(finding)
        _note("finding.moved", finding, by, now)
        _tell("finding.moved", finding, now)
    return len(marked)


def _same_place(was: Estimate, run: Run) -> Estimate | None:
    """The number of the same indicator, value, group and round in a run."""
    same = {"indicator": was.indicator_id, "level": was.level, "key": was.key, "of__round": was.of.round_id}
    return run.estimates.filter(**same).order_by("order", "pk").first()


def _change(was: Estimate, became: Estimate | None) -> Change:
    now = became.estimate if became else None
    is_share = was.indicator.unit == Indicator.Unit.SHARE
    return change(was.estimate, was.ci_low, was.ci_high, now, is_share=is_share)


def _mark(row: FindingEstimate, found: Change, became: Estimate | None, now: datetime) -> bool:
    """Keep how a number moved. Returns whether it moved otherwise than the last time."""
    is_new = row.change != found or (
        row.became is not None and became is not None and _change(row.became, became) != ""
    )
    new = {
        "change": found.value,
        "became": became if found and found is not Change.GONE else None,
        "changed_at": (now if is_new else row.changed_at) if found else None,
    }
    renew(row, new)
    return is_new
