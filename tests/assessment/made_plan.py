"""Assessments for tests, made by the operations of the pages."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from learnin.assessment.models import (
    Assessment,
    Conversation,
    Fact,
    Instrument,
    Round,
    Source,
    Statement,
    Submission,
    Version,
)
from learnin.assessment.operations import conversations, plan, sources
from learnin.people.models import Person
from tests.cast import NOW, Cast

BEGINS, ENDS = date(2026, 11, 2), date(2027, 6, 30)


def assessment(cast: Cast, *, by: Person | None = None, **facts: Any) -> Assessment:
    """An assessment of the home country that has begun."""
    told = {"title": "How teachers teach", "starts_on": BEGINS, "ends_on": ENDS, "dimensions": ["needs"]} | facts
    return plan.plan(cast.home, **told, by=by or cast.chair, now=NOW)


def source(found: Assessment, cast: Cast, title: str = "Statistics of schools") -> Source:
    """A document that was read."""
    return sources.add(found, title=title, publisher="Office of Statistics", year=2025, by=cast.member, now=NOW)


def fact(found: Source, cast: Cast, text: str = "One school in nine has no connection", **about: str) -> Fact:
    """What the document says."""
    told = {"page": "p. 12", "dimension": "resources"} | about
    return sources.add_fact(found, text=text, **told, by=cast.member, now=NOW)


def conversation(found: Assessment, cast: Cast, **facts: Any) -> Conversation:
    """A focus group that was held."""
    told = {"kind": "focus_group", "title": "Teachers of small schools", "held_on": date(2026, 11, 20)} | facts
    return conversations.add(found, **told, by=cast.member, now=NOW)


def statement(talk: Conversation, cast: Cast, text: str = "We share one laptop", **about: str) -> Statement:
    """What was said there."""
    told = {"dimension": "needs", "audience": "teachers"} | about
    return conversations.add_statement(talk, text=text, **told, by=cast.member, now=NOW)


def instrument(found: Assessment, cast: Cast, *, audience: str = "teachers", is_published: bool = True) -> Instrument:
    """A questionnaire of the assessment."""
    made = Instrument.objects.create(
        country=cast.home, assessment=found, title="Teachers", form_id=f"teachers_{uuid4().hex[:6]}",
        audience=audience, added_by=cast.chair, added_at=NOW,
    )  # fmt: skip
    told: dict[str, Any] = {"published_at": NOW, "published_by": cast.chair} if is_published else {}
    Version.objects.create(instrument=made, number=1, version="1", changed_by=cast.chair, changed_at=NOW, **told)
    return made


def round_(questions: Instrument, cast: Cast, *, opens_at: datetime = NOW, kind: str = "open", **facts: Any) -> Round:
    """A round that is open for a year."""
    return Round.objects.create(
        country=cast.home, assessment=questions.assessment, instrument=questions, title="Autumn", kind=kind,
        key=uuid4().hex, opens_at=opens_at, closes_at=opens_at.replace(year=opens_at.year + 1),
        planned_by=cast.chair, planned_at=NOW, **facts,
    )  # fmt: skip


def answer(to: Round, **facts: Any) -> Submission:
    """An answer that came in."""
    instance = f"uuid:{uuid4()}"
    return Submission.objects.create(
        instrument=to.instrument, version=to.instrument.versions.get(), round=to, instance_id=instance,
        root_id=instance, xml=b"<data/>", sha256="0" * 64, channel="web", received_at=NOW, **facts,
    )  # fmt: skip
