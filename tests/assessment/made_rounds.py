"""Rounds for tests, made by the operations of the pages."""

from datetime import datetime, timedelta
from typing import Any

from learnin.assessment.access.collection import invited
from learnin.assessment.models import Invitation, Round, Submission
from learnin.assessment.operations import invitations, rounds, submissions
from tests.assessment import made_answers, made_frames
from tests.cast import NOW, Cast

CODE = "teachers"


def planned(cast: Cast, *, now: datetime = NOW, **details: Any) -> Round:
    """A round on a sample of twelve schools, open for thirty days, two of them over."""
    if "instrument" not in details:
        details["instrument"] = made_answers.instrument(cast.home, by=cast.chair)
    if "kind" not in details:
        details |= {"kind": Round.Kind.SAMPLE, "sample": details.get("sample") or made_frames.sample(cast)}
    plain = {
        "title": "Spring round",
        "naming": Round.Naming.LINKED,
        "opens_at": now - timedelta(days=2),
        "closes_at": now + timedelta(days=28),
        "target": 10,
        "reminder_days": [3, 7],
    }
    return rounds.plan_round(cast.home, **(plain | details), by=cast.chair, now=now)


def asked(cast: Cast, *, now: datetime = NOW, **details: Any) -> Round:
    """The same round, with an invitation for each school."""
    made = planned(cast, now=now, **details)
    invitations.make_from_sample(made, by=cast.chair, now=now)
    return made


def answered(invitation: Invitation, *, now: datetime = NOW, **details: Any) -> Submission:
    """The answer of somebody who was asked, as the web form sends it."""
    found = submissions.receive(
        invitation.round, xml=made_answers.answer(**details), channel="web", invitation=invitation, now=now
    )
    return found.submission


def behind(url: str) -> Invitation:
    """The invitation behind a link that stands in a letter."""
    found = invited(url.rstrip("/").rpartition("/")[2]).invitation
    assert found is not None
    return found
