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
from learnin.compute.relations.weights import BENDS, Weights, chance, ramps

ENOUGH = 200  # verdicts from which weights may be fitted again
FEWEST = 20  # of them for and against
ONE = (Relation.SAME, Relation.JOINT)
TOGETHER = (*ONE, Relation.PHASE, Relation.SITE)
STEPS = 300  # of the search: later ones change no weight by more than a hundredth
HELD = 0.2  # how strongly a weight is held where it was, or at nothing: a pair's worth of log-odds squared


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
    return Weights(together, one, start, one_start, old.rival)


def fitted(
    values: NDArray[np.float32], label: NDArray[np.bool_], before: tuple[Floats, float] | None = None
) -> tuple[Floats, float]:
    """Climbs of features, and the log-odds where all features are nothing.

    Args:
        values: shape (n, features).
        label: shape (n,).
        before: weights that hold where the pairs say little; nothing holds at 0.
    Returns:
        The climbs, shape (features, 6), each with the sign of its feature or 0, and the start, that make the labels
        likeliest.
    Raises:
        ValueError: all labels are the same.
    Source: Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, sections 4.4.4 and 9.1; bounds
        by L-BFGS-B, Byrd and others (1995), SIAM Journal on Scientific Computing 16, 1190-1208.
    """
    from scipy import optimize

    _both(label)
    sign = np.repeat([float(SIGNS[name]) for name in NAMES], len(BENDS) - 1)
    table = np.column_stack([ramps(values) * sign.astype(np.float32), np.ones(len(values), dtype=np.float32)])
    centre = np.append(before[0].ravel() * sign, before[1]) if before else np.zeros(table.shape[1])
    held = np.append(np.full(len(sign), HELD), HELD if before else 0.0)
    told = np.where(label, 1, -1).astype(np.float32)

    def cost(weights: Floats) -> tuple[float, Floats]:
        margin, off = told * (table @ weights.astype(np.float32)), weights - centre
        slope = table.T @ (told * chance(-margin).astype(np.float32))
        return float(np.logaddexp(0, -margin).sum() + (held * off**2).sum() / 2), held * off - slope

    bounds = [(0, None)] * len(sign) + [(None, None)]
    start = centre if before else np.append(np.full(len(sign), 0.1), -3.0)
    found = optimize.minimize(cost, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS})
    climbs = np.round(np.asarray(found.x[:-1]) * sign, 4) + 0.0
    return climbs.reshape(len(NAMES), -1), float(found.x[-1])


def calibrated(log_odds: Floats, label: NDArray[np.bool_], rival: Floats | None = None) -> tuple[float, float, float]:
    """How log-odds must be stretched and shifted so that, on pairs they were not fitted to, 0.7 is right in 7 of 10.

    Args:
        log_odds: of pairs that were not used for fitting.
        label: what they are.
        rival: how much closer another record is, where that counts.
    Returns:
        What to multiply by, what to add, and what a rival costs (0 or less).
    Raises:
        ValueError: all labels are the same.
    Source: Platt (1999), Probabilistic outputs for support vector machines, in Advances in Large Margin Classifiers.
    """
    from scipy import optimize

    _both(label)
    told, closer = np.where(label, 1.0, -1.0), np.zeros(len(label)) if rival is None else rival

    def cost(line: Floats) -> float:
        return float(np.logaddexp(0, -told * (line[0] * log_odds + line[1] + line[2] * closer)).sum())

    bounds = [(0.05, 5), (None, None), (None, 0)]
    stretch, shift, costs = optimize.minimize(cost, [1.0, 0.0, 0.0], method="L-BFGS-B", bounds=bounds).x
    return float(stretch), float(shift), float(costs)


def _both(label: NDArray[np.bool_]) -> None:
    if label.all() or not label.any():
        raise ValueError("Pairs of one kind teach nothing.")


def _sides(told: Sequence[Decision]) -> tuple[list[Described], list[Described]]:
    return [one.first for one in told], [one.second for one in told]
