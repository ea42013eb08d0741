"""The results of a SPEC: what is estimated, as data, and as a file that is whole or not there."""

import json
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from learnin.compute import survey
from learnin.compute.commands.data import File
from learnin.compute.commands.spec import Spec
from learnin.compute.commands.wrong import FILE_WRONG, Wrong, meant
from learnin.compute.survey.calibration import Calibrated

FORMAT = "learnin-estimates-1"
LISTS = ("estimates", "contrasts", "tests")
"""The lists of the results, one line of the file for each of their entries."""

Results = dict[str, Any]


def results(
    spec: Spec,
    table: survey.Table,
    tests: list[Results],
    files: Iterable[File],
    reached: Calibrated | None,
    engine: str,
) -> Results:
    """Everything that is known, with where it comes from; no moment and no folder, so that it comes out alike again."""
    said = {"format": FORMAT, "spec": spec.asked, "data": [asdict(file) for file in files]}
    came = asdict(table.provenance) | {"engine": engine}
    return {
        **said,
        "provenance": {key: came[key] for key in ("data", "engine", "method", "version")},
        **({"calibration": _calibration(reached)} if reached else {}),
        "design_df": _number(table.df),
        "estimates": [{"row": at, **_row(row)} for at, row in enumerate(table.rows, 1)],
        "contrasts": [
            {"contrast": at, **_contrast(spec, table, at - 1, one)} for at, one in enumerate(spec.each("contrasts"), 1)
        ],
        "tests": [{"test": at, **one} for at, one in enumerate(tests, 1)],
    }


def tested(found: survey.Association, rows: str, columns: str) -> Results:
    """One test of two questions."""
    numbers = {
        name: _number(getattr(found, name))
        for name in ("design_df", "chi2", "p_first", "f", "ndf", "ddf", "p", "wald", "p_wald", "wald_adjusted",
                     "wald_ddf", "p_wald_adjusted")
    }  # fmt: skip
    levels = {
        "row_levels": [_level(one) for one in found.rows],
        "column_levels": [_level(one) for one in found.columns],
    }
    return {"rows": rows, "columns": columns, "n": found.n, **numbers, **levels, "counts": found.counts.tolist()}


def _calibration(reached: Calibrated) -> Results:
    return {"method": reached.method, "rounds": reached.rounds, "controls": [asdict(one) for one in reached.controls]}


def _row(row: survey.Row) -> Results:
    told = {name: value for name, value in vars(row).items() if name not in ("item", "level", "domain", "warnings")}
    domain = {column: _level(value) for column, value in row.domain}
    warnings = [{"code": one.code, "words": str(one)} for one in row.warnings]
    return {"estimate_of": row.item, "level": _level(row.level), "domain": domain, **told, "warnings": warnings}


def _contrast(spec: Spec, table: survey.Table, at: int, one: Mapping[str, Any]) -> Results:
    key = f"contrasts[{at}]"
    if "quotient" in one:
        above, below = (_found(table, f"{key}.quotient[{place}]", term) for place, term in enumerate(one["quotient"]))
        found = table.quotient(above, below)
    else:
        rows = [_found(table, f"{key}.terms[{place}]", term) for place, term in enumerate(one["terms"])]
        found = table.contrast(list(zip(rows, (term.get("times", 1) for term in one["terms"]), strict=True)))
    return {"name": one["name"], **{name: _number(value) for name, value in asdict(found).items()}}


def _found(table: survey.Table, key: str, term: Mapping[str, Any]) -> survey.Row:
    """The row that a term means, with an estimate. Raises Wrong."""
    names = {row.item for row in table.rows}
    if term["estimate"] not in names:
        raise Wrong(f"{key}.estimate", f'there is no estimate "{term["estimate"]}"; {meant(term["estimate"], names)}')
    try:
        row = table.of(term["estimate"], term.get("level"), **term.get("domain", {}))
    except survey.CannotEstimate:
        words = "no estimate has this level and domain; is the domain among the domains of the SPEC?"
        raise Wrong(key, words)
    if row.kind in ("quantile", "variance"):
        raise Wrong(f"{key}.estimate", "quantiles and variances have no covariance; take means, shares, totals, ratios")
    if row.estimate is None:
        raise Wrong(key, "nobody answered here, so there is no estimate")
    return row


def _level(value: object) -> object:
    """A value as JSON knows it."""
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _number(value: float) -> float | None:
    return value if math.isfinite(value) else None


def text(found: Results) -> str:
    """The results as JSON: one line for each estimate, contrast and test, every digit of every number."""
    parts = [f"{json.dumps(key)}: {_lines(value) if key in LISTS else _plain(value)}" for key, value in found.items()]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(entries: list[Results]) -> str:
    return "[\n" + ",\n".join(_plain(entry) for entry in entries) + "\n]" if entries else "[]"


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def put(content: str, path: Path) -> None:
    """Write a file that is whole or not there. Raises Wrong."""
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            laid = Path(file.name)
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                laid.chmod(0o644)
                laid.replace(path)
            except BaseException:
                laid.unlink(missing_ok=True)
                raise
    except OSError as error:
        raise Wrong("--out", f"{path} cannot be written ({error.__class__.__name__})", FILE_WRONG)
