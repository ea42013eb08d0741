"""Every number of R survey that we have is ours too, or it is said why not."""

from collections.abc import Callable

import numpy as np
import pytest
from scipy import stats

from learnin.compute.survey import CannotEstimate, Mean
from tests.compute import reference, reference_designs
from tests.compute.r_calls import parsed
from tests.compute.reference import HOME, Unsupported, checks, entries

reference_designs.read()

pytestmark = pytest.mark.skipif(not HOME.exists(), reason=f"The reference numbers do not stand there: {HOME}")

NEGATIVE = [name for name in entries() if name.startswith("greg_agg_clus1_")]

REFUSED = {
    "bad_fpc_varies_in_stratum": ("fpc_varies", "R takes one of the numbers of units of the stratum."),
    "negative_weight": ("weight_negative", "R adds up negative weights."),
    **dict.fromkeys(NEGATIVE, ("calibration_negative_weights", "R keeps rows of negative weight.")),
}
"""What R tolerates and we refuse: the code, and what R does."""

OTHERWISE = {
    "na_not_removed": "R answers NA unless told to leave missing answers out; ours are always of those who answered.",
    "empty_domain": "R says 0 with standard error 0 for a group nobody is in; ours has no estimate.",
    "srs_quantile_shahvaish": "R takes half of the raw weight off where Shah and Vaish take half of the scaled one.",
    "strat_quantile_shahvaish": "As above.",
    "clus1_quantile_shahvaish": "As above.",
    "clus2_quantile_shahvaish": "As above.",
    "rep_JK1_clus1_ciprop_rare_logit": "R fits odds where a replicate has no yes; ours are then to first order.",
    "rep_JK1_clus1_nofpc_ciprop_rare_logit": "As above.",
    "rep_JK1_clus1_mse_ciprop_rare_logit": "As above.",
}
"""What we answer in another way. A test for each shows that the reason is the whole difference."""

UNSUPPORTED: tuple[str, ...] = ()
"""Designs that are not answered yet: none."""

COUNTS = {"matched": 1083, "refused": 12, "otherwise": 9, "unsupported": 0}
"""How many of each there are; a change is looked at, not waved through."""


def wanted(name: str) -> str:
    """What should become of an entry."""
    if name in REFUSED:
        return "refused"
    if name in OTHERWISE:
        return "otherwise"
    tree = parsed(entries()[name]["design"])
    return "unsupported" if getattr(tree, "function", getattr(tree, "name", "")) in UNSUPPORTED else "matched"


@pytest.mark.parametrize("name", sorted(entries()))
def test_number(name: str, record_property: Callable[[str, object], None]) -> None:
    entry = entries()[name]
    match wanted(name):
        case "refused":
            with pytest.raises(CannotEstimate) as refusal:
                checks(entry)
            assert refusal.value.code == REFUSED[name][0]
        case "unsupported":
            with pytest.raises(Unsupported):
                checks(entry)
        case "matched" if "error" in entry:
            with pytest.raises(CannotEstimate):  # R refuses too
                checks({**entry, "result": {}})
        case "matched":
            found = checks(entry)
            assert found
            for check in found:
                assert check.holds()
        case _:
            assert OTHERWISE[name]
    record_property("reference", wanted(name))


def test_counts() -> None:
    found = [wanted(name) for name in entries()]
    assert {outcome: found.count(outcome) for outcome in COUNTS} == COUNTS


def test_missing_answers_are_left_out() -> None:
    entry = entries()["na_not_removed"]
    with_them_left_out = entries()["t0_mean_hours"]["result"]
    for check in checks({**entry, "result": with_them_left_out}):
        assert check.holds()


def test_nobody_is_no_estimate() -> None:
    entry = entries()["empty_domain"]
    nobody = reference.sample(entry).within(parsed("age>200"))
    [row] = nobody.table([Mean("age")], levels={reference.DOMAIN: (True,)})[1]
    assert (row.estimate, row.se, row.n) == (None, None, 0)
    assert "domain_empty" in [warning.code for warning in row.warnings]
    assert entry["result"]["estimate"] == entry["result"]["se"] == [0]


@pytest.mark.parametrize("name", [name for name in OTHERWISE if "shahvaish" in name])
def test_half_of_the_raw_weight_makes_the_number_of_r(name: str) -> None:
    """R's rule with the weight as it stands: the answers sorted by what it finds, the last at or below the share."""
    entry = entries()[name]
    data, weight = reference.data(entry["dataset"]), reference.sample(entry).design.weight
    x, w = (np.array(data.sort("api00", maintain_order=True)[column]) for column in ("api00", weight))
    share = (np.cumsum(w / w.mean()) + 0.5 - w / 2) / (len(w) + 1)
    order = np.argsort(share, kind="stable")
    theirs = [x[order][np.searchsorted(share[order], p, side="right") - 1] for p in (0.1, 0.25, 0.5, 0.75, 0.9)]
    assert theirs == entry["result"]["quantiles"]["api00"]["values"][0]


@pytest.mark.parametrize("name", [name for name in OTHERWISE if "rare_logit" in name])
def test_odds_that_a_replicate_does_not_have_are_of_first_order(name: str) -> None:
    estimate, se, ends, df = checks(entries()[name])
    for check in (estimate, se, df):
        check.holds()
    p, half = float(estimate.ours), stats.t.ppf(0.975, float(df.ours)) * float(se.ours)
    odds = np.log(p / (1 - p)) + half / (p * (1 - p)) * np.array([-1, 1])
    assert ends.ours == pytest.approx(1 / (1 + np.exp(-odds)))
    assert ends.theirs == pytest.approx([0, 1], abs=1e-9)  # R knows nothing
