"""Rounds whose answers are weighted, for tests."""

from typing import Any

from learnin.assessment.formats import weight_file
from learnin.assessment.formats.weight_recipe import Recipe
from learnin.assessment.models import Invitation, Round, Submission, WeightSet
from learnin.assessment.operations import invitations, samples, weights
from tests.assessment import made_data, made_frames, made_rounds
from tests.cast import NOW, Cast

LISTED = 10  # teachers on the list of each school


def asked(cast: Cast, *, take: int = 0, naming: str = Round.Naming.LINKED, **design: Any) -> Round:
    """A round that asks the twelve schools of a sample; with `take`, so many of the ten teachers of each."""
    sample = made_frames.sample(cast, take=take or None, **design)
    for unit in sample.units.filter(reserve_for=None).order_by("order") if take else ():
        people = [{"name": f"{unit.order}-{at}"} for at in range(LISTED)]
        samples.draw_people(unit, people=people, by=cast.chair, now=NOW)
    found = made_rounds.planned(
        cast, instrument=made_data.instrument(cast), sample=sample, kind=Round.Kind.SAMPLE, naming=naming
    )
    invitations.make_from_sample(found, by=cast.chair, now=NOW)
    return found


def answer(invitation: Invitation, **said: Any) -> Submission:
    """What one of them answers, worked out. Its id has the number of its invitation."""
    return made_data.answer(invitation.round, f"uuid:{invitation.number:03}", invitation=invitation, **said)


def answered(round_: Round, *, every: int = 2, **said: Any) -> list[Submission]:
    """Every so many of those who were asked answer."""
    return [answer(one, **said) for one in round_.invitations.order_by("number")[::every]]


def made(round_: Round, cast: Cast, recipe: Recipe | None = None, **more: Any) -> WeightSet:
    """A set of weights."""
    plain = {"name": "First", "by": cast.chair, "now": NOW}
    return weights.make_set(round_, recipe=recipe or Recipe(), **(plain | more))


def rows(of: WeightSet) -> dict[str, dict[str, Any]]:
    """The file of a set, answer by answer."""
    with of.file.file.open("rb") as file:
        table = weight_file.read(file.read())
    return {row["answer"]: row for row in table.to_dicts()}
