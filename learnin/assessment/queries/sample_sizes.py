"""How many people a result needs, as lines of a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from learnin.compute import sampling
from learnin.kit import written

ROUND_NUMBERS = (50, 100, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 5000)
AXIS = 25.0
"""The chart reaches so many percentage points to either side: the margin of 15 answers."""


@dataclass(frozen=True)
class Step:
    """One line of the chart: so many answers give this margin."""

    completed: int
    invite: int
    margin: float
    is_wanted: bool

    @property
    def left(self) -> str:
        """Where the interval begins on the strip, in percent of its width."""
        return f"{50 - min(self.margin / AXIS, 1) * 50:.1f}%"

    @property
    def right(self) -> str:
        """Where it ends."""
        return f"{50 + min(self.margin / AXIS, 1) * 50:.1f}%"


@dataclass(frozen=True)
class Needed:
    """How many people, for everybody together or group by group, and the trade-off."""

    size: sampling.Size
    plan: sampling.Plan | None
    steps: tuple[Step, ...]

    @property
    def formula(self) -> str:
        """How the first step is worked out, with its letters and its numbers."""
        survey = self.size.survey
        z, s, e = (written.number(round(one, 3)) for one in (survey.z, survey.spread, self.size.margin))
        return f"z² · s² / e² = {z}² · {s}² / {e}²"


def needed(margin: float, survey: sampling.Survey, groups: Mapping[str, int | None]) -> Needed:
    """How many people are needed for a margin in percentage points. Raises sampling.CannotSample."""
    size = sampling.needed(margin / 100, survey)
    plan = sampling.needed_by_group(margin / 100, survey, groups) if groups else None
    most = survey.population or ROUND_NUMBERS[-1]
    counts = sorted({n for n in ROUND_NUMBERS if n <= most} | ({size.completed} if size.completed else set()))
    steps = tuple(
        Step(
            completed=n,
            invite=ceil(round(n / survey.response, 9)),
            margin=100 * sampling.reached(n, survey),
            is_wanted=n == size.completed,
        )
        for n in counts
    )
    return Needed(size=size, plan=plan, steps=steps)
