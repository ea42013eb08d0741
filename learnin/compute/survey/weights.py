"""The weights of a sample, looked at before anything is added up."""

import math
from dataclasses import dataclass

from ibis.expr.types import BooleanValue, Table

from learnin.compute.survey.design import Design
from learnin.compute.survey.refusals import NAMED, CannotEstimate, Warned, warned
from learnin.compute.survey.scales import Number, Seen, numbered
from learnin.compute.survey.sources import pulled

VARIATION = 1.0  # coefficient of variation above which weights differ very much: half the answers are lost (Kish 1965)
LARGEST = 10.0  # times the median (shared design notes on estimation)
SURE = 12  # digits of a sum of weights that do not depend on the order in which they were added
OFF = 0.05  # share by which the sum of the weights may miss the known population


@dataclass(frozen=True)
class Weights:
    """The weights as whole numbers, whether some are zero, and what to be careful about."""

    number: Number
    has_zeros: bool
    rows: int
    warnings: tuple[Warned, ...]


def weighed(table: Table, design: Design, seen: Seen) -> Weights:
    """The weights, from what was seen of them.

    Raises CannotEstimate: no_rows, weight_null_or_nan, weight_nonfinite, weight_negative, weight_all_zero,
    non_numeric_item; with the first ten strata or units where they stand.
    """
    if not seen["rows"]:
        raise CannotEstimate("no_rows")
    raw = table[design.weight]
    missing = raw.isnull() | raw.cast("float64").isnan()
    value = missing.ifelse(None, raw.cast("float64"))
    _refuse(table, design, seen["missing"], "weight_null_or_nan", missing)
    _refuse(table, design, seen["infinite"], "weight_nonfinite", value.isinf())
    _refuse(table, design, seen["negative"], "weight_negative", value < 0)
    if seen["zero"] == seen["rows"]:
        raise CannotEstimate("weight_all_zero")
    careful = list(_zeros(int(seen["zero"])))
    careful += _differing(table, design, seen["mean"], seen["spread"], seen["most"] / seen["least"])
    careful += _off(design, seen["mean"] * seen["rows"])
    number = numbered(table, [design.weight], seen)[design.weight]
    return Weights(number, bool(seen["zero"]), int(seen["rows"]), tuple(careful))


def has_faults(seen: Seen) -> bool:
    """Whether weights were seen that are refused."""
    return (
        not seen["rows"]
        or seen["zero"] == seen["rows"]
        or any(seen[name] for name in ("missing", "infinite", "negative"))
    )


def _refuse(table: Table, design: Design, count: float, code: str, wrong: BooleanValue) -> None:
    """Refuse weights that are wrong, with the units of the rows, or their strata where rows are units."""
    if not count:
        return
    named = list(dict.fromkeys(column for column in (design.strata, design.drawn[0].unit) if column))
    if not named:
        raise CannotEstimate(code, keys=[design.weight], count=int(count))
    found = pulled(table.filter(wrong).select(named).distinct().order_by(named).limit(NAMED)).to_pylist()
    raise CannotEstimate(code, keys=[" / ".join(str(one) for one in row.values()) for row in found], count=int(count))


def _zeros(count: int) -> tuple[Warned, ...]:
    return (warned("weight_zero", count=count),) if count else ()


def _differing(table: Table, design: Design, mean: float, spread: float, ratio: float) -> tuple[Warned, ...]:
    """The median is only asked for where it can matter: it is never below the smallest weight."""
    largest = 0.0
    if ratio > LARGEST:
        column = table[design.weight].cast("float64")
        [seen] = pulled(table.aggregate(most=column.max(), median=column.median())).to_pylist()
        largest = seen["most"] / seen["median"] if seen["median"] else math.inf
    if spread > VARIATION * mean or largest > LARGEST:
        return (warned("weight_spread", variation=round(spread / mean, 2), largest=round(largest, 1)),)
    return ()


def _off(design: Design, total: float) -> tuple[Warned, ...]:
    if design.population and abs(total - design.population) > OFF * design.population:
        total = float(f"{total:.{SURE}g}")
        return (warned("weight_sum", sum=round(total), population=round(design.population)),)
    return ()
