"""Indicators as a workbook: what goes out, and what a workbook that comes back would change."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats import indicator_workbook
from learnin.assessment.formats.indicator import Asked
from learnin.assessment.formats.indicator_workbook import LABEL, Problem, Row, problem
from learnin.assessment.indicator_words import where_and_why
from learnin.assessment.models import Assessment, Indicator, Instrument
from learnin.assessment.queries import analysis, indicators
from learnin.kit import languages
from learnin.programme import reader
from learnin.programme.formats.items import Kind

OF_PROGRAMME = {"dimension": "dimension", "theme": "theme", "component": "component", "population": "audience"}
CHOICES = {"direction": Indicator.Direction.values, "unit": Indicator.Unit.values}
CODE = re.compile(r"[a-z](?:_?[a-z0-9])*")
SAYS: Mapping[str, str | Promise] = {
    "no_code": _("“%(found)s” is no code: small letters, digits and underscores."),
    "no_definition": _("“%(found)s” is no definition."),
    "no_name": _("Give it a name in at least one language."),
    "no_number": _("“%(found)s” is no number."),
    "not_known": _("“%(found)s” is not known here."),
    "twice": _("“%(found)s” stands in a row above."),
}


@dataclass(frozen=True)
class Told:
    """A problem in words, with its cell."""

    row: int
    column: str
    says: str


@dataclass(frozen=True)
class Incoming:
    """What a workbook says: rows to take in, as the operation takes them but for the questionnaire, and problems."""

    rows: tuple[Mapping[str, Any], ...]
    problems: tuple[Told, ...]
    added: tuple[str, ...]
    changed: tuple[str, ...]


def workbook(assessment: Assessment) -> bytes:
    """The indicators of an assessment as a workbook."""
    rows = [
        {**{key: getattr(one, key) for key in _KEPT}, "questionnaire": one.instrument.form_id}
        for one in indicators.indicators(assessment)
    ]
    spoken = [one.code for one in languages.interface()]
    written = [code for row in rows for code in row["labels"]]
    return indicator_workbook.written(rows, list(dict.fromkeys([*spoken, *written])))


_KEPT = ("code", *OF_PROGRAMME, *CHOICES, "concern", "severe", "labels", "definition")


def incoming(assessment: Assessment, content: bytes) -> Incoming:
    """What a workbook would change. Raises indicator_workbook.NotAWorkbook."""
    rows, unread = indicator_workbook.read(content)
    asked = {one.form_id: (one, analysis.measured(one)) for one in analysis.instruments(assessment)}
    there = {one.code: one for one in indicators.indicators(assessment, with_retired=True)}
    problems = [_told(one) for one in unread]
    taken: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        problems += _problems(row, asked, taken)
        taken.setdefault(row.texts.get("code", ""), _said(row))
    good = () if problems else tuple(taken.values())
    return Incoming(
        good,
        tuple(sorted(problems, key=lambda one: one.row)),
        tuple(row["code"] for row in good if row["code"] not in there),
        tuple(row["code"] for row in good if row["code"] in there and _differs(there[row["code"]], row)),
    )


def _said(row: Row) -> dict[str, Any]:
    plain = {key: row.texts.get(key, "") for key in ("code", "questionnaire", *OF_PROGRAMME, *CHOICES)}
    return {**plain, **row.numbers, "labels": dict(row.labels), "definition": dict(row.definition)}


def _differs(of: Indicator, row: Mapping[str, Any]) -> bool:
    return any(getattr(of, key) != row[key] for key in _KEPT)


def _problems(
    row: Row, asked: Mapping[str, tuple[Instrument, Mapping[str, Asked]]], taken: Mapping[str, object]
) -> Iterator[Told]:
    """What is wrong in a row, cell by cell."""
    headings = list(row.texts)

    def cell(heading: str, code: str) -> Told:
        return _told(problem(row.number, headings, heading, code, row.texts.get(heading, "")))

    code = row.texts.get("code", "")
    if not CODE.fullmatch(code):
        yield cell("code", "no_code")
    elif code in taken:
        yield cell("code", "twice")
    if not row.labels:
        yield cell(next((one for one in headings if one.startswith(LABEL)), "code"), "no_name")
    for heading, kind in OF_PROGRAMME.items():
        said = row.texts.get(heading, "")
        if said and reader.current().item(Kind(kind), said) is None:
            yield cell(heading, "not_known")
    for heading, known in CHOICES.items():
        if row.texts.get(heading, "") not in known:
            yield cell(heading, "not_known")
    if row.texts.get("questionnaire", "") not in asked:
        yield cell("questionnaire", "not_known")
    elif row.definition:
        at = problem(row.number, headings, indicator_workbook.DEFINITION, "")
        for wrong in indicators.does_not_fit(asked[row.texts["questionnaire"]][1], row.definition):
            yield Told(row.number, at.column, where_and_why(wrong))


def _told(one: Problem) -> Told:
    return Told(one.row, one.column, str(SAYS[one.code]) % {"found": one.found})
