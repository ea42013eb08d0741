"""Findings and the numbers under them, for tests: a run is written down as if it had been computed."""

from typing import Any

from learnin.assessment.models import Assessment, Estimate, Finding, Indicator, Run, RunRound
from learnin.assessment.operations import findings
from learnin.people.models import Person
from tests.assessment import made_answers, made_indicators, made_plan
from tests.cast import NOW, Cast

SHARE = {
    "estimate": 0.38,
    "ci_low": 0.34,
    "ci_high": 0.42,
    "se": 0.02,
    "n": 384,
    "n_psu": 40,
    "df": 36,
    "n_hat": 5000.0,
}


def indicator(found: Assessment, cast: Cast, **more: Any) -> Indicator:
    """An indicator of an assessment, with a questionnaire of its own."""
    plain = {"code": "sure", "labels": {"en": "Sure of it"}, "dimension": "needs", "direction": "high"}
    told = plain | {"definition": made_indicators.SURE, "population": "teachers"} | more
    instrument = made_answers.instrument(cast.home, by=cast.chair, form_id=f"form_{told['code']}_{found.pk}")
    instrument.assessment = found
    instrument.save(update_fields=["assessment"])
    return Indicator.objects.create(
        country=found.country, assessment=found, instrument=instrument, added_by=cast.chair, added_at=NOW, **told
    )


def run(found: Assessment, cast: Cast, *, number: int | None = None) -> Run:
    """A run that is done, after those that are there."""
    return Run.objects.create(
        assessment=found, number=number or found.runs.count() + 1, scope="kept", state=Run.State.DONE,
        made_by=cast.chair, made_at=NOW, finished_at=NOW,
    )  # fmt: skip


def number(of: Indicator, within: Run, cast: Cast, *, is_probability: bool = True, **more: Any) -> Estimate:
    """A number of an indicator in a run; the round is the same in every run."""
    asked = of.instrument.rounds.first() or made_plan.round_(
        of.instrument, cast, kind="census" if is_probability else "open"
    )
    part, _new = RunRound.objects.get_or_create(
        run=within, round=asked, defaults={"is_probability": is_probability, "words": {}}
    )
    return Estimate.objects.create(run=within, of=part, indicator=of, order=within.estimates.count(), **(SHARE | more))


def one(cast: Cast, *, by: Person | None = None, **more: Any) -> Finding:
    """A draft that rests on one number of its own run, unless other numbers are given."""
    found = more.pop("assessment", None) or made_plan.assessment(cast)
    if "numbers" not in more:
        more["numbers"] = [number(indicator(found, cast), run(found, cast), cast)]
    told = {"text": "Teachers need time to plan", "language": "en", "dimension": "needs"} | more
    return findings.write(found, **told, by=by or cast.member, now=NOW)


def agreed(cast: Cast, finding: Finding | None = None) -> Finding:
    """A finding that member and chair agree with."""
    found = finding or one(cast)
    for person in (cast.member, cast.chair):
        findings.judge(found, stance="agrees", by=person, now=NOW)
    findings.agree(found, by=cast.chair, now=NOW)
    found.refresh_from_db()
    return found


def published(cast: Cast, finding: Finding | None = None) -> Finding:
    """A finding that everybody may read."""
    found = agreed(cast, finding)
    findings.publish(found, by=cast.chair, now=NOW)
    found.refresh_from_db()
    return found
