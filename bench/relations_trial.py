"""What an earlier trial did, as a peer: ten nearest titles by TF-IDF, 14 plain features, a logistic regression.

It learns from the same made tasks of the same families as our own weights, and it is measured on the same others.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations import Described
from learnin.compute.relations.words import folded
from make.relations.task import Pair, Task

NEAREST = 10  # titles of a country, for each title
LEAST = 0.1  # likeness below which a title is not among the nearest
ROWS, PAIRS = 500, 50_000  # of one product at a time
SURE = 0.5
UNTOLD = 0.5  # of a feature that one of two records tells nothing of: neither for nor against
YEAR = 365.0
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


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


def named(model: Any, records: Sequence[Described]) -> set[Pair]:
    """The pairs that are more likely the same than not."""
    found = candidates(records)
    likely = model.predict_proba(found.values)[:, 1] >= SURE
    return {pair for pair, sure in zip(found.keys(records), likely, strict=True) if sure}


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
    return Candidates(i, j, np.column_stack([like, *_Facts(records, titles).shared(i, j)]))


def _nearest(titles: Sequence[str]) -> tuple[Numbers, Numbers, Floats]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4)).fit_transform(titles)
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
    return tuple(np.concatenate(column) for column in zip(*found, strict=True))


class _Facts:
    """What 13 features compare, a row for each record."""

    def __init__(self, records: Sequence[Described], titles: Sequence[str]) -> None:
        self.titles = np.array(titles, dtype=object)
        reporters = [folded(record.reporter) for record in records]
        partners = [{folded(name) for _role, name in record.organisations} - {""} for record in records]
        self.reporters = np.array(reporters, dtype=object)
        self.reporter, self.partners = _table([{one} - {""} for one in reporters], partners)
        self.sets = [
            _table([{one, *others} - {""} for one, others in zip(reporters, partners, strict=True)])[0],
            _table([set(re.findall(r"\d+", title)) for title in titles])[0],
            _table([set(re.findall(r"\b(?:19|20)\d\d\b", title)) for title in titles])[0],
            _table([record.places for record in records])[0],
            _table([record.themes | record.sectors for record in records])[0],
        ]
        self.days = [_days(record.begins for record in records), _days(record.ends for record in records)]
        self.budget = np.array([record.budget or np.nan for record in records])
        self.descriptions = _described([" ".join(record.descriptions) for record in records])

    def shared(self, i: Numbers, j: Numbers) -> Floats:
        """Thirteen columns, shape (13, pairs)."""
        parts = [self._of(i[at : at + PAIRS], j[at : at + PAIRS]) for at in range(0, len(i), PAIRS)]
        return np.concatenate(parts, axis=1)

    def _of(self, i: Numbers, j: Numbers) -> Floats:
        from rapidfuzz import fuzz, process

        said = [
            process.cpdist(self.titles[i], self.titles[j], scorer=scorer, dtype=np.float64) / 100
            for scorer in (fuzz.token_set_ratio, fuzz.token_sort_ratio)
        ]
        said.append(_dot(self.descriptions, i, self.descriptions, j))
        said.append((self.reporters[i] == self.reporters[j]) & (self.reporters[i] != ""))
        said.append((_dot(self.reporter, i, self.partners, j) + _dot(self.partners, i, self.reporter, j)) > 0)
        said += [_overlap(sets, i, j) for sets in self.sets]
        said += [np.nan_to_num(np.exp(-np.abs(days[i] - days[j]) / YEAR), nan=UNTOLD) for days in self.days]
        mine, theirs = self.budget[i], self.budget[j]
        said.append(np.nan_to_num(np.minimum(mine, theirs) / np.maximum(mine, theirs), nan=UNTOLD))
        return np.array(said, dtype=np.float64)


def _table(*columns: Sequence[Iterable[str]]) -> list[Any]:
    """For each column of sets a table of zeros and ones, all with the same words."""
    from sklearn.preprocessing import MultiLabelBinarizer

    words = MultiLabelBinarizer(sparse_output=True).fit([one for column in columns for one in column])
    return [words.transform(column).astype(np.float64).tocsr() for column in columns]


def _described(texts: Sequence[str]) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    if not any(texts):
        return _table([()] * len(texts))[0]
    return TfidfVectorizer(sublinear_tf=True).fit_transform(texts)


def _days(days: Iterable[date | None]) -> Floats:
    return np.array([day.toordinal() if day else np.nan for day in days])


def _dot(first: Any, i: Numbers, second: Any, j: Numbers) -> Floats:
    """The products of row by row: how alike, or how much in common."""
    return np.asarray(first[i].multiply(second[j]).sum(axis=1)).ravel()


def _overlap(sets: Any, i: Numbers, j: Numbers) -> Floats:
    """Of all that two tell, the share that both tell."""
    both, sizes = _dot(sets, i, sets, j), np.diff(sets.indptr)
    told = np.minimum(sizes[i], sizes[j]) > 0
    return np.divide(both, sizes[i] + sizes[j] - both, out=np.full(len(i), UNTOLD), where=told)
