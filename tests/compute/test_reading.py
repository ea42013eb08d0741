"""The reading rules: the worked lines of their page, and what must hold for any estimate."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.reading import DEFAULT, Kind, Rule, Thresholds, Verdict, cv_of, reliability
from tests.compute.worked import number, table

LINES = ("Kind", "Answers", "PSUs", "df", "Value", "SE", "Low", "High", "Verdict", "Rules")
ORDER = [Verdict.SHOW, Verdict.FLAG, Verdict.WITHHOLD]
estimates = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(Kind),
        "n": st.integers(0, 500),
        "psus": st.integers(0, 50),
        "df": st.floats(0, 50),
        "value": st.none() | st.floats(0, 1),
        "se": st.none() | st.floats(0, 1) | st.just(float("nan")),
        "low": st.none() | st.floats(0, 0.5),
        "high": st.none() | st.floats(0.5, 1),
    }
)


def _maybe(cell: str) -> float | None:
    return None if cell == "-" else number(cell)


@pytest.mark.parametrize("row", table("reading-rules.md", *LINES), ids=str)
def test_the_page_works_out_the_verdict(row: dict[str, str]) -> None:
    value, se, low, high = (_maybe(row[head]) for head in ("Value", "SE", "Low", "High"))
    found = reliability(
        Kind(row["Kind"]),
        n=int(row["Answers"]),
        psus=int(row["PSUs"]),
        df=number(row["df"]),
        value=value,
        se=se,
        low=low,
        high=high,
    )
    rules = [] if row["Rules"] == "-" else row["Rules"].split(", ")
    assert found.verdict == row["Verdict"]
    assert [reason.rule for reason in found.reasons] == rules


@given(estimates)
def test_nothing_is_shown_without_an_error_and_each_verdict_has_its_reasons(estimate: dict) -> None:
    found = reliability(**estimate)
    assert bool(found.reasons) == (found.verdict is not Verdict.SHOW)
    if any(estimate[key] is None or estimate[key] != estimate[key] for key in ("value", "se", "low", "high")):
        assert found.verdict is Verdict.WITHHOLD
        assert Rule.NO_ERROR in [reason.rule for reason in found.reasons]


@given(estimates, st.integers(0, 100), st.integers(0, 10))
def test_more_answers_and_psus_never_make_the_verdict_worse(estimate: dict, answers: int, psus: int) -> None:
    fewer = reliability(**estimate)
    more = reliability(**{**estimate, "n": estimate["n"] + answers, "psus": estimate["psus"] + psus})
    assert ORDER.index(more.verdict) <= ORDER.index(fewer.verdict)


@given(st.floats(0.01, 1e6), st.floats(0, 1e6), st.floats(0.01, 100))
def test_the_coefficient_of_variation_has_no_unit(value: float, se: float, unit: float) -> None:
    assert cv_of(value * unit, se * unit) == pytest.approx(cv_of(value, se))
    assert cv_of(-value, se) == cv_of(value, se)


def test_a_country_may_set_its_own_lines() -> None:
    strict = replace(DEFAULT, least_answers=50, sure_answers=100)
    estimate = {"n": 40, "psus": 9, "df": 20.0, "value": 0.5, "se": 0.05, "low": 0.4, "high": 0.6}
    assert reliability(Kind.SHARE, **estimate).verdict is Verdict.FLAG
    assert reliability(Kind.SHARE, **estimate, thresholds=strict).verdict is Verdict.WITHHOLD


@pytest.mark.parametrize("lines", [{"least_answers": -1}, {"widest": -0.1}, {"sure_answers": 24}])
def test_lines_that_cannot_be_are_refused(lines: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Thresholds(**lines)
