"""How weights are told in every reader's language: steps, warnings, refusals, and what is no probability sample."""

from collections.abc import Callable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment.models import Round
from learnin.compute.base_weights import NoChance
from learnin.compute.survey import CannotEstimate

Words = str | Promise

NOT_PROBABILITY: Words = gettext_lazy("Not a probability sample")
STEPS: Mapping[str, Words] = {
    "base": gettext_lazy("Base weights"),
    "response": gettext_lazy("Those who did not answer"),
    "totals": gettext_lazy("Known totals"),
    "limit": gettext_lazy("Largest weights"),
}
SENTENCES: Mapping[str, Words] = {
    "base": gettext_lazy(
        "Each answer stands for as many as its chance says: one in ten was asked, so one stands for ten."
    ),
    "response": gettext_lazy(
        "Some who were asked did not answer. Those who are like them and answered stand in for them."
    ),
    "totals": gettext_lazy(
        "The list or the census knows how many there are. The weights are moved a little, so that they count the same."
    ),
    "limit": gettext_lazy(
        "A single answer should not decide for a whole group. Very large weights are cut, the others grow."
    ),
    "finish": gettext_lazy(
        "Look at all steps once more. A set is never changed later: a better one gets the next number."
    ),
}
PAGES: Mapping[str, tuple[str, ...]] = {
    "base": ("docs/methods/base-weights.md",),
    "response": ("docs/methods/non-response-classes.md", "docs/methods/propensity.md"),
    "totals": ("docs/methods/post-stratification.md", "docs/methods/raking.md", "docs/methods/calibration.md"),
    "limit": ("docs/methods/trimming.md",),
}
"""The pages of the documentation that each step rests on."""
COLUMNS: Mapping[str, Words] = {
    "@stratum": gettext_lazy("Stratum"),
    "@area": gettext_lazy("Area"),
    "@language": gettext_lazy("Language"),
}


def mark_of(round: Round) -> str:
    """What must stand wherever a number of this round stands; nothing where a probability sample was drawn."""
    return str(NOT_PROBABILITY) if round.kind == Round.Kind.OPEN else ""


def column(name: str, labels: Mapping[str, str]) -> str:
    """The name of a column as people know it."""
    return labels.get(name) or str(COLUMNS.get(name, "")) or name.partition(":")[2] or name


def level(value: str) -> str:
    """A value of a column; nothing said is said."""
    return value or _("Not said")


def warning(code: str) -> str:
    """What to be careful about, and what one can do."""
    return {
        "weight_sum": _(
            "The weights add up to something else than the population, by more than 5%. Look at the list and at who "
            "did not answer, or bring the weights to known totals."
        ),
        "weight_variation": _(
            "The weights differ so much that over half of what the answers could tell is lost. Join small classes, or "
            "limit the largest weights."
        ),
        "weight_largest": _(
            "The largest weight is more than ten times the middle one: single answers speak for whole groups. Limit "
            "the largest weights."
        ),
    }[code]


def why_not(why: NoChance | CannotEstimate, labels: Mapping[str, str] | None = None) -> str:
    """Why answers cannot be weighted in this way, in words, with what it is about."""
    if isinstance(why, NoChance):
        return _CHANCES[why.code]()
    words = _REASONS.get(why.code)
    if words is None:
        return str(why)
    more = ", …" if why.count > len(why.keys) else ""
    keys = ", ".join(f"“{_key(one, labels or {})}”" for one in why.keys) + more
    return words() % {**why.facts, "keys": keys}


def _key(key: str, labels: Mapping[str, str]) -> str:
    """A group as people know it: “Region: North” of `frame:Region=North`."""
    parts = []
    for part in key.split(", "):
        name, mark, value = part.partition("=")
        parts.append(f"{column(name, labels)}: {level(value)}" if mark else part)
    return ", ".join(parts)


_CHANCES: Mapping[str, Callable[[], str]] = {
    "chance_missing": lambda: _(
        "Some answers come from people who were not drawn from a list. Choose another way to say who answers in a unit."
    ),
    "chance_out_of_range": lambda: _("The sample holds a chance that is no number between 0 and 1."),
    "eligible_unknown": lambda: _("Nobody says how many people a unit has. Choose another source."),
    "eligible_not_positive": lambda: _("A unit says that it has nobody. Correct the answer or the list first."),
}
_REASONS: Mapping[str, Callable[[], str]] = {
    "calibration_infeasible": lambda: _(
        "No weights reach these totals: %(keys)s. Widen the limits of the factor, or leave out a column."
    ),
    "calibration_limits": lambda: _("The smallest factor must be below 1 and not below 0, the largest above 1."),
    "calibration_negative_weights": lambda: _(
        "Some weights would fall to zero or below. Set limits of the factor, or choose raking."
    ),
    "control_missing_level": lambda: _(
        "These groups stand on one side only, in the answers or in the totals: %(keys)s. Correct the words, or leave "
        "out the column."
    ),
    "control_totals_disagree": lambda: _(
        "The totals of the columns do not add up to the same number: %(keys)s. Correct them first."
    ),
    "nobody_answered": lambda: _("No answer of this round can be given a weight yet."),
    "propensity_separated": lambda: _(
        "Some of these tell perfectly who answered, so no chance to answer can be worked out: %(keys)s. Leave them "
        "out, or use classes."
    ),
    "trim_too_low": lambda: _("The limit is so low that the other answers cannot carry the rest. Choose a higher one."),
}
