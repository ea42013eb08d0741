"""Made strangers are new activities, none of them anybody's twin, and crowd as the records they were made of."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from learnin.compute.relations import Described, Register
from learnin.compute.relations.features import NAMES, features
from learnin.compute.relations.words import folded
from make.relations import made, real
from make.relations.fitting import within_countries
from make.relations.strangers import TooFewRecords, strangers
from make.relations.task import single, split, task

FILE = Path(__file__).parents[4] / "shared" / "data" / "initiatives" / "eca_initiatives.csv"
FOUND = single(made.records(400))


def _titles(found: list[Described]) -> list[tuple[str, str]]:
    return [(record.country, folded(record.titles[0])) for record in found]


def test_no_stranger_has_the_title_of_another_record() -> None:
    every = _titles([*FOUND, *strangers(FOUND, 2_000, random.Random(1))])
    assert len(every) == 2_400
    assert len({*every}) == 2_400


def test_what_is_not_a_copy_in_a_task_has_a_title_of_its_own() -> None:
    large = task(FOUND, 3_000, seed=1)
    originals = _titles(large.records[: int(3_000 / 1.35)])
    assert len({*originals}) == len(originals)


def test_the_same_luck_makes_the_same_strangers() -> None:
    one, other = (strangers(FOUND, 50, random.Random(2)) for _each in range(2))
    assert one == other


def test_of_one_record_no_stranger_can_be_made() -> None:
    with pytest.raises(TooFewRecords, match=r"^0 of 5 strangers out of 1 records\.$"):
        strangers(FOUND[:1], 5, random.Random(3))


def test_strangers_crowd_as_real_records_do() -> None:
    """The table of decision 0023: as many have a near neighbour as do among the real ones."""
    if not FILE.exists():
        pytest.skip("The real initiatives (shared/data/initiatives) do not stand beside the project.")
    found = split(single(real.records(FILE)), 0.35)[1]
    real_ones, made_ones = (_nearest(some) for some in (found, strangers(found, len(found), random.Random(5))))
    for least, most_off in ((0.5, 0.05), (0.7, 0.05), (0.8, 0.02), (0.9, 0.02)):
        assert abs((real_ones >= least).mean() - (made_ones >= least).mean()) < most_off


def _nearest(found: list[Described]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Of each record, how alike the title is that is most like its own."""
    tables = Register.of(replace(record, key=key) for key, record in enumerate(found)).tables
    i, j = within_countries(tables)
    letters = features(tables, i, tables, j)[:, NAMES.index("title_letters")]
    best = np.zeros(len(found))
    for side in (i, j):
        np.maximum.at(best, side, letters)
    return best
