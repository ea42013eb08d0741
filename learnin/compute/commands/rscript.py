"""The script that lets R's survey package compute every number of a SPEC again, and compares.

R is not part of LearnIn: whoever has it runs the script.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ibis.expr.types import Table

from learnin.compute import survey
from learnin.compute.commands import asked, rdata, rfactors
from learnin.compute.commands.delimited import delimiter
from learnin.compute.commands.rwords import call, column, text, there, vector, word
from learnin.compute.commands.spec import Spec
from learnin.compute.commands.wrong import Wrong
from learnin.compute.survey.pps import HORVITZ, YATES

HELPERS = Path(__file__).with_name("check.R")
NEAR = {"plain": 1e-9, "calibrated": 1e-8}
"""How far R's numbers may be: to rounding; where both sides look for weights step by step, as far as they stop."""
OF_ITS_OWN = ("JK1", "JKn")
"""Replicates that R makes itself; others it makes by chances or matrices of its own, and ours are given to it."""

VARIANCES = {YATES: "YG", HORVITZ: "HT"}

QUANTILES = {"t": "mean", "logit": "xlogit", "arcsine": "asin"}
"""How R names the interval of the share that a quantile's interval is turned back from."""

Asked = Mapping[str, Any]


def script(spec: Spec, table: Table, estimates: survey.Table, found: Asked) -> str:
    """The whole script.

    Args:
        spec: what was asked. table: its data, for the kinds of its columns. estimates: what was estimated. found: its
            results.
    Raises:
        Wrong: where R cannot do the same.
    """
    parts = [
        "# Computes every number of a SPEC with R's survey package, and compares with LearnIn's results:",
        "#   Rscript check.R results.json",
        "# Run it where the SPEC is: the files of the data are looked for from there.",
        "",
        HELPERS.read_text("utf-8"),
        *rdata.read(spec, table),
        "",
        *_design(spec),
        *_calibration(spec),
        *_replicates(spec, estimates),
        "everybody <- rep(TRUE, nrow(answers))",
        f"confidence <- {vector([spec.asked.get('confidence', 0.95)])}",
        f"whole_df <- {word(spec.asked.get('df') == 'design')}",
        f"replicated <- {word('replicates' in spec.asked)}",
        "",
        *_estimates(spec, found),
        *_contrasts(spec),
        *(call("check_test", at, column(one["rows"]), column(one["columns"])) for at, one in _counted(spec, "tests")),
        "",
        f"finish({NEAR['calibrated' if 'calibration' in spec.asked else 'plain']})",
    ]
    return "\n".join(parts) + "\n"


def _counted(spec: Spec, key: str) -> Iterator[tuple[int, Asked]]:
    return enumerate(spec.each(key), 1)


def _design(spec: Spec) -> Iterator[str]:
    told = spec.asked["design"]
    stages = told.get("stages") or [{}]
    sizes = [stage.get("fpc") or stage.get("fraction") for stage in stages]
    stages = stages if sizes[0] else stages[:1]
    units = [f"`{stage['unit']}`" if "unit" in stage else "row_" for stage in stages]
    lonely = {"error": "fail"}.get(told.get("lonely", "error"), told.get("lonely"))
    domains = word(told.get("lonely_domains", False))
    yield f"options(survey.lonely.psu = {text(lonely)}, survey.adjust.domain.lonely = {domains})"
    named = {
        "ids": "~" + " + ".join(units),
        "strata": f"~`{told['strata']}`" if "strata" in told else "NULL",
        "fpc": "~" + " + ".join(f"`{size}`" for size in sizes) if sizes[0] else "NULL",
        "weights": f"~`{told['weight']}`",
        "nest": word(told.get("nested", False)),
        "data": "answers",
        **({"pps": text("brewer")} if told.get("brewer") else {}),
    }
    if joint := told.get("joint"):
        yield from _joint(spec.folder, joint, told)
        del named["weights"]
        named |= {
            "probs": "~chance_",
            "pps": "ppsmat(joint_)",
            "variance": text(VARIANCES[joint.get("variance", YATES)]),
        }
    yield f"d <- svydesign({', '.join(f'{name} = {value}' for name, value in named.items())})"


