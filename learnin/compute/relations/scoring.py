"""The two chances of pairs: that they belong together, and that they are one activity."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations.cards import Numbers
from learnin.compute.relations.features import NAMES
from learnin.compute.relations.naming import SURE
from learnin.compute.relations.tables import Floats, Mask
from learnin.compute.relations.weights import Weights, chance, rivals

EXCHANGED = 0.1  # share of a title, by rarity, that may differ in both of two records of one activity
TRANSLATED = 0.4  # likeness of titles by letters below which they may be in two languages, where every word differs
AT = {name: place for place, name in enumerate(NAMES)}


@dataclass(frozen=True)
class Scores:
    """Of each pair: the chance of belonging together, that of being one activity, and whether the texts allow that."""

    score: Floats
    same: Floats
    one_text: Mask


def scored(weights: Weights, values: NDArray[np.float32], i: Numbers, j: Numbers) -> Scores:
    """Score pairs side by side.

    Args:
        weights: fitted ones.
        values: features, shape (n, features).
        i, j: numbers of the two records of each pair, from 0; a number stands for one record.
    Returns:
        What is one activity belongs together: where the texts allow it, the score is not below that chance.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, step 4.
    """
    related, same = weights.log_odds(values)
    one = chance(same + weights.rival * rivals(same, i, j))
    alike = is_one_text(values)
    return Scores(np.maximum(chance(related), np.where(alike, one, 0)), one, alike)


def is_hopeful(weights: Weights, values: NDArray[np.float32], least: float) -> Mask:
    """Which pairs may come to a score, or be named one activity, if their features are at their best.

    Args:
        weights: fitted ones.
        values: features of which none would speak more for the pair, shape (n, features).
        least: the score, 0 to 1.
    Returns:
        Shape (n,). What is not among them is no rival either: its chance of being one activity is below `least`.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, step 4.
    """
    return np.asarray(chance(np.maximum(*weights.log_odds(values))) >= min(least, SURE), dtype=bool)


def is_one_text(values: NDArray[np.float32]) -> Mask:
    """Whether no number and hardly a word of the titles was exchanged: parts of a programme differ there."""
    kept = (values[:, AT["title_exchanged"]] <= EXCHANGED) | (values[:, AT["title_letters"]] < TRANSLATED)
    return np.asarray((values[:, AT["numbers_apart"]] + values[:, AT["numbers_more"]] == 0) & kept)
