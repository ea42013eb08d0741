"""The reference numbers of R survey, and how each call that made one is asked of ours."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from learnin.compute import survey
from learnin.compute.survey import (
    Count,
    Design,
    Item,
    Mean,
    Quantile,
    Ratio,
    Row,
    Shares,
    Stage,
    Table,
    Total,
    Variance,
)
from tests.compute.r_calls import Call, Name, column, parsed, terms, value, written

HOME = Path(__file__).parents[3] / "shared" / "reference" / "open"
LONELY = {"fail": "error"}
NAMES = {"teachers": "teachers_open", "lonely": "lonely_open"}
FPC_WEIGHTS = {"apiclus2": "w_fpc"}  # where R makes the weights from the numbers of units (README of the reference)
DOMAIN = "dom_"

Z = 1.959963984540054  # 0.975 of the normal distribution
ESTIMATE, SE = 1e-12, 1e-9  # relative, as agreed for the engine


NEAR = {"logit": (1e-8, 1e-8), "likelihood": (1e-8, 2e-4)}
"""Where R itself is not exact, how near the estimate and the ends are: of `logit` it stops iterating once the deviance
changes by less than 1e-8, of `likelihood` it draws a curve through some points. Its `xlogit` has no iteration and is
checked to the full."""


class Unsupported(Exception):
    """A call that the engine does not answer yet."""


@dataclass(frozen=True)
class Sample:
    """Data and design, whether a group of them is meant, and how near R is to the truth.

    `near` are relative tolerances of estimates and of standard errors, and the share of an estimate below which a
    standard error is rounding: where totals are known exactly, R finds 1e-13 or zero, and so do we.
    """

    data: pl.DataFrame
    design: Design
    domain: bool = False
    near: tuple[float, float, float] = (ESTIMATE, SE, 0.0)

    def table(self, items: Sequence[Item], by: Sequence[str] = (), **options: Any) -> tuple[Table, list[Row]]:
        """The estimates, and the rows that are meant, in R's order: number by number, the first column fastest."""
        inside = (DOMAIN,) if self.domain else ()
        used = [*self.design.columns, *(one for item in items for one in item.columns), *inside, *by]
        options = {"df": "domain" if self.domain else "design", "interval": "t", **options}
        data = self.data.select(list(dict.fromkeys(used))).to_arrow()
        found = survey.estimate(data, self.design, items, [(*inside, *by)], **options)
        rows = [row for row in found.rows if not self.domain or row.domain[0][1] is True]
        parts = list(dict.fromkeys((row.item, row.level) for row in rows))
        rows.sort(key=lambda row: (parts.index((row.item, row.level)), [pair[1] for pair in reversed(row.domain)]))
        return found, rows

    def within(self, condition: Any) -> "Sample":
        """The group of those for whom a condition holds."""
        return replace(self, data=self.data.with_columns(column(condition).fill_null(False).alias(DOMAIN)), domain=True)

    def answered(self, names: Sequence[str]) -> "Sample":
        """Numbers only of those who answered all of these, as R does for several in one call."""
        complete = pl.all_horizontal(pl.col(name).is_not_null() for name in names)
        kept = [pl.when(complete).then(pl.col(name)).otherwise(None).alias(name) for name in names]
        return replace(self, data=self.data.with_columns(kept))

    def having(self, term: Any) -> tuple["Sample", str]:
        """The sample with a column of the term, and its name."""
        name = written(term)
        if isinstance(term, Name):
            return self, name
        made = column(term)
        if isinstance(term, Call) and term.function == "factor":
            made = made.cast(pl.String)
        return replace(self, data=self.data.with_columns(made.alias(name))), name


@dataclass(frozen=True)
class Check:
    """Something that must be equal: what it is, ours, R's, and how near."""

    what: str
    ours: Any
    theirs: Any
    near: float = SE
    least: float = 0.0

    def holds(self) -> bool:
        """Fail with what differs."""
        theirs = np.asarray(self.theirs, dtype=float)
        ours = np.asarray(self.ours, dtype=float)
        assert ours.shape == theirs.shape, f"{self.what}: {ours.shape} instead of {theirs.shape}"
        assert ours == pytest.approx(theirs, rel=self.near, abs=self.least, nan_ok=True), self.what
        return True


@cache
def entries() -> dict[str, dict[str, Any]]:
    """All entries by their id; empty where the reference does not stand beside the project."""
    files = sorted((HOME / "results").glob("*.json")) if HOME.exists() else []
    return {
        entry["id"]: {**entry, "file": file.stem}
        for file in files
        for entry in json.loads(file.read_text(encoding="utf-8"))
        if "call" in entry
    }


