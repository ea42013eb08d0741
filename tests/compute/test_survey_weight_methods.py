"""The worked numbers of the pages about weights and replicates are what the code computes."""

import numpy as np
import pyarrow as pa
import pytest

from learnin.compute import survey
from learnin.compute.sampling import generator
from learnin.compute.survey import calibration as cal
from learnin.compute.survey import diagnostics, nonresponse, replicates, trimming
from learnin.compute.survey.refusals import CannotEstimate
from tests.compute.worked import number, numbers, table

TOTALS = np.array([4.0, 2.0, 7.0, 1.0])  # of two units in each of two strata, on the pages about replicates
STRATA = [1, 1, 2, 2]


def column(rows: list[dict[str, str]], name: str) -> list[float]:
    return [number(row[name]) for row in rows]


def test_post_stratification() -> None:
    rows = table("post-stratification.md", "Group", "Before", "y", "After", "Residual of the mean")
    [wanted] = table("post-stratification.md", "Mean", "Variance")
    sample = {"group": [row["Group"] for row in rows]}
    known = cal.margin("group", {"f": 60, "m": 40})
    before, y = column(rows, "Before"), np.array(column(rows, "y"))
    after = cal.post_stratified(before, sample, known).weights
    assert after.tolist() == pytest.approx(column(rows, "After"))
    scores = cal.regression(sample, cal.Controls((known,)), before=before, after=after)
    assert scores.residuals(y).tolist() == pytest.approx(column(rows, "Residual of the mean"), abs=1e-12)
    data = pa.table({**sample, "before": before, "w": after, "y": y})
    how = cal.KnownTotals(cal.Controls((known,)), "before")
    row = survey.estimate(data, survey.Design("w", calibration=how), [survey.Mean("y")]).rows[0]
    assert (row.estimate, row.se**2) == pytest.approx((number(wanted["Mean"]), number(wanted["Variance"])))


@pytest.mark.parametrize(("heads", "kinds"), [(("Before", "After"), (5, 5)), (("After, 8 and 2",), (8, 2))])
def test_raking(heads: tuple[str, ...], kinds: tuple[float, float]) -> None:
    rows = table("raking.md", "Sex", "Kind", *heads)
    sample = {"sex": [row["Sex"] for row in rows], "kind": [row["Kind"] for row in rows]}
    margins = cal.margin("sex", {"f": 6, "m": 4}), cal.margin("kind", dict(zip("ab", kinds, strict=True)))
    found = cal.raked(np.ones(4), sample, margins)
    assert found.weights.tolist() == pytest.approx(column(rows, heads[-1]))


def test_calibration() -> None:
    rows = table("calibration.md", "Pupils", "Linear")
    sample = {"pupils": column(rows, "Pupils")}
    many = cal.Controls(totals={"pupils": 66}, population=3)
    found = cal.calibrated(np.ones(3), sample, many, cal.Linear())
    assert found.weights.tolist() == pytest.approx(column(rows, "Linear"))
    with pytest.raises(CannotEstimate, match="pupils"):
        cal.calibrated(np.ones(3), sample, many, cal.Linear(0.8, 1.25))
    fewer = cal.Controls(totals={"pupils": 62}, population=3)
    rows = table("calibration.md", "Pupils", "Linear, 62", "Exponential, 62")
    for head, distance in (("Linear, 62", cal.Linear(0.8, 1.25)), ("Exponential, 62", cal.Exponential())):
        after = cal.calibrated(np.ones(3), sample, fewer, distance).weights
        assert after.tolist() == pytest.approx(column(rows, head), abs=1e-6)


@pytest.mark.parametrize("row", table("trimming.md", "Before", "Cap", "After"), ids=lambda row: row["Cap"])
def test_trimming(row: dict[str, str]) -> None:
    found = trimming.trimmed(numbers(row["Before"]), number(row["Cap"]))
    assert found.weights.tolist() == pytest.approx(numbers(row["After"]))


