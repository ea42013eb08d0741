"""The worked numbers of the method pages are what the engine finds."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from learnin.compute import survey
from learnin.compute.survey import (
    HORVITZ,
    Brewer,
    Count,
    Design,
    Index,
    Item,
    Joint,
    Mean,
    Multi,
    Quantile,
    Ratio,
    Row,
    Stage,
    Total,
    intervals,
)
from tests.compute.worked import number, numbers, table

ITEMS: dict[str, Item] = {"total": Total("y"), "mean": Mean("y"), "ratio": Ratio("y", "x")}
SCHOOLS = table("linearisation.md", "Stratum", "School", "Schools", "Weight", "y", "x", "Group")


def columns(rows: list[dict[str, str]]) -> pa.Table:
    """A worked table as data, by the small letters of its heads."""
    return pa.table({head.lower(): [number(row[head]) for row in rows] for head in rows[0]})


def known(counted: bool) -> Design:
    return Design("weight", strata="stratum", stages=(Stage("school", fpc="schools" if counted else None),))


def variance(row: Row) -> float:
    assert row.se is not None
    return row.se**2


def one(data: pa.Table, design: Design, item: Item, **options: Any) -> Row:
    [row] = survey.estimate(data, design, [item], **options).rows
    return row


@pytest.mark.parametrize(
    "line",
    table("linearisation.md", "Item", "Estimate", "Variance, with replacement", "Variance, of 4 and 8 schools"),
    ids=str,
)
def test_totals_means_and_ratios(line: dict[str, str]) -> None:
    item = ITEMS[line["Item"]]
    with_replacement, without = (one(columns(SCHOOLS), known(counted), item) for counted in (False, True))
    assert with_replacement.estimate == pytest.approx(number(line["Estimate"]))
    assert variance(with_replacement) == pytest.approx(number(line["Variance, with replacement"]))
    assert variance(without) == pytest.approx(number(line["Variance, of 4 and 8 schools"]))


@pytest.mark.parametrize(
    "line", table("domains.md", "Item of group 1", "Estimate", "Variance", "Degrees of freedom"), ids=str
)
def test_groups(line: dict[str, str]) -> None:
    found = survey.estimate(columns(SCHOOLS), known(False), [ITEMS[line["Item of group 1"]]], [("group",)]).rows[0]
    assert found.estimate == pytest.approx(number(line["Estimate"]))
    assert variance(found) == pytest.approx(number(line["Variance"]))
    assert found.df == number(line["Degrees of freedom"])


@pytest.mark.parametrize(
    "line", table("design-effect.md", "Variance of the mean", "deff", "deff_replace", "n_eff"), ids=str
)
def test_design_effects(line: dict[str, str]) -> None:
    row = one(columns(SCHOOLS), known(False), Mean("y"))
    assert variance(row) == pytest.approx(number(line["Variance of the mean"]))
    assert row.deff == pytest.approx(number(line["deff"]))
    assert row.deff_replace == pytest.approx(number(line["deff_replace"]))
    assert row.deft == pytest.approx(number(line["deff_replace"]) ** 0.5)
    assert row.n_eff == pytest.approx(number(line["n_eff"]))


@pytest.mark.parametrize("line", table("stages.md", "Stages", "Total", "Variance"), ids=str)
def test_several_stages(line: dict[str, str]) -> None:
    data = columns(table("stages.md", "School", "Schools", "Teacher", "Teachers", "Weight", "y"))
    stages = (Stage("school", fpc="schools"), Stage("teacher", fpc="teachers"))[: int(line["Stages"])]
    row = one(data, Design("weight", stages=stages), Total("y"))
    assert (row.estimate, variance(row)) == pytest.approx((number(line["Total"]), number(line["Variance"])))


@pytest.mark.parametrize("line", table("lonely-units.md", "Rule", "Total", "Variance"), ids=str)
def test_lonely_units(line: dict[str, str]) -> None:
    data = pa.table({"s": [1, 1, 2], "u": [1, 2, 3], "w": [1, 1, 1], "y": [1, 3, 8]})
    row = one(data, Design("w", "s", (Stage("u"),), lonely=line["Rule"]), Total("y"))
    assert (row.estimate, variance(row)) == pytest.approx((number(line["Total"]), number(line["Variance"])))


@pytest.mark.parametrize(
    "line", table("unequal-chances.md", "y", "Chance", "Pair", "Yates-Grundy-Sen", "Horvitz-Thompson"), ids=str
)
def test_joint_chances(line: dict[str, str]) -> None:
    y, chance, pair = numbers(line["y"]), number(line["Chance"]), number(line["Pair"])
    data = pa.table({"u": [1, 2], "w": [1 / chance] * 2, "y": y})
    pairs = np.array([[chance, pair], [pair, chance]])
    for joint, head in (
        (Joint([1, 2], pairs), "Yates-Grundy-Sen"),
        (Joint([1, 2], pairs, HORVITZ), "Horvitz-Thompson"),
    ):
        assert variance(one(data, Design("w", stages=(Stage("u"),), pps=joint), Total("y"))) == pytest.approx(
            number(line[head])
        )


@pytest.mark.parametrize("line", table("unequal-chances.md", "y of each", "Chance of each", "Brewer"), ids=str)
def test_brewer(line: dict[str, str]) -> None:
    y, chance = np.array(numbers(line["y of each"])), np.array(numbers(line["Chance of each"]))
    data = pa.table({"u": range(len(y)), "p": chance, "w": 1 / chance, "y": y})
    row = one(data, Design("w", stages=(Stage("u", fraction="p"),), pps=Brewer()), Total("y"))
    assert variance(row) == pytest.approx(number(line["Brewer"]))


@pytest.mark.parametrize(
    "line", table("contrasts.md", "First", "Second", "As two samples", "As the same schools", "Difference"), ids=str
)
def test_contrasts(line: dict[str, str]) -> None:
    first, second = numbers(line["First"]), numbers(line["Second"])
    schools = list(range(len(first)))
    data = pa.table({"u": schools * 2, "round": [1] * 4 + [2] * 4, "w": [1.0] * 8, "y": first + second})
    found = survey.estimate(data, Design("w", stages=(Stage("u"),)), [Mean("y")], [("round",)])
    before, after = found.rows
    together, apart = found.contrast({after: 1, before: -1}), survey.between(after, before)
    assert together.estimate == apart.estimate == pytest.approx(number(line["Difference"]))
    assert apart.se**2 == pytest.approx(number(line["As two samples"]))
    assert together.se**2 == pytest.approx(number(line["As the same schools"]))


@pytest.mark.parametrize("line", table("index.md", "Question 1", "Question 2", "Question 3", "Index", "Alpha"), ids=str)
def test_index(line: dict[str, str]) -> None:
    questions = [numbers(line[f"Question {at}"]) for at in (1, 2, 3)]
    data = pa.table({"w": [1.0] * 5, "a": questions[0], "b": questions[1], "c": questions[2]})
    row = one(data, Design("w"), Index(("a", "b", "c")))
    assert (row.estimate, row.alpha) == pytest.approx((number(line["Index"]), number(line["Alpha"])))


def test_several_answers() -> None:
    lines = table("index.md", "Answer", "Said", "Share")
    said = {
        line["Answer"]: [None if one.strip() == "-" else float(one) for one in line["Said"].split(",")]
        for line in lines
    }
    rows = survey.estimate(pa.table({"w": [1, 2, 1], **said}), Design("w"), [Multi(tuple(said))]).rows
    assert [(row.level, row.estimate) for row in rows] == [(line["Answer"], number(line["Share"])) for line in lines]


def test_intervals() -> None:
    who = intervals.Answered(np.array([100.0]), np.array([100.0]), np.array([1.0]))
    for line in table("intervals.md", "Method", "From", "To"):
        found = intervals.METHODS[line["Method"]](np.array([0.3]), np.array([0.05**2]), np.array([20.0]), who, 0.95)
        assert [float(end[0]) for end in found] == pytest.approx([number(line["From"]), number(line["To"])], rel=1e-10)


@pytest.mark.parametrize("line", table("intervals.md", "Share", "Answers", "Method"), ids=str)
def test_which_interval(line: dict[str, str]) -> None:
    n, p = np.array([number(line["Answers"])]), np.array([number(line["Share"])])
    who = intervals.Answered(n, n, np.array([1.0]))
    assert intervals.interval(None, "proportion", p, np.array([0.01]), np.array([20.0]), who, 0.95)[2] == (
        line["Method"],
    )


@pytest.mark.parametrize(
    "line",
    table(
        "quantiles.md",
        "Share",
        *(rules := ("math", "school", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9", "shahvaish")),
    ),
    ids=str,
)
def test_quantiles(line: dict[str, str]) -> None:
    data = pa.table({"u": range(5), "w": [1, 1, 2, 1, 1], "y": [1, 2, 3, 4, 5]})
    items = [Quantile("y", (number(line["Share"]),), rule=rule, name=rule) for rule in rules]
    for row in survey.estimate(data, Design("w", stages=(Stage("u"),)), items).rows:
        assert row.estimate == pytest.approx(number(line[row.item])), row.item


@pytest.mark.parametrize("line", table("chi-square.md", "First", "Second", "X²", "F", "Degrees of freedom"), ids=str)
def test_chi_square(line: dict[str, str]) -> None:
    first, second = numbers(line["First"]), numbers(line["Second"])
    found = survey.test_table(pa.table({"w": [1.0] * len(first), "a": first, "b": second}), Design("w"), "a", "b")
    assert (found.chi2, found.f) == pytest.approx((number(line["X²"]), number(line["F"])))
    assert (found.ndf, found.ddf) == pytest.approx(tuple(numbers(line["Degrees of freedom"])))


def test_everybody_is_counted() -> None:
    assert one(columns(SCHOOLS), known(False), Count()).estimate == 70
