"""The ranking of needs: the worked tables of its page, and what must hold for any needs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute.ranking import CannotRank, rank_needs
from tests.compute.worked import METHODS, number, table

HEAD = "| Need | Severity | SE | People | Burden | Rank | First of all | Mean rank |"
needs = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.2), st.integers(0, 10**6)), min_size=1, max_size=8)
laws = settings(deadline=None, max_examples=50)


def _tables() -> list[list[list[float]]]:
    text = (METHODS / "ranking.md").read_text(encoding="utf-8")
    bodies = [part.split("\n\n")[0].strip().splitlines()[1:] for part in text.split(HEAD)[1:]]
    return [[[number(cell) for cell in line.strip("|").split("|")[1:]] for line in body] for body in bodies]


def _rank(given: list[tuple[float, float, float]], *, top: int = 1, seed: int = 1, draws: int = 500):
    severity, se, people = zip(*given, strict=True)
    generator = np.random.default_rng(seed)
    return rank_needs(severity, np.diag(np.square(se)), people, top=top, generator=generator, draws=draws)


@pytest.mark.parametrize("rows", _tables(), ids=len)
def test_the_page_works_out_the_ranks(rows: list[list[float]]) -> None:
    found = _rank([(severity, se, people) for severity, se, people, *_rest in rows], draws=200_000)
    assert found.burden == pytest.approx([row[3] for row in rows])
    assert found.rank.tolist() == [row[4] for row in rows]
    assert found.in_top == pytest.approx([row[5] for row in rows], abs=0.005)
    assert found.expected == pytest.approx([row[6] for row in rows], abs=0.005)


@pytest.mark.parametrize(
    "row", table("ranking.md", "Correlation", "First severity", "Second severity", "First is ahead"),
    ids=lambda row: row["Correlation"],
)  # fmt: skip
def test_the_page_works_out_needs_that_go_together(row: dict[str, str]) -> None:
    given = [number(row["First severity"]), number(row["Second severity"])]
    spread = 0.02**2 * np.array([[1, number(row["Correlation"])], [number(row["Correlation"]), 1]])
    found = rank_needs(given, spread, [1000, 1000], top=1, generator=np.random.default_rng(1), draws=200_000)
    assert found.in_top[0] == pytest.approx(number(row["First is ahead"]), abs=0.005)


def test_the_page_has_both_tables() -> None:
    assert [len(rows) for rows in _tables()] == [2, 3]


@laws
@given(needs, st.integers(1, 8))
def test_ranks_are_ranks_and_chances_are_chances(given: list, top: int) -> None:
    k = len(given)
    found = _rank(given, top=min(top, k))
    assert found.rank.min() == 1
    assert (found.rank <= k).all()
    assert (found.best <= found.worst).all()
    assert ((found.best >= 1) & (found.worst <= k)).all()
    assert (found.low <= found.high).all()
    assert ((found.in_top >= 0) & (found.in_top <= 1)).all()
    assert found.in_top.sum() >= min(top, k) - 1e-9  # ties share the better rank
    assert (found.expected >= 1).all()


@laws
@given(needs, st.integers(0, 2**32))
def test_the_same_seed_gives_the_same_numbers(given: list, seed: int) -> None:
    first, again = _rank(given, seed=seed), _rank(given, seed=seed)
    assert first.in_top.tolist() == again.in_top.tolist()
    assert first.low.tolist() == again.low.tolist()


def test_needs_that_go_together_keep_their_order() -> None:
    severity, se = np.array([0.52, 0.50]), 0.05
    apart = rank_needs(
        severity, np.diag([se**2] * 2), [100, 100], top=1, generator=np.random.default_rng(1), draws=2000
    )
    joined = rank_needs(
        severity, np.full((2, 2), se**2), [100, 100], top=1, generator=np.random.default_rng(1), draws=2000
    )
    assert apart.in_top[0] < 0.8
    assert joined.in_top[0] == 1.0
    assert joined.worst.tolist() == [1, 2]


def test_a_known_severity_has_no_interval() -> None:
    found = _rank([(0.4, 0, 100), (0.2, 0, 100)])
    assert found.low.tolist() == found.high.tolist() == found.burden.tolist()


@pytest.mark.parametrize(
    "wrong",
    [
        ([], np.zeros((0, 0)), [], 1),
        ([0.5], np.eye(2), [1], 1),
        ([1.5], np.eye(1), [1], 1),
        ([0.5], np.eye(1), [-1], 1),
        ([np.nan], np.eye(1), [1], 1),
        ([0.5], np.eye(1), [1], 2),
        ([0.5, 0.5], [[1, 0.5], [0.4, 1]], [1, 1], 1),
        ([0.5, 0.5], [[1, 2], [2, 1]], [1, 1], 1),
        ([0.5, 0.5], [[-1, 0], [0, -1]], [1, 1], 1),
    ],
    ids=str,
)
def test_what_cannot_be_ranked_is_refused(wrong: tuple) -> None:
    severity, covariance, people, top = wrong
    with pytest.raises(CannotRank):
        rank_needs(severity, covariance, people, top=top, generator=np.random.default_rng(1), draws=10)
