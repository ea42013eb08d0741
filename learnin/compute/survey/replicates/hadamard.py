"""Hadamard matrices: rows of plus and minus ones of which any two agree in exactly half of the places."""

from functools import cache

import numpy as np

from learnin.compute.sampling.arrays import Whole


def hadamard(least: int) -> Whole:
    """The smallest Hadamard matrix we can build with at least so many rows.

    Products of matrices are matrices again; a prime number q gives one of order q + 1 where q is 3 more than a
    multiple of 4, and one of order 2 (q + 1) where it is 1 more. Of the multiples of 4 below 100, only 52 and 92 are
    not reached in this way, and the next one is taken.

    Args:
        least: rows at the least, 1 or more.
    Returns:
        A square matrix H of 1 and -1 with H H' = m I; its first column is 1.
    Source: Paley (1933), On orthogonal matrices, Journal of Mathematics and Physics 12, 311-320; docs/methods/brr.md.

    >>> hadamard(3).tolist()
    [[1, 1, 1, 1], [1, -1, 1, -1], [1, 1, -1, -1], [1, -1, -1, 1]]
    """
    order = max(least, 1)
    while (found := _built(order)) is None:
        order += 1
    standing: Whole = found * found[:, :1]
    return standing


@cache
def _built(order: int) -> Whole | None:
    if order in (1, 2):
        return np.array([[1, 1], [1, -1]], dtype=np.int64)[:order, :order]
    if order % 4:
        return None
    for part in (2, *range(4, order // 2 + 1, 4)):
        if order % part == 0 and (one := _built(part)) is not None and (other := _built(order // part)) is not None:
            return np.kron(other, one)
    if _is_prime(order - 1):
        return _first(order - 1)
    return _second(order // 2 - 1) if order // 2 % 4 == 2 and _is_prime(order // 2 - 1) else None


def _first(q: int) -> Whole:
    """Paley's first construction: I + S, where S is skew."""
    skew = np.zeros((q + 1, q + 1), dtype=np.int64)
    skew[0, 1:], skew[1:, 0], skew[1:, 1:] = 1, -1, _squares(q)
    return skew + np.eye(q + 1, dtype=np.int64)


def _second(q: int) -> Whole:
    """Paley's second construction: each entry of a symmetric matrix becomes a square of four."""
    even = np.zeros((q + 1, q + 1), dtype=np.int64)
    even[0, 1:], even[1:, 0], even[1:, 1:] = 1, 1, _squares(q)
    return np.kron(even, [[1, 1], [1, -1]]) + np.kron(np.eye(q + 1, dtype=np.int64), [[1, -1], [-1, -1]])


def _squares(q: int) -> Whole:
    """Whether the difference of two numbers is a square modulo q: 1, -1 where it is none, 0 on the diagonal."""
    character = np.full(q, -1, dtype=np.int64)
    character[np.arange(1, q) ** 2 % q] = 1
    character[0] = 0
    found: Whole = character[(np.arange(q)[:, None] - np.arange(q)) % q]
    return found


def _is_prime(number: int) -> bool:
    return number > 1 and all(number % one for one in range(2, int(number**0.5) + 1))
