"""Replicates: balanced, equal to linearisation where they must be and near it in large samples, the same when read."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import survey
from learnin.compute.sampling import generator
from learnin.compute.survey import replicates as rep
from learnin.compute.survey.calibration.fitting import positive
from learnin.compute.survey.refusals import CannotEstimate
from tests.compute.known_weights import columns, needs_reference
from tests.compute.reference import HOME

laws = settings(deadline=None, max_examples=40)
ITEMS = [survey.Total("y"), survey.Mean("y"), survey.Ratio("y", "x"), survey.Shares("group")]
KINDS = ["JKn", "Rao-Wu", "Canty-Davison"]
strata = st.lists(st.integers(2, 6), min_size=1, max_size=5)  # units in each stratum


def sample(units: int, seed: int, rows: int = 4) -> pa.Table:
    """Two strata; units that differ, rows in them that differ less."""
    rng = generator(seed, "sample")
    unit = np.repeat(np.arange(units), rows)
    y = 50 + 10 * rng.random(units)[unit] + 5 * rng.random(len(unit))
    return pa.table(
        {
            "stratum": unit % 2,
            "unit": unit,
            "exist": np.full(len(unit), 4 * units),
            "w": np.round(1 + rng.random(len(unit)), 6),
            "y": y,
            "x": y + 20 * rng.random(len(unit)),
            "group": np.where(rng.random(len(unit)) < 0.3, "u", "v"),
        }
    )


def design(kind: str | None, *, fpc: bool = False, strata: bool = True, **options: object) -> survey.Design:
    """The same design, by replicates or without."""
    stage = survey.Stage("unit", fpc="exist" if fpc else None)
    made = rep.Made(kind, **options) if kind else None
    return survey.Design("w", strata="stratum" if strata else None, stages=(stage,), replicates=made)


def errors(table: survey.Table) -> np.ndarray:
    return np.array([row.se for row in table.rows])


@pytest.mark.parametrize("order", [1, 2, 3, 4, 10, 20, 23, 28, 36, 44, 53, 60, 92])
def test_rows_of_a_hadamard_matrix_agree_in_half_of_the_places(order: int) -> None:
    found = rep.hadamard(order)
    assert len(found) >= order
    assert (found @ found.T == len(found) * np.eye(len(found))).all()
    assert (found[:, 0] == 1).all()


def test_nearly_every_order_is_reached() -> None:
    missed = [order for order in range(4, 100, 4) if len(rep.hadamard(order)) != order]
    assert missed == [52, 92]


@laws
@given(strata, st.integers(0, 99))
def test_factors_carry_every_stratum_on_average(sizes: list[int], seed: int) -> None:
    stratum = np.repeat(np.arange(len(sizes)), sizes)
    many = generator(seed, "law")
    for made in (
        rep.stratified_jackknife(stratum),
        rep.rao_wu(stratum, 7, many),
        rep.canty_davison(stratum, 7, many, exist=np.repeat([4 * n + 1 for n in sizes], sizes)),
        rep.half_samples(np.repeat(np.arange(len(sizes)), 2)),
    ):
        rows = stratum if made.method not in {"BRR"} else np.repeat(np.arange(len(sizes)), 2)
        for one in range(len(sizes)):
            assert made.factors[rows == one].mean(axis=0) == pytest.approx(np.ones(made.factors.shape[1])), made.method
        assert (made.factors >= 0).all()


@laws
@given(strata, st.data())
def test_the_jackknife_of_a_total_is_its_linearised_variance(sizes: list[int], data: st.DataObject) -> None:
    stratum = np.repeat(np.arange(len(sizes)), sizes)
    exist = np.repeat([n * data.draw(st.integers(2, 9)) for n in sizes], sizes).astype(float)
    total = np.array(data.draw(st.lists(st.floats(-50, 50), min_size=sum(sizes), max_size=sum(sizes))))
    made = rep.stratified_jackknife(stratum, exist)
    v, lost = rep.replicate_covariance(
        made.factors.T @ total[:, None], np.array([total.sum()]), scale=made.scale, rscales=made.rscales, is_mse=True
    )
    parts = [
        (1 - n / exist[stratum == h][0]) * n * total[stratum == h].var(ddof=1) for h, n in enumerate(sizes)
    ]  # Cochran (1977), section 5.3
    assert (v[0, 0], lost) == (pytest.approx(sum(parts), abs=1e-9), 0)


@laws
@given(st.integers(1, 12), st.floats(0, 0.9), st.data())
def test_half_samples_of_a_total_are_its_linearised_variance(pairs: int, fay: float, data: st.DataObject) -> None:
    total = np.array(data.draw(st.lists(st.floats(-50, 50), min_size=2 * pairs, max_size=2 * pairs)))
    made = rep.half_samples(np.repeat(np.arange(pairs), 2), fay=fay)
    v, _lost = rep.replicate_covariance(
        made.factors.T @ total[:, None], np.array([total.sum()]), scale=made.scale, rscales=made.rscales, is_mse=False
    )
    wanted = ((total[::2] - total[1::2]) ** 2).sum()
    assert v[0, 0] == pytest.approx(wanted, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("fpc", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_replicates_and_linearisation_agree_on_a_large_sample(kind: str, *, fpc: bool) -> None:
    data = sample(120, 5)
    linear = errors(survey.estimate(data, design(None, fpc=fpc), ITEMS))
    found = errors(survey.estimate(data, design(kind, fpc=fpc, replicates=4000), ITEMS))
    assert found == pytest.approx(linear, rel=0.01 if kind == "JKn" else 0.06)


def test_half_samples_agree_on_many_pairs_and_the_jackknife_without_strata_too() -> None:
    data = sample(80, 6)
    pairs = data.set_column(0, "stratum", pa.array(data["unit"].to_numpy() // 2))
    linear = errors(survey.estimate(pairs, design(None), ITEMS))
    for kind in ("BRR", "Fay"):
        assert errors(survey.estimate(pairs, design(kind), ITEMS)) == pytest.approx(linear, rel=0.02)
    whole = errors(survey.estimate(data, design(None, strata=False), ITEMS))
    assert errors(survey.estimate(data, design("JK1", strata=False), ITEMS)) == pytest.approx(whole, rel=0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_weights_that_are_read_tell_the_same_as_those_that_are_made(kind: str) -> None:
    data = sample(20, 7)
    items = [*ITEMS, survey.Quantile("y", (0.25, 0.5)), survey.Variance("x")]
    by = [(), ("group",), ("stratum", "group")]
    made = survey.estimate(data, design(kind, replicates=40, seed=3), items, by=by)
    factors = made.study.replicated.made
    weights = rep.weights_of(data["w"], data["unit"].to_numpy() // 2 + 10 * (data["unit"].to_numpy() % 2), factors)
    names = tuple(f"r{at}" for at in range(weights.shape[1]))
    for name, column in zip(names, weights.T, strict=True):
        data = data.append_column(name, pa.array(column))
    read = rep.Read(names, factors.scale, tuple(factors.rscales.tolist()))
    found = survey.estimate(data, survey.Design("w", stages=(survey.Stage("unit"),), replicates=read), items, by=by)
    for one, other in zip(made.rows, found.rows, strict=True):
        assert (one.item, one.level, one.domain) == (other.item, other.level, other.domain)
        numbers, others = (np.array([row.estimate, row.se, row.df, row.ci_low], dtype=float) for row in (one, other))
        assert numbers == pytest.approx(others, rel=1e-9, nan_ok=True), one.item
    assert found.vcov(item="mean(y)") == pytest.approx(made.vcov(item="mean(y)"), rel=1e-9)
    with_both = survey.test_table(data, found.study.design, "group", "stratum")
    assert with_both.p == pytest.approx(survey.test_table(data, made.study.design, "group", "stratum").p)


def test_the_same_seed_makes_the_same_replicates() -> None:
    data = sample(20, 8)
    one, same, other = (
        errors(survey.estimate(data, design("Rao-Wu", replicates=50, seed=seed), ITEMS)) for seed in (1, 1, 2)
    )
    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()


def test_a_replicate_without_people_of_the_group_is_left_out() -> None:
    v, lost = rep.replicate_covariance(
        np.array([[1.0], [np.nan], [3.0]]), np.array([2.0]), scale=1.0, rscales=np.ones(3), is_mse=True
    )
    assert (v[0, 0], lost) == (2.0, 1)
    nothing, all_of_them = rep.replicate_covariance(
        np.full((2, 1), np.nan), np.array([2.0]), scale=1.0, rscales=np.ones(2), is_mse=True
    )
    assert (bool(np.isnan(nothing[0, 0])), all_of_them) == (True, 2)


@needs_reference
@pytest.mark.parametrize(
    ("file", "sample", "weight", "unit", "stratum", "exist"),
    [
        ("JK1_clus1", "apiclus1", "pw", "dnum", None, "fpc"),
        ("JKn_strat", "apistrat", "pw", "cds", "stype", "fpc"),
        ("teachers_JKn", "teachers_open", "w", "school", "stratum", None),
    ],
)
def test_made_weights_are_those_of_r(
    file: str, sample: str, weight: str, unit: str, stratum: str | None, exist: str | None
) -> None:
    data = columns(sample)
    there = np.array(data[exist]) if exist else np.full(len(data[unit]), np.inf)
    wanted = np.loadtxt(HOME / f"data/repweights_{file}.csv", delimiter=",", skiprows=1)
    first, place = np.unique(data[unit], return_index=True, return_inverse=True)[1:]
    if stratum:
        made = rep.stratified_jackknife(np.array(data[stratum])[first], there[first])
    else:
        made = rep.jackknife(there[first], len(first))
    found = rep.weights_of(data[weight], place, made)

    def told(weights: np.ndarray) -> list[tuple[float, ...]]:
        return sorted(map(tuple, np.round(weights.T, 8)))

    assert np.array(told(found)) == pytest.approx(np.array(told(wanted)), abs=2e-8)


@pytest.mark.parametrize(
    ("make", "code", "keys"),
    [
        (lambda: rep.jackknife(np.inf, 1), "single_psu", ("1",)),
        (lambda: rep.stratified_jackknife(["a", "a", "b"]), "single_psu", ("b",)),
        (lambda: rep.half_samples([1, 1, 2]), "half_samples_need_pairs", ("2",)),
        (lambda: rep.half_samples([1, 1], fay=1), "out_of_range", ()),
        (lambda: rep.rao_wu([1, 1, 2], 9, generator(1)), "bootstrap_too_few", ("2",)),
        (lambda: rep.canty_davison([1, 1], 1, generator(1)), "out_of_range", ()),
        (lambda: rep.Made("JK2"), "design_option", ()),
        (lambda: rep.Read(("a",), 1.0), "replicate_shape", ("1", "0")),
        (lambda: rep.Read(("a", "b"), 1.0, (1.0,)), "replicate_shape", ("2", "1")),
        (
            lambda: rep.calibrated_each(np.ones((2, 2)), lambda _weight, _rows: positive([0])),
            "calibration_infeasible",
            ("0", "1"),
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(make: object, code: str, keys: tuple[str, ...]) -> None:
    with pytest.raises(CannotEstimate) as refused:
        make()
    assert (refused.value.code, refused.value.keys) == (code, keys)


@pytest.mark.parametrize(
    ("kind", "code", "keys"),
    [("BRR", "half_samples_need_pairs", ("north",)), ("Rao-Wu", "bootstrap_too_few", ("west",))],
)
def test_strata_that_do_not_fit_are_named_as_the_data_name_them(kind: str, code: str, keys: tuple[str, ...]) -> None:
    strata = ["north"] * 3 + ["south"] * 2 + (["west"] if kind == "Rao-Wu" else [])
    table = pa.table({"stratum": strata, "unit": range(len(strata)), "w": [1] * len(strata), "y": range(len(strata))})
    how = survey.Design(
        "w", strata="stratum", stages=(survey.Stage("unit"),), lonely="certainty", replicates=rep.Made(kind)
    )
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(table, how, [survey.Mean("y")])
    assert (refused.value.code, refused.value.keys) == (code, keys)


def test_the_jackknife_without_strata_is_refused_where_there_are_some() -> None:
    with pytest.raises(CannotEstimate, match="no kind of replicates with strata “JK1”"):
        survey.estimate(sample(8, 1), design("JK1"), ITEMS)


def test_a_missing_replicate_weight_is_refused_by_its_column() -> None:
    data = sample(4, 1, rows=1)
    for name, last in (("r1", 1.0), ("r2", None)):
        data = data.append_column(name, pa.array([1.0, 1.0, 1.0, last]))
    with pytest.raises(CannotEstimate) as refused:
        survey.estimate(data, survey.Design("w", replicates=rep.Read(("r1", "r2"), 1.0)), ITEMS)
    assert (refused.value.code, refused.value.keys) == ("replicate_shape", ("r2",))


def test_everything_that_exists_has_no_error() -> None:
    stratum, exist = np.array([1, 1, 2, 2]), np.array([2, 2, 9, 9])
    assert rep.stratified_jackknife(stratum, exist).factors.shape == (4, 2)
    for made in (
        rep.rao_wu(stratum, 5, generator(1), exist=exist),
        rep.canty_davison(stratum, 5, generator(1), exist=exist),
    ):
        assert (made.factors[:2] == 1).all()
