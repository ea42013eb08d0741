"""From a SPEC to its results."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from ibis.expr.types import Table

from learnin.compute import survey
from learnin.compute.commands import asked, kinds
from learnin.compute.commands.data import Engine, engine, fingerprinted, opened, read_of
from learnin.compute.commands.joint import joined
from learnin.compute.commands.results import Results, results, tested
from learnin.compute.commands.rscript import script
from learnin.compute.commands.spec import Spec
from learnin.compute.commands.weights import calibrated
from learnin.compute.commands.wrong import DATA_WRONG, Wrong
from learnin.compute.survey import Design

Told = Callable[[str], None]


def estimated(
    spec: Spec, *, by: str = "duckdb", master: str | None = None, told: Told = lambda _words: None
) -> Results:
    """Everything a SPEC asks for.

    Args:
        spec: what is asked. by: the engine that adds up, `duckdb` or `spark`. master: address of Spark's master.
        told: hears what happens now.
    Raises:
        Wrong: with the key of the SPEC.
    """
    return _estimated(spec, by, master, told)[1]


def checked(spec: Spec) -> str:
    """The R script that computes everything again. Raises Wrong."""
    found, told = _estimated(spec, "duckdb", None, lambda _words: None)
    with TemporaryDirectory(prefix="learnin-") as folder:
        return script(spec, ready(spec, engine("duckdb", None, Path(folder))), found, told)


def ready(spec: Spec, by: Engine) -> Table:
    """The data, with every column that the SPEC names, of the kind that it needs. Raises Wrong."""
    table = opened(spec, by)
    asked.looked_for(spec, list(table.columns))
    with read_of(spec.files):
        return kinds.held(spec, table)


def _estimated(spec: Spec, by: str, master: str | None, told: Told) -> tuple[survey.Table, Results]:
    design, items = asked.design(spec), asked.items(spec)
    with TemporaryDirectory(prefix="learnin-") as folder:
        told("reading the data")
        files = fingerprinted(spec)
        chosen = engine(by, master, Path(folder))
        table = ready(spec, chosen)
        design = joined(spec, table, design)
        columns = list(dict.fromkeys(column for _key, column in asked.named(spec)))
        with read_of(spec.files):
            try:
                if "calibration" in spec.asked:
                    told("calibrating the weights")
                table, design, reached = calibrated(spec, table, design, columns, chosen)
            except survey.CannotEstimate as refusal:
                key = "design.weight" if refusal.code.startswith("weight_") else "calibration"
                raise Wrong(key, f"{_of_rows(refusal)} ({refusal.code})", DATA_WRONG)
            try:
                told(f"estimating {len(items)} items in {len(spec.domains)} tables")
                found = survey.estimate(
                    table, design, items, spec.domains,
                    level=spec.asked.get("confidence", 0.95), df=spec.asked.get("df", "domain"),
                    interval=spec.asked.get("interval"),
                )  # fmt: skip
            except survey.CannotEstimate as refusal:
                raise Wrong(_key(spec, refusal), f"{refusal} ({refusal.code})", DATA_WRONG)
            tests = [_tested(spec, table, design, at, told) for at in range(len(spec.each("tests")))]
        told("writing")
        return found, results(spec, found, tests, files, reached, by)


def _tested(spec: Spec, table: Table, design: Design, at: int, told: Told) -> Results:
    one = spec.each("tests")[at]
    told(f"testing {one['rows']} by {one['columns']}")
    try:
        return tested(survey.test_table(table, design, one["rows"], one["columns"]), one["rows"], one["columns"])
    except survey.CannotEstimate as refusal:
        raise Wrong(f"tests[{at}]", f"{refusal} ({refusal.code})", DATA_WRONG)


def _of_rows(refusal: survey.CannotEstimate) -> survey.CannotEstimate:
    """The refusal with its rows counted from one, as people count them."""
    if refusal.code not in ABOUT_ROWS:
        return refusal
    rows = [f"row {int(key) + 1}" for key in refusal.keys]
    return survey.CannotEstimate(refusal.code, keys=rows, count=refusal.count, **refusal.facts)


def _key(spec: Spec, refusal: survey.CannotEstimate) -> str:
    """The key of the SPEC that a refusal is about: what names the first of its keys, or the design."""
    about = refusal.keys[0] if refusal.keys else ""
    if refusal.code.startswith("weight_"):
        return "design.weight"
    for at, item in enumerate(asked.items(spec)):
        if refusal.code in ABOUT_ITEMS and about in (item.label, *item.columns):
            return f"estimates[{at}]"
    if refusal.code.startswith("joint"):
        return "design.joint"
    is_of_replicates = refusal.code.startswith(("replicate", "bootstrap", "half"))
    is_of_replicates |= str(refusal.facts.get("what", "")).startswith("kind of replicates")
    return "replicates" if is_of_replicates else "design"


ABOUT_ITEMS = ("non_numeric_item", "not_a_flag", "item_nonfinite", "ratio_zero_denominator")
"""Refusals whose keys are columns or names of items."""
ABOUT_ROWS = (
    "weight_null_or_nan", "weight_not_positive", "weight_nonfinite", "control_not_a_number",
    "calibration_negative_weights",
)  # fmt: skip
"""Refusals of a calibration whose keys are places of rows, from zero."""
