"""Assessments with answers, indicators and groups, for tests."""

from typing import Any

from learnin.assessment.models import Assessment, Grouping, Indicator, Round
from tests.assessment import made_plan, made_weights
from tests.cast import NOW, Cast

SURE = {"kind": "share", "question": "belief_1", "values": ["2", "3"]}


def surveyed(cast: Cast, *, every: int = 1, **details: Any) -> Round:
    """A round of an assessment that asked twelve schools, of which every so many answered; not all say the same."""
    round_ = made_weights.asked(cast, **details)
    round_.assessment = made_plan.assessment(cast)
    round_.save(update_fields=["assessment"])
    for at, one in enumerate(round_.invitations.order_by("number")[::every]):
        beliefs = "".join(f"<belief_{n}>{1 + (at + n) % 3}</belief_{n}>" for n in range(1, 7))
        kind, tools = ("town", "book") if at % 2 else ("village", "tablet book")
        made_weights.answer(one, size=str(100 + 10 * at), kind=kind, tools=tools, beliefs=beliefs)
    return round_


def assessment_of(round_: Round) -> Assessment:
    """The assessment of a round that has one."""
    assert round_.assessment is not None
    return round_.assessment


def indicator(round_: Round, cast: Cast, **more: Any) -> Indicator:
    """An indicator of a round's questionnaire."""
    plain = {"code": "sure", "labels": {"en": "Sure of it"}, "definition": SURE, "dimension": "expertise"}
    return Indicator.objects.create(
        country=round_.country,
        assessment=assessment_of(round_),
        instrument=round_.instrument,
        added_by=cast.chair,
        added_at=NOW,
        **(plain | more),
    )


def grouping(round_: Round, cast: Cast, **more: Any) -> Grouping:
    """A way to split the people of a round: where the school is."""
    plain = {"code": "place", "labels": {"en": "Place"}, "kind": Grouping.Kind.QUESTION, "name": "kind"}
    return Grouping.objects.create(
        assessment=assessment_of(round_), added_by=cast.chair, added_at=NOW, **(plain | more)
    )