@pytest.mark.parametrize(
    "row",
    table("trimming.md", "Weights", "Kish effect", "Effective n", "Largest over middle"),
    ids=lambda row: row["Weights"],
)
def test_the_spread_of_weights(row: dict[str, str]) -> None:
    found = diagnostics.spread(numbers(row["Weights"]))
    assert (found.kish, found.n_effective, found.most_to_median) == pytest.approx(
        (number(row["Kish effect"]), number(row["Effective n"]), number(row["Largest over middle"]))
    )


def test_non_response_classes() -> None:
    rows = table("non-response-classes.md", "Settlement", "Kind", "Asked", "Answered")
    people = [
        (row["Settlement"], row["Kind"], at < int(row["Answered"])) for row in rows for at in range(int(row["Asked"]))
    ]
    settlement, kind, answered = zip(*people, strict=True)
    columns = {"settlement": settlement, "kind": kind}
    found = nonresponse.by_classes(np.ones(len(people)), answered, columns, ["settlement", "kind"], least=5, most=9)
    wanted = table("non-response-classes.md", "Class", "Asked, joined", "Answered, joined", "Factor")
    assert [(one.name, one.asked, one.answered) for one in found.classes] == [
        (row["Class"], int(row["Asked, joined"]), int(row["Answered, joined"])) for row in wanted
    ]
    assert [one.factor for one in found.classes] == pytest.approx(column(wanted, "Factor"))


def test_propensity() -> None:
    rows = table("propensity.md", "Kind", "Asked", "Answered", "Chance", "Weight")
    people = [
        (at, row["Kind"], n < int(row["Answered"])) for at, row in enumerate(rows) for n in range(int(row["Asked"]))
    ]
    place, kind, answered = (np.array(part) for part in zip(*people, strict=True))
    found = nonresponse.by_propensity(np.ones(len(kind)), answered, {"kind": kind}, groups=None)
    assert found.model is not None
    assert found.model.coefficients.tolist() == pytest.approx([np.log(3), -2 * np.log(3)])
    assert found.model.chances == pytest.approx(np.array(column(rows, "Chance"))[place])
    assert found.weights[answered] == pytest.approx(np.array(column(rows, "Weight"))[place][answered])


def test_jackknife() -> None:
    rows = table("jackknife.md", "Left out", "Total", "Scale")
    made = replicates.stratified_jackknife(STRATA)
    assert (made.factors.T @ TOTALS).tolist() == column(rows, "Total")
    assert made.rscales.tolist() == column(rows, "Scale")
    assert variance(made) == pytest.approx(40)


def test_half_samples() -> None:
    rows = table("brr.md", "Factors", "Total of BRR", "Total of Fay, 0.5")
    made = replicates.half_samples(STRATA)
    factors = [numbers(row["Factors"]) for row in rows]
    assert sorted(made.factors.T.tolist()) == sorted(factors)
    assert (np.array(factors) @ TOTALS).tolist() == column(rows, "Total of BRR")
    fay = replicates.half_samples(STRATA, fay=0.5)
    assert sorted((fay.factors.T @ TOTALS).tolist()) == sorted(column(rows, "Total of Fay, 0.5"))
    assert (variance(made), variance(fay)) == pytest.approx((40, 40))


@pytest.mark.parametrize(
    "row",
    table("bootstrap.md", "Method", "Variance around the mean", "Correction", "Variance"),
    ids=lambda row: row["Method"],
)
def test_bootstrap(row: dict[str, str]) -> None:
    how = {"Rao-Wu": replicates.rao_wu, "Canty-Davison": replicates.canty_davison}[row["Method"]]
    made = how([1, 1], 100_000, generator(1))
    around = float((made.factors.T @ TOTALS[:2]).var(ddof=1))
    correction = made.scale * (made.factors.shape[1] - 1)
    assert correction == pytest.approx(number(row["Correction"]))
    assert around == pytest.approx(number(row["Variance around the mean"]), rel=0.02)
    assert around * correction == pytest.approx(number(row["Variance"]), rel=0.02)


def variance(made: replicates.Factors) -> float:
    """The variance of the total of the pages."""
    found, _lost = replicates.replicate_covariance(
        made.factors.T @ TOTALS[:, None],
        np.array([TOTALS.sum()]),
        scale=made.scale,
        rscales=made.rscales,
        is_mse=made.is_mse,
    )
    return float(found[0, 0])
