"""How an estimate reads the spread of weighted answers: strata, units, and how many there are of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from learnin.assessment.formats.weight_file import Columns
from learnin.assessment.queries.asked import Asked
from learnin.compute import base_weights


@dataclass(frozen=True, eq=False)
class Design:
    """What tells the spread: the columns of the answers, and how an estimate reads them."""

    columns: Columns
    kept: dict[str, Any]


def design_of(of: Asked) -> Design:
    """Strata, units and their numbers in the population, of the answers.

    A unit that is in every sample is a stratum of its own, in which people are the units. A stratum in which a single
    unit answered joins its neighbour. Units drawn by size are read as if each had been put back: their file has no
    fpc.
    """
    here = of.answered
    certain = of.certain[here]
    psu = np.array(of.psu, dtype=object)[here]
    answer = np.array(of.answer, dtype=object)[here]
    named = np.array(of.stratum, dtype=object)[here]
    own = np.array([f"{stratum} / {unit}" for stratum, unit in zip(named, psu, strict=True)], dtype=object)
    names, code = _codes(np.where(certain, own, named))
    unit = np.where(certain, answer, psu)
    joined = base_weights.joined_strata(code, _codes(unit)[1], certain)
    columns: dict[str, Sequence[str] | np.ndarray] = {"psu": unit.tolist()}
    stages: list[dict[str, str | None]] = [{"id": "psu", "fpc": None}]
    if any(named) or len(names) > 1:
        columns["stratum"] = [names[at] for at in joined.stratum]
    if here.any() and not np.isnan(of.in_stratum[here]).any():
        columns["fpc1"] = _in_joined(of.in_stratum[here], code, joined.stratum)
        stages[0]["fpc"] = "fpc1"
        if not np.isnan(of.there[here]).any():
            columns |= {"ssu": answer.tolist(), "fpc2": of.there[here]}
            stages.append({"id": "ssu", "fpc": "fpc2"})
    kept = {
        "weight": "weight",
        "strata": "stratum" if "stratum" in columns else None,
        "stages": stages,
        "nested": True,
        "with_replacement": stages[0]["fpc"] is None,
        "lonely": "certainty" if certain.any() else "error",
        "joined": [[names[one], names[into]] for one, into in joined.joined],
    }
    return Design(columns, kept)


def _codes(values: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The different values in order, and the place of each row's among them."""
    names, code = np.unique(values.astype(str), return_inverse=True)
    return names.tolist(), code.astype(np.int64)


def _in_joined(units: np.ndarray, code: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """Units in the frame of each row's stratum, those of strata that became one added up."""
    first = np.unique(code, return_index=True)[1]
    total = np.bincount(joined[first], weights=units[first], minlength=int(joined.max()) + 1 if len(joined) else 0)
    return total[joined]
