"""Replicate weights of each row, each calibrated like the weights themselves, so that their spread knows the totals."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from learnin.compute.sampling.arrays import Flags, Real, Whole, real
from learnin.compute.survey.refusals import CannotEstimate
from learnin.compute.survey.replicates.made import Factors


def weights_of(weight: ArrayLike, unit: Whole, made: Factors) -> Real:
    """The replicate weights of each row.

    Args:
        weight: weights, shape (n,), 0 or more.
        unit: first-stage unit of each row, shape (n,): its place among the factors.
        made: factors of the units.
    Returns:
        Weights, shape (n, R).

    >>> from learnin.compute.survey.replicates.made import jackknife
    >>> weights_of([1, 1, 2], np.array([0, 0, 1]), jackknife(np.inf, 2)).tolist()
    [[0.0, 2.0], [0.0, 2.0], [4.0, 0.0]]
    """
    found: Real = real(weight)[:, None] * made.factors[unit]
    return found


def calibrated_each(weights: Real, calibrate: Callable[[Real, Flags], Real]) -> Real:
    """Calibrate every replicate; one that cannot be calibrated is NaN all over, so that the others stand for it.

    Args:
        weights: replicate weights, shape (n, R); rows of weight zero are left out of the replicate.
        calibrate: of weights above zero and which rows have them, the calibrated weights of these rows.
    Returns:
        Weights, shape (n, R).
    Raises:
        CannotEstimate: calibration_infeasible, where no replicate can be calibrated.
    Source: Rao, Yung and Hidiroglou (2002), Estimating equations for the analysis of survey data using
        poststratification information, Sankhya A 64, 364-378; docs/methods/jackknife.md.

    >>> found = calibrated_each(np.array([[1.0, 0.0], [1.0, 2.0]]), lambda weight, rows: 10 * weight / weight.sum())
    >>> found.tolist()
    [[5.0, 0.0], [5.0, 10.0]]
    """
    found = np.zeros_like(weights)
    for at, replicate in enumerate(weights.T):
        rows = replicate > 0
        try:
            found[rows, at] = calibrate(replicate[rows], rows)
        except CannotEstimate:
            found[:, at] = np.nan
    if np.isnan(found).all(axis=0).all():
        raise CannotEstimate("calibration_infeasible", keys=range(weights.shape[1]))
    return found