@cache
def data(name: str) -> pl.DataFrame:
    """One data set; school numbers and Yes or No as text."""
    file = HOME / "data" / f"{NAMES.get(name, name)}.csv"
    return pl.read_csv(file, schema_overrides={"cds": pl.String}, null_values=["NA"])


def sample(entry: dict[str, Any]) -> Sample:
    """The design of an entry. Raises Unsupported, CannotEstimate."""
    found = designed(parsed(entry["design"]))
    options = entry.get("options") or {}
    rule = options.get("survey.lonely.psu", "fail")
    lonely = {"lonely": LONELY.get(rule, rule), "lonely_domains": options.get("survey.adjust.domain.lonely", False)}
    return replace(found, design=replace(found.design, **lonely))


def designed(tree: Any) -> Sample:
    """The data and design that a call makes. Raises Unsupported, CannotEstimate."""
    name = tree.function if isinstance(tree, Call) else tree.name
    if name not in DESIGNS:
        raise Unsupported(f"design {tree}")
    return DESIGNS[name](tree)


def _svydesign(tree: Call) -> Sample:
    frame, name = _data(tree.get("data"))
    ids = [None if term == 1 else written(term) for term in terms(tree.get("ids"))]
    fpc = [written(term) for term in terms(tree.get("fpc"))] if tree.get("fpc") else [None] * len(ids)
    strata = tree.get("strata")
    weight = written(terms(tree.get("weights"))[0]) if tree.get("weights") else FPC_WEIGHTS[name]
    stages = tuple(Stage(unit, fpc=size) for unit, size in zip(ids, fpc, strict=True))
    known = {"nested": bool(tree.get("nest")), "strata": written(terms(strata)[0]) if strata else None}
    return Sample(frame, Design(weight, stages=stages, **known))


def _data(tree: Any) -> tuple[pl.DataFrame, str]:
    match tree:
        case Name(name):
            return data(name), name
        case Call("transform", (inner,), made):
            frame, name = _data(inner)
            return frame.with_columns(column(one).alias(new) for new, one in made), name
    raise Unsupported(f"data {tree}")


DESIGNS: dict[str, Callable[[Any], Sample]] = {"svydesign": _svydesign}
"""How each design is read. Calibrated and replicate designs add theirs here."""


def checks(entry: dict[str, Any]) -> list[Check]:
    """Everything an entry says, beside what ours says. Raises Unsupported, CannotEstimate."""
    return _answer(parsed(entry["call"]), sample(entry), entry["result"])


def _answer(tree: Any, of: Sample, result: dict[str, Any]) -> list[Check]:
    if isinstance(tree, Call) and tree.function in CALLS:
        return CALLS[tree.function](tree, of, result)
    raise Unsupported(f"call {tree}")


