"""Those who answered stand for those who did not, in classes that are large enough, or by their fitted chance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute.survey import nonresponse
from learnin.compute.survey.refusals import CannotEstimate

laws = settings(deadline=None, max_examples=60)
one_person = st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.booleans(), st.floats(0.5, 5))
people = st.lists(one_person, min_size=8, max_size=80)


def asked(rows: list[tuple[str, str, bool, float]]) -> tuple[dict[str, list[str]], np.ndarray, np.ndarray]:
    first, second, answered, weight = (list(part) for part in zip(*[*rows, ("a", "x", True, 1.0)], strict=True))
    return {"first": first, "second": second}, np.array(answered), np.array(weight)


@laws
@given(people, st.integers(1, 12), st.floats(1, 4))
def test_classes_keep_the_people_and_are_large_enough(
    rows: list[tuple[str, str, bool, float]], least: int, most: float
) -> None:
    columns, answered, weight = asked(rows)
    found = nonresponse.by_classes(weight, answered, columns, ["first", "second"], least=least, most=most)
    assert found.weights.sum() == pytest.approx(weight.sum())
    assert (found.weights[~answered] == 0).all()
    assert (found.factors[answered] >= 1 - 1e-12).all()
    common = weight.sum() / weight[answered].sum()
    if len(found.classes) > 1:
        assert min(one.answered for one in found.classes) >= least
        assert max(one.factor for one in found.classes) <= most * common * (1 + 1e-12)
    assert sum(one.asked for one in found.classes) == len(weight)
    assert sum(one.answered for one in found.classes) == answered.sum()


def test_small_classes_join_the_nearest_of_their_own_first_group_and_it_is_told() -> None:
    kinds = [("a", "x", 4, 4), ("a", "y", 10, 5), ("b", "x", 12, 12), ("b", "y", 10, 8)]  # group, asked, answered
    rows = [(one, other, at < answers) for one, other, n, answers in kinds for at in range(n)]
    first, second, answered = (list(part) for part in zip(*rows, strict=True))
    columns = {"first": first, "second": second}
    found = nonresponse.by_classes(np.ones(36), answered, columns, ["first", "second"], least=5, most=9)
    assert found.joins == (nonresponse.Join("a, x", "a, y", "few"),)
    assert [(one.name, one.asked, one.answered) for one in found.classes] == [
        ("a, y + a, x", 14, 9),
        ("b, x", 12, 12),
        ("b, y", 10, 8),
    ]
    assert [one.factor for one in found.classes] == pytest.approx([14 / 9, 1, 10 / 8])
    steep = nonresponse.by_classes(np.ones(36), answered, columns, ["first", "second"], least=1, most=1.5)
    assert steep.joins == (nonresponse.Join("a, y", "a, x", "factor"),)


def test_a_class_without_answers_joins_another_instead_of_losing_its_people() -> None:
    found = nonresponse.by_classes(
        np.ones(4), [True, True, False, False], {"kind": list("aabb")}, ["kind"], least=1, most=9
    )
    assert (found.weights.tolist(), found.joins[0].name) == ([2, 2, 0, 0], "b")


@laws
@given(people)
def test_a_full_model_has_the_chances_of_the_cells(rows: list[tuple[str, str, bool, float]]) -> None:
    columns, answered, weight = asked(rows + [(one, "x", is_so, 2.0) for one in "abc" for is_so in (True, False)])
    model = nonresponse.fitted(weight, answered, {"first": columns["first"]})
    for one in "abc":
        rows_of = np.array(columns["first"]) == one
        rate = weight[rows_of & answered].sum() / weight[rows_of].sum()
        assert model.chances[rows_of] == pytest.approx(np.full(int(rows_of.sum()), rate), rel=1e-9)


def test_the_fit_solves_the_likelihood_equations_in_any_unit() -> None:
    rng = np.random.Generator(np.random.PCG64(5))
    age, answered = rng.random(400) * 40 + 20, rng.random(400)
    is_answer = answered < 1 / (1 + np.exp(-(age - 40) / 10))
    weight = rng.random(400) + 0.5
    years = nonresponse.fitted(weight, is_answer, {"age": age})
    days = nonresponse.fitted(weight, is_answer, {"age": age * 365 + 7})
    assert years.chances == pytest.approx(days.chances, rel=1e-9)
    assert years.coefficients[1] == pytest.approx(days.coefficients[1] * 365, rel=1e-9)
    gap = weight * (is_answer - years.chances)
    assert (gap.sum(), gap @ age) == (pytest.approx(0, abs=1e-9), pytest.approx(0, abs=1e-7))
    assert 1 / (1 + np.exp(-(years.coefficients[0] + years.coefficients[1] * age))) == pytest.approx(years.chances)


@pytest.mark.parametrize("groups", [None, 5, 10])
def test_the_chance_makes_those_who_answered_like_those_who_were_asked(groups: int | None) -> None:
    rng = np.random.Generator(np.random.PCG64(9))
    kind = rng.choice(list("abcd"), 2000)
    answered = rng.random(2000) < np.select([kind == "a", kind == "b"], [0.9, 0.6], 0.3)
    columns = {"kind": kind, "size": rng.random(2000)}
    found = nonresponse.by_propensity(np.ones(2000), answered, columns, groups=groups)
    assert found.weights.sum() == pytest.approx(2000)
    before = nonresponse.balance(np.ones(2000), found.weights, columns)
    for one in before[:3]:
        assert abs(one.adjusted - one.asked) <= abs(one.answered - one.asked) * (0.05 if groups is None else 0.6)
    assert [one.name for one in before] == ["kind=b", "kind=c", "kind=d", "size"]
    assert found.model is not None
    assert len(found.classes) == (0 if groups is None else groups) - len(found.joins)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: nonresponse.by_classes([1, 1], [0, 0], {"k": "aa"}, ["k"]), "nobody_answered"),
        (lambda: nonresponse.by_classes([1, None], [0, 1], {"k": "aa"}, ["k"]), "weight_null_or_nan"),
        (lambda: nonresponse.by_classes([1, 0], [0, 1], {"k": "aa"}, ["k"]), "weight_not_positive"),
        (lambda: nonresponse.by_classes([1, 1], [0, 1], {"k": ["a", "a"]}, ["k"], least=0), "out_of_range"),
        (lambda: nonresponse.by_classes([1, 1], [0, 1], {"k": ["a", "a"]}, ["k"], most=0.5), "out_of_range"),
        (lambda: nonresponse.by_propensity([1, 1], [0, 1], {"k": ["a", "a"]}, groups=1), "out_of_range"),
        (lambda: nonresponse.by_propensity([1, 1], [0, 1], {"k": [1.0, np.nan]}), "control_not_a_number"),
        (lambda: nonresponse.by_propensity([1] * 4, [0, 0, 1, 1], {"k": list("aabb")}), "propensity_separated"),
    ],
)
def test_what_cannot_be_is_refused(make: object, code: str) -> None:
    with pytest.raises(CannotEstimate) as refused:
        make()
    assert refused.value.code == code
