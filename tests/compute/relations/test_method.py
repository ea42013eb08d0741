"""The numbers of docs/methods/relations.md are computed."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from learnin.compute.relations import Described, overlaps
from learnin.compute.relations.tables import Rarity
from learnin.compute.relations.weights import rivals
from learnin.compute.relations.words import concepts, folded, organisation

METHOD = Path(__file__).parents[3] / "docs/methods/relations.md"


def _table(*heads: str) -> list[tuple[str, ...]]:
    """The rows under one heading of the method's page."""
    body = METHOD.read_text(encoding="utf-8").split(f"| {' | '.join(heads)} |\n")[1].split("\n\n")[0]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in body.splitlines()[1:]]


@pytest.mark.parametrize(("text", "compared", "means"), _table("Text", "Compared as", "Means"))
def test_a_text_means_what_the_page_says(text: str, compared: str, means: str) -> None:
    assert folded(text) == compared
    assert ", ".join(sorted({concept for word in compared.split() for concept in concepts(word)})) == means


@pytest.mark.parametrize(("name", "code"), _table("Name", "Organisation"))
def test_an_organisation_has_one_form(name: str, code: str) -> None:
    assert organisation(name) == code


@pytest.mark.parametrize(("count", "held", "rarity"), _table("Records", "In how many", "Rarity"))
def test_rarity_is_what_the_page_says(count: str, held: str, rarity: str) -> None:
    rows = Rarity(int(count.replace(",", "")), np.array([int(held.replace(",", ""))]))
    assert f"{rows(np.array([0]))[0]:.3f}" == rarity


@pytest.mark.parametrize(
    ("log_odds", "closer"), _table("Log-odds of three pairs: a-b, a-c, d-e", "How much closer a rival is")
)
def test_a_rival_counts_as_the_page_says(log_odds: str, closer: str) -> None:
    told = np.array([float(one) for one in log_odds.split(", ")])
    assert rivals(told, np.array([0, 0, 3]), np.array([1, 2, 4])).tolist() == [float(one) for one in closer.split(", ")]


@pytest.mark.parametrize(
    ("regions", "themes", "audiences", "days", "rank"), _table("Regions", "Themes", "Audiences", "Days", "Rank")
)
def test_an_overlap_has_the_rank_of_the_page(regions: str, themes: str, audiences: str, days: str, rank: str) -> None:
    fields = {"places": regions, "themes": themes, "audiences": audiences}
    shares = {field: [int(part) for part in share.split("/")] for field, share in fields.items()}
    common, span = (int(part) for part in days.split("/"))
    begins = date(2023, 1, 1)
    later = begins + timedelta(days=span - common)
    one = Described(
        1, titles=("Tablets",), begins=begins, ends=begins + timedelta(days=span - 1),
        **{field: frozenset(map(str, range(part))) for field, (part, _every) in shares.items()},  # type: ignore[arg-type]
    )  # fmt: skip
    other = Described(
        2, titles=("Meals",), begins=later, ends=later + timedelta(days=span - 1),
        **{field: frozenset(map(str, range(every))) for field, (_part, every) in shares.items()},  # type: ignore[arg-type]
    )  # fmt: skip
    assert [f"{found.rank:.3f}" for found in overlaps([one, other])] == [rank]
