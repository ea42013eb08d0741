"""What is found among real records: made copies on families never seen in fitting, and pairs that a person labelled."""

from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from learnin.compute.relations import Register, pairs
from learnin.compute.relations.words import folded
from make.relations import natural, real
from make.relations.task import Pair, Task, measured, single, split, task

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "initiatives"
METHOD = Path(__file__).parents[3] / "docs/methods/relations.md"


@pytest.fixture(scope="module")
def folder() -> Path:
    if not FOLDER.exists():
        pytest.skip("The real initiatives (shared/data/initiatives) do not stand beside the project.")
    return FOLDER


@pytest.fixture(scope="module")
def copied(folder: Path) -> Task:
    """About 3,000 real records with copies; their families are not those that weights were learned from."""
    return task(split(single(real.records(folder / "eca_initiatives.csv")), 0.35)[1], 3_000, seed=20)


def _by_title(records: Task) -> float:
    """The best that one line through the likeness of titles can do."""
    found: dict[Pair, float] = {}
    for country in {record.country for record in records.records}:
        ours = [record for record in records.records if record.country == country]
        titles = [folded(record.titles[0]) for record in ours]
        likeness = process.cdist(titles, titles, scorer=fuzz.token_sort_ratio, score_cutoff=70)
        for i, j in zip(*likeness.nonzero(), strict=True):
            if i < j:
                found[frozenset((int(ours[i].key), int(ours[j].key)))] = float(likeness[i, j])
    choices = ({pair for pair, like in found.items() if like >= least} for least in range(70, 100, 2))
    return max(measured(named, records.same).f1 for named in choices)


def test_copies_are_found_better_than_by_titles_alone(copied: Task) -> None:
    found = pairs(Register.of(copied.records))
    named = {frozenset((int(one.first), int(one.second))) for one in found if one.same >= 0.5}
    ours = measured(named, copied.same)
    assert ours.f1 > 0.943  # what an earlier trial on this data reached
    assert ours.f1 > _by_title(copied) + 0.1


def test_the_page_tells_what_people_said_of_each_band(folder: Path) -> None:
    """The bands of the method's page, after calibration on all 80 pairs, as LearnIn ships it."""
    known = natural.labelled(
        folder / "natural_pairs_labelled.csv", real.once(real.records(folder / "eca_initiatives.csv"))
    )
    shown = METHOD.read_text(encoding="utf-8").split("| Score | Pairs | D | F | O | U |\n")[1].split("\n\n")[0]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in shown.splitlines()[1:]]
    assert rows == [(name, *(str(count) for count in counts)) for name, counts in natural.bands(known)]
