"""Programs fetch the numbers of a run piece by piece."""

from typing import Any

import pytest

from learnin.assessment.models import Run
from tests import world
from tests.assessment import made_indicators
from tests.assessment.made_indicators import assessment_of
from tests.assessment.test_estimates import computed
from tests.cast import Cast, as_

pytestmark = pytest.mark.django_db


def fetch(path: str, by: Any, **asked: Any) -> Any:
    """What a program of somebody is told."""
    _token, secret = world.token(by)
    return as_(None).get(f"/api/{path}", asked, headers={"authorization": f"Bearer {secret}"})


@pytest.fixture
def run(cast: Cast) -> Run:
    """A run with numbers for everybody and for two groups."""
    round_ = made_indicators.surveyed(cast, every=3)
    made_indicators.indicator(round_, cast)
    made_indicators.grouping(round_, cast)
    return computed(round_, cast)


def test_numbers_come_in_pieces_with_their_intervals(cast: Cast, run: Run) -> None:
    seen, cursor = [], {}
    while True:
        told = fetch(f"runs/{run.pk}/estimates", cast.member, limit=2, **cursor).json()
        seen += told["items"]
        if told["next"] is None:
            break
        cursor = {"cursor": told["next"]}
    assert [one["domain"] for one in seen] == [{}, {"place": "town"}, {"place": "village"}]
    assert {one["indicator"] for one in seen} == {"sure"}
    assert all(one["ci_low"] <= one["estimate"] <= one["ci_high"] for one in seen if one["ci_low"] is not None)


def test_runs_are_listed_for_who_works_there(cast: Cast, run: Run) -> None:
    path = f"assessments/{assessment_of(run.rounds.get().round).pk}/runs"
    (one,) = fetch(path, cast.member).json()["items"]
    assert (one["id"], one["state"], one["fingerprint"]) == (run.pk, "done", run.fingerprint)
    assert [fetch(path, who).status_code for who in (cast.partner, cast.stranger)] == [403, 404]
    numbers = f"runs/{run.pk}/estimates"
    assert [fetch(numbers, who).status_code for who in (cast.partner, cast.stranger)] == [403, 404]
