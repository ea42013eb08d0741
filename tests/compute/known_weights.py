"""Weights and their estimates as R made them, and the totals they were calibrated to."""

from typing import Any

import numpy as np
import pytest

from learnin.compute.survey.calibration import Controls, margin
from tests.compute.reference import HOME, data, entries

KIND = margin("stype", {"E": 4421, "H": 755, "M": 1018})
WIDE = margin("sch_wide", {"No": 1072, "Yes": 5122})
SCORES = Controls((KIND,), {"api99": 3914069})

needs_reference = pytest.mark.skipif(not HOME.exists(), reason=f"The reference numbers do not stand there: {HOME}")


def columns(name: str) -> dict[str, list[Any]]:
    """The columns of a file, by name."""
    return data(name).to_dict(as_series=False)


def weights(entry: str) -> np.ndarray:
    """The weights of an entry, in the order of the rows."""
    return np.array(entries()[entry]["result"]["values"])


def error(entry: str) -> float:
    """The standard error of an entry with one estimate."""
    return float(entries()[entry]["result"]["se"][0])
