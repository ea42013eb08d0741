"""Plan an assessment: why, whom, how, until when, with which consent; and close it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.assessment.models import (
    Assessment,
    AssessmentDimension,
    AssessmentMandatePoint,
    Consent,
    Milestone,
    Population,
    RegionalAssessment,
)
from learnin.assessment.operations.rows import corrected, renew, still_open
from learnin.journal.operations import entries, notices
from learnin.kit import written
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person


class DaysTheWrongWayRound(Refusal):
    """It would end before it begins."""


class PopulationThere(Refusal):
    """This group is asked in this way already."""


class NotClosed(Refusal):
    """Only what was closed can be opened again."""


def require_order(starts_on: date, ends_on: date) -> None:
    """An assessment ends after it begins. Raises DaysTheWrongWayRound."""
    if ends_on < starts_on:
        day = written.day(starts_on)
        raise DaysTheWrongWayRound(_("The last day must be %(day)s or later, when it begins.") % {"day": day})


@transaction.atomic
def plan(
    country: Country,
    *,
    title: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    now: datetime,
    purpose: str = "",
    dimensions: Collection[str] = (),
    mandate_points: Collection[str] = (),
    coordinator: Person | None = None,
    regional: RegionalAssessment | None = None,
) -> Assessment:
    """Begin an assessment with its purpose and its days. Raises DaysTheWrongWayRound."""
    require_order(starts_on, ends_on)
    made = Assessment.objects.create(
        country=country,
        regional=regional,
        title=title,
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
        coordinator=coordinator,
        planned_by=by,
        planned_at=now,
    )
    _choose(made, dimensions=dimensions, mandate_points=mandate_points)
    after = {"title": title, "starts_on": starts_on, "ends_on": ends_on, "dimensions": list(dimensions)}
    entries.write("assessment.planned", made, by=by, now=now, country=country, after=after)
    _tell_coordinator(made, None, by, now)
    return made


def _tell_coordinator(assessment: Assessment, before: Person | None, by: Person, now: datetime) -> None:
    """Whoever coordinates from now on hears of it, unless they said so themselves."""
    person = assessment.coordinator
    if person and person not in (before, by):
        url = reverse("assessment:assessment", args=[assessment.pk])
        notices.tell(person, kind="assessment.given", params={"assessment": assessment.title}, url=url, now=now)


@transaction.atomic
def correct(
    assessment: Assessment,
    *,
    by: Person,
    now: datetime,
    dimensions: Collection[str],
    mandate_points: Collection[str],
    **new: Any,
) -> None:
    """Change title, purpose, days, coordinator, dimensions and mandate points.

    Raises AssessmentClosed, DaysTheWrongWayRound.
    """
    assessment = still_open(assessment.pk)
    require_order(new.get("starts_on", assessment.starts_on), new.get("ends_on", assessment.ends_on))
    was, led_by = _chosen(assessment), assessment.coordinator
    before, after = renew(assessment, new)
    _choose(assessment, dimensions=dimensions, mandate_points=mandate_points)
    chosen = _chosen(assessment)
    before |= {key: was[key] for key in was if was[key] != chosen[key]}
    after |= {key: chosen[key] for key in was if was[key] != chosen[key]}
    if "coordinator" in before:
        before["coordinator"], after["coordinator"] = (str(one or "") for one in (led_by, assessment.coordinator))
    if before:
        verb, country = "assessment.corrected", assessment.country
        entries.write(verb, assessment, by=by, now=now, country=country, before=before, after=after)
    _tell_coordinator(assessment, led_by, by, now)


def _chosen(assessment: Assessment) -> dict[str, list[str]]:
    return {
        "dimensions": sorted(assessment.dimensions.values_list("dimension", flat=True)),
        "mandate_points": sorted(assessment.mandate_points.values_list("mandate_point", flat=True)),
    }


def _choose(assessment: Assessment, *, dimensions: Collection[str], mandate_points: Collection[str]) -> None:
    """From now on exactly these dimensions and mandate points."""
    assessment.dimensions.exclude(dimension__in=dimensions).delete()
    assessment.mandate_points.exclude(mandate_point__in=mandate_points).delete()
    for dimension in dimensions:
        AssessmentDimension.objects.get_or_create(assessment=assessment, dimension=dimension)
    for point in mandate_points:
        AssessmentMandatePoint.objects.get_or_create(assessment=assessment, mandate_point=point)


@transaction.atomic
def protect(
    assessment: Assessment,
    *,
    ethics: str,
    keep_answers_until: date | None,
    keep_contacts_until: date | None,
    by: Person,
    now: datetime,
) -> None:
    """Say how people are protected, and until when their answers and contact details are kept.

    Raises AssessmentClosed.
    """
    assessment = still_open(assessment.pk)
    new = {
        "ethics": ethics,
        "keep_answers_until": keep_answers_until,
        "keep_contacts_until": keep_contacts_until,
    }
    corrected(assessment, new, verb="assessment.corrected", country=assessment.country, by=by, now=now)


@transaction.atomic
def close(assessment: Assessment, *, by: Person, now: datetime) -> None:
    """End the work on an assessment: what belongs to it stays as it is. Raises AssessmentClosed."""
    assessment = still_open(assessment.pk)
    assessment.closed_at, assessment.closed_by = now, by
    assessment.save(update_fields=["closed_at", "closed_by"])
    entries.write("assessment.closed", assessment, by=by, now=now, country=assessment.country)


@transaction.atomic
def reopen(assessment: Assessment, *, by: Person, now: datetime) -> None:
    """Take up a closed assessment again. Raises NotClosed."""
    assessment = Assessment.objects.select_for_update(of=("self",)).select_related("country").get(pk=assessment.pk)
    if not assessment.closed_at:
        raise NotClosed(_("This assessment is open."))
    assessment.closed_at = assessment.closed_by = None
    assessment.save(update_fields=["closed_at", "closed_by"])
    entries.write("assessment.reopened", assessment, by=by, now=now, country=assessment.country)


# whom we ask


def _require_new(assessment: Assessment, audience: str, method: str, own: int = 0) -> None:
    there = assessment.populations.filter(audience=audience, method=method).exclude(pk=own).first()
    if there:
        raise PopulationThere(_("This group is in the plan already: %(population)s.") % {"population": there})


def _population(population: Population) -> dict[str, Any]:
    return {
        "audience": population.audience,
        "population_method": population.method,
        "target": population.target,
        "note": population.note,
    }


@transaction.atomic
def add_population(
    assessment: Assessment, *, audience: str, method: str, target: int | None, note: str = "", by: Person, now: datetime
) -> Population:
    """Say whom the assessment asks, and how. Raises AssessmentClosed, PopulationThere."""
    assessment = still_open(assessment.pk)
    _require_new(assessment, audience, method)
    made = Population.objects.create(
        assessment=assessment, audience=audience, method=Population.Method(method), target=target, note=note
    )
    entries.write("population.added", made, by=by, now=now, country=assessment.country, after=_population(made))
    return made


@transaction.atomic
def correct_population(population: Population, *, by: Person, now: datetime, **new: Any) -> None:
    """Change whom the assessment asks, or how many. Raises AssessmentClosed, PopulationThere."""
    assessment = still_open(population.assessment_id)
    population = Population.objects.select_for_update().get(pk=population.pk)
    _require_new(
        assessment, new.get("audience", population.audience), new.get("method", population.method), population.pk
    )
    before = _population(population)
    if renew(population, new)[0]:
        entries.write(
            "population.corrected",
            population,
            by=by,
            now=now,
            country=assessment.country,
            before=before,
            after=_population(population),
        )


@transaction.atomic
def remove_population(population: Population, *, by: Person, now: datetime) -> None:
    """Take a group out of the plan. Raises AssessmentClosed."""
    assessment = still_open(population.assessment_id)
    entries.write(
        "population.removed", population, by=by, now=now, country=assessment.country, before=_population(population)
    )
    population.delete()


# the calendar


@transaction.atomic
def add_milestone(assessment: Assessment, *, text: str, due_on: date, by: Person, now: datetime) -> Milestone:
    """Put a day into the calendar. Raises AssessmentClosed."""
    assessment = still_open(assessment.pk)
    made = Milestone.objects.create(assessment=assessment, text=text, due_on=due_on)
    entries.write("milestone.added", made, by=by, now=now, country=assessment.country, after={"due_on": due_on})
    return made


@transaction.atomic
def correct_milestone(milestone: Milestone, *, by: Person, now: datetime, **new: Any) -> None:
    """Change what is to be done, or until when. Raises AssessmentClosed."""
    assessment = still_open(milestone.assessment_id)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    corrected(milestone, new, verb="milestone.corrected", country=assessment.country, by=by, now=now)


@transaction.atomic
def finish_milestone(milestone: Milestone, *, on: date | None, by: Person, now: datetime) -> None:
    """Note on which day it was done; without a day, that it is not done after all. Raises AssessmentClosed."""
    assessment = still_open(milestone.assessment_id)
    milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
    verb = "milestone.done" if on else "milestone.reopened"
    corrected(milestone, {"done_on": on}, verb=verb, country=assessment.country, by=by, now=now)


@transaction.atomic
def remove_milestone(milestone: Milestone, *, by: Person, now: datetime) -> None:
    """Take a day out of the calendar. Raises AssessmentClosed."""
    assessment = still_open(milestone.assessment_id)
    before = {"due_on": milestone.due_on}
    entries.write("milestone.removed", milestone, by=by, now=now, country=assessment.country, before=before)
    milestone.delete()


# what people read before they answer


@transaction.atomic
def write_consent(assessment: Assessment, *, language: str, age: str, text: str, by: Person, now: datetime) -> Consent:
    """Write what people of one age read before they answer, in one language. Raises AssessmentClosed."""
    assessment = still_open(assessment.pk)
    made = assessment.consents.filter(language=language, age=age).first()
    before = {"text": made.text if made else ""}
    if made is None:
        made = Consent.objects.create(assessment=assessment, language=language, age=Consent.Age(age), text=text)
    else:
        renew(made, {"text": text})
    if before["text"] != text:
        entries.write(
            "consent_text.written",
            made,
            by=by,
            now=now,
            country=assessment.country,
            before=before,
            after={"text": text},
        )
    return made


@transaction.atomic
def remove_consent(consent: Consent, *, by: Person, now: datetime) -> None:
    """Take a consent text away. Raises AssessmentClosed."""
    assessment = still_open(consent.assessment_id)
    before = {"text": consent.text}
    entries.write("consent_text.removed", consent, by=by, now=now, country=assessment.country, before=before)
    consent.delete()
