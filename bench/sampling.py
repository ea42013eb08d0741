"""What a draw costs: processor time of 2,000 units of 100,000, beside numpy's own choice on the same data.

numpy's choice is a floor, not a peer: it does not say what chance anybody had, and by size it misses the wanted ones.
"""

from collections.abc import Callable

import numpy as np

from bench.clock import Cost, side_by_side
from bench.table import table
from learnin.compute import sampling

POPULATION, DRAWN, STRATA = 100_000, 2_000, 50
Draws = Callable[[], object]


def run(repetitions: int) -> list[str]:
    """One table, and how far to trust it."""
    measured = [(name, *side_by_side(draw, floor, repetitions)) for name, draw, floor in _draws()]
    head = ["draw", "ms", "half of the rounds", "numpy's choice ms", "times numpy"]
    return [table(head, [_line(*one) for one in measured]), _trust([floor for _name, _cost, floor in measured])]


def _draws() -> list[tuple[str, Draws, Draws]]:
    """Each method, and the choice that comes nearest to it; both draw on and on from streams of their own."""
    rng, theirs = sampling.generator(1, "ours"), sampling.generator(1, "numpy")
    size = np.floor(np.exp(5 + sampling.generator(1, "sizes").random(POPULATION) * 3))
    share = size / size.sum()
    strata = sampling.strata([f"area {number}" for number in np.arange(POPULATION) % STRATA])
    units = sampling.proportional(strata.sizes, DRAWN)

    def alike() -> object:
        return theirs.choice(POPULATION, DRAWN, replace=False)

    def by_size() -> object:
        return theirs.choice(POPULATION, DRAWN, replace=False, p=share)

    return [
        ("simple random", lambda: sampling.simple_random(POPULATION, DRAWN, rng), alike),
        ("systematic", lambda: sampling.systematic(POPULATION, DRAWN, rng), alike),
        (f"simple random in {STRATA} strata", lambda: sampling.stratified(strata, units, rng), alike),
        ("by size, systematic", lambda: sampling.pps_systematic(size, DRAWN, rng), by_size),
        ("by size, Sampford", lambda: sampling.sampford(size, DRAWN, rng), by_size),
        (
            f"by size, Sampford in {STRATA} strata",
            lambda: sampling.stratified(strata, units, rng, method="pps-sampford", size=size),
            by_size,
        ),
    ]


def _line(name: str, cost: Cost, floor: Cost) -> list[str]:
    low, high = cost.half
    ratio = cost.middle / floor.middle
    return [name, f"{cost.middle:.2f}", f"{low:.2f} to {high:.2f}", f"{floor.middle:.2f}", f"{ratio:.1f}"]


def _trust(floors: list[Cost]) -> str:
    """How noisy the run was, from what does the same each time."""
    noise = max((one.half[1] - one.half[0]) / one.middle for one in floors)
    return (
        f"{len(floors[0].rounds)} rounds of each, in turns with numpy's choice. Half of its own rounds differ by up to "
        f"{noise:.0%}:\ntake smaller differences for nothing, and compare ratios, not milliseconds."
    )
