"""Variances of every kind of design, found a second way: by the textbook's recursion, or over all samples there are."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute import sampling, survey
from learnin.compute.survey import HORVITZ, YATES, Brewer, CannotEstimate, Design, Joint, Mean, Stage, Total
from tests.compute.made_survey import ALL_STAGES, CLUSTERED, sample
from tests.compute.test_sampling_joint import sampford_samples

laws = settings(deadline=None, max_examples=4)


def recursion(rows: list[dict[str, Any]], stages: list[tuple[str, str | None]]) -> float:
    """The variance of the weighted total of z: of the units here, and within each of them times its chance."""
    (unit, size), *later = stages
    units = sorted({row[unit] for row in rows})
    totals = np.array([sum(row["z"] for row in rows if row[unit] == one) for one in units])
    chance = len(units) / rows[0][size] if size else 0.0
    here = (1 - chance) * len(units) * float(totals.var(ddof=1)) if len(units) > 1 and chance < 1 else 0.0
    if not later or not size:
        return here
    return here + chance * sum(recursion([row for row in rows if row[unit] == one], later) for one in units)


@laws
@given(st.integers(0, 10_000), st.sampled_from([1, 2, 3]))
def test_stages_by_the_textbook(seed: int, depth: int) -> None:
    data = sample(seed)
    stages = [("school", "schools"), ("class", "classes"), ("teacher", "teachers")][:depth]
    design = replace(ALL_STAGES, stages=tuple(Stage(unit, fpc=size) for unit, size in stages))
    rows = data.to_pylist()
    everybody, mean = (
        sum(row["w"] for row in rows),
        sum(row["w"] * row["y"] for row in rows) / sum(row["w"] for row in rows),
    )
    for item, score in (
        (Total("y"), lambda row: row["w"] * row["y"]),
        (Mean("y"), lambda row: row["w"] * (row["y"] - mean) / everybody),
    ):
        for row in rows:
            row["z"] = score(row)
        strata = sorted({row["stratum"] for row in rows})
        wanted = sum(recursion([row for row in rows if row["stratum"] == one], stages) for one in strata)
        [found] = survey.estimate(data, design, [item]).rows
        assert found.se == pytest.approx(wanted**0.5, rel=1e-10)


def test_shares_drawn_may_stand_in_place_of_how_many_exist() -> None:
    data = sample(3)
    strata, schools = np.asarray(data["stratum"]), np.asarray(data["school"])
    share = [
        len(set(schools[strata == one])) / size for one, size in zip(strata, data["schools"].to_pylist(), strict=True)
    ]
    by_share = replace(CLUSTERED, stages=(Stage("school", fraction="share"),))
    by_count = replace(CLUSTERED, stages=(Stage("school", fpc="schools"),))
    first = survey.estimate(data.append_column("share", pa.array(share)), by_share, [Mean("y")]).rows[0]
    second = survey.estimate(data, by_count, [Mean("y")]).rows[0]
    assert first.se == pytest.approx(second.se, rel=1e-13)


def test_a_stratum_drawn_completely_adds_nothing_and_is_never_lonely() -> None:
    data = pa.table({"s": [1, 1, 2], "u": [1, 2, 3], "N": [5, 5, 1], "w": [2.5, 2.5, 1.0], "y": [1.0, 3.0, 100.0]})
    [total] = survey.estimate(data, Design("w", "s", (Stage("u", fpc="N"),)), [Total("y")]).rows
    assert total.estimate == 110
    assert total.se == pytest.approx((0.6 * 2 * (2.5**2 + 2.5**2)) ** 0.5)  # totals 2.5 and 7.5 around 5


@pytest.mark.parametrize("rule", [YATES, HORVITZ])
def test_the_variance_of_joint_chances_is_right_on_average_over_all_samples(rule: str) -> None:
    """Sampford's design of 3 of 5: estimated variances times the chances of their samples add up to the true one."""
    size, y = [10, 20, 30, 15, 25], np.array([3.0, 8.0, 11.0, 4.0, 12.0])
    draw = sampling.sampford(size, 3, sampling.generator(1))
    samples = sampford_samples(draw)
    pairs = sampling.joint(draw, range(5))
    own = np.diag(pairs)
    true = sum(chance * (sum(y[u] / own[u] for u in units) - y.sum()) ** 2 for units, chance in samples.items())
    found = 0.0
    for units, chance in samples.items():
        data = pa.table({"u": list(units), "w": [1 / own[u] for u in units], "y": y[list(units)]})
        design = Design("w", stages=(Stage("u"),), pps=Joint(range(5), pairs, rule))
        found += chance * float(survey.estimate(data, design, [Total("y")]).vcov()[0, 0])  # perhaps negative
    assert found == pytest.approx(true, rel=1e-9)


def test_joint_chances_of_a_simple_random_sample_are_the_usual_variance() -> None:
    n, population = 4, 10
    pairs = np.full((n, n), n * (n - 1) / (population * (population - 1)))
    np.fill_diagonal(pairs, n / population)
    data = pa.table(
        {"u": [1, 2, 3, 4], "N": [10] * 4, "w": [2.5] * 4, "y": [1.0, 4.0, 2.0, 9.0], "g": ["a", "b", "a", "b"]}
    )
    usual = survey.estimate(data, Design("w", stages=(Stage("u", fpc="N"),)), [Total("y"), Mean("y")], [(), ("g",)])
    joint = survey.estimate(
        data, Design("w", stages=(Stage("u"),), pps=Joint([1, 2, 3, 4], pairs)), [Total("y"), Mean("y")], [(), ("g",)]
    )
    for row, other in zip(joint.rows, usual.rows, strict=True):
        assert row.se == pytest.approx(other.se, rel=1e-10)
    assert joint.vcov() == pytest.approx(usual.vcov(), rel=1e-9)


