"""Units for strata: the totals are exact, bounds hold, and the shares are those of the method."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from learnin.compute import sampling
from tests.compute.worked import number, numbers, table, whole

sizes = st.lists(st.integers(1, 5000), min_size=1, max_size=12)
HEADS = ("Method", "Sizes", "Spread", "Exponent", "Total", "Units")


@pytest.mark.parametrize(
    "row", table("stratified-allocation.md", *HEADS), ids=lambda row: f"{row['Method']} {row['Sizes']}"
)
def test_the_page_allocates_as_it_says(row: dict[str, str]) -> None:
    there, total = whole(row["Sizes"]), int(row["Total"])
    found = {
        "equal": lambda: sampling.equal(there, total),
        "proportional": lambda: sampling.proportional(there, total),
        "neyman": lambda: sampling.neyman(there, numbers(row["Spread"]), total),
        "power": lambda: sampling.power(there, total, exponent=number(row["Exponent"])),
    }[row["Method"]]()
    assert found.units.tolist() == whole(row["Units"])
    assert (found.method, found.version) == (row["Method"], 1)


def allocations(there: list[int], share: float, spread: list[float]) -> list[sampling.Allocation]:
    """Every method on the same strata; the total lies between the least and everything."""
    low = sum(min(one, sampling.LEAST) for one in there)
    total = low + round(share * (sum(there) - low))
    return [
        sampling.equal(there, total),
        sampling.proportional(there, total),
        sampling.power(there, total, exponent=0.3),
        *([sampling.neyman(there, spread, total)] if any(spread) else []),
    ]


@settings(deadline=None, max_examples=60)
@given(sizes, st.floats(0, 1), st.data())
def test_the_total_is_exact_and_the_bounds_hold(there: list[int], share: float, data: st.DataObject) -> None:
    spread = data.draw(st.lists(st.floats(0, 1000), min_size=len(there), max_size=len(there)))
    low = sum(min(one, sampling.LEAST) for one in there)
    for found in allocations(there, share, spread):
        assert found.total == low + round(share * (sum(there) - low)), found.method
        assert (found.units <= there).all(), found.method
        assert (found.units >= np.minimum(there, sampling.LEAST)).all(), found.method


@settings(deadline=None, max_examples=40)
@given(sizes, st.floats(0, 1), st.data())
def test_rounding_moves_a_stratum_by_less_than_one(there: list[int], share: float, data: st.DataObject) -> None:
    spread = data.draw(st.lists(st.floats(0, 1000), min_size=len(there), max_size=len(there)))
    for found in allocations(there, share, spread):
        assert (np.abs(found.units - found.exact) < 1 + 1e-6).all(), found.method
        assert found.exact.sum() == pytest.approx(found.total), found.method


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(50, 5000), min_size=2, max_size=8), st.lists(st.floats(0.5, 2), min_size=8, max_size=8))
def test_inside_the_bounds_the_shares_are_kept(there: list[int], spread: list[float]) -> None:
    found = sampling.neyman(there, spread[: len(there)], sum(there) // 4)
    inside = (found.exact > sampling.LEAST) & (found.exact < found.sizes)
    assume(inside.sum() > 1)
    share = found.exact / (np.array(there) * spread[: len(there)])
    assert share[inside] == pytest.approx(share[inside][0])


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(2, 60), min_size=2, max_size=4), st.integers(0, 60), st.data())
def test_no_other_allocation_is_better_than_neyman(there: list[int], more: int, data: st.DataObject) -> None:
    spread = data.draw(st.lists(st.integers(1, 9), min_size=len(there), max_size=len(there)))
    total = min(2 * len(there) + more, sum(there))
    exact = sampling.neyman(there, spread, total).exact

    def variance(units: np.ndarray) -> float:
        return float(((np.array(there) * spread) ** 2 / units).sum())

    for one in range(len(there)):  # taking a little from one stratum for another never helps
        for other in range(len(there)):
            moved = exact.copy()
            moved[one] -= 0.01
            moved[other] += 0.01
            if one != other and moved[one] >= 2 and moved[other] <= there[other]:
                assert variance(moved) >= variance(exact) - 1e-9


def test_the_units_of_the_spread_do_not_matter() -> None:
    hours, minutes = [1.5, 2.0, 7.25], [90, 120, 435]
    one, other = (sampling.neyman([400, 300, 90], spread, 61).units for spread in (hours, minutes))
    assert one.tolist() == other.tolist()


def test_strata_that_do_not_differ_inside_get_the_least_and_what_nobody_else_can_take() -> None:
    assert sampling.neyman([100, 50, 40], [1, 0, 0], 60).units.tolist() == [56, 2, 2]
    assert sampling.neyman([10, 50, 100], [1, 0, 0], 40).units.tolist() == [10, 10, 20]


def test_power_runs_from_equal_to_neyman() -> None:
    there, variation = [900, 400, 100], [0.5, 0.25, 1.0]
    zero = sampling.power(there, 60, exponent=0).units.tolist()
    assert zero == sampling.equal(there, 60).units.tolist()
    means = np.array([10, 40, 5])
    one = sampling.power(there, 60, exponent=1, importance=there * means, variation=variation)
    assert one.units.tolist() == sampling.neyman(there, variation * means, 60).units.tolist()


@pytest.mark.parametrize(
    ("ask", "code", "units"),
    [
        (lambda: sampling.equal([], 3), "frame_empty", ()),
        (lambda: sampling.equal([5, 0, 4], 6), "stratum_empty", (1,)),
        (lambda: sampling.equal([5, 2.5], 6), "not_whole", (1,)),
        (lambda: sampling.proportional([5, 5], 11), "more_than_there_are", ()),
        (lambda: sampling.proportional([5, 5], 3), "below_minimum", ()),
        (lambda: sampling.proportional([5, 5], 4, least=0), "out_of_range", ()),
        (lambda: sampling.neyman([5, 5], [1], 4), "allocation_shape", ()),
        (lambda: sampling.neyman([5, 5], [1, -1], 4), "share_not_positive", (1,)),
        (lambda: sampling.neyman([5, 5], [1, float("nan")], 4), "share_not_positive", (1,)),
        (lambda: sampling.neyman([5, 5], [0, 0], 4), "no_spread", ()),
        (lambda: sampling.power([5, 5], 4, exponent=1.5), "out_of_range", ()),
        (lambda: sampling.power([5, 5], 4, importance=[1, 0]), "share_not_positive", (1,)),
    ],
)
def test_what_cannot_be_is_refused(ask: object, code: str, units: tuple[int, ...]) -> None:
    with pytest.raises(sampling.CannotSample) as refused:
        ask()
    assert (refused.value.code, refused.value.units) == (code, units)


def test_a_refusal_says_what_would_do() -> None:
    with pytest.raises(sampling.CannotSample, match="each stratum needs 2, so 4 in all"):
        sampling.proportional([5, 5], 3)
