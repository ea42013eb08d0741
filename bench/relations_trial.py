"""What an earlier trial did, as a peer: ten nearest titles by TF-IDF, 14 plain features, a logistic regression.

It learns from made copies of the same families as our own weights, and is measured on the same others. Its few choices
were made on the families that calibrate ours, never on those that it is measured on.
"""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np

from bench.estimating import peak
from bench.relations_facts import Facts, Floats, Numbers
from learnin.compute.relations import Described
from learnin.compute.relations.words import folded
from make.relations.task import Pair, Task

NEAREST = 10  # titles of a country, for each title
LEAST = (
    0.2  # likeness below which a title is not among the nearest: nothing is lost on the families that calibrate ours
)
ROWS = 500  # of one product at a time
SURE = 0.5


@dataclass(frozen=True)
class Candidates:
    """Pairs of records: the place of each, the likeness of their titles, and all 14 features."""

    i: Numbers
    j: Numbers
    values: Floats

    def keys(self, records: Sequence[Described]) -> list[Pair]:
        """The pairs as the truth names them."""
        keys = np.array([int(record.key) for record in records])
        return [frozenset(pair) for pair in zip(keys[self.i].tolist(), keys[self.j].tolist(), strict=True)]


@dataclass(frozen=True)
class Ran:
    """Seconds by the clock and of the processor, the pairs it names, the share of right ones it compares, peak MB."""

    seconds: float
    processor: float
    named: set[Pair]
    in_reach: float
    peak: float


def alone(model: Any, task: Task) -> Ran:
    """The trial in a process of its own, so that the peak of memory is its own: records in, pairs out."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(_ran, model, task).result()


def _ran(model: Any, task: Task) -> Ran:
    begun, spent = time.perf_counter(), time.process_time()
    found = candidates(task.records)
    likely = model.predict_proba(found.values)[:, 1] >= SURE
    took = time.perf_counter() - begun, time.process_time() - spent
    held, keys = peak(), found.keys(task.records)
    named = {pair for pair, sure in zip(keys, likely, strict=True) if sure}
    return Ran(*took, named, len({*keys} & task.same) / len(task.same), held)


def learned(tasks: Iterable[Task]) -> Any:
    """A logistic regression of standardised features, from the pairs of tasks of which the truth is known."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    values, same = [], []
    for task in tasks:
        found = candidates(task.records)
        values.append(found.values)
        same += [pair in task.same for pair in found.keys(task.records)]
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(np.concatenate(values), same)


def candidates(records: Sequence[Described]) -> Candidates:
    """Pairs within a country of which one title is among the ten nearest of the other, each once."""
    titles = [folded(record.titles[0]) for record in records]
    countries, found = np.array([record.country for record in records]), []
    for country in np.unique(countries):
        rows = np.flatnonzero(countries == country)
        i, j, like = _nearest([titles[row] for row in rows])
        found.append((rows[i], rows[j], like))
    i, j, like = (np.concatenate(column) for column in zip(*found, strict=True))
    _codes, first = np.unique(np.minimum(i, j) * len(records) + np.maximum(i, j), return_index=True)
    i, j, like = i[first], j[first], like[first]
    return Candidates(i, j, np.column_stack([like, *Facts(records, titles).shared(i, j)]))


def _nearest(titles: Sequence[str]) -> tuple[Numbers, Numbers, Floats]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4), dtype=np.float32).fit_transform(titles)
    turned, found = vectors.T.tocsr(), []
    for start in range(0, len(titles), ROWS):
        likeness = (vectors[start : start + ROWS] @ turned).tocoo()
        row, column, like = likeness.row + start, likeness.col, likeness.data
        kept = (like >= LEAST) & (row != column)
        row, column, like = row[kept], column[kept], like[kept]
        order = np.lexsort((column, -like, row))
        row = row[order]
        top = np.arange(len(row)) - np.searchsorted(row, row) < NEAREST
        found.append((row[top], column[order][top], like[order][top]))
    rows, columns, likes = (np.concatenate(column) for column in zip(*found, strict=True))
    return rows, columns, likes