def _joint(folder: Path, joint: Asked, design: Asked) -> Iterator[str]:
    """The joint chances of every two rows, and the chance of each as its weight tells it."""
    unit = column(design["stages"][0]["unit"])
    separator = text(delimiter(folder / joint["file"]))
    yield f"joint_ <- as.matrix(read.csv({text(joint['file'])}, row.names = 1, check.names = FALSE, sep = {separator}))"
    if joint.get("variance", YATES) == YATES:  # its squares are of totals of units, R's of rows
        yield f'if (anyDuplicated({unit})) stop("R takes Yates-Grundy-Sen only where each row is a unit")'
    yield f"joint_ <- joint_[as.character({unit}), as.character({unit})]"
    yield f"answers$chance_ <- 1 / {column(design['weight'])}"


def _calibration(spec: Spec) -> Iterator[str]:
    told = spec.asked.get("calibration")
    if not told:
        return
    margins, method = told.get("margins", []), told["method"]
    for at, one in enumerate(margins, 1):
        columns = ", ".join(column(name) for name in one["by"])
        yield f"margin{at} <- paste({columns}, sep = {text(rdata.BETWEEN)})"
        yield f"d <- having(margin{at} = margin{at})"
    if method == "post-stratification":
        yield f"d <- postStratify(d, ~margin1, {_frame(1, margins[0])})"
        return
    if method != "linear" or "limits" in told:
        yield 'needed("MASS")'
    controls = dict(_controls(told))
    made = ", ".join(f"control{at} = {made}" for at, (made, _total) in enumerate(controls.items(), 1))
    yield f"d <- having({made})"
    names = [f"control{at}" for at, _made in enumerate(controls, 1)]
    totals = ", ".join(f"{name} = {total!r}" for name, (_made, total) in zip(names, controls.items(), strict=True))
    function = "raking" if method == "exponential" else method  # not rake(): its variance takes weights before as equal
    bounds = f", bounds = {vector(told['limits'])}" if "limits" in told else ""
    yield (
        f"d <- calibrate(d, ~0 + {' + '.join(names)}, c({totals}), calfun = {text(function)}{bounds}, "
        "maxit = 1000, epsilon = 1e-12)"
    )


def _frame(at: int, one: Asked) -> str:
    groups = asked.groups(one["totals"])
    words = ", ".join(text(rdata.BETWEEN.join(words)) for words in groups)
    return f"data.frame(margin{at} = c({words}), Freq = {vector(list(groups.values()))})"


def _controls(told: Asked) -> Iterator[tuple[str, float]]:
    """Each control as R computes it of the rows, with its total; a group of each margin but the first is implied.

    Numbers are divided by their mean, so that R's equations lose no digits where they are large beside the groups.
    """
    margins = told.get("margins", [])
    people = sum(asked.groups(margins[0]["totals"]).values()) if margins else told.get("population", 1)
    for at, one in enumerate(margins, 1):
        groups = list(asked.groups(one["totals"]).items())
        for words, total in groups if at == 1 else groups[1:]:
            yield f"as.numeric(margin{at} == {text(rdata.BETWEEN.join(words))})", total
    if not margins and "population" in told:
        yield "rep(1, nrow(answers))", told["population"]
    for name, total in told.get("totals", {}).items():
        mean = abs(total) / people or 1
        yield f"{column(name)} / {mean!r}", total / mean


