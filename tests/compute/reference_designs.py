"""How the calibrated and the replicate designs of the reference are read."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl

from learnin.compute.survey import Design, Stage
from learnin.compute.survey import calibration as cal
from learnin.compute.survey.replicates import Made, Read, calibrated_each, jackknife, weights_of
from tests.compute.r_calls import Call, Name, terms, value, written
from tests.compute.reference import CALLS, DESIGNS, HOME, Check, Sample, Unsupported, data, designed

AFTER = "calibrated_"
WEIGHTS = 1e-10  # relative: as agreed for linear ones, and the iterated ones reach it too
EXACT, ITERATED = (1e-12, 1e-8, 1e-12), (1e-9, 1e-8, 1e-12)  # R iterates until totals are reached to 1e-11
REPLICATED = (1e-12, 1e-10, 1e-14)
RAKED = (1e-9, 1e-8, 1e-10)  # of replicates, R reaches totals to 1e-10
Weigh = Callable[[np.ndarray, dict[str, list[Any]]], cal.Calibrated]


def _frame(tree: Any) -> cal.Margin:
    """A data.frame of a group and its people."""
    [(name, levels), (_freq, people)] = tree.named
    return cal.margin(name, dict(zip(value(levels), value(people), strict=True)))


def _post_stratified(tree: Call) -> Sample:
    margin = _frame(tree.args[2])
    return _weighed(tree, cal.Controls((margin,)), lambda weight, rows: cal.post_stratified(weight, rows, margin))


def _raked(tree: Call) -> Sample:
    margins = tuple(_frame(one) for one in tree.args[2].args)
    return _weighed(tree, cal.Controls(margins), lambda weight, rows: cal.raked(weight, rows, margins))


def _calibrated(tree: Call) -> Sample:
    controls = _controls(value(tree.args[2]))
    low, high = value(tree.get("bounds")) or (0, 0)
    distances = {"linear": cal.Linear, "raking": cal.Exponential, "logit": lambda: cal.Logit(low, high)}
    distance = distances[tree.get("calfun", "linear")]()
    unit = written(terms(tree.args[0].get("ids"))[0]) if tree.get("aggregate.stage") else None

    def weigh(weight: np.ndarray, rows: dict[str, list[Any]]) -> cal.Calibrated:
        return cal.calibrated(weight, rows, controls, distance, unit=rows[unit] if unit else None)

    return _weighed(tree, controls, weigh)


def _controls(totals: dict[str, float]) -> cal.Controls:
    """Totals of the columns of R's model matrix: everybody, the kinds of school but the first, numbers."""
    kinds = {name[-1]: total for name, total in totals.items() if name.startswith("stype")}
    kinds["E"] = totals["(Intercept)"] - sum(kinds.values())
    others = {name: total for name, total in totals.items() if not name.startswith(("stype", "("))}
    return cal.Controls((cal.margin("stype", kinds),), others)


def _weighed(tree: Call, controls: cal.Controls, weigh: Weigh) -> Sample:
    """The sample with its weights calibrated, and each of its replicates where it has any."""
    is_iterated = tree.function == "rake" or tree.get("calfun") is not None
    of = replace(designed(tree.args[0]), near=ITERATED if is_iterated else EXACT)
    before = of.data[of.design.weight].to_numpy()
    after = weigh(before, of.data.to_dict(as_series=False)).weights
    weighed = of.data.with_columns(pl.Series(AFTER, after))
    if of.design.replicates:
        return _each(replace(of, data=weighed), before, weigh)
    known = cal.KnownTotals(controls, of.design.weight)
    return replace(of, data=weighed, design=replace(of.design, weight=AFTER, calibration=known))


def _each(of: Sample, before: np.ndarray, weigh: Weigh) -> Sample:
    """All replicates of a jackknife, each calibrated."""
    unit = np.unique(of.data[of.design.stages[0].unit].to_numpy(), return_inverse=True)[1]
    made = jackknife(np.inf, int(unit.max()) + 1)
    rows = of.data.with_row_index("place")

    def calibrate(weight: np.ndarray, there: np.ndarray) -> np.ndarray:
        return weigh(weight, rows.filter(there).to_dict(as_series=False)).weights

    each = calibrated_each(weights_of(before, unit, made), calibrate)
    names = tuple(f"replicate{at}" for at in range(each.shape[1]))
    replicates = Read(names, made.scale, tuple(made.rscales.tolist()))
    frame = of.data.hstack([pl.Series(name, column) for name, column in zip(names, each.T, strict=True)])
    near = RAKED if of.near is ITERATED else of.near
    return replace(of, data=frame, design=Design(AFTER, replicates=replicates), near=near)


def _replicated(tree: Call) -> Sample:
    of = designed(tree.args[0])
    made = Made(tree.get("type"), is_mse=bool(tree.get("mse")))
    return replace(of, design=replace(of.design, replicates=made), near=REPLICATED)


def _half_samples(tree: Call) -> Sample:
    made = Made(tree.get("type"), fay=tree.get("rho") or 0.5)
    frame = data("scd").with_columns(pl.lit(1.0).alias("w"))
    return Sample(
        frame, Design("w", strata="ESA", stages=(Stage("ambulance"),), nested=True, replicates=made), near=REPLICATED
    )


def _bootstrap(tree: Name) -> Sample:
    """Replicate weights as they were drawn by R."""
    metas = json.loads((HOME / "results/replicates_meta.json").read_text(encoding="utf-8"))
    [meta] = [one for one in metas if one["design"] == tree.name]
    columns = pl.read_csv(HOME / meta["file"])
    read = Read(tuple(columns.columns), meta["scale"], tuple(meta["rscales"]), meta["mse"])
    return Sample(
        pl.concat([data("teachers_open"), columns], how="horizontal"), Design("w", replicates=read), near=REPLICATED
    )


def _weights(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    match tree.args:
        case (Call("weights", (Name("d"),)),):
            return [Check("weights", of.data[of.design.weight], result["values"], WEIGHTS)]
    raise Unsupported(f"call {tree}")


def read() -> None:
    """Let the reader of the reference know these designs."""
    DESIGNS.update(
        postStratify=_post_stratified, rake=_raked, calibrate=_calibrated, svrepdesign=_half_samples, bt=_bootstrap,
    )  # fmt: skip
    DESIGNS["as.svrepdesign"] = _replicated
    CALLS["as.numeric"] = _weights
