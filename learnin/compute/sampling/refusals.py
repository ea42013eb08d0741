"""Why a sample cannot be drawn or planned: a stable code, words for people, and the units it is about."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

NAMED = 10  # offending units that are named: enough to see what is wrong, few enough to read

REASONS: Mapping[str, str] = {
    "allocation_shape": "There are %(given)s numbers for %(strata)s strata. Give one number for each stratum.",
    "below_minimum": "A sample of %(wanted)s is too small: each stratum needs %(least)s, so %(needed)s in all.",
    "frame_empty": "There is no unit in the frame.",
    "joint_too_many": "Pairs of %(given)s units do not fit in memory. Ask for %(most)s units at the most.",
    "more_than_there_are": "A sample of %(wanted)s cannot be drawn: there are only %(there)s units.",
    "no_spread": "No stratum has a standard deviation above zero, so nothing says where to draw more.",
    "not_an_order": "The order must name each of the %(there)s units exactly once.",
    "not_whole": "These numbers must be whole: see %(units)s.",
    "out_of_range": "%(what)s is %(given)s. It must be %(range)s.",
    "psu_empty": "These sampled units have nobody to choose from: see %(units)s.",
    "seed_negative": "The seed is %(given)s. It must be zero or more.",
    "share_not_positive": "These strata have a negative or missing number: see %(units)s.",
    "size_missing": "These units have no size: see %(units)s.",
    "size_not_positive": "These units have a size of zero or less: see %(units)s. Correct it or set the units aside.",
    "size_too_large": "The sizes are too large to add up exactly. See %(units)s.",
    "stratum_empty": "These strata have no unit: see %(units)s.",
    "stratum_without_sample": "Nothing would be drawn in these strata, so nobody could speak for them: see %(units)s.",
    "unknown_kind": "A fingerprint cannot be taken of a %(given)s.",
    "unknown_method": "There is no method “%(given)s”.",
}
"""What each code says. The pages translate by code and put in the same facts."""


class CannotSample(ValueError):
    """A sample cannot be drawn, or its size not worked out, from what was given.

    `code` never changes its meaning. `units` are the first ten positions (from 0, in the order given) that are
    wrong, `count` how many there are; pages put the units' names in their place. `facts` are the other places of
    the words.
    """

    def __init__(self, code: str, *, units: ArrayLike = (), **facts: object) -> None:
        found = np.asarray(units, dtype=np.int64)
        self.code = code
        self.count = int(found.size)
        self.units = tuple(int(unit) for unit in found[:NAMED])
        self.facts: Mapping[str, object] = facts
        more = ", …" if self.count > NAMED else ""
        super().__init__(REASONS[code] % {**facts, "units": ", ".join(map(str, self.units)) + more})
