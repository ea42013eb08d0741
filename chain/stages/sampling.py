"""A stratified sample of two stages: schools in proportion to their places, then people of made lists."""

from statistics import median

from chain.stages.framing import REGION, RURAL
from chain.stages.taskforce import ANALYST
from chain.walk import SEED, Made, Walk
from learnin.assessment.models import SampledUnit
from learnin.assessment.operations import samples
from learnin.assessment.queries.samples import Design

ANSWERING = 0.75
"""Of whom who is drawn is planned to answer; the phones leave out the others by chance."""
LEAST_SCHOOLS, SCHOOLS = 100, 250
"""Two schools in each of 49 strata at the least; 250 for a walk of ordinary size."""


def draw(walk: Walk) -> Made:
    """Draw schools, then people in each."""
    wanted = round(walk.size.answers / ANSWERING * 1.05)  # a twentieth more, so that chance does not miss the target
    schools = SCHOOLS if wanted >= 4 * SCHOOLS else LEAST_SCHOOLS
    design = Design(
        method="pps_systematic",
        size=schools,
        allocation="proportional",
        strata=(REGION, RURAL),
        take=max(2, -(-wanted // schools)),
    )
    walk.sample = samples.draw(
        walk.frame, title="Schools by region and place", assessment=walk.assessment, design=design, seed=SEED,
        by=walk.people[ANALYST], now=walk.ago(16),
    )  # fmt: skip
    people = sum(_inside(walk, unit) for unit in walk.sample.units.select_related("unit").order_by("order", "pk"))
    return {
        "schools": walk.sample.units.count(),
        "strata": walk.sample.drawn_strata.count(),
        "people (simulated)": people,
    }


def _inside(walk: Walk, unit: SampledUnit) -> int:
    """Draw from a made list as long as the school has places; where the register does not say, as its stratum has."""
    length = unit.unit.seconds or _usual(walk, unit)
    listed = [{"name": f"Simulated respondent {number} of {unit.unit.code}"} for number in range(1, length + 1)]
    return len(samples.draw_people(unit, people=listed, by=walk.people[ANALYST], now=walk.ago(15)))


def _usual(walk: Walk, unit: SampledUnit) -> int:
    there = walk.frame.units.filter(set_aside="", strata=unit.unit.strata, seconds__gt=0)
    return round(median(number or 0 for number in there.values_list("seconds", flat=True)))