def _block(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    """A group is named, then asked about: {dom_ <- subset(d, …); …}."""
    assign, call = tree.args
    if call.function == "c":
        return _counts(call, of, result, of.within(assign.args[1].args[1]))
    return _answer(call, of.within(assign.args[1].args[1]), result)


def _counts(tree: Call, of: Sample, result: dict[str, Any], inside: Sample | None = None) -> list[Check]:
    """Degrees of freedom and rows, of the whole sample and of the group."""
    found = []
    for call in tree.args if tree.function == "c" else (tree,):
        chosen = inside if inside and call.args[0] == Name(DOMAIN) else of
        row = chosen.table([Count()])[1][0]
        found.append(row.df if call.function == "degf" else _rows(chosen))
    return [Check("counts", found, result["values"])]


def _rows(of: Sample) -> int:
    """R counts the rows of a design, also those of weight zero."""
    return int(of.data[DOMAIN].sum()) if of.domain else len(of.data)


def _items(of: Sample, tree: Call, number: type[Mean], totals: bool) -> tuple[Sample, list[Item]]:
    items: list[Item] = []
    names = []
    for term in terms(tree.args[0]):
        of, name = of.having(term)
        names.append(name)
        words = of.data[name].dtype == pl.String
        items.append(Shares(name, _levels(of, name), totals=totals) if words else number(name))
    if tree.get("na.rm") and len(names) > 1:
        of = of.answered(names)
    return of, items


def _levels(of: Sample, name: str) -> tuple[str, ...]:
    """The levels of a factor in R's order; of two crossed, the first changes fastest."""
    return tuple(sorted(of.data[name].drop_nulls().unique().to_list(), key=lambda one: one.split(".")[::-1]))


def _sub(tree: Call, of: Sample) -> Sample:
    """The group, where the call names it itself."""
    inner = tree.args[1] if len(tree.args) > 1 else None
    match inner:
        case Call("subset", (_d, condition)):
            return of.within(condition)
    return of


def _mean(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    of, items = _items(_sub(tree, of), tree, Mean, totals=False)
    return _compared(*of.table(items), of, result, tree.get("deff"))


def _total(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    of, items = _items(of, tree, Total, totals=True)
    return _compared(*of.table(items), of, result, tree.get("deff"))


def _variance(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    of, items = _items(of, tree, Variance, totals=False)
    return _compared(*of.table(items), of, result)


def _ratio(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    above, below = [written(term) for term in terms(tree.args[0])], written(terms(tree.args[1])[0])
    of = of.answered([*above, below]) if tree.get("na.rm") else of
    return _compared(*of.table([Ratio(one, below) for one in above]), of, result, tree.get("deff"))


def _by(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    table, rows, of = _by_rows(tree, of)
    if tree.args[-1] == Name("unwtd.count"):
        return [Check("counts", [row.n for row in rows], result["estimate"])]
    if tree.args[-1] == Name("svyquantile"):
        return _quantile_rows(rows, result)
    return _compared(table, rows, of, result, tree.get("deff"))


def _by_rows(tree: Call, of: Sample) -> tuple[Table, list[Row], Sample]:
    by = [written(term) for term in terms(tree.args[1])]
    function = tree.args[-1].name
    match function:
        case "svyratio":
            items: list[Item] = [Ratio(written(terms(tree.args[0])[0]), written(terms(tree.get("denominator"))[0]))]
        case "svyquantile":
            items = [Quantile(written(terms(tree.args[0])[0]), (tree.get("quantiles"),), rule=tree.get("qrule"))]
        case "svymean" | "unwtd.count":
            of, items = _items(of, tree, Mean, totals=False)
        case "svytotal":
            of, items = _items(of, tree, Total, totals=True)
        case _:
            raise Unsupported(f"svyby {function}")
    options = {"df": "domain"} if function == "svyquantile" else {}  # R asks each group's own sample
    table, rows = of.table(items, by, **options)
    return table, rows, of


def _cv(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    _table, rows, _of = _by_rows(tree.args[0], of)
    return [Check("cv", [row.cv for row in rows], result.get("values", result.get("estimate")))]


def _model(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    """A linear model with one group and no constant is the means of the groups."""
    table, rows = _model_rows(tree, of)
    return _compared(table, rows, of, result)


def _model_rows(tree: Call, of: Sample) -> tuple[Table, list[Row]]:
    match tree.args[0]:
        case Call("~", (Name(number), Call("+", (0.0, Name(group))))):
            return of.table([Mean(number)], [group])
    raise Unsupported(f"model {tree}")


def _contrast(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    inner, sums = tree.args
    if inner.function == "svyby":
        table, rows, of = _by_rows(inner, of)
    elif inner.function == "svyglm":
        table, rows = _model_rows(inner, of)
    else:
        of, items = _items(of, inner, Mean, totals=False)
        table, rows = of.table(items)
    if sums.function == "quote":
        (above, below) = (next(row for row in rows if row.item == f"mean({one.name})") for one in sums.args[0].args)
        found = [table.quotient(above, below)]
    else:
        found = [table.contrast(list(zip(rows, factors, strict=True))) for factors in value(sums).values()]
    return [
        Check("estimate", [one.estimate for one in found], result["estimate"], of.near[0], 1e-9),
        Check("se", [one.se for one in found], result["se"], of.near[1]),
        Check("t", [[one.ci_low, one.ci_high] for one in found], result["ci"]["t_95"], of.near[1], 1e-9),
    ]


def _ttest(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    match tree.args[0]:
        case Call("~", (Name(number), Name(group))):
            table, rows = of.table([Mean(number)], [group])
    found = table.contrast([(rows[1], 1.0), (rows[0], -1.0)], df=table.df - 1)
    return [
        Check("t", found.t, result["statistic"]["t"]),
        Check("df", found.df, result["parameter"]["df"]),
        Check("p", found.p, result["p_value"], 0, 1e-8),
        Check("estimate", found.estimate, next(iter(result["estimate"].values())), SE),
        Check("ci", [found.ci_low, found.ci_high], result["conf_int"]),
    ]


def _proportion(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    method = {"mean": "t", "asin": "arcsine", "xlogit": "logit"}.get(tree.get("method"), tree.get("method"))
    of, name = of.having(terms(tree.args[0])[0])
    row = of.table([survey.Proportion(name)], interval=method)[1][0]
    estimate, ends = NEAR.get(tree.get("method"), (ESTIMATE, SE))
    ends *= 10 if of.design.replicates and tree.get("method") == "logit" else 1  # R iterates in each replicate
    return [
        Check("estimate", row.estimate, result["estimate"][0], estimate),
        Check("se", row.se, result["se"][0]),
        Check("ci", [row.ci_low, row.ci_high], result["ci_95"], ends),
        Check("df", row.df, result["design_df"]),
    ]


def _table(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    by = [written(term) for term in terms(tree.args[0])]
    rows = {tuple(str(pair[1]) for pair in row.domain): row.estimate for row in of.table([Count()], by)[1]}
    first, second = (result["dimnames"][name] for name in by)
    return [Check("table", [[rows[a, b] for b in second] for a in first], result["values"], ESTIMATE)]


def _chisq(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    first, second = (written(term) for term in terms(tree.args[0]))
    found = survey.test_table(of.data.to_arrow(), of.design, first, second)
    match tree.get("statistic", "F"):
        case "F":
            ours, df, p = found.f, {"ndf": found.ndf, "ddf": found.ddf}, found.p
        case "Chisq":
            chi2 = found.chi2 * len(of.data) / found.n  # R counts those who left a question out; p is the same
            ours, df, p = chi2, {"df": found.df}, found.p_first
        case "Wald":
            ours, df, p = found.wald, {"ndf": found.df, "ddf": found.design_df}, found.p_wald
        case "adjWald":
            ours, df, p = found.wald_adjusted, {"ndf": found.df, "ddf": found.wald_ddf}, found.p_wald_adjusted
        case other:
            raise Unsupported(f"statistic {other}")
    return [
        Check("statistic", ours, next(iter(result["statistic"].values())), 1e-8),
        *(Check(name, number, result["parameter"][name], 1e-8) for name, number in df.items()),
        Check("p", p, result["p_value"], 0, 1e-8),
    ]


def _quantile(tree: Call, of: Sample, result: dict[str, Any]) -> list[Check]:
    method = {"mean": "t", "asin": "arcsine", "xlogit": "logit"}.get(tree.get("interval.type", "mean"), "beta")
    item = Quantile(written(terms(tree.args[0])[0]), tuple(value(tree.args[2])), rule=tree.get("qrule"))
    rows = of.table([item], interval=method)[1]
    [found] = result["quantiles"].values()
    if found["p"] is None:
        return [Check("quantiles", [row.estimate for row in rows], found["values"][0], ESTIMATE)]
    ours = [[row.estimate, row.ci_low, row.ci_high, row.se] for row in rows]
    theirs = found["values"]
    return [
        Check("quantiles", [one[0] for one in ours], [one[0] for one in theirs], ESTIMATE),
        Check("ends", [one[1:3] for one in ours], [one[1:3] for one in theirs]),
        Check("se", [one[3] for one in ours], [one[3] for one in theirs]),
    ]


def _quantile_rows(rows: list[Row], result: dict[str, Any]) -> list[Check]:
    return [
        Check("estimate", [row.estimate for row in rows], result["estimate"], ESTIMATE),
        Check("se", [row.se for row in rows], result["se"]),
    ]


CALLS: dict[str, Callable[[Call, Sample, dict[str, Any]], list[Check]]] = {
    "{": _block, "c": _counts, "degf": _counts, "svymean": _mean, "svytotal": _total, "svyvar": _variance,
    "svyratio": _ratio, "svyby": _by, "cv": _cv, "svyglm": _model, "svycontrast": _contrast, "svyttest": _ttest,
    "svyciprop": _proportion, "svytable": _table, "svychisq": _chisq, "svyquantile": _quantile,
}  # fmt: skip
"""How each call is asked of ours."""


def _compared(table: Table, rows: list[Row], of: Sample, result: dict[str, Any], deff: Any = None) -> list[Check]:
    """Estimates, standard errors, covariances, both intervals, design effects, degrees of freedom."""
    estimate = np.array([np.nan if row.estimate is None else row.estimate for row in rows])
    se = np.array([np.nan if row.se is None else row.se for row in rows])
    most = float(np.nanmax(np.abs(estimate)))
    spread = max(float(np.nanmax(se)), most * 1e-6, most * of.near[2] / SE)
    exact, near, _least = of.near
    found = [
        Check("estimate", estimate, result["estimate"], exact, 1e-14),
        Check("se", se, result["se"], near, spread * SE),
        Check(
            "normal", np.stack([estimate - Z * se, estimate + Z * se], 1), result["ci"]["normal_95"], near, spread * SE
        ),
        Check("t", [[row.ci_low, row.ci_high] for row in rows], result["ci"]["t_95"], near, spread * SE),
    ]
    if "vcov" in result:
        found.append(Check("vcov", table.vcov(rows), result["vcov"], near, spread**2 * SE))
    if "deff" in result and deff:
        theirs = result["deff"]
        flat = theirs if isinstance(theirs, list) else [one for several in theirs.values() for one in several]
        ours = [row.deff_replace if deff == "replace" else row.deff for row in rows]
        found.append(Check("deff", ours, flat, near, 1e-14))
    if "design_df" in result:
        found.append(Check("df", [row.df for row in rows], [result["design_df"]] * len(rows)))
    return found