def test_brewer_takes_the_share_left_of_each_unit() -> None:
    chance, y = np.array([0.2, 0.5, 0.4]), np.array([2.0, 7.0, 3.0])
    data = pa.table({"u": [1, 2, 3], "p": chance, "w": 1 / chance, "y": y})
    [row] = survey.estimate(data, Design("w", stages=(Stage("u", fraction="p"),), pps=Brewer()), [Total("y")]).rows
    z = y / chance
    assert row.se == pytest.approx(((1 - chance) * 3 / 2 * (z - z.mean()) ** 2).sum() ** 0.5, rel=1e-6)  # w has 50 bits
    with pytest.raises(CannotEstimate) as refusal:
        Design("w", stages=(Stage("u"),), pps=Brewer())
    assert refusal.value.code == "brewer_without_chances"


@pytest.mark.parametrize(
    ("joint", "code"),
    [
        (lambda: Joint([1, 2], np.ones((2, 3))), "joint_shape"),
        (lambda: Joint([1, 2], np.array([[0.5, 0.0], [0.0, 0.5]])), "joint_zero"),
        (lambda: Joint([1, 2], np.array([[0.5, 0.2], [0.1, 0.5]])), "joint_uneven"),
        (lambda: Joint([1, 2], np.array([[0.5, 0.4], [0.4, 0.3]])), "joint_uneven"),
        (lambda: Joint([1], np.ones((1, 1)), "other"), "design_option"),
        (lambda: Joint([1], np.ones((1, 1))).form([2]), "joint_unit"),
    ],
)
def test_joint_chances_that_cannot_be(joint: Any, code: str) -> None:
    with pytest.raises(CannotEstimate) as refusal:
        joint()
    assert refusal.value.code == code


def test_without_replacement_on_average_over_all_simple_random_samples() -> None:
    """The true variance of a total is the mean of the estimated ones: 3 of 6 rows, rows as units."""
    y = np.array([1.0, 2.0, 4.0, 4.0, 7.0, 9.0])
    estimates, variances = [], []
    for units in combinations(range(6), 3):
        data = pa.table({"N": [6] * 3, "w": [2.0] * 3, "y": y[list(units)]})
        [row] = survey.estimate(data, Design("w", stages=(Stage(None, fpc="N"),)), [Total("y")]).rows
        estimates.append(row.estimate)
        variances.append((row.se or 0) ** 2)
    assert np.mean(variances) == pytest.approx(np.var(estimates), rel=1e-10)


def test_rounds_with_the_same_schools_are_compared_through_the_covariance() -> None:
    """Two rounds in one table: the difference of a school is told by the school itself."""
    schools, first, second = [1, 2, 3, 4], [10.0, 14.0, 9.0, 12.0], [11.0, 15.5, 9.5, 13.0]
    data = pa.table({"u": schools * 2, "round": [1] * 4 + [2] * 4, "w": [1.0] * 8, "y": first + second})
    table = survey.estimate(data, Design("w", stages=(Stage("u"),)), [Mean("y")], [("round",)])
    before, after = table.rows
    found = table.contrast({after: 1, before: -1})
    apart = np.subtract(second, first)
    assert found.estimate == pytest.approx(apart.mean())
    assert found.se == pytest.approx((apart.var(ddof=1) / 4) ** 0.5)
    assert found.df == 3
    other = survey.between(after, before)
    assert other.se == pytest.approx(((after.se or 0) ** 2 + (before.se or 0) ** 2) ** 0.5)
    assert (other.df, found.se < other.se) == (6, True)
    assert table.quotient(after, before).estimate == pytest.approx(np.mean(second) / np.mean(first))


def test_reliability_of_an_index_is_that_of_its_questions() -> None:
    answers = np.array([[1, 2, 2], [3, 3, 4], [5, 4, 5], [2, 2, 1], [4, 5, 4]], dtype=float)
    data = pa.table({"w": [1.0] * 5, **{f"q{at}": answers[:, at] for at in range(3)}})
    [row] = survey.estimate(data, Design("w"), [survey.Index(("q0", "q1", "q2"))]).rows
    wanted = 3 / 2 * (1 - answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1))
    assert row.alpha == pytest.approx(wanted)
    assert row.estimate == pytest.approx(answers.mean())


def test_an_index_of_some_questions_and_a_question_with_several_answers() -> None:
    data = pa.table(
        {"w": [1, 2, 1], "a": [1, None, 3], "b": [3, 4, None], "p": [True, None, False], "q": [False, True, None]}
    )
    some, all_of_them = survey.estimate(
        data, Design("w"), [survey.Index(("a", "b"), least=1, name="some"), survey.Index(("a", "b"))]
    ).rows
    assert (some.estimate, some.n) == (pytest.approx((2 + 2 * 4 + 3) / 4), 3)
    assert (all_of_them.estimate, all_of_them.n, all_of_them.missing) == (2, 1, pytest.approx(2 / 3))
    p, q = survey.estimate(data, Design("w"), [survey.Multi(("p", "q"))]).rows
    assert (p.level, p.estimate, q.level, q.estimate, q.n) == ("p", 0.25, "q", 0.5, 3)
