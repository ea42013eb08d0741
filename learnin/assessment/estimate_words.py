"""What the estimation engine says, in every reader's language: why it cannot estimate, and what to be careful about."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.compute.survey import CannotEstimate

_WHY: Mapping[str, str | Promise] = {
    "calibration_infeasible": gettext_lazy("No weights within the bounds add up to the known totals: %(keys)s."),
    "fpc_below_sample": gettext_lazy("Fewer units exist than were drawn here: %(keys)s."),
    "fpc_missing": gettext_lazy("The number of units that exist is missing here: %(keys)s."),
    "fpc_varies": gettext_lazy("The number of units that exist must be the same all over a stratum: %(keys)s."),
    "no_rows": gettext_lazy("There are no answers with a weight."),
    "psu_null": gettext_lazy("Some answers do not say which unit they were drawn with: %(keys)s."),
    "ratio_zero_denominator": gettext_lazy("The total below the line is zero, so there is no ratio: %(keys)s."),
    "single_psu": gettext_lazy("Only one unit answered in these strata: %(keys)s. Join strata in the set of weights."),
    "stratum_null": gettext_lazy("Some answers do not say which stratum they belong to: %(keys)s."),
    "weight_all_zero": gettext_lazy("All weights are zero."),
    "weight_negative": gettext_lazy("Some weights are below zero: %(keys)s."),
    "weight_nonfinite": gettext_lazy("Some weights are infinite: %(keys)s."),
    "weight_null_or_nan": gettext_lazy("Some weights are missing: %(keys)s."),
}

_CAREFUL: Mapping[str, str | Promise] = {
    "domain_empty": gettext_lazy("Nobody answered here."),
    "domain_one_psu": gettext_lazy("All answers come from one sampled unit: how sure it is cannot be said."),
    "few_degrees": gettext_lazy("So few units answered that the interval itself is uncertain."),
    "item_nonresponse": gettext_lazy("%(percent)s of 100 left this out."),
    "no_estimate": gettext_lazy("There is no number here: it would be divided by zero, or one answer has no spread."),
    "no_psu": gettext_lazy("No sampled unit is known: the interval is likely too narrow."),
    "no_variance": gettext_lazy("How sure it is cannot be told from this sample."),
    "weight_spread": gettext_lazy("The weights differ very much."),
    "weight_sum": gettext_lazy("The weights do not add up to the population."),
    "weight_zero": gettext_lazy("Some answers have the weight zero."),
}


def why(wrong: CannotEstimate) -> str:
    """Why nothing can be estimated, in a sentence."""
    told = {**wrong.facts, "keys": ", ".join(wrong.keys)}
    known = _WHY.get(wrong.code)
    return str(known) % told if known else _("The engine says: %(said)s") % {"said": wrong}


def careful(warning: Mapping[str, Any]) -> str:
    """What to be careful about, in a sentence."""
    return str(_CAREFUL.get(str(warning["code"]), warning["code"])) % warning
