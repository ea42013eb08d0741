"""Rows that may leave: the laws of coarsening and averaging, and the worked example of its page."""

from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.disclosure import OTHER, CannotProtect, Rules, averaged, coarsened, microdata
from tests.compute.worked import number, table

LINES = ("Place", "School", "Weight", "In the file", "Weight there")
RULES = st.builds(Rules, least_answers=st.integers(1, 6), least_psus=st.integers(1, 4))
ROWS = st.lists(
    st.tuples(
        st.sampled_from("NSWE"), st.sampled_from("fm"), st.integers(0, 8), st.sampled_from([1.0, 1.5, 2.25, 7.0])
    ),
    min_size=1,
    max_size=80,
)


def test_the_page_is_worked_out() -> None:
    page = table("open-data.md", *LINES)
    found = microdata(
        {"place": [row["Place"] for row in page]},
        psus=[row["School"] for row in page],
        weights=[number(row["Weight"]) for row in page],
        rules=Rules(2, 2),
    )
    assert [*found.columns["place"]] == [row["In the file"] for row in page]
    assert found.weights.tolist() == [number(row["Weight there"]) for row in page]
    assert (found.uniques, found.averaged, found.after.is_safe) == (1, 5, True)


@given(ROWS, RULES)
def test_a_value_is_told_alone_only_with_enough_people_from_enough_schools(rows: list, rules: Rules) -> None:
    values, psus = [row[0] for row in rows], [row[2] for row in rows]
    found = coarsened(values, psus=psus, rules=rules)
    schools = defaultdict(set)
    for value, psu in zip(found.values, psus, strict=True):
        schools[value].add(psu)
    counts = Counter(found.values)
    for value in {*found.values} - ({OTHER} if found.says_nothing else set()):
        assert counts[value] >= rules.least_answers
        assert len(schools[value]) >= rules.least_psus
    assert all(now in (was, OTHER) for now, was in zip(found.values, values, strict=True))
    assert len(found.together) != 1 or found.says_nothing


@given(ROWS, st.sampled_from("NSWE"))
def test_a_withheld_value_is_never_told_alone(rows: list, withheld: str) -> None:
    values, psus = [row[0] for row in rows], [row[2] for row in rows]
    found = coarsened(values, psus=psus, rules=Rules(1, 1), withheld=withheld)
    assert withheld not in found.values


@given(ROWS, RULES)
def test_averaging_keeps_the_sum_of_each_class_and_the_order(rows: list, rules: Rules) -> None:
    classes, psus = [row[1] for row in rows], [row[2] for row in rows]
    weights = np.array([row[3] for row in rows])
    made = averaged(weights, classes, psus=psus, rules=rules)
    for own in {*classes}:
        here = np.array([one == own for one in classes])
        assert made[here].sum() == pytest.approx(weights[here].sum())
        assert (np.diff(made[here][np.argsort(weights[here], kind="stable")]) >= -1e-9).all()


def test_averaged_weights_have_six_decimals_as_all_weights() -> None:
    assert averaged([1, 2, 2, 7], "aaaa", psus="stuv", rules=Rules(3, 3)).tolist() == [3.0] * 4
    assert averaged([1, 2, 2], "aaa", psus="stu", rules=Rules(3, 3)).tolist() == [1.666667] * 3


@given(ROWS, RULES)
def test_rows_that_are_safe_hide_with_their_weights_too(rows: list, rules: Rules) -> None:
    psus = [row[2] for row in rows]
    found = microdata(
        {"place": [row[0] for row in rows], "sex": [row[1] for row in rows]},
        psus=psus, weights=[row[3] for row in rows], rules=rules,
    )  # fmt: skip
    if not found.after.is_safe:
        assert found.after.advice or not found.columns
        return
    known = list(zip(*found.columns.values(), [f"{one:.9g}" for one in found.weights], strict=True))
    schools = defaultdict(set)
    for row, psu in zip(known, psus, strict=True):
        schools[row].add(psu)
    assert min(Counter(known).values()) >= rules.least_answers
    assert min(map(len, schools.values())) >= rules.least_psus


@given(ROWS, RULES)
def test_the_order_of_rows_does_not_matter(rows: list, rules: Rules) -> None:
    forth = coarsened([row[0] for row in rows], psus=[row[2] for row in rows], rules=rules)
    back = coarsened([row[0] for row in rows[::-1]], psus=[row[2] for row in rows[::-1]], rules=rules)
    assert forth.values == back.values[::-1]
    assert forth.together == back.together


@pytest.mark.parametrize("weights", [[1.0], [1.0, -1.0], [1.0, float("nan")]])
def test_what_cannot_be_is_refused(weights: list[float]) -> None:
    with pytest.raises(CannotProtect):
        microdata({"place": "NS"}, psus="ab", weights=weights)
