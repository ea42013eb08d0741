"""Needs in their order: by people they weigh on, with how sure that is, and what cannot be ranked."""

import io
from typing import Any

import numpy as np
import openpyxl
import pytest
from django.urls import reverse

from learnin.assessment.models import Run
from learnin.assessment.operations import reading as rules
from learnin.assessment.queries import estimates
from learnin.assessment.queries import needs as queries
from learnin.assessment.queries.needs import LeftOut
from tests.assessment import made_findings, made_indicators, made_plan
from tests.assessment.test_estimates import computed
from tests.assessment.test_reading import LINES
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
PAGE, FILE = (reverse(f"assessment:{name}", args=["RS"]) for name in ("needs", "needs_file"))


@pytest.fixture
def run(cast: Cast) -> Run:
    """Three needs of everybody, one of them of a group, too."""
    assessment = made_plan.assessment(cast)
    run = made_findings.run(assessment, cast)
    for code, direction, share in (("time", "high", 0.6), ("tools", "low", 0.9), ("peers", "high", 0.58)):
        of = made_findings.indicator(assessment, cast, code=code, labels={"en": code}, direction=direction)
        more = {"estimate": share, "ci_low": share - 0.04, "ci_high": share + 0.04}
        made_findings.number(of, run, cast, **more)
    told = {"key": "place=town", "by": "place", "domain": {"place": "town"}}
    made_findings.number(of, run, cast, estimate=0.2, ci_low=0.1, ci_high=0.3, n_hat=800.0, **told)
    return run


def test_the_heaviest_comes_first_and_close_ones_are_not_told_apart(run: Run) -> None:
    found = queries.ranked(run).needs
    assert [need.name for need in found] == ["time", "peers", "Not yet: tools"]
    first, second, last = found
    assert (first.burden, last.severity) == (pytest.approx(3000), pytest.approx(0.1))
    assert (first.best, first.worst, second.best, second.worst) == (1, 2, 1, 2)
    assert (last.best, last.worst, last.in_top) == (3, 3, 1.0)
    assert queries.ranked(run).needs == found  # the same seed


def test_a_group_has_an_order_of_its_own(run: Run) -> None:
    (need,) = queries.ranked(run, key="place=town").needs
    assert (need.people, need.burden) == (800, pytest.approx(160))
    assert queries.groups(run) == [("place=town", "town")]


@pytest.mark.parametrize(
    ("more", "number", "why"),
    [
        ({"unit": "points"}, {}, LeftOut.NOT_A_SHARE),
        ({}, {"is_probability": False}, LeftOut.NOT_A_SAMPLE),
        ({}, {"n": 4}, LeftOut.WITHHELD),
        ({}, {"withheld": "complement"}, LeftOut.WITHHELD),
        ({}, {"n": 24}, LeftOut.NOT_READ),
        ({}, {"n_hat": None}, LeftOut.NOT_READ),
    ],
)
def test_what_cannot_be_ranked_says_why(
    cast: Cast, run: Run, more: dict[str, str], number: dict[str, object], why: LeftOut
) -> None:
    of = made_findings.indicator(run.assessment, cast, code="other", **more)
    made_findings.number(of, run, cast, **number)
    found = queries.ranked(run)
    assert [(one.indicator.code, reason) for one, reason in found.left_out] == [("other", why)]
    assert "other" not in [need.number.indicator.code for need in found.needs]


def test_what_describes_without_need_is_not_in_it(cast: Cast, run: Run) -> None:
    of = made_findings.indicator(run.assessment, cast, code="age", direction="")
    made_findings.number(of, run, cast)
    made_findings.number(made_findings.indicator(run.assessment, cast, code="hard"), run, cast, level="none")
    found = queries.ranked(run)
    assert "age" not in [one.indicator.code for one, _why in found.left_out]
    assert len(found.needs) == 3


