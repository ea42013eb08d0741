"""Weights from pairs whose relation is known: a logistic regression in which no feature may speak the wrong way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations.cards import card
from learnin.compute.relations.described import Described, Relation
from learnin.compute.relations.features import NAMES, SIGNS, features
from learnin.compute.relations.register import Register
from learnin.compute.relations.tables import Floats, Tables
from learnin.compute.relations.weights import Weights, chance

ENOUGH = 200  # verdicts from which weights may be fitted again
FEWEST = 20  # of them for and against
ONE = (Relation.SAME, Relation.JOINT)
TOGETHER = (*ONE, Relation.PHASE, Relation.SITE)
HELD = 2.0  # how strongly a weight is held where it was, or at nothing: a pair's worth of log-odds squared


@dataclass(frozen=True, slots=True)
class Decision:
    """What people said of two records."""

    first: Described
    second: Described
    relation: Relation


class TooFewDecisions(Exception):
    """There are not enough verdicts, or nearly all say the same."""


def refit(decisions: Iterable[Decision], register: Register) -> Weights:
    """The weights of a register, moved by what reviewers decided.

    Args:
        decisions: verdicts on pairs, 200 or more, of which 20 or more are related and 20 or more are not. An overlap
            counts as not related: it is two programmes.
        register: where the records stand; it says how rare words are, and its weights hold where verdicts say little.
    Returns:
        New weights with the signs that features must have. They are not put into the register.
    Raises:
        TooFewDecisions: fewer than that.
    Source: docs/methods/relations.md, step 4.
    """
    told = list(decisions)
    related = np.array([one.relation in TOGETHER for one in told], dtype=bool)
    if len(told) < ENOUGH or min(related.sum(), (~related).sum()) < FEWEST:
        raise TooFewDecisions(f"{len(told)} verdicts, {related.sum()} of them related.")
    same = np.array([one.relation in ONE for one in told], dtype=bool)
    rarity = register.tables.rarity
    first, second = (Tables([card(one) for one in side], rarity) for side in _sides(told))
    rows = np.arange(len(told))
    values, old = features(first, rows, second, rows), register.weights
    together, start = fitted(values, related, (old.related, old.related_start))
    one, one_start = fitted(values, same, (old.same, old.same_start))
    return Weights(together, one, start, one_start)


def fitted(
    values: NDArray[np.float32], label: NDArray[np.bool_], before: tuple[Floats, float] | None = None
) -> tuple[Floats, float]:
    """Weights of features, and the log-odds where all features are nothing.

    Args:
        values: shape (n, features).
        label: shape (n,).
        before: weights that hold where the pairs say little; nothing holds at 0.
    Returns:
        The weights, each with the sign of its feature or 0, and the start, that make the labels likeliest.
    Raises:
        ValueError: all labels are the same.
    Source: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 4.4.4; bounds by
        L-BFGS-B, Byrd and others (1995), SIAM Journal on Scientific Computing 16, 1190-1208.
    """
    from scipy import optimize

    if label.all() or not label.any():
        raise ValueError("Pairs of one kind teach nothing.")
    centre = np.append(*before) if before else np.zeros(len(NAMES) + 1)
    held = np.append(np.full(len(NAMES), HELD), HELD if before else 0.0)
    table, sign = np.column_stack([values, np.ones(len(values))]).astype(np.float64), np.where(label, 1.0, -1.0)

    def cost(weights: Floats) -> tuple[float, Floats]:
        margin, off = sign * (table @ weights), weights - centre
        slope = -(table.T @ (sign * chance(-margin))) + held * off
        return float(np.logaddexp(0, -margin).sum() + (held * off**2).sum() / 2), slope

    bounds = [(0, None) if SIGNS[name] > 0 else (None, 0) for name in NAMES]
    found = optimize.minimize(cost, centre, jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    return np.asarray(found.x[:-1]) + 0.0, float(found.x[-1])


def calibrated(
    weights: Floats, start: float, values: NDArray[np.float32], label: NDArray[np.bool_]
) -> tuple[Floats, float]:
    """Weights stretched and shifted so that on pairs they were not fitted to, a chance of 0.7 is right in 7 of 10.

    Args:
        weights, start: what `fitted` gave.
        values, label: other pairs.
    Returns:
        The weights and the start after calibration; signs stay.
    Raises:
        ValueError: all labels are the same.
    Source: Platt (1999), Probabilistic outputs for support vector machines, in Advances in Large Margin Classifiers.
    """
    from scipy import optimize

    if label.all() or not label.any():
        raise ValueError("Pairs of one kind teach nothing.")
    log_odds, sign = values @ weights + start, np.where(label, 1.0, -1.0)

    def cost(line: Floats) -> float:
        return float(np.logaddexp(0, -sign * (line[0] * log_odds + line[1])).sum())

    slope, shift = optimize.minimize(cost, [1.0, 0.0], method="L-BFGS-B", bounds=[(0.05, 5), (None, None)]).x
    return weights * slope, float(start * slope + shift)


def _sides(told: Sequence[Decision]) -> tuple[list[Described], list[Described]]:
    return [one.first for one in told], [one.second for one in told]
