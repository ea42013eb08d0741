"""The table that estimates are made of: a row for each answer, a column for each question and each grouping.

Nothing in it says who somebody is. An answer is known by its instance id, the KEY of every export. Groups may be made
of a question about the person, as sex or age are, where people chose from given answers; a group is never one person.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import islice

import polars as pl
from django.db.models import Count, Max, Q, QuerySet

from learnin.assessment.formats import indicator
from learnin.assessment.formats.indicator import Asked
from learnin.assessment.formats.tables import Column, Record, Table
from learnin.assessment.models import Assessment, Correction, Grouping, Instrument, Review, Round, Submission
from learnin.assessment.queries import exports, questionnaire

ANSWER = "answer"
DOMAIN = "group_"  # before the code of a grouping, so that it is never the name of a question
PIECE = 5_000  # answers that become columns together
FROM_UNIT = ("area", "language")  # what a list of units says beside its strata


def rounds(assessment: Assessment) -> QuerySet[Round]:
    """The rounds of an assessment, the first first: planned for it, or asking one of its questionnaires."""
    found = Round.objects.filter(Q(assessment=assessment) | Q(assessment=None, instrument__assessment=assessment))
    return found.select_related("instrument", "sample__frame", "country").order_by("opens_at", "pk")


def instruments(assessment: Assessment) -> QuerySet[Instrument]:
    """The questionnaires of an assessment: its own, and those its rounds ask."""
    asks = Q(assessment=assessment) | Q(rounds__assessment=assessment)
    return Instrument.objects.filter(asks, country=assessment.country_id).distinct().order_by("title", "pk")


def measured(instrument: Instrument) -> dict[str, Asked]:
    """What can be measured of a questionnaire, in any version, by the name of its question."""
    return indicator.asked(questionnaire.of_instrument(instrument), personal=instrument.personal_names)


def splitting(instrument: Instrument) -> dict[str, Asked]:
    """What can split the people of a questionnaire into groups: one choice from given answers."""
    found = indicator.asked(questionnaire.of_instrument(instrument))
    return {name: one for name, one in found.items() if one.type == "select_one" and one.choices}


def mark(round: Round, scope: str) -> str:
    """Says where the answers of a round stand; another mark means that something about them has changed."""
    rows = exports.counted(round)
    if scope == exports.Export.Scope.APPROVED:
        rows = rows.filter(state=Submission.State.APPROVED)
    found = rows.aggregate(n=Count("pk"), last=Max("pk"))
    corrections = Correction.objects.filter(submission__round=round).aggregate(n=Count("pk"), last=Max("pk"))
    reviews = Review.objects.filter(submission__round=round).aggregate(last=Max("pk"))
    said = (found["n"], found["last"], corrections["n"], corrections["last"], reviews["last"])
    return ":".join(str(one or 0) for one in said)


def table(
    round: Round, names: Collection[str], groupings: Sequence[Grouping], *, scope: str, until: datetime, total: int = 0
) -> pl.DataFrame:
    """The answers of a round, corrected, a row for each in the order of their ids: the questions named, and the groups.

    Questions and groupings that this round has not are left out. All columns hold texts; nothing said is null.
    """
    here = groupings_of(round, groupings)
    can_be_asked, can_split = measured(round.instrument), splitting(round.instrument)
    named = [name for name in dict.fromkeys(names) if name in can_be_asked]
    known = can_be_asked | can_split
    wanted = dict.fromkeys((*named, *(one.name for one in here if _is_asked(one))))
    frame = _answers(round, [known[name] for name in wanted], scope=scope, until=until, total=total)
    if not all(_is_asked(one) for one in here):
        frame = frame.join(_units(round, scope, until), on=ANSWER, how="left", maintain_order="left")
    return frame.select(ANSWER, *named, *(_group(one) for one in here))


def groupings_of(round: Round, groupings: Sequence[Grouping]) -> list[Grouping]:
    """The groupings that tell the people of this round apart."""
    has_units = bool(round.sample_id) and not exports.is_unlinked(round)
    known = {True: splitting(round.instrument), False: frame_columns(round) if has_units else ()}
    return [one for one in groupings if one.name in known[_is_asked(one)]]


def frame_columns(round: Round) -> tuple[str, ...]:
    """What the list of units says of each, by which people can be split."""
    return (*round.sample.frame.strata, *FROM_UNIT) if round.sample is not None else ()


def column_of(grouping: Grouping) -> str:
    """The column of a grouping in the table."""
    return f"{DOMAIN}{grouping.code}"


def _is_asked(grouping: Grouping) -> bool:
    return grouping.kind == Grouping.Kind.QUESTION


def _group(grouping: Grouping) -> pl.Expr:
    """The group of each person; nothing where the value is no group."""
    source = pl.col(grouping.name if _is_asked(grouping) else f"unit_{grouping.name}")
    return pl.when(source.is_in(grouping.missing).not_()).then(source).alias(column_of(grouping))


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
    columns = {f"unit_{name}": list[str | None]() for name in frame_columns(round)}
    ids: list[str] = []
    for id_, strata, *also in rows.values_list("instance_id", f"{way}strata", *(f"{way}{one}" for one in FROM_UNIT)):
        ids.append(id_)
        values = {**strata, **dict(zip(FROM_UNIT, also, strict=True))}
        for name, column in columns.items():
            column.append(str(values.get(name.removeprefix("unit_")) or "") or None)
    return pl.DataFrame({ANSWER: ids, **columns}, schema=dict.fromkeys((ANSWER, *columns), pl.String))
