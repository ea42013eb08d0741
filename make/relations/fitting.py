"""Fit the weights to made copies and parts of real records, and write them with the recipe above."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations import Described, Register
from learnin.compute.relations import candidates as nearest
from learnin.compute.relations.cards import Numbers
from learnin.compute.relations.features import NAMES, features
from learnin.compute.relations.fitting import calibrated, fitted
from learnin.compute.relations.register import NEAREST
from learnin.compute.relations.scoring import scored
from learnin.compute.relations.tables import Tables
from learnin.compute.relations.weights import BENDS, Weights, rivals
from make.relations import real
from make.relations.task import Pair, Task

PROGRAMME = 0.8  # likeness of titles of one reporter from which they are taken for one programme
EXCHANGED = 0.05  # share of a title from which another word stands in place of one
UNCLEAR = 0.5  # likeness from which two real titles of one reporter may be one programme, or not
NEGATIVES = 120_000  # pairs that are not the same, drawn for fitting: more takes longer and changes nothing


@dataclass(frozen=True)
class Pairs:
    """Candidates of a task with what is known of them."""

    keys: list[Pair]
    i: Numbers
    j: Numbers
    values: NDArray[np.float32]
    same: NDArray[np.bool_]
    related: NDArray[np.bool_]
    clear: NDArray[np.bool_]  # whether `related` is known well enough to learn from


def nothing() -> Weights:
    """Weights that say nothing, to lay a register before there are any."""
    none = np.zeros((len(NAMES), len(BENDS) - 1))
    return Weights(none, none, 0.0, 0.0, 0.0)


def laid(task: Task) -> Pairs:
    """The candidates of a task, within countries."""
    tables = Register.of(task.records, nothing()).tables
    i, j = within_countries(tables)
    keys = keyed(tables, i, j)
    values = features(tables, i, tables, j)
    same = np.array([key in task.same for key in keys], dtype=bool)
    made = same | np.array([key in task.parts for key in keys], dtype=bool)
    family, clear = _families(tables, i, j, values)
    return Pairs(keys, i, j, values, same, made | family, made | clear)


def within_countries(tables: Tables) -> tuple[Numbers, Numbers]:
    """The rows of all pairs that are worth comparing, as a register finds them."""
    countries = tables.country.astype(str)
    found = [nearest.within(tables, np.flatnonzero(countries == one), NEAREST) for one in np.unique(countries)]
    return np.concatenate([i for i, _j in found]), np.concatenate([j for _i, j in found])


def keyed(tables: Tables, i: Numbers, j: Numbers) -> list[Pair]:
    """Pairs of rows as pairs of keys."""
    numbers = np.array([int(key) for key in tables.keys])
    return [frozenset((one, other)) for one, other in zip(numbers[i].tolist(), numbers[j].tolist(), strict=True)]


def _families(
    tables: Tables, i: Numbers, j: Numbers, values: NDArray[np.float32]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which real pairs are parts of one programme by a rule, and where that rule may be believed.

    One reporter, and titles that begin alike but for numbers or are much alike: one programme. Titles that are not
    alike, or in which a name was exchanged while another organisation reports: not. Anything between is left out.
    """
    records: Sequence[Described] = [card.record for card in tables.cards]
    names = np.array([real.family(record) for record in records])
    column = {name: values[:, at] for at, name in enumerate(NAMES)}
    alike = np.maximum(column["title_letters"], column["title_words"])
    theirs = (column["reporter"] < 0.85) & (column["crossing"] == 0) & (column["organisations_apart"] > 0)
    family = (column["reporter"] >= 0.85) & ((names[i] == names[j]) | (alike >= PROGRAMME))
    other = (alike < UNCLEAR) | (theirs & (column["title_exchanged"] > EXCHANGED))
    return family, family | other


def fit(learn: Sequence[Pairs], check: Pairs) -> Weights:
    """Weights from some tasks, calibrated on another that shares no family of records with them."""
    values, same, related, clear = (
        np.concatenate([getattr(one, name) for one in learn]) for name in ("values", "same", "related", "clear")
    )
    few = np.random.default_rng(1).random(len(same)) < NEGATIVES / len(same)
    one, one_start = fitted(values[few | same], same[few | same])
    known = clear & (few | related)
    together, start = fitted(values[known], related[known])
    rough = Weights(together, one, start, one_start, 0.0)
    log_odds, sames = rough.log_odds(check.values)
    stretch, shift, _none = calibrated(log_odds[check.clear], check.related[check.clear])
    wide, aside, rival = calibrated(sames, check.same, rivals(sames, check.i, check.j))
    return Weights(together * stretch, one * wide, start * stretch + shift, one_start * wide + aside, rival / wide)


def chances(weights: Weights, pairs: Pairs) -> NDArray[np.float64]:
    """The chance of each candidate to be the same."""
    return scored(weights, pairs.values, pairs.i, pairs.j).same
