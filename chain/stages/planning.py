"""A needs assessment that looks at every dimension, and whom it asks."""

from chain.stages.taskforce import ANALYST, CHAIR
from chain.walk import Made, Walk
from learnin.assessment.operations import plan
from learnin.programme import reader

AUDIENCE = "students-lower-secondary"
"""A register of schools tells how many places each is licensed for: of its people, learners are what can be drawn."""


def assess(walk: Walk) -> Made:
    """The plan."""
    dimensions = [one.id for one in reader.current().dimensions]
    walk.assessment = plan.plan(
        walk.country,
        title="What schools need (real register and form, simulated respondents)",
        purpose="A walk through the whole chain on real input. Its answers are simulated.",
        starts_on=walk.ago(20).date(),
        ends_on=walk.ago(-120).date(),
        dimensions=dimensions,
        mandate_points=["needs-assessment"],
        coordinator=walk.people[ANALYST],
        by=walk.people[CHAIR],
        now=walk.ago(20),
    )
    plan.add_population(
        walk.assessment, audience=AUDIENCE, method="sample", target=walk.size.answers, note="", by=walk.people[ANALYST],
        now=walk.ago(19),
    )  # fmt: skip
    return {"dimensions": len(dimensions), "answers wanted": walk.size.answers}
