"""The weights of the score: read from the small file beside this one, or fitted again from people's verdicts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations.cards import Numbers
from learnin.compute.relations.features import NAMES, SIGNS
from learnin.compute.relations.tables import Floats

BENDS = np.array([0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0])  # of what a feature adds; closer where features crowd
FAR = 6.0  # a rival that is closer by more than this is not a worse one
FILE = Path(__file__).with_name("weights.txt")


@dataclass(frozen=True)
class Weights:
    """Log-odds of a relation for each feature; calibration is in them already.

    What a feature adds is a line with bends at `BENDS`: `related` and `same` hold its climb between two bends, shape
    (features, 6). `rival` is what it costs the chance of being one activity that another record is closer by one.
    """

    related: Floats
    same: Floats
    related_start: float
    same_start: float
    rival: float

    def contributions(self, features: NDArray[np.float32]) -> Floats:
        """What each feature adds to the log-odds of being related; shape (n, features), as the features."""
        return _added(features, self.related)

    def log_odds(self, features: NDArray[np.float32]) -> tuple[Floats, Floats]:
        """Of being related, and of being the same before rivals are looked at; shape (n,) each."""
        related = self.contributions(features).sum(axis=1) + self.related_start
        return related, _added(features, self.same).sum(axis=1) + self.same_start

    def text(self, header: str) -> str:
        """The file: comments, what stands alone, then for each feature two lines of climbs."""
        lines = [f"start {self.related_start:.4f} {self.same_start:.4f}", f"rival {self.rival:.4f}"]
        for kind, climbs in (("related", self.related), ("same", self.same)):
            lines += [f"{kind} {name:26}{_row(row)}" for name, row in zip(NAMES, climbs, strict=True)]
        return header + "\n".join(lines) + "\n"


@cache
def shipped() -> Weights:
    """The weights that come with LearnIn."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Weights:
    """The weights of a file.

    Args:
        text: what `Weights.text` wrote.
    Returns:
        The weights.
    Raises:
        ValueError: a feature is missing or unknown, or a weight has the sign that its feature may not have.
    Source: docs/methods/relations.md, step 4.
    """
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    starts, (_word, rival) = lines[0], lines[1]
    found = {(kind, name): [float(one) for one in climbs] for kind, name, *climbs in lines[2:]}
    wanted = [(kind, name) for kind in ("related", "same") for name in NAMES]
    if found.keys() != {*wanted}:
        raise ValueError(f"Weights for other features: {sorted(found.keys() ^ {*wanted})}")
    if wrong := [one for one in wanted if min(climb * SIGNS[one[1]] for climb in found[one]) < 0]:
        raise ValueError(f"Weights that speak the wrong way: {wrong}")
    related, same = (np.array([found[kind, name] for name in NAMES]) for kind in ("related", "same"))
    return Weights(related, same, float(starts[1]), float(starts[2]), float(rival))


def ramps(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """How far each feature has climbed between two bends; shape (n, features times 6), each from 0 to 1."""
    low, width = BENDS[:-1], np.diff(BENDS)
    climbed = np.clip((features[:, :, None] - low) / width, 0, 1)
    return np.asarray(climbed.reshape(len(features), -1), dtype=np.float32)


def rivals(log_odds: Floats, i: Numbers, j: Numbers) -> Floats:
    """How much closer the closest other record is to one of a pair, in log-odds; 0 where none is closer.

    Args:
        log_odds: of being the same, shape (n,).
        i, j: the records of each pair, as numbers from 0.
    Returns:
        Shape (n,), from 0 to `FAR`.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, step 4.

    >>> rivals(np.array([3.0, 1.0, -2.0]), np.array([0, 0, 3]), np.array([1, 2, 4])).tolist()
    [0.0, 2.0, 0.0]
    """
    best = np.full(max(i.max(initial=0), j.max(initial=0)) + 1, -np.inf)
    for side in (i, j):
        np.maximum.at(best, side, log_odds)
    return np.clip(np.maximum(best[i], best[j]) - log_odds, 0, FAR)


def _added(features: NDArray[np.float32], climbs: Floats) -> Floats:
    heights = np.concatenate([np.zeros((len(climbs), 1)), np.cumsum(climbs, axis=1)], axis=1)
    parts = [np.interp(features[:, at], BENDS, line) for at, line in enumerate(heights)]
    return np.column_stack(parts)


def _row(climbs: Floats) -> str:
    return "".join(f"{climb + 0.0:9.4f}" for climb in climbs)


def chance(log_odds: Floats) -> Floats:
    """Probabilities from log-odds."""
    return 1 / (1 + np.exp(-np.clip(log_odds, -60, 60)))
