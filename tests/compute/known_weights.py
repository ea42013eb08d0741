"""Weights and estimates as another program computed them: the reference beside the project, where there is one."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from learnin.compute.survey.calibration import Controls, margin

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "open"
KIND = margin("stype", {"E": 4421, "H": 755, "M": 1018})
WIDE = margin("sch_wide", {"No": 1072, "Yes": 5122})
SCORES = Controls((KIND,), {"api99": 3914069})

needs_reference = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference numbers are not beside the project")


@cache
def data(name: str) -> pl.DataFrame:
    """A file of the reference."""
    return pl.read_csv(REFERENCE / f"data/{name}.csv", infer_schema_length=None, schema_overrides={"cds": pl.String})


def columns(name: str) -> dict[str, list[Any]]:
    """Its columns by name."""
    return data(name).to_dict(as_series=False)


@cache
def results(name: str) -> dict[str, dict[str, Any]]:
    """The entries of a file of results, by id."""
    return {entry["id"]: entry for entry in json.loads((REFERENCE / f"results/{name}.json").read_text("utf-8"))}


def weights(file: str, entry: str) -> np.ndarray:
    """The weights of an entry, in the order of the rows."""
    return np.array(results(file)[entry]["result"]["values"])
