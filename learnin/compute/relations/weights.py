"""The weights of the score: read from the small file beside this one, or fitted again from people's verdicts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations.features import NAMES, SIGNS
from learnin.compute.relations.tables import Floats

FILE = Path(__file__).with_name("weights.txt")


@dataclass(frozen=True)
class Weights:
    """Log-odds of a relation, and of one activity told twice, for each feature; calibration is in them already."""

    related: Floats
    same: Floats
    related_start: float
    same_start: float

    def log_odds(self, features: NDArray[np.float32]) -> tuple[Floats, Floats]:
        """Of being related, and of being the same; shape (n,) each, from features of shape (n, features)."""
        return features @ self.related + self.related_start, features @ self.same + self.same_start

    def text(self, header: str) -> str:
        """The file: comments, then a line for each feature with both weights."""
        rows = [("start", self.related_start, self.same_start), *zip(NAMES, self.related, self.same, strict=True)]
        return header + "".join(f"{name:28}{one:9.4f}{other:9.4f}\n" for name, one, other in rows)


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
    found = {name: (float(one), float(other)) for name, one, other in lines}
    if found.keys() != {"start", *NAMES}:
        raise ValueError(f"Weights for other features: {sorted(found.keys() ^ {'start', *NAMES})}")
    if wrong := [name for name, sign in SIGNS.items() if min(weight * sign for weight in found[name]) < 0]:
        raise ValueError(f"Weights that speak the wrong way: {wrong}")
    related, same = np.array([found[name] for name in NAMES]).T
    return Weights(related, same, *found["start"])


def chance(log_odds: Floats) -> Floats:
    """Probabilities from log-odds."""
    return 1 / (1 + np.exp(-np.clip(log_odds, -60, 60)))
