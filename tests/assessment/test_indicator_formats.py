"""Indicators come out of answers as their definition says, and a definition that makes no sense is told why."""

from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from learnin.assessment.formats import indicator
from learnin.assessment.formats.indicator import expression, working
from learnin.assessment.formats.indicator.expression import ExpressionWrong

ANSWERS = pl.DataFrame(
    {
        "sure": ["4", "2", "98", None, "1"],
        "plan": ["1", "4", "2", "3", "inf"],
        "days": ["3", "0", None, "10", "7"],
        "tools": ["calls quizzes", "none", "rather_not", None, "quizzes"],
    }
)


def worked(text: str) -> list[Any]:
    """What an expression gives for each of the answers."""
    return ANSWERS.select(working.column(expression.read(text)).alias("it"))["it"].to_list()


def measured(**definition: Any) -> dict[str, list[Any]]:
    """The columns of an indicator called `it`."""
    return indicator.measured(ANSWERS, "it", indicator.read(definition)).to_dict(as_series=False)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("${days} + 2 * 3", [9.0, 6.0, None, 16.0, 13.0]),
        ("-(${days} - 1)", [-2.0, 1.0, None, -9.0, -6.0]),
        ("${days} / ${days}", [1.0, None, None, 1.0, 1.0]),
        ("mean(${days}, ${sure})", [3.5, 1.0, 98.0, 10.0, 4.0]),
        ("sum(${days}, ${sure}) - sum(${days})", [4.0, 2.0, None, 0.0, 1.0]),
        ("max(${days}, 5)", [5.0, 5.0, 5.0, 10.0, 7.0]),
        ("if(${days} > 3, 1, 0)", [0.0, 0.0, None, 1.0, 1.0]),
        ("coalesce(${days}, 99)", [3.0, 0.0, 99.0, 10.0, 7.0]),
        ("count(${days} > 3, ${sure} = 4)", [1.0, 0.0, 0.0, 1.0, 1.0]),
        ("${sure} = 4 or ${days} >= 7", [True, False, None, True, True]),
        ("${sure} = 4 and ${days} >= 7", [False, False, False, None, False]),
        ("not ${sure} = 4", [False, True, True, None, True]),
        ("${tools} = 'none'", [False, True, False, None, False]),
        ("selected(${tools}, 'quizzes')", [True, False, False, None, True]),
        ("answered(${days}) and not answered(${sure})", [False, False, False, True, False]),
    ],
)
def test_an_expression_is_worked_out_for_each_person(text: str, given: list[Any]) -> None:
    assert worked(text) == given


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("", "ends_early", 0),
        ("${a} +", "ends_early", 6),
        ("(1", "ends_early", 2),
        ("1 2", "not_expected", 2),
        ("__import__('os')", "not_known", 0),
        ("exec(1)", "not_known", 0),
        ("${a} = 'x' + 1", "needs_number", 7),
        ("${a} and ${b} = 1", "needs_truth", 2),
        ("if(1, 2, 3)", "needs_truth", 3),
        ("selected('x', 'u')", "needs_answer", 9),
        ("abs(1, 2)", "wrong_count", 0),
        ("(" * 60 + "1" + ")" * 60, "too_deep", 41),
        ("1+" * 600 + "1", "too_long", 1000),
    ],
)
def test_an_expression_that_cannot_be_read_says_where_and_why(text: str, code: str, at: int) -> None:
    with pytest.raises(ExpressionWrong) as refused:
        expression.read(text)
    assert (refused.value.code, refused.value.at) == (code, at)


NUMBERS = st.integers(-20, 20)
SUMS = st.recursive(
    NUMBERS.map(lambda one: (f"({one})" if one >= 0 else f"(0 - {-one})", Fraction(one))),
    lambda inner: st.tuples(inner, st.sampled_from("+-*"), inner).map(
        lambda one: (f"({one[0][0]} {one[1]} {one[2][0]})", _done(one[1], one[0][1], one[2][1]))
    ),
    max_leaves=8,
)


def _done(mark: str, left: Fraction, right: Fraction) -> Fraction:
    return left + right if mark == "+" else left - right if mark == "-" else left * right


@given(SUMS)
def test_arithmetic_is_that_of_numbers(made: tuple[str, Fraction]) -> None:
    text, value = made
    found = pl.DataFrame({"one": [1]}).select(working.column(expression.read(text)).alias("it"))["it"][0]
    assert found == pytest.approx(float(value))