def _replicates(spec: Spec, estimates: survey.Table) -> Iterator[str]:
    told = spec.asked.get("replicates")
    if not told:
        return
    is_mse = word(told.get("mse", False))
    if "kind" in told:
        if told["kind"] in OF_ITS_OWN:
            yield f"d <- as.svrepdesign(d, type = {text(told['kind'])}, mse = {is_mse})"
        else:
            yield from rfactors.replicated(estimates, spec.asked["design"]["weight"])
        return
    rscales = vector(told.get("rscales") or [1] * len(told["columns"]))
    names = ", ".join(text(name) for name in told["columns"])
    yield (
        f"d <- svrepdesign(weights = ~`{spec.asked['design']['weight']}`, repweights = answers[c({names})], "
        "data = answers, "
        f'type = "other", combined.weights = TRUE, scale = {told["scale"]!r}, rscales = {rscales}, mse = {is_mse})'
    )


def _estimates(spec: Spec, found: Asked) -> Iterator[str]:
    named = {item.label: one for item, one in zip(asked.items(spec), spec.each("estimates"), strict=True)}
    for row in found["estimates"]:
        one = named[row["estimate_of"]]
        yield _estimate(one, row)
        if one["kind"] == "index":
            yield call("check_alpha", row["row"], _questions(one), _group(row["domain"]))


def _estimate(one: Asked, row: Asked) -> str:
    at, who, method = row["row"], _group(row["domain"]), text(row["ci_method"])
    match one["kind"]:
        case "ratio":
            return call("check_ratio", at, column(one["item"]), column(one["below"]), who, method)
        case "quantile":
            type_ = QUANTILES.get(row["ci_method"].removeprefix("woodruff "))
            if not type_:
                raise Wrong("interval", f"R has no interval of this kind for quantiles: {row['ci_method']}")
            rule, share = text(one.get("rule", "math")), vector([row["level"]])
            return call("check_quantile", at, column(one["item"]), who, share, rule, text(type_))
        case kind:
            check = {"variance": "variance", "mean": "mean", "index": "mean"}.get(kind, "share")
            check = "total" if row["kind"] == "total" else check
            return call(f"check_{check}", at, _values(one, row["level"]), who, method)


def _values(one: Asked, level: object) -> str:
    """What is added up of each row, as R computes it."""
    match one["kind"]:
        case "proportion":
            return f"as.numeric({column(one['item'])} == 1)"
        case "count":
            return f"as.numeric({column(one['item'])} == 1)" if "item" in one else "as.numeric(everybody)"
        case "shares":
            return f"as.numeric({column(one['item'])} == {vector([level])})"
        case "multi":
            asked_at_all = " | ".join(f"!is.na({column(name)})" for name in one["items"])
            return f"ifelse({asked_at_all}, as.numeric({column(str(level))} %in% c(1, TRUE)), NA)"
        case "index":
            questions = _questions(one)
            least = one.get("least", len(one["items"]))
            return f"ifelse(rowSums(!is.na({questions})) >= {least}, rowMeans({questions}, na.rm = TRUE), NA)"
    return column(one["item"])


def _questions(index: Asked) -> str:
    return f"cbind({', '.join(column(name) for name in index['items'])})"


def _group(domain: Asked) -> str:
    return " & ".join(there(name, value) for name, value in domain.items()) or "everybody"


def _contrasts(spec: Spec) -> Iterator[str]:
    named = {item.label: one for item, one in zip(asked.items(spec), spec.each("estimates"), strict=True)}
    for at, contrast in _counted(spec, "contrasts"):
        check = "check_quotient" if "quotient" in contrast else "check_contrast"
        places = contrast.get("quotient") or contrast["terms"]
        terms = ", ".join(_term(named[place["estimate"]], place) for place in places)
        yield call(check, at, f"list({terms})")


def _term(one: Asked, place: Asked) -> str:
    values = _values(one, place.get("level"))
    who, times = _group(place.get("domain", {})), place.get("times", 1)
    is_total = one["kind"] in ("total", "count") or one.get("counts")
    below = column(one["below"]) if one["kind"] == "ratio" else "NULL" if is_total else "rep(1, nrow(answers))"
    return call("term", who, values, below, vector([times]))
