"""Real pairs that a person labelled: how many of those in each band of the score belong together."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from learnin.compute.relations import Described, Register, Relation
from learnin.compute.relations.features import NAMES, features
from learnin.compute.relations.fitting import calibrated
from learnin.compute.relations.naming import named
from learnin.compute.relations.scoring import scored
from learnin.compute.relations.weights import Weights, chance
from make.relations import real

FOLDS = 5
BANDS = (0.9, 0.7, 0.4, 0.1, 0.0)


@dataclass(frozen=True)
class Labelled:
    """One pair: what a person said (D duplicate or joint, F one programme, O overlap, U unrelated), what we say."""

    label: str
    log_odds: float
    score: float
    same: float
    one_text: bool
    relation: Relation


def labelled(pairs: Path, found: Iterable[Described], weights: Weights | None = None) -> list[Labelled]:
    """The pairs of the file, scored with the rarity of words among all real records."""
    with pairs.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    register = Register.of(found, weights)
    sides = [[real.described(f"{side}{at}", _side(row, side)) for at, row in enumerate(rows)] for side in ("a", "b")]
    for record in (*sides[0], *sides[1]):
        register.add(record)
    tables, count = register.tables, len(rows)
    at = {key: row for row, key in enumerate(tables.keys)}
    i, j = (np.array([at[record.key] for record in side]) for side in sides)
    values = features(tables, i, tables, j)
    log_odds = register.weights.log_odds(values)[0]
    alone = np.arange(len(rows))  # pairs were drawn one by one, so nobody is anybody's rival
    scores = scored(register.weights, values, alone, alone)
    told = [dict(zip(NAMES, row, strict=True)) for row in values.tolist()]
    names = [
        named(
            sides[0][row],
            sides[1][row],
            told[row],
            score=float(scores.score[row]),
            same=float(scores.same[row]),
            one_text=bool(scores.one_text[row]),
        )
        for row in range(count)
    ]
    labels = [row["label_D_dup_F_family_O_overlap_U_unrelated"] for row in rows]
    columns = (labels, log_odds.tolist(), scores.score.tolist(), scores.same.tolist(), scores.one_text.tolist(), names)
    return [Labelled(*one) for one in zip(*columns, strict=True)]


def settled(weights: Weights, found: Sequence[Labelled]) -> Weights:
    """Weights whose score is calibrated on real pairs: the chance that a person calls them D or F."""
    stretch, shift, _none = _line(found)
    return replace(weights, related=weights.related * stretch, related_start=weights.related_start * stretch + shift)


def unseen(found: Sequence[Labelled]) -> list[Labelled]:
    """Each pair with the score that it gets from a calibration on the other four fifths of the pairs."""
    told = []
    for at, one in enumerate(found):
        stretch, shift, _none = _line([other for place, other in enumerate(found) if place % FOLDS != at % FOLDS])
        related = float(chance(np.array([one.log_odds * stretch + shift]))[0])
        told.append(replace(one, score=max(related, one.same if one.one_text else 0)))
    return told


def _line(found: Sequence[Labelled]) -> tuple[float, float, float]:
    return calibrated(np.array([one.log_odds for one in found]), np.array([one.label in "DF" for one in found]))


def bands(found: Iterable[Labelled]) -> list[tuple[str, list[int]]]:
    """For each band of the score: its name; how many pairs, and how many of them are D, F, O and U."""
    rest, lines, above = list(found), [], 1.0
    for least in BANDS:
        here = [one for one in rest if one.score >= least]
        rest = [one for one in rest if one.score < least]
        counts = [sum(one.label == label for one in here) for label in "DFOU"]
        lines.append((f"{least} to {above}", [len(here), *counts]))
        above = least
    return lines


def _side(row: real.Row, side: str) -> real.Row:
    names = {"title": "title", "org": "org", "start": "start", "budget": "budget", "admin": "admin1"}
    return {"cc": row["cc"], "source": row["source"]} | {
        ours: row[f"{theirs}_{side}"] for theirs, ours in names.items()
    }
