"""An assessment of the whole region: written once, with a copy in each country that gets it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Assessment, Instrument, RegionalAssessment, Version
from learnin.assessment.operations import instruments, plan
from learnin.assessment.operations.rows import renew
from learnin.assessment.queries import regional as queries
from learnin.assessment.queries.instruments import Findings
from learnin.journal.operations import entries, notices
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person


class NobodyToAsk(Refusal):
    """No country was chosen that has no copy yet."""


class CoreIsOut(Refusal):
    """Countries have the core questionnaire already."""


class CoreStops(Refusal):
    """The core questionnaire has problems with which no device could show it."""


@transaction.atomic
def write(
    *,
    title: str,
    purpose: str,
    starts_on: date,
    ends_on: date,
    by: Person,
    now: datetime,
    core: Book | None = None,
) -> RegionalAssessment:
    """Write an assessment for all countries. Nobody hears of it before it is sent. Raises DaysTheWrongWayRound."""
    plan.require_order(starts_on, ends_on)
    made = RegionalAssessment.objects.create(
        title=title,
        purpose=purpose,
        starts_on=starts_on,
        ends_on=ends_on,
        core=core.as_json() if core else {},
        written_by=by,
        written_at=now,
    )
    after = {"title": title, "starts_on": starts_on, "ends_on": ends_on}
    entries.write("regional_assessment.written", made, by=by, now=now, after=after)
    return made


@transaction.atomic
def correct(regional: RegionalAssessment, *, by: Person, now: datetime, core: Book | None = None, **new: Any) -> None:
    """Change the title, purpose, days or core. Copies that countries have stay as they are.

    Raises CoreIsOut, DaysTheWrongWayRound.
    """
    regional = RegionalAssessment.objects.select_for_update().get(pk=regional.pk)
    plan.require_order(new.get("starts_on", regional.starts_on), new.get("ends_on", regional.ends_on))
    before, after = renew(regional, new)
    if core:
        _require_at_home(regional)
        was, became = len(queries.names(Book.from_json(regional.core))), len(queries.names(core))
        renew(regional, {"core": core.as_json()})
        before, after = before | {"core_questions": was}, after | {"core_questions": became}
    if before:
        entries.write("regional_assessment.corrected", regional, by=by, now=now, before=before, after=after)


@transaction.atomic
def repair_core(
    regional: RegionalAssessment, *, by: Person, now: datetime, codes: Collection[str] | None = None
) -> Findings:
    """Mend the problems of these codes in the core; without codes, all that is safe to mend unasked.

    Gives what is left. Raises CoreIsOut, instruments.NothingToRepair.
    """
    regional = RegionalAssessment.objects.select_for_update().get(pk=regional.pk)
    _require_at_home(regional)
    before = queries.core_findings(regional)
    mended = instruments.mended(Book.from_json(regional.core), codes)
    renew(regional, {"core": mended.as_json()})
    left = queries.core_findings(regional)
    after = {"repaired": len({ill.code for ill in before.ills} - {ill.code for ill in left.ills})}
    entries.write("regional_assessment.core-repaired", regional, by=by, now=now, after=after)
    return left


def _require_at_home(regional: RegionalAssessment) -> None:
    """No country has the core yet. Raises CoreIsOut."""
    if regional.copies.exists():
        raise CoreIsOut(_("Countries have the core questionnaire already: it can no longer change."))


@transaction.atomic
def send(
    regional: RegionalAssessment, *, countries: Collection[Country], by: Person, now: datetime
) -> list[Assessment]:
    """Give each chosen country its own copy, with a draft of the core, and tell who leads it.

    Raises NobodyToAsk, CoreStops.
    """
    regional = RegionalAssessment.objects.select_for_update().get(pk=regional.pk)
    if queries.core_findings(regional).errors:
        raise CoreStops(_("The core questionnaire has problems that stop it. Look at them and repair them first."))
    there = set(regional.copies.values_list("country", flat=True))
    new = [place for place in countries if place.pk not in there]
    if not new:
        raise NobodyToAsk(_("Choose at least one country that has no copy yet."))
    entries.write("regional_assessment.sent", regional, by=by, now=now, after={"countries": [one.pk for one in new]})
    leads = queries.leads(new)
    made = [_copy(regional, place, by, now) for place in new]
    for copy in made:
        entries.write("regional_assessment.received", copy, by=by, now=now, country=copy.country)
        for person in leads[copy.country_id]:
            params = {"assessment": copy.title, "day": copy.ends_on.isoformat()}
            url = reverse("assessment:assessment", args=[copy.pk])
            notices.tell(person, kind="assessment.received", params=params, url=url, now=now)
    return made


def _copy(regional: RegionalAssessment, country: Country, by: Person, now: datetime) -> Assessment:
    copy = plan.plan(
        country,
        title=regional.title,
        purpose=regional.purpose,
        starts_on=regional.starts_on,
        ends_on=regional.ends_on,
        mandate_points=queries.mandate_points(),
        regional=regional,
        by=by,
        now=now,
    )
    if regional.core:
        instrument = Instrument.objects.create(
            country=country,
            assessment=copy,
            title=regional.title,
            form_id=queries.form_id(regional),
            core_names=list(queries.names(Book.from_json(regional.core))),
            added_by=by,
            added_at=now,
        )
        draft = Version(instrument=instrument, number=1)
        instruments.write_book(draft, Book.from_json(regional.core), by, now)
    return copy
