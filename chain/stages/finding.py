"""A finding for each dimension that cites a number, agreed by two members, published, and then talked about."""

from datetime import date

from django.utils import timezone

from chain.stages.planning import AUDIENCE
from chain.stages.taskforce import ANALYST, CHAIR
from chain.walk import Made, Walk
from learnin.assessment.models import Estimate, Finding
from learnin.assessment.operations import conversations, findings
from learnin.assessment.queries import estimates as results
from learnin.kit import written

MEMBERS = ("ministry", "parents")


def find(walk: Walk) -> Made:
    """Write, judge, agree, publish, and hold a conversation about them."""
    run = results.current(walk.assessment)
    if run is None:
        raise RuntimeError("no run is there")
    whole = run.estimates.filter(key="").select_related("indicator").order_by("indicator__pk", "pk")
    first: dict[int, Estimate] = {}
    for one in whole:
        first.setdefault(one.indicator_id, one)
    made = [_found(walk, number) for number in first.values()]
    _talk(walk)
    cited = sum(one.estimates.count() for one in made)
    published = walk.assessment.findings.filter(state=Finding.State.PUBLISHED)
    return {"findings published": published.count(), "numbers cited": cited, "conversations (simulated)": 1}


def _found(walk: Walk, number: Estimate) -> Finding:
    share = written.number(round(100 * (number.estimate or 0)))
    made = findings.write(
        walk.assessment,
        text=f"{number.indicator.label('en')}: {share} of 100 (of simulated respondents).",
        language="en",
        dimension=number.indicator.dimension,
        population=number.indicator.population,
        numbers=[number],
        by=walk.people[ANALYST],
        now=timezone.now(),
    )
    for name in MEMBERS:
        findings.judge(made, stance="agrees", by=walk.people[name], now=timezone.now())
    findings.agree(made, by=walk.people[CHAIR], now=timezone.now())
    findings.publish(made, by=walk.people[CHAIR], now=timezone.now())
    return made


def _talk(walk: Walk) -> None:
    by, now = walk.people[ANALYST], timezone.now()
    today: date = now.astimezone(walk.country.zone).date()
    talk = conversations.add(
        walk.assessment, kind="focus_group", title="What answers say (simulated)", held_on=today, place="Online",
        language="en", by=by, now=now,
    )  # fmt: skip
    conversations.note_participants(talk, audience=AUDIENCE, number=6, by=by, now=now)
