"""Weights in four steps: chances of both stages, classes of those who answered, totals of the register, a limit."""

from django.utils import timezone

from chain.stages.framing import REGION, RURAL
from chain.stages.taskforce import ANALYST
from chain.walk import Made, Walk, work
from learnin.assessment.formats.weight_recipe import Base, Limit, Response, Totals
from learnin.assessment.models import WeightSet
from learnin.assessment.operations import weights
from learnin.assessment.queries import known_totals
from learnin.assessment.queries.asked import OF_FRAME

BY_REGION, BY_RURAL = (f"{OF_FRAME}{REGION}",), (f"{OF_FRAME}{RURAL}",)


def weigh(walk: Walk) -> Made:
    """Decide each step, make the set, and take it into use."""
    by, now = walk.people[ANALYST], timezone.now()
    base = Base(inside="drawn")
    known = known_totals.known(walk.round, base)
    margins = (known.margin(BY_REGION), known.margin(BY_RURAL))
    steps: dict[str, Base | Response | Totals | Limit] = {
        "base": base,
        "response": Response(method="classes", by=BY_REGION, least=10),
        "totals": Totals(method="raking", by=BY_REGION + BY_RURAL, margins=margins),
        "limit": Limit(method="median", medians=5.0),
    }
    making = weights.begin(walk.round, by=by, now=now)
    for name, said in steps.items():
        weights.decide(making, step=name, said=said, by=by, now=now)
    made = weights.finish(making, name="Region and place", note="All but rejected answers.", by=by, now=now)
    if not isinstance(made, WeightSet):
        work(made)
        made = walk.round.weight_sets.get(is_in_use=True)
    return {"weights": made.answers, "people they stand for": round(known.everybody or 0)}