@given(st.text(alphabet="${}ab()+-*/=<>!,.'\" 019andorif", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = expression.read(text).kind
    except ExpressionWrong as wrong:
        found = wrong.code
    assert found


@pytest.mark.parametrize(
    ("definition", "columns"),
    [
        ({"kind": "mean", "question": "plan"}, {"it": [1.0, 4.0, 2.0, 3.0, None]}),
        (
            {"kind": "share", "question": "sure", "values": ["3", "4"], "missing": ["98"]},
            {"it": [1.0, 0.0, None, None, 0.0]},
        ),
        (
            {"kind": "shares", "question": "sure", "values": ["1", "2", "3", "4"], "missing": ["98"]},
            {"it": ["4", "2", None, None, "1"]},
        ),
        (
            {"kind": "multi", "question": "tools", "values": ["calls", "quizzes"], "missing": ["rather_not"]},
            {"it__calls": [1.0, 0.0, None, None, 0.0], "it__quizzes": [1.0, 0.0, None, None, 1.0]},
        ),
        (
            {"kind": "index", "questions": ["sure", "plan"], "reversed": ["plan"], "least": 1, "most": 4},
            {"it__sure": [4.0, 2.0, 98.0, None, 1.0], "it__plan": [4.0, 1.0, 3.0, 2.0, None]},
        ),
        (
            {"kind": "ratio", "top": "${days}", "bottom": "${sure}", "missing": ["98"]},
            {"it__top": [3.0, 0.0, None, None, 7.0], "it__bottom": [4.0, 2.0, None, None, 1.0]},
        ),
        (
            {"kind": "derived", "expression": "${days} > 3", "as": "share"},
            {"it": [0.0, 0.0, None, 1.0, 1.0]},
        ),
    ],
)
def test_each_kind_of_indicator_has_its_columns(definition: dict[str, Any], columns: dict[str, list[Any]]) -> None:
    assert measured(**definition) == columns


@pytest.mark.parametrize(
    ("definition", "scores"),
    [
        ({"kind": "index", "questions": ["sure", "plan"]}, [2.5, 3.0, None, None, None]),
        ({"kind": "index", "questions": ["sure", "plan"], "needed": 1}, [2.5, 3.0, 2.0, 3.0, 1.0]),
        ({"kind": "ratio", "top": "${days}", "bottom": "${sure}"}, [0.75, 0.0, None, None, 7.0]),
        ({"kind": "mean", "question": "days"}, [3.0, 0.0, None, 10.0, 7.0]),
    ],
)
def test_a_person_has_one_score(definition: dict[str, Any], scores: list[Any]) -> None:
    read = indicator.read({**definition, "missing": ["98"]})
    assert indicator.score(indicator.measured(ANSWERS, "it", read), read).to_list() == scores


@given(st.permutations(range(5)))
def test_the_order_of_people_does_not_matter(order: list[int]) -> None:
    definition = indicator.read({"kind": "index", "questions": ["sure", "plan"], "needed": 1})
    whole = indicator.measured(ANSWERS, "it", definition)
    assert_frame_equal(indicator.measured(ANSWERS[order], "it", definition), whole[order])


@pytest.mark.parametrize(
    ("definition", "key", "code"),
    [
        ({}, "kind", "not_known"),
        ({"kind": "mean"}, "question", "missing"),
        ({"kind": "mean", "question": "a b"}, "question", "not_possible"),
        ({"kind": "mean", "question": "a", "values": ["1"]}, "values", "not_known"),
        ({"kind": "share", "question": "a", "values": []}, "values", "too_few"),
        ({"kind": "share", "question": "a", "values": ["1", "1"]}, "values", "twice"),
        ({"kind": "share", "question": "a", "values": ["1"], "missing": ["1"]}, "missing", "counted_too"),
        ({"kind": "index", "questions": ["a"]}, "questions", "too_few"),
        ({"kind": "index", "questions": ["a", "b"], "reversed": ["a"]}, "least", "missing"),
        (
            {"kind": "index", "questions": ["a", "b"], "reversed": ["c"], "least": 1, "most": 5},
            "reversed",
            "not_among_questions",
        ),
        (
            {"kind": "index", "questions": ["a", "b"], "reversed": ["a"], "least": 5, "most": 5},
            "most",
            "not_above_least",
        ),
        ({"kind": "index", "questions": ["a", "b"], "needed": 3}, "needed", "too_many"),
        ({"kind": "quantile", "question": "a", "at": 1}, "at", "not_possible"),
        ({"kind": "ratio", "top": "${a}", "bottom": "${b} +"}, "bottom", "expression_ends_early"),
        ({"kind": "derived", "expression": "${a}", "as": "share"}, "expression", "expression_needs_truth"),
        ({"kind": "derived", "expression": "${a} > 1", "as": "mean"}, "expression", "expression_needs_number"),
        ({"kind": "derived", "expression": "1 + 1", "as": "mean"}, "expression", "expression_without_answer"),
    ],
)
def test_a_definition_that_makes_no_sense_says_where_and_why(definition: dict[str, Any], key: str, code: str) -> None:
    with pytest.raises(indicator.DefinitionWrong) as refused:
        indicator.read(definition)
    assert (refused.value.key, refused.value.code) == (key, code)


def test_a_fingerprint_minds_what_is_said_and_not_the_order_of_keys() -> None:
    one = indicator.fingerprint({"kind": "mean", "question": "a"})
    assert one == indicator.fingerprint({"question": "a", "kind": "mean"})
    assert one != indicator.fingerprint({"kind": "mean", "question": "b"})
