"""Where numbers come from, so that they can be computed again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from learnin.compute.sampling.streams import fingerprint
from learnin.compute.survey.arrays import Real
from learnin.compute.survey.study import Study

METHOD, VERSION = "taylor-linearisation", 1


@dataclass(frozen=True)
class Provenance:
    """Where numbers come from, so that they can be computed again.

    Args:
        data: fingerprint of the small table all numbers are computed from.
        design: the design in words. call: items, groups and options.
        engine: what added up. method, version: how.
    """

    data: str
    design: Mapping[str, object]
    call: Mapping[str, object]
    engine: str
    method: str
    version: int


def traced(study: Study, call: Mapping[str, object]) -> Provenance:
    """Where the numbers of a call come from, with a fingerprint of the small table that all of them are made of."""
    cells = study.cells
    data = fingerprint(
        rows=cells.rows,
        keys={name: [[str(value) for value in key.values], key.code] for name, key in cells.keys.items()},
        sums={name: _digest(values) for name, values in cells.sums.items()}, scales=dict(cells.scales),
        answers={name: _digest(values) for name, values in cells.answers.items()},
    )  # fmt: skip
    engine = study.table.get_backend().name if study.table.op().__class__.__name__ != "InMemoryTable" else "duckdb"
    return Provenance(data, study.design.written(), call, engine, METHOD, VERSION)


def _digest(values: Real) -> str:
    """What changes when a number does, from as few bytes as hold the numbers: there may be hundreds of millions."""
    return hashlib.sha256(values.dtype.str.encode() + values.tobytes()).hexdigest()
