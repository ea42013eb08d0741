"""Why weights cannot be made from what was given: a stable code, words for people, and what it is about."""

from collections.abc import Iterable, Mapping

NAMED = 10  # offending keys that are named: enough to see what is wrong, few enough to read

REASONS: Mapping[str, str] = {
    "bootstrap_too_few": "The bootstrap needs two or more first-stage units in each stratum: see %(keys)s.",
    "calibration_infeasible": "No weights within the limits reach these totals: see %(keys)s. "
    "Widen the limits, or join small groups.",
    "calibration_limits": "The limits are %(low)s and %(high)s. The low one must be 0 or more and below 1, "
    "the high one above 1.",
    "calibration_negative_weights": "These rows would get a weight of zero or less: see %(keys)s. "
    "Set limits, or use raking.",
    "control_missing_level": "These groups stand on one side only, in the answers or in the totals: see %(keys)s. "
    "Correct the words, or join groups.",
    "control_not_a_number": "These rows have no number in “%(column)s”: see %(keys)s.",
    "control_totals_disagree": "The totals do not add up to the same number: %(keys)s.",
    "half_samples_need_pairs": "Half samples need exactly two first-stage units in each stratum: see %(keys)s.",
    "nobody_answered": "Nobody answered, so there is nobody to carry the weights.",
    "out_of_range": "%(what)s is %(given)s. It must be %(range)s.",
    "propensity_separated": "Some of these perfectly tell who answered, so no chance can be fitted: see %(keys)s. "
    "Leave them out, or use classes.",
    "replicate_shape": "Replicate weights have the shape %(given)s. It must be %(wanted)s.",
    "single_psu": "These strata have a single first-stage unit: see %(keys)s. Join them with others.",
    "trim_too_low": "The cap of %(cap)s is too low: so few people cannot carry the weights. "
    "It must be above the mean of %(mean)s.",
    "weight_all_zero": "All weights are zero.",
    "weight_negative": "These rows have a weight below zero: see %(keys)s.",
    "weight_not_positive": "These rows have a weight of zero or less: see %(keys)s.",
    "weight_null_or_nan": "These rows have no weight: see %(keys)s.",
}
"""What each code says. The pages translate by code and put in the same facts."""


class CannotWeigh(ValueError):
    """Weights cannot be made from what was given.

    `code` never changes its meaning. `keys` are the first ten rows (from 0, in the order given) or groups that are
    wrong, `count` how many there are. `facts` are the other places of the words.
    """

    def __init__(self, code: str, *, keys: Iterable[object] = (), **facts: object) -> None:
        found = [str(key) for key in keys]
        self.code = code
        self.count = len(found)
        self.keys = tuple(found[:NAMED])
        self.facts: Mapping[str, object] = facts
        more = ", …" if self.count > NAMED else ""
        super().__init__(REASONS[code] % {**facts, "keys": ", ".join(self.keys) + more})
