"""Base weights: what an answer stands for by its chance, and strata that must join to tell their spread."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.base_weights import NoChance, inverse_chances, joined_strata, rounded, within_units
from tests.compute.worked import number, numbers, table

rows = st.lists(
    st.tuples(st.integers(0, 6), st.one_of(st.none(), st.floats(0.5, 500))), min_size=1, max_size=40
).filter(lambda found: any(size is not None for _unit, size in found))


@given(rows)
def test_factors_within_add_up_to_the_people_of_each_unit(found):
    unit = np.array([one for one, _size in found])
    said = [np.nan if size is None else size for _unit, size in found]
    within = within_units(unit, said)
    assert (within.factor >= 1).all()
    for one in set(unit):
        here = unit == one
        assert within.factor[here].sum() == pytest.approx(within.there[here][0])
        assert within.there[here][0] >= here.sum()


def test_a_unit_with_more_answers_than_people_has_as_many_people_as_answers():
    within = within_units([4, 4, 4, 5], [2, 2, 2, np.nan])
    assert within.raised.tolist() == [4]
    assert within.unknown.tolist() == [5]
    assert within.factor.tolist() == [1, 1, 1, 2]


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: inverse_chances([0.5, np.nan]), "chance_missing"),
        (lambda: inverse_chances([0.5, 0]), "chance_out_of_range"),
        (lambda: inverse_chances([1.1]), "chance_out_of_range"),
        (lambda: within_units([0, 1], [np.nan, np.nan]), "eligible_unknown"),
        (lambda: within_units([0, 1], [5, 0]), "eligible_not_positive"),
    ],
)
def test_what_cannot_be_weighed_is_refused_by_its_code(call, code):
    with pytest.raises(NoChance) as why:
        call()
    assert why.value.code == code


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.booleans()), min_size=1, max_size=40))
def test_no_stratum_of_units_left_to_chance_stays_alone(found):
    stratum = np.array([one * 2 + certain for one, _unit, certain in found])
    psu = np.array([one * 10 + unit for one, unit, _certain in found])
    certain = np.array([bool(one) for _stratum, _unit, one in found])
    joined = joined_strata(stratum, psu, certain)
    left = joined.stratum[~certain]
    units = {name: len(set(psu[~certain][left == name])) for name in set(left)}
    assert len(units) <= 1 or min(units.values()) > 1
    assert (joined.stratum[certain] == stratum[certain]).all()


@given(st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=20))
def test_weights_carry_six_decimals_and_none_is_zero(weights):
    found = rounded(weights)
    assert (found > 0).all()
    assert np.abs(found * 1e6 - np.rint(found * 1e6)).max() < 1e-2 * max(1, found.max() / 1e6)


HEADS = ("Chance of the school", "Said of its teachers", "Answers", "First factor", "Second factor", "Weight",
         "All its answers stand for")  # fmt: skip


def test_the_worked_numbers_of_the_page_come_out():
    for line in table("base-weights.md", *HEADS):
        told, answers = numbers(line["Said of its teachers"]), int(line["Answers"])
        assert len(told) == answers
        first = inverse_chances([number(line["Chance of the school"])] * answers)
        second = within_units([0] * answers, told).factor
        weight = rounded(first * second)
        expected = [number(line[head]) for head in HEADS[3:6]]
        assert [first[0], second[0], weight[0]] == pytest.approx(expected)
        assert weight.sum() == pytest.approx(number(line["All its answers stand for"]))
