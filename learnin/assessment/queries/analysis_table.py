"""The table that estimates are made of: a row for each answer, a column for each question and each grouping.

Nothing in it says who somebody is. An answer is known by its instance id, the KEY of every export. Groups may be made
of a question about the person, as sex or age are, where people chose from given answers; a group is never one person.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import islice

import polars as pl

from learnin.assessment.formats.indicator import Asked
from learnin.assessment.formats.tables import Column, Record, Table
from learnin.assessment.models import Grouping, Round
from learnin.assessment.queries import analysis, exports

ANSWER = "answer"
PIECE = 5_000  # answers that become columns together


def table(
    round: Round, names: Collection[str], groupings: Sequence[Grouping], *, scope: str, until: datetime, total: int = 0
) -> pl.DataFrame:
    """The answers of a round, corrected, a row for each in the order of their ids: the questions named, and the groups.

    Questions and groupings that this round has not are left out. All columns hold texts; nothing said is null.
    """
    here = analysis.groupings_of(round, groupings)
    can_be_asked, can_split = analysis.measured(round.instrument), analysis.splitting(round.instrument)
    named = [name for name in dict.fromkeys(names) if name in can_be_asked]
    known = can_be_asked | can_split
    wanted = dict.fromkeys((*named, *(one.name for one in here if analysis.is_asked(one))))
    frame = _answers(round, [known[name] for name in wanted], scope=scope, until=until, total=total)
    if not all(analysis.is_asked(one) for one in here):
        frame = frame.join(_units(round, scope, until), on=ANSWER, how="left", maintain_order="left")
    return frame.select(ANSWER, *named, *(_group(one) for one in here))


def _group(grouping: Grouping) -> pl.Expr:
    """The group of each person; nothing where the value is no group."""
    source = pl.col(grouping.name if analysis.is_asked(grouping) else f"unit_{grouping.name}")
    return pl.when(source.is_in(grouping.missing).not_()).then(source).alias(analysis.column_of(grouping))


def _answers(round: Round, wanted: Sequence[Asked], *, scope: str, until: datetime, total: int) -> pl.DataFrame:
    """A column of texts for each question. Memory holds the columns, never the answers as they came."""
    places = list(dict.fromkeys(path for one in wanted for path in one.paths))
    layout = Table("answers", (Column(ANSWER), *(Column(path, question=path) for path in places)))
    names = [ANSWER, *(f"at {path}" for path in places)]
    records = exports.records(round, exports.wanted(round, scope, until=until), total=total)
    pieces = []
    while some := list(islice(records, PIECE)):
        pieces.append(_piece(layout, names, some))
    whole = pl.concat(pieces) if pieces else pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    said = [pl.coalesce(_said(f"at {path}") for path in one.paths).alias(one.name) for one in wanted]
    return whole.select(ANSWER, *said).sort(ANSWER)


def _piece(layout: Table, names: Sequence[str], records: Sequence[Record]) -> pl.DataFrame:
    columns = zip(*(layout.row((one.key,), one.data) for one in records), strict=True)
    return pl.DataFrame({name: pl.Series(column, dtype=pl.String) for name, column in zip(names, columns, strict=True)})


def _said(column: str) -> pl.Expr:
    return pl.when(pl.col(column) != "").then(pl.col(column))


def _units(round: Round, scope: str, until: datetime) -> pl.DataFrame:
    """What the list of units says of the unit of each answer."""
    way = "invitation__unit__unit__"
    rows = exports.wanted(round, scope, until=until).filter(invitation__unit__isnull=False)
    columns = {f"unit_{name}": list[str | None]() for name in analysis.frame_columns(round)}
    ids: list[str] = []
    told = (f"{way}{name}" for name in ("strata", *analysis.FROM_UNIT))
    for id_, strata, *also in rows.values_list("instance_id", *told):
        ids.append(id_)
        values = {**strata, **dict(zip(analysis.FROM_UNIT, also, strict=True))}
        for name, column in columns.items():
            column.append(str(values.get(name.removeprefix("unit_")) or "") or None)
    return pl.DataFrame({ANSWER: ids, **columns}, schema=dict.fromkeys((ANSWER, *columns), pl.String))