def test_the_page_has_chart_table_and_workbook(cast: Cast, run: Run) -> None:
    text = as_(cast.member).get(PAGE).content.decode()
    there = ("3,000", "Rank 1, likely 1 to 2.", "60%", "(6 to 14)", "Not yet: tools", "needs.xlsx")
    for said in (*there, "What is left out"):
        assert (said in text) == (said != "What is left out")
    assert "Everybody" in text
    assert "160" in as_(cast.member).get(PAGE, {"group": "place=town"}).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(as_(cast.member).get(FILE).content))
    rows = list(book.active.values)
    heads, *told = rows[2:]
    first, _second, last = (dict(zip(heads, row, strict=True)) for row in told)
    assert [row[3] for row in rows[2:]] == ["Need", "time", "peers", "Not yet: tools"]
    assert (first["Rank"], first["Severity"], first["Burden"]) == (1, 0.6, 3000)
    assert (last["Severity"], last["Interval from"], last["Interval to"]) == pytest.approx((0.1, 0.06, 0.14))
    for url in (PAGE, FILE):
        assert as_(cast.partner).get(url).status_code == 403
        assert as_(cast.stranger).get(url).status_code == 404


def test_without_results_it_says_what_will_stand_here(cast: Cast) -> None:
    assert "Nothing has been computed yet" in as_(cast.member).get(PAGE).content.decode()
    assert as_(cast.member).get(FILE).status_code == 200


def _shares(cast: Cast) -> tuple[Run, Any]:
    """Two answers to one question, both of them together, and what is missing to both, computed of twelve schools."""
    round_ = made_indicators.surveyed(cast)
    for code, values, direction in (
        ("no", ["1"], "high"), ("partly", ["2"], "high"), ("both", ["1", "2"], "high"), ("yes", ["3"], "low"),
    ):  # fmt: skip
        definition = {"kind": "share", "question": "belief_1", "values": values}
        made_indicators.indicator(
            round_, cast, code=code, labels={"en": code}, definition=definition, direction=direction
        )
    made_indicators.grouping(round_, cast)
    rules.change(round_.country, **LINES, reason="A small country.", by=cast.chair, now=NOW)
    return computed(round_, cast), round_


def _told(run: Run, *codes: str, key: str = "") -> list[Any]:
    found = {one.indicator.code: one for one in estimates.numbers(run) if one.key == key}
    return [found[code] for code in codes]


@pytest.mark.parametrize("key", ["", "place=town"])
def test_two_needs_of_one_run_go_together(cast: Cast, key: str) -> None:
    """The variance of a sum is that of its parts and twice their covariance: the engine worked out all of them."""
    run, _round = _shares(cast)
    no, partly, both, _yes = numbers = _told(run, "no", "partly", "both", "yes", key=key)
    found = estimates.covariances_among(run.rounds.get(), numbers, key)
    assert np.diag(found) == pytest.approx([one.se**2 for one in numbers])
    assert both.se**2 == pytest.approx(no.se**2 + partly.se**2 + 2 * found[0, 1])
    assert found[0, 1] < 0
    assert found[2, 3] == pytest.approx(-(both.se**2))


def test_needs_that_always_move_together_keep_their_order(cast: Cast) -> None:
    """“Both” and “not yes” are the same people: imagined again, neither is ever before the other."""
    run, _round = _shares(cast)
    needs_ = {one.number.indicator.code: one for one in queries.ranked(run).needs}
    first, second = needs_["both"], needs_["yes"]
    assert first.severity == pytest.approx(second.severity)
    assert (first.best, first.worst) == (second.best, second.worst)
    assert first.in_top == second.in_top
    run.rounds.update(covariances=None)  # a run that was computed before covariances of needs were kept
    apart = {one.number.indicator.code: one for one in queries.ranked(run).needs}
    assert apart["both"].in_top < first.in_top


def test_what_is_not_computed_again_keeps_its_covariances(cast: Cast) -> None:
    run, round_ = _shares(cast)
    before = estimates.covariances_among(run.rounds.get(), _told(run, "no", "partly", "both"))
    one = run.assessment.indicators.get(code="both")
    one.definition = {**one.definition, "values": ["1", "3"]}
    one.save(update_fields=["definition"])
    again = computed(round_, cast)
    after = estimates.covariances_among(again.rounds.get(), _told(again, "no", "partly", "both"))
    assert after[:2, :2] == pytest.approx(before[:2, :2])
    assert after[2, :2].tolist() == [0, 0]  # never worked out together
