"""Thirteen plain features of pairs of records, as anybody would write them first: those of the trial's method."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations import Described
from learnin.compute.relations.words import folded

# The best of .3 to 1, and of 60, 120 and 365 days, on the families that calibrate our weights.
UNTOLD = 0.85  # of a feature that one of two records tells nothing of
NEAR = 120.0  # days apart that leave a third
PAIRS = 50_000  # at a time
Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Facts:
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
        self.budget = np.array([max(record.budget or 0, 0) or np.nan for record in records])
        self.descriptions = _described([" ".join(record.descriptions) for record in records])

    def shared(self, i: Numbers, j: Numbers) -> Floats:
        """Thirteen columns, shape (13, pairs)."""
        parts = [self._of(i[at : at + PAIRS], j[at : at + PAIRS]) for at in range(0, len(i), PAIRS)]
        return np.concatenate(parts, axis=1)

    def _of(self, i: Numbers, j: Numbers) -> Floats:
        from rapidfuzz import fuzz, process

        said = [
            process.cpdist(one[i], one[j], scorer=scorer, dtype=np.float64) / 100
            for one, scorer in (
                (self.titles, fuzz.token_set_ratio),
                (self.titles, fuzz.token_sort_ratio),
                (self.reporters, fuzz.token_sort_ratio),
            )
        ]
        said[2] = np.where((self.reporters[i] != "") & (self.reporters[j] != ""), said[2], UNTOLD)
        told = np.minimum(np.diff(self.descriptions.indptr)[i], np.diff(self.descriptions.indptr)[j]) > 0
        said.append(np.where(told, _dot(self.descriptions, i, self.descriptions, j), UNTOLD))
        said.append((_dot(self.reporter, i, self.partners, j) + _dot(self.partners, i, self.reporter, j)) > 0)
        said += [_overlap(sets, i, j) for sets in self.sets]
        said += [np.nan_to_num(np.exp(-np.abs(days[i] - days[j]) / NEAR), nan=UNTOLD) for days in self.days]
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
