"""Why nothing can be estimated, or what to be careful about: a stable code, words for people, what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    "control_totals_disagree": "The totals do not add up to the same number: see %(keys)s.",
    "brewer_without_chances": "Brewer's variance needs the chance of each unit as the fraction of the first stage.",
    "column_twice": "There is another column whose name differs by capitals only: see %(keys)s.",
    "design_option": "There is no %(what)s “%(given)s”. Choose one of: %(known)s.",
    "fpc_below_sample": "Fewer units exist than were sampled in these groups: see %(keys)s.",
    "fpc_between_0_and_1": "The number of units that exist is below one: see %(keys)s. Give shares as a fraction.",
    "fpc_fraction": "The share that was drawn is above one: see %(keys)s.",
    "fpc_missing": "The number of units that exist is missing here: see %(keys)s.",
    "fpc_stage_mismatch": "Say for every stage how many units exist, or for none.",
    "fpc_varies": "The number of units that exist must be the same all over a group: see %(keys)s.",
    "half_samples_need_pairs": "Half samples need exactly two first-stage units in each stratum: see %(keys)s.",
    "item_nonfinite": "These columns hold an infinite number, or one that is too large to work with: see %(keys)s.",
    "item_twice": "Two items have the same name: see %(keys)s.",
    "item_unknown": "The table has no row for %(keys)s.",
    "joint_shape": "The joint chances must be a square table of %(wanted)s lines, not %(keys)s.",
    "joint_unit": "The joint chances have no line for these units: see %(keys)s.",
    "joint_uneven": "The chance of two to be drawn together is the same both ways, and not above that of either: "
    "see %(keys)s.",
    "joint_zero": "These two can never be drawn together, so there is no variance: see %(keys)s.",
    "level_out_of_range": "The confidence is %(given)s. It must be above 0 and below 1.",
    "no_rows": "The data have no row.",
    "no_weight": "The design names no weight. Give the column that says how many people each answer stands for.",
    "nobody_answered": "Nobody answered, so there is nobody to carry the weights.",
    "non_numeric_item": "These columns hold no numbers: see %(keys)s.",
    "not_a_flag": "These columns must hold yes or no (1 or 0) only: see %(keys)s.",
    "out_of_range": "%(what)s is %(given)s. It must be %(range)s.",
    "propensity_separated": "Some of these tell perfectly who answered, so no chance can be fitted: see %(keys)s. "
    "Leave them out, or use classes.",
    "psu_null": "Some rows do not say which unit they were drawn with: see %(keys)s.",
    "psu_spans_strata": "These units stand in more than one stratum: see %(keys)s. Or do their numbers start again?",
    "ratio_zero_denominator": "The total below is zero, so there is no ratio: see %(keys)s.",
    "replicate_shape": "The replicate weights do not fit the data: see %(keys)s.",
    "share_out_of_range": "A share must be between 0 and 1: see %(keys)s.",
    "single_psu": "Only one unit was drawn in these strata: see %(keys)s. Merge them, or choose a rule for them.",
    "stratum_null": "Some rows do not say which stratum they belong to: see %(keys)s.",
    "trim_too_low": "The cap of %(cap)s is too low: so few people cannot carry the weights. "
    "It must be above their mean of %(mean)s.",
    "table_too_small": "A table needs at least two answers to each question: see %(keys)s.",
    "table_without_variance": "Nothing in this table varies from unit to unit, so there is nothing to test: "
    "see %(keys)s. Were the weights calibrated to it?",
    "unknown_column": "The data have no column %(keys)s.",
    "unreadable_source": "This kind of data cannot be read: %(keys)s.",
    "weight_all_zero": "All weights are zero.",
    "weight_negative": "Some weights are below zero: see %(keys)s.",
    "weight_nonfinite": "Some weights are infinite: see %(keys)s.",
    "weight_not_positive": "Some weights are zero or less: see %(keys)s.",
    "weight_null_or_nan": "Some weights are missing: see %(keys)s.",
}
"""What each code says. The pages translate by code and put in the same facts."""

WARNINGS: Mapping[str, str] = {
    "domain_empty": "Nobody answered here, so there is no estimate.",
    "domain_one_psu": "All answers here come from one sampled unit, so the margin of error is not known.",
    "few_degrees": "Fewer than %(least)s degrees of freedom: the margin of error is itself uncertain.",
    "item_nonresponse": "%(percent)s of 100 left this question out.",
    "no_estimate": "There is no number here: what it is divided by is zero, or a single answer has no spread.",
    "no_psu": "No sampled unit is named: treated as a simple random sample; intervals are likely too narrow.",
    "no_variance": "The margin of error cannot be told from this sample.",
    "weight_spread": "The weights differ very much (variation %(variation)s, largest over median %(largest)s).",
    "weight_sum": "The weights add up to %(sum)s, more than 5 of 100 away from the %(population)s that are known.",
    "weight_zero": "%(count)s rows have weight zero: they count as drawn, not as answers.",
}
"""What each warning says."""


class CannotEstimate(ValueError):
    """Nothing can be estimated from what was given.

    `code` never changes its meaning. `keys` are the first ten things that are wrong (strata, units, columns), `count`
    how many there are. `facts` are the other places of the words.
    """

    def __init__(self, code: str, *, keys: Iterable[object] = (), count: int | None = None, **facts: object) -> None:
        found = list(keys)
        self.code = code
        self.count = len(found) if count is None else count
        self.keys = tuple(str(key) for key in found[:NAMED])
        self.facts: Mapping[str, object] = facts
        more = ", …" if self.count > len(self.keys) else ""
        super().__init__(REASONS[code] % {**facts, "keys": ", ".join(self.keys) + more})


@dataclass(frozen=True)
class Warned:
    """Something to be careful about: its code and the places of its words."""

    code: str
    facts: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """The words for people, in English."""
        return WARNINGS[self.code] % dict(self.facts)


def warned(code: str, **facts: object) -> Warned:
    """A warning with its facts."""
    return Warned(code, tuple(facts.items()))
