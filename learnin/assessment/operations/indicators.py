"""Indicators and groupings of an assessment: add, change, retire; take those that the question bank brings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment import bank_reader
from learnin.assessment.formats import bank
from learnin.assessment.formats.bank import Brought
from learnin.assessment.indicator_words import where_and_why
from learnin.assessment.models import Assessment, Grouping, Indicator, Instrument
from learnin.assessment.operations.rows import corrected, still_open
from learnin.assessment.queries import analysis, indicators
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

TOLD = (
    "code", "labels", "definition", "dimension", "theme", "component", "population", "direction", "concern", "severe",
    "unit",
)  # fmt: skip


class CodeTaken(Refusal):
    """Another indicator or grouping of the assessment has this code."""


class NotMeasurable(Refusal):
    """The definition does not fit what the questionnaire asks."""


class GroupsWithinGroups(Refusal):
    """A grouping can be told inside one that is inside none itself."""


@transaction.atomic
def add(assessment: Assessment, *, instrument: Instrument, by: Person, now: datetime, **said: Any) -> Indicator:
    """Add an indicator of a questionnaire. Raises AssessmentClosed, CodeTaken, NotMeasurable."""
    assessment = still_open(assessment.pk)
    _require_free(assessment, said["code"])
    _require_measurable(instrument, said["definition"])
    made = _new(assessment, instrument, by, now, **said)
    made.save()
    after = {key: getattr(made, key) for key in TOLD}
    entries.write("indicator.added", made, by=by, now=now, country=assessment.country, after=after)
    return made


@transaction.atomic
def correct(of: Indicator, *, by: Person, now: datetime, **said: Any) -> bool:
    """Change an indicator, and say whether anything differs. What was computed by the old definition stays in its run.

    Raises AssessmentClosed, CodeTaken, NotMeasurable.
    """
    still_open(of.assessment_id)
    of = Indicator.objects.select_for_update().get(pk=of.pk)
    if said.get("code", of.code) != of.code:
        _require_free(of.assessment, said["code"])
    if "definition" in said:
        _require_measurable(of.instrument, said["definition"])
    return corrected(of, said, verb="indicator.corrected", country=of.country, by=by, now=now)


@transaction.atomic
def retire(of: Indicator, *, by: Person, now: datetime) -> None:
    """Compute an indicator no longer. Its numbers of earlier runs stay. Raises AssessmentClosed."""
    still_open(of.assessment_id)
    of = Indicator.objects.select_for_update().get(pk=of.pk)
    if of.retired_at is None:
        of.retired_at, of.retired_by = now, by
        of.save(update_fields=["retired_at", "retired_by"])
        entries.write("indicator.retired", of, by=by, now=now, country=of.country)


@transaction.atomic
def bring_back(of: Indicator, *, by: Person, now: datetime) -> None:
    """Compute a retired indicator again. Raises AssessmentClosed."""
    still_open(of.assessment_id)
    of = Indicator.objects.select_for_update().get(pk=of.pk)
    if of.retired_at is not None:
        of.retired_at, of.retired_by = None, None
        of.save(update_fields=["retired_at", "retired_by"])
        entries.write("indicator.brought-back", of, by=by, now=now, country=of.country)


@transaction.atomic
def add_from_bank(assessment: Assessment, *, by: Person, now: datetime) -> int:
    """Add what the items of the question bank bring to the questionnaires that ask them, and tell how many.

    Indicators that are there stay as they are. Raises AssessmentClosed.
    """
    assessment = still_open(assessment.pk)
    added = 0
    for instrument in analysis.instruments(assessment):
        found = list(_brought(assessment, instrument, by, now))
        Indicator.objects.bulk_create(found)
        added += len(found)
        if found:
            told = {"indicators": len(found)}
            entries.write("indicators.brought", instrument, by=by, now=now, country=assessment.country, after=told)
    return added


def _brought(assessment: Assessment, instrument: Instrument, by: Person, now: datetime) -> Iterator[Indicator]:
    """The new indicators of a questionnaire. A question that another one asks too gets a code of its own."""
    known = analysis.measured(instrument)
    taken = set(assessment.indicators.values_list("code", flat=True))
    there = set(assessment.indicators.filter(instrument=instrument).values_list("source", flat=True))
    for one in bank.brought(bank_reader.current(), frozenset(known)):
        if one.code not in there and not list(indicators.does_not_fit(known, one.definition)):
            code = f"{one.code}_{instrument.pk}" if one.code in taken else one.code
            yield _out_of_bank(assessment, instrument, one, code, by, now)


@transaction.atomic
def take_in(assessment: Assessment, *, rows: Iterable[Mapping[str, Any]], by: Person, now: datetime) -> tuple[int, int]:
    """Add and change indicators as a workbook says, and tell how many of each.

    Raises AssessmentClosed, NotMeasurable.
    """
    there = {one.code: one for one in assessment.indicators.select_related("instrument", "assessment", "country")}
    added = changed = 0
    for row in rows:
        said = {key: value for key, value in row.items() if key != "instrument"}
        if row["code"] not in there:
            add(assessment, instrument=row["instrument"], by=by, now=now, **said)
            added += 1
        else:
            changed += correct(there[row["code"]], by=by, now=now, **said)
    return added, changed


@transaction.atomic
def add_grouping(
    assessment: Assessment, *, within: Grouping | None = None, by: Person, now: datetime, **said: Any
) -> Grouping:
    """Split the people of an assessment in one more way. Raises AssessmentClosed, CodeTaken, GroupsWithinGroups."""
    assessment = still_open(assessment.pk)
    if assessment.groupings.filter(code=said["code"]).exists():
        raise CodeTaken(_("Another grouping of this assessment has this code."))
    _require_flat(within)
    made = Grouping.objects.create(assessment=assessment, within=within, added_by=by, added_at=now, **said)
    told = {"code": made.code, "labels": made.labels, "question": made.name}
    entries.write("grouping.added", made, by=by, now=now, country=assessment.country, after=told)
    return made


@transaction.atomic
def remove_grouping(of: Grouping, *, by: Person, now: datetime) -> None:
    """Tell these groups no longer; runs keep what they have. Raises AssessmentClosed."""
    assessment = still_open(of.assessment_id)
    before = {"code": of.code, "labels": of.labels, "question": of.name}
    entries.write("grouping.removed", of, by=by, now=now, country=assessment.country, before=before)
    of.delete()


def _require_flat(within: Grouping | None) -> None:
    if within is not None and within.within_id is not None:
        raise GroupsWithinGroups(_("These groups are themselves told inside others. Choose a grouping that is not."))


def _require_free(assessment: Assessment, code: str) -> None:
    if assessment.indicators.filter(code=code).exists():
        raise CodeTaken(_("Another indicator of this assessment has this code."))


def _require_measurable(instrument: Instrument, definition: Mapping[str, Any]) -> None:
    """Raises NotMeasurable with the first thing that is wrong."""
    for wrong in indicators.does_not_fit(analysis.measured(instrument), definition):
        raise NotMeasurable(where_and_why(wrong))


def _new(assessment: Assessment, instrument: Instrument, by: Person, now: datetime, **said: Any) -> Indicator:
    return Indicator(
        country=assessment.country, assessment=assessment, instrument=instrument, added_by=by, added_at=now, **said
    )


def _out_of_bank(
    assessment: Assessment, instrument: Instrument, one: Brought, code: str, by: Person, now: datetime
) -> Indicator:
    """One of the bank for this questionnaire; the population is the questionnaire's, where the item is for it."""
    audience = instrument.audience
    return _new(
        assessment,
        instrument,
        by,
        now,
        code=code,
        labels=dict(one.name.words),
        definition=one.definition,
        dimension=one.dimension,
        theme=one.theme,
        component=one.component,
        population=audience if audience in one.population else one.population[0] if len(one.population) == 1 else "",
        direction=one.need,
        unit=one.unit,
        source=one.code,
    )
