"""Seventh chapter: six teachers in each of eighteen schools are asked, two of three answer, and weights are made."""

from random import Random
from typing import TYPE_CHECKING

from learnin.assessment.formats import entry_workbook
from learnin.assessment.formats.definition import Definition, Question
from learnin.assessment.formats.entry_workbook import Row
from learnin.assessment.formats.weight_recipe import Base, Limit, Response, Totals
from learnin.assessment.models import Instrument, Invitation, Round, Submission, Version
from learnin.assessment.operations import invitations, rounds, samples, submissions, weights
from learnin.assessment.queries import known_totals, questionnaire
from learnin.assessment.queries.asked import OF_FRAME
from learnin.assessment.queries.samples import Design

if TYPE_CHECKING:
    from learnin.demo.story import Story

SEED = 20261124
SCHOOLS, TEACHERS = 18, 6
# How many of a hundred answer, and how far up a scale they choose, by area.
ANSWER = {"Uplands": (58, 0.35), "Lakes": (70, 0.5), "Harbour": (82, 0.65)}
AREA = (f"{OF_FRAME}Area",)


def tell(story: "Story") -> None:
    """Ask, let two of three answer, close, and weigh."""
    chance = Random(SEED)  # noqa: S311  (a story, no secret)
    asked = _asked(story)
    version = asked.instrument.versions.exclude(published_at=None).get()
    of = questionnaire.of_version(version)
    areas = dict(asked.invitations.values_list("pk", "unit__unit__area"))
    for one in asked.invitations.order_by("number"):
        rate, height = ANSWER[areas[one.pk]]
        if chance.randrange(100) < rate:
            _answer(one, version, _values(of, chance, height), story, days=chance.randrange(14, 38))
    _weigh(asked, story)


def _asked(story: "Story") -> Round:
    """A sample of teachers, and a round that asked them."""
    by = story.people["tomas"]
    frame = story.country.frames.order_by("pk")[0]
    design = Design(method="simple", size=SCHOOLS, allocation="proportional", strata=("Area",), take=TEACHERS)
    sample = samples.draw(
        frame, title="Teachers of eighteen schools", assessment=None, design=design, seed=SEED, by=by, now=story.ago(46)
    )
    for unit in sample.units.select_related("unit").order_by("order"):
        listed = [{"name": f"Teacher {at} of {unit.unit.code}"} for at in range(1, (unit.unit.seconds or 0) + 1)]
        samples.draw_people(unit, people=listed, by=by, now=story.ago(45))
    made = rounds.plan_round(
        story.country,
        title="Teachers and digital learning, autumn",
        instrument=Instrument.objects.get(country=story.country, audience="teachers"),
        assessment=story.country.assessments.filter(closed_at=None).order_by("pk").first(),
        sample=sample,
        kind=Round.Kind.SAMPLE,
        naming=Round.Naming.LINKED,
        opens_at=story.ago(40),
        closes_at=story.ago(12),
        target=70,
        by=by,
        now=story.ago(44),
    )
    invitations.make_from_sample(made, by=by, now=story.ago(43))
    return made


def _values(of: Definition, chance: Random, height: float) -> dict[str, str]:
    """What somebody says: along the lists from low to high, around a height."""
    found = ((one.path, _value(one, of, chance, height)) for one in entry_workbook.columns(of))
    return {path: value for path, value in found if value}


def _value(one: Question, of: Definition, chance: Random, height: float) -> str:
    names = [choice.name for choice in of.choices(one)]
    if one.type == "select_one":
        return names[_place(len(names), chance, height)]
    if one.type == "select_multiple":
        return " ".join(name for name in names if chance.random() < height / 2) or names[0]
    return str(chance.randrange(1, 35)) if one.type == "integer" else ""


def _place(length: int, chance: Random, height: float) -> int:
    return min(length - 1, max(0, round(chance.gauss(height, 0.25) * (length - 1))))


def _answer(invitation: Invitation, version: Version, values: dict[str, str], story: "Story", *, days: int) -> None:
    row = Row(1, "", values)
    (id_,) = entry_workbook.instance_ids([row], place=f"story-{invitation.pk}-{invitation.number}")
    submissions.receive(
        invitation.round,
        xml=entry_workbook.xml(version.xform, row, instance_id=id_),
        channel=Submission.Channel.WEB,
        invitation=invitation,
        now=story.ago(days),
    )


def _weigh(asked: Round, story: "Story") -> None:
    """All four steps: both chances, classes by area, the teachers of each area, and no weight above three medians."""
    by, now = story.people["tomas"], story.ago(8)
    base = Base(inside="drawn")
    steps: dict[str, Base | Response | Totals | Limit] = {
        "base": base,
        "response": Response(method="classes", by=AREA, least=10),
        "totals": Totals(method="raking", by=AREA, margins=(known_totals.known(asked, base).margin(AREA),)),
        "limit": Limit(method="median", medians=3.0),
    }
    making = weights.begin(asked, by=by, now=now)
    for name, said in steps.items():
        weights.decide(making, step=name, said=said, by=by, now=now)
    weights.finish(making, name="Teachers by area", note="Answers of the autumn round, all but rejected ones.", by=by,
                   now=now)  # fmt: skip
