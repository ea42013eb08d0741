"""Needs in their order: by people they weigh on, with how sure that is, and what cannot be ranked."""

import io

import openpyxl
import pytest
from django.urls import reverse

from learnin.assessment.models import Run
from learnin.assessment.queries import needs as queries
from learnin.assessment.queries.needs import LeftOut
from tests.assessment import made_findings, made_plan
from tests.cast import Cast, as_

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
    assert [need.name for need in found] == ["time", "peers", "tools"]
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
        ({}, {"n": 4}, LeftOut.NOT_READ),
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
    for said in ("3,000", "Rank 1, likely 1 to 2.", "60%", "What is left out", "needs.xlsx"):
        assert (said in text) == (said != "What is left out")
    assert "Everybody" in text
    assert "160" in as_(cast.member).get(PAGE, {"group": "place=town"}).content.decode()
    book = openpyxl.load_workbook(io.BytesIO(as_(cast.member).get(FILE).content))
    rows = list(book.active.values)
    assert [row[3] for row in rows] == ["Need", "time", "peers", "tools"]
    assert rows[1][0] == "1"
    for url in (PAGE, FILE):
        assert as_(cast.partner).get(url).status_code == 403
        assert as_(cast.stranger).get(url).status_code == 404


def test_without_results_it_says_what_will_stand_here(cast: Cast) -> None:
    assert "Nothing has been computed yet" in as_(cast.member).get(PAGE).content.decode()
    assert as_(cast.member).get(FILE).status_code == 200
