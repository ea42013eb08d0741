"""The spread of an estimate over smaller samples, which stands for its variance."""

import numpy as np

from learnin.compute.sampling.arrays import Real


def replicate_covariance(found: Real, whole: Real, *, scale: float, rscales: Real, is_mse: bool) -> tuple[Real, int]:
    """Covariances of several estimates from their replicates.

    A replicate in which any of them could not be computed is left out for all: the others stand for the same sample.

    Args:
        found: estimates of each replicate, shape (R, k); NaN where there is none.
        whole: estimates of the whole sample, shape (k,).
        scale: what the sum is multiplied by.
        rscales: what each replicate's square is multiplied by, shape (R,).
        is_mse: whether squares are taken around the whole sample's estimates, not around the replicates' mean.
    Returns:
        Covariances, shape (k, k), and how many replicates were left out; NaN where all were.
    Source: Rust and Rao (1996), Statistical Methods in Medical Research 5, 283-310; docs/methods/jackknife.md.

    >>> from learnin.compute.sampling.arrays import real
    >>> v, lost = replicate_covariance(
    ...     real([[1], [2], [6]]), real([3]), scale=2 / 3, rscales=real([1, 1, 1]), is_mse=False)
    >>> v.round(6).tolist(), lost
    ([[9.333333]], 0)
    """
    kept = np.isfinite(found).all(axis=1)
    estimates, shares = found[kept], rscales[kept]
    if not kept.any():
        return np.full((len(whole), len(whole)), np.nan), len(found)
    centre = whole if is_mse else estimates[shares > 0].mean(axis=0)
    apart = (estimates - centre) * np.sqrt(shares)[:, None]
    covariance: Real = scale * (apart.T @ apart)
    return covariance, int((~kept).sum())
