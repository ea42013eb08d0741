"""The one pass over the answers: weighted sums in every cell of groups, strata and sampled units."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
from ibis.expr.types import BooleanValue, NumericValue, Scalar, Table

from learnin.compute.survey.adding import Rows, loads, parted, streamed
from learnin.compute.survey.arrays import EXACT, Real, narrowed
from learnin.compute.survey.columns import NUMBERS, UNREADABLE, Columns
from learnin.compute.survey.design import Design
from learnin.compute.survey.handing import CELL, Joined, Lying
from learnin.compute.survey.keys import Key, coded, in_order, telling
from learnin.compute.survey.placing import ends, placed
from learnin.compute.survey.scales import NARROW, Number, Seen, finite
from learnin.compute.survey.sources import ROW, boxed, lying, pulled, streams, unboxed
from learnin.compute.survey.sums import EVERYBODY, Sums
from learnin.compute.survey.weights import Weights

WIDE = "decimal(19, 0)"  # the product of two has 38 digits, as many as every engine knows
WEIGHT = "weight_of_the_row"


@dataclass(frozen=True, eq=False)
class Cells:
    """The small table: one line for each group, stratum and unit that have rows, sorted by stratum and units.

    Args:
        keys: by column, what the cells are grouped by.
        rows: rows of each cell, shape (cells,).
        active: rows with a weight above zero.
        sizes: smallest and largest of how many units exist, by column.
        sums: weighted sums by name, whole numbers in as little room as they need; above 2**53 as doubles, rounded.
        scales: what to divide them by, by name.
        answers: how many answered, by name.
        seen: what was seen of the columns on the way; nothing where they were not handed over.
    """

    keys: Mapping[str, Key]
    rows: Real
    active: Real
    sizes: Mapping[str, tuple[Real, Real]]
    sums: Mapping[str, Real]
    scales: Mapping[str, float]
    answers: Mapping[str, Real]
    seen: Seen


def unit_columns(design: Design) -> tuple[str, ...]:
    """The columns that tell strata and units apart, from the first stage on."""
    units = tuple(stage.unit or ROW for stage in design.drawn)
    return ((design.strata,) if design.strata else ()) + units


def added_up(
    table: Table, design: Design, by: Iterable[str], weights: Weights, sums: Sums, watched: Sequence[str] = ()
) -> Cells:
    """Add up everything the items ask for.

    Weights and numbers are whole numbers here, so the sums are exact: neither the order of the rows nor the number of
    threads changes a bit. Columns that lie there as they are needed are read without an engine. Else an engine in this
    process groups the rows and hands them over; sums that need more than one word of the machine it adds up itself, and
    an engine elsewhere adds up all.
    """
    named = tuple(dict.fromkeys([*by, *unit_columns(design)]))
    if not streams(table):
        return _grouped(table, design, named, weights, sums)[0]
    rows = Rows(table, design.weight, watched)
    if columns := lying(table):
        with suppress(*UNREADABLE), closing(columns):
            if found := _lying(columns, rows, design, named, weights, sums):
                return found
    cells, hand = _grouped(table, design, named, weights, Sums())
    here, there = parted(sums, weights, hand.bits)
    added = streamed(rows, hand, weights, here)
    if added is None:  # keys that are not equal to themselves once they were handed over
        return _grouped(table, design, named, weights, sums)[0]
    wide = _grouped(table, design, named, weights, there)[0] if there.weighted or there.answered else cells
    return replace(
        wide,
        sums={**added.sums, **wide.sums}, scales=_scales(weights, sums), answers={**added.answers, **wide.answers},
        seen=added.seen,
    )  # fmt: skip


def _lying(
    columns: Columns, rows: Rows, design: Design, named: Sequence[str], weights: Weights, sums: Sums
) -> Cells | None:
    """Everything from columns that are read as they lie there; nothing where that is not enough."""
    wanted, sizes = loads(rows, sums), [stage.size for stage in design.drawn if stage.size]
    if any(load.value is not None for load in wanted.values()):
        return None
    if not columns.hold([design.weight, *wanted, *sizes], *NUMBERS):
        return None
    units = unit_columns(design)
    there = placed(columns, units, [one for one in named if one not in units])
    if there is None:
        return None
    hand = Lying(there.rows, columns, there.cell)
    here, others = parted(sums, weights, hand.bits)
    if others.weighted or others.answered:
        return None
    added = streamed(rows, hand, weights, here)
    if added is None:
        return None
    return Cells(
        keys=there.keys, rows=there.rows, active=added.answers[EVERYBODY] if weights.has_zeros else there.rows,
        sizes={size: ends(columns, there, size) for size in sizes}, sums=added.sums, scales=_scales(weights, sums),
        answers=added.answers, seen=added.seen,
    )  # fmt: skip


def _grouped(
    table: Table, design: Design, named: tuple[str, ...], weights: Weights, sums: Sums
) -> tuple[Cells, Joined]:
    """The cells with what an engine adds up for them, and their keys as it knows them."""
    whole = {WEIGHT: weights.number.whole}  # once for each row, not once for each sum
    if sums.weighted or sums.answered:
        with_weights = table.mutate(**whole)
    else:
        with_weights = table.select(*dict.fromkeys([*named, *(one.size for one in design.drawn if one.size)]), **whole)
    asked = _asked(with_weights, design, weights, sums)
    renamed = {f"m{at}": value for at, value in enumerate(asked.values())}
    found = pulled(
        with_weights.group_by(**{f"k{at}": with_weights[name] for at, name in enumerate(named)}).aggregate(**renamed)
    )
    keys = {name: coded(found[f"k{at}"]) for at, name in enumerate(named)}
    units = unit_columns(design)
    order = in_order([keys[name] for name in (*units, *(one for one in named if one not in units))])
    added = {name: _doubles(found[f"m{at}"])[order] for at, name in enumerate(asked)}
    cells = Cells(
        keys={name: Key(key.values, key.code[order]) for name, key in keys.items()},
        rows=added["rows"],
        active=added["active"],
        sizes={
            stage.size: (added[f"least:{stage.size}"], added[f"most:{stage.size}"])
            for stage in design.drawn
            if stage.size
        },
        sums={name: narrowed(added[f"sum:{name}"]) for name in (*sums.weighted, *sums.answered)},
        scales=_scales(weights, sums),
        answers={name: narrowed(added[f"count:{name}"]) for name in sums.answered},
        seen={},
    )
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    apart = telling(keys)
    known = found.select([f"k{named.index(name)}" for name in apart])
    return cells, Joined(cells.rows, apart, known.append_column(CELL, boxed(place)))


def _scales(weights: Weights, sums: Sums) -> dict[str, float]:
    """What each sum is to be divided by."""
    weight = weights.number.scale
    return {name: weight * number.scale for name, number in sums.weighted.items()} | dict.fromkeys(
        sums.answered, weight
    )


def _asked(table: Table, design: Design, weights: Weights, sums: Sums) -> dict[str, Scalar]:
    weight, bits = table[WEIGHT], weights.number.bits + weights.rows.bit_length()
    active = weight > 0
    asked: dict[str, Scalar] = {"rows": table.count()}
    asked["active"] = _counted(active) if weights.has_zeros else table.count()
    for stage in design.drawn:
        if stage.size:
            size = finite(table, stage.size)
            asked[f"least:{stage.size}"] = size.fill_null(0).min()  # so that a gap is refused as none
            asked[f"most:{stage.size}"] = size.max()
    for name, number in sums.weighted.items():
        asked[f"sum:{name}"] = _weighted(weight, number, weights.number.bits + number.bits, bits + number.bits)
    for name, answered in sums.answered.items():
        if answered is None:
            asked[f"sum:{name}"], asked[f"count:{name}"] = weight.sum().cast("float64"), asked["active"]
            continue
        theirs = answered.ifelse(weight, None)
        asked[f"sum:{name}"] = _summed(theirs, bits)
        asked[f"count:{name}"] = _counted(answered & active) if weights.has_zeros else theirs.count()
    return asked


def _summed(whole: NumericValue, bits: int) -> NumericValue:
    """The sum of whole numbers, of at most so many bits: as doubles where these are exact, which take less room."""
    return whole.cast("float64").sum() if bits <= EXACT else whole.sum().cast("float64")


def _weighted(weight: NumericValue, number: Number, product: int, bits: int) -> NumericValue:
    """Weight times number, added up: with 64 bits where the product fits, with 38 digits where not."""
    if product <= NARROW:
        return _summed(weight * number.whole, bits)
    return (weight.cast(WIDE) * number.whole.cast(WIDE)).sum().cast("float64")


def _counted(answered: BooleanValue) -> NumericValue:
    return answered.ifelse(1, None).count()


def _doubles(column: pa.ChunkedArray) -> Real:
    """The numbers of a column; nothing is zero."""
    plain = column.combine_chunks()
    values, known = unboxed(plain.cast(pa.float64()) if pa.types.is_decimal(plain.type) else plain)
    doubles: Real = values.astype(np.float64)
    return np.nan_to_num(doubles if known is None else np.where(known, doubles, 0.0), nan=0.0)
