"""Open data as it comes out of a round: what the disclosure check found, and the file where it may leave."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from learnin.assessment.formats import open_data
from learnin.assessment.formats.definition import Question
from learnin.assessment.formats.indicator import asked
from learnin.assessment.formats.tables import OF_THE_PERSON, SHAPES, is_named
from learnin.assessment.models import OpenData
from learnin.assessment.queries import analysis, open_data_files, open_data_rows, questionnaire
from learnin.assessment.queries.open_data_rows import Chosen, Ground, OutOfDate
from learnin.compute.commands.wrong import Wrong

MOMENTS = frozenset({"date", "time", "dateTime", "today", "start", "end"})


@dataclass(frozen=True)
class Made:
    """What was found, and the file; without one the answers may not leave."""

    outcome: dict[str, Any]
    groupings: list[str]
    indicators: list[str]
    content: bytes = b""


def made(of: OpenData) -> Made:
    """Check the answers of a round, and put those that may leave into a file."""
    try:
        on = open_data_rows.ground(of)
    except OutOfDate:
        return Made({"refused": "out_of_date"}, [], [])
    found = open_data_rows.chosen(of, on)
    groupings = [one.code for one in found.groupings]
    indicators = [one.code for one, _definition in found.indicators]
    outcome = _outcome(on, found)
    if not found.is_safe:
        return Made(
            outcome | {"refused": "nothing_left" if found.rows.after.is_safe else "stand_out"}, groupings, indicators
        )
    try:
        bundle = open_data_files.made(of, on, found)
    except Wrong:  # no weighted answer in some design, say
        return Made(outcome | {"refused": "no_numbers"}, groupings, indicators)
    there = [one.difference or 0.0 for one in bundle.numbers if one.row is not None]
    outcome["numbers"] = {"published": len(bundle.numbers), "there": len(there), "farthest": max(there, default=0.0)}
    outcome["files"] = {name: len(content) for name, content in bundle.files.items()}
    return Made(outcome, groupings, indicators, open_data.zipped(bundle.files, day=of.made_at.date()))


def _outcome(on: Ground, found: Chosen) -> dict[str, Any]:
    """The disclosure check as it is kept: codes and counts, no answers."""
    rows, hiding = found.rows, on.rules.hiding
    return {
        "rows": on.frame.height,
        "least_answers": hiding.least_answers,
        "least_psus": hiding.least_psus,
        "uniques": rows.uniques,
        "at_risk": rows.at_risk,
        "smallest": rows.after.k,
        "stand_out": len(rows.after.rows),
        "advice": [[one.column, one.rows_left] for one in rows.after.advice],
        "together": {code: list(values) for code, values in rows.together.items()},
        "groups": [[one.code, one.label(), one in found.groupings] for one in on.measured.groupings],
        "besides": open_data_rows.besides(on, found),
        "averaged": rows.averaged,
        "indicators": [[one.code, one.label(), found.stay.get(one.code, "")] for one, _definition in on.indicators],
        "questions": dict(_questions(on, found)),
    }


def _questions(on: Ground, found: Chosen) -> Iterator[tuple[str, str]]:
    """Why each question that does not go along stays, by its path."""
    round = on.part.round
    used = {name for _one, definition in found.indicators for name in definition.names}
    used |= {one.name for one in found.groupings if analysis.is_asked(one)}
    definitions = questionnaire.of_instrument(round.instrument)
    measured = asked(definitions, personal=round.instrument.personal_names)
    for one in {one.path: one for each in reversed(definitions) for one in each.questions if one.keeps_answer}.values():
        if one.name not in used:
            yield one.path, _why(one, one.name in measured, round.instrument.personal_names)


def _why(one: Question, can_be_measured: bool, personal: list[str]) -> str:
    if one.type in OF_THE_PERSON or is_named(one.path, personal):
        return "personal"
    if one.type in SHAPES:
        return "place"
    if one.type in MOMENTS:
        return "moment"
    if one.repeat:
        return "repeated"
    return "not_measured" if can_be_measured else "text"
