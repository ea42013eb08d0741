"""Chance that can be repeated: one recorded seed, independent streams, and a fingerprint of what went in."""

import hashlib
import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray

from learnin.compute.sampling.refusals import CannotSample


def generator(seed: int, *path: str | int) -> Generator:
    """A stream of chance of its own for each purpose, always the same for the same seed and path.

    Draws take only `random()` from it, 53 bits of the stream as a number: the stream of PCG64 is promised to stay the
    same in later versions of numpy, what other distributions make of it is not (NEP 19).

    Args:
        seed: the recorded seed, a whole number of 0 or more.
        path: what the stream is for, say ("round 3", "teachers", school number). 1 and "1" differ.
    Returns:
        A generator; streams of different paths are independent.
    Raises:
        CannotSample: seed_negative.
    Source: O'Neill (2014), PCG, Harvey Mudd College HMC-CS-2014-0905; numpy's SeedSequence, spawn_key;
        docs/methods/simple-random.md.

    >>> generator(7, "schools").random() == generator(7, "schools").random()
    True
    >>> generator(7, "schools").random() == generator(7, "reserves").random()
    False
    """
    if seed < 0:
        raise CannotSample("seed_negative", given=seed)
    digest = hashlib.sha256(b"".join(_written(step) for step in path)).digest()
    return Generator(PCG64(SeedSequence(seed, spawn_key=struct.unpack("<8I", digest))))


def fingerprint(**inputs: object) -> str:
    """Sixty-four characters that change when anything of the inputs changes.

    The order of a frame is part of it: the same units in another order are another frame, since a draw walks the
    frame in its order. Names, not the order in which they are given, tell the inputs apart.

    Args:
        inputs: whole and real numbers, truth values, texts, None, arrays and lists of these, mappings by text. A list
            and an array of the same numbers are the same; 1 and 1.0 are not.
    Returns:
        SHA-256 over one canonical writing of all inputs, as 64 hexadecimal digits.
    Raises:
        CannotSample: unknown_kind.
    Source: FIPS 180-4 (SHA-256); docs/methods/simple-random.md.

    >>> fingerprint(size=[1, 2, 3], n=2)[:16]
    '7218a4ffcce87b6b'
    >>> fingerprint(size=[1, 2, 3], n=2) == fingerprint(n=2, size=np.array([1, 2, 3], dtype=np.int32))
    True
    >>> fingerprint(size=[1, 2, 3], n=2) == fingerprint(size=[3, 2, 1], n=2)
    False
    """
    return hashlib.sha256(_written(inputs)).hexdigest()


def _written(value: object) -> bytes:
    """One thing in bytes: what kind it is, how long, and itself, so that no two things are written alike."""
    kind, body = _body(value)
    return kind + struct.pack("<Q", len(body)) + body


def _body(value: object) -> tuple[bytes, bytes]:
    match value:
        case None:
            return b"n", b""
        case bool() | np.bool_():
            return b"b", bytes([bool(value)])
        case int() | np.integer():
            return b"i", str(int(value)).encode()
        case float() | np.floating():
            return b"f", _reals(np.asarray([value]))
        case str():
            return b"s", value.encode()
        case Mapping():
            pairs = sorted((str(key), one) for key, one in value.items())
            return b"m", b"".join(_written(key) + _written(one) for key, one in pairs)
        case np.ndarray() | Sequence():
            return _list(value if isinstance(value, np.ndarray) else _array(value))
    raise CannotSample("unknown_kind", given=type(value).__name__)


def _array(values: Sequence[object]) -> NDArray[Any]:
    """Numbers as an array of numbers; anything else as an array of things, left as they are."""
    if values and all(isinstance(one, bool | int | float | np.number | np.bool_) for one in values):
        return np.asarray(values)
    things = np.empty(len(values), dtype=object)
    things[:] = values
    return things


def _list(array: NDArray[Any]) -> tuple[bytes, bytes]:
    """Numbers all at once, anything else one by one."""
    shape = struct.pack(f"<{array.ndim}Q", *array.shape)
    match array.dtype.kind:
        case "b":
            return b"B", shape + array.astype("u1").tobytes()
        case "f":
            return b"F", shape + _reals(array)
        case "i" | "u" if not array.size or int(array.max()) < 2**63:
            return b"I", shape + array.astype("<i8").tobytes()
    return b"L", shape + b"".join(_written(one) for one in array.ravel().tolist())


def _reals(array: NDArray[Any]) -> bytes:
    """Doubles; zero has no sign, and what is not a number is written in one way."""
    found = array.astype("<f8") + 0.0
    return np.where(np.isnan(found), np.nan, found).astype("<f8").tobytes()
