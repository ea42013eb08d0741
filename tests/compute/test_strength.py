"""How much a finding rests on: the worked lines of its page, and what must hold for any evidence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.strength import Basis, Ground, Strength, ground
from tests.compute.worked import table

ORDER = [Strength.NONE, Strength.WEAK, Strength.MODERATE, Strength.STRONG]
KINDS = ("sure", "doubtful", "documents", "conversations", "resources")
some = st.builds(Basis, **{kind: st.integers(0, 4) for kind in KINDS})


@pytest.mark.parametrize("row", table("strength.md", *(kind.capitalize() for kind in KINDS), "Line"), ids=str)
def test_the_page_works_out_the_line(row: dict[str, str]) -> None:
    basis = Basis(**{kind: int(row[kind.capitalize()]) for kind in KINDS})
    assert ground(basis) == Ground(row["Line"])


@pytest.mark.parametrize("row", table("strength.md", "Line", "What is there", "Strength"), ids=str)
def test_the_page_says_what_follows(row: dict[str, str]) -> None:
    assert Ground(row["Line"]).strength == Strength(row["Strength"])


@given(some, st.sampled_from(KINDS))
def test_more_evidence_never_weakens(basis: Basis, kind: str) -> None:
    more = replace(basis, **{kind: getattr(basis, kind) + 1})
    assert ORDER.index(ground(more).strength) >= ORDER.index(ground(basis).strength)


@given(some)
def test_only_nothing_is_nothing(basis: Basis) -> None:
    assert (ground(basis).strength is Strength.NONE) == (basis == Basis())


def test_a_count_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="counted from zero"):
        Basis(documents=-1)
