"""Replicates that were made here as R takes them: a factor for each first-stage unit in each smaller sample."""

from collections.abc import Iterator

import numpy as np

from learnin.compute import survey
from learnin.compute.commands.rdata import BETWEEN
from learnin.compute.commands.rwords import column, text, vector, word
from learnin.compute.commands.wrong import Wrong
from learnin.compute.survey.calibration import written
from learnin.compute.survey.cells import unit_columns
from learnin.compute.survey.replicates.made import Factors

MOST = 2_000_000  # factors: as many as R reads from a script in some seconds


def replicated(found: survey.Table, weight: str) -> Iterator[str]:
    """The lines that give the design these replicates.

    Args:
        found: estimates from replicates that were made for them.
        weight: column of the full weight.
    Raises:
        Wrong: where rows are units, or a script would be too long.
    """
    made = getattr(found.study.replicated, "made", None)
    design = found.study.design
    columns = unit_columns(design)[: bool(design.strata) + 1]
    if not isinstance(made, Factors) or not design.drawn[0].unit:
        raise Wrong("replicates.kind", "R can take these replicates only where the first stage names its units")
    if made.factors.size > MOST:
        raise Wrong("replicates", f"{made.factors.size} factors are too many for a script; take fewer replicates")
    values, codes = np.unique(made.factors, return_inverse=True)
    yield f"values <- {vector(values.tolist())}"
    yield "factors <- list()"
    for unit, row in zip(_units(found, columns), codes.reshape(made.factors.shape) + 1, strict=True):
        yield f"factors[[{text(unit)}]] <- values[{vector(row.tolist())}]"
    yield f"units <- paste({', '.join(column(name) for name in columns)}, sep = {text(BETWEEN)})"
    yield (
        f"d <- svrepdesign(weights = ~`{weight}`, repweights = do.call(rbind, factors)[units, ], data = answers, "
        f'type = "other", combined.weights = FALSE, scale = {made.scale!r}, rscales = {vector(made.rscales.tolist())}, '
        f"mse = {word(made.is_mse)})"
    )


def _units(found: survey.Table, columns: tuple[str, ...]) -> list[str]:
    """The name of each first-stage unit, in the order of the factors: that of the cells."""
    keys = [found.study.cells.keys[name] for name in columns]
    codes = np.stack([key.code for key in keys])
    new = np.r_[True, (codes[:, 1:] != codes[:, :-1]).any(axis=0)]
    return [
        BETWEEN.join(written(key.values[code]) for key, code in zip(keys, cell, strict=True))
        for cell in codes[:, new].T.tolist()
    ]
