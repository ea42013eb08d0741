"""The arrays that sampling computes with, and how lists that come in become such arrays."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from learnin.compute.sampling.refusals import CannotSample

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
Flags = NDArray[np.bool_]

MILLION = 1_000_000
LARGEST = 2**53  # the largest whole number that a double holds exactly, as all below it (IEEE 754)


def real(numbers: ArrayLike) -> Real:
    """A list of numbers as doubles, shape (n,); what is missing is NaN."""
    return np.atleast_1d(np.asarray(numbers, dtype=np.float64))


def whole(numbers: ArrayLike) -> Whole:
    """A list of whole numbers, shape (n,). Raises CannotSample where one is not whole, or missing."""
    found = real(numbers)
    if (wrong := np.flatnonzero(~np.isfinite(found) | (found != np.rint(found)))).size:
        raise CannotSample("not_whole", units=wrong)
    return found.astype(np.int64)


def sizes(numbers: ArrayLike) -> Whole:
    """Size measures as whole numbers, shape (N,): as they are, or in millionths where one has decimals.

    Whole numbers add up without rounding, so a draw by size is exact. Raises CannotSample, with the units,
    where a size is missing, zero (or less than half a millionth) or negative.
    """
    found = real(numbers)
    if (missing := np.flatnonzero(~np.isfinite(found))).size:
        raise CannotSample("size_missing", units=missing)
    scaled = found if (found == np.rint(found)).all() else np.rint(found * MILLION)
    if (wrong := np.flatnonzero(scaled < 1)).size:
        raise CannotSample("size_not_positive", units=wrong)
    if scaled.sum() > LARGEST:
        raise CannotSample("size_too_large", units=np.flatnonzero(scaled == scaled.max()))
    return scaled.astype(np.int64)


def closed(*arrays: Whole | Real | Flags) -> None:
    """Nobody writes into these arrays any more: what was drawn stays as it was drawn."""
    for array in arrays:
        array.setflags(write=False)
