"""Initiatives come into the register and change there. Forms and files go the same way: as a record."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.initiatives.formats.kept import as_json
from learnin.initiatives.formats.record import Record
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import organisations, rows
from learnin.initiatives.queries import records
from learnin.initiatives.queries.organisations import Known, known
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person
from learnin.people.queries import areas_of
from learnin.people.roles import Can, may


class Unregistrable(Refusal):
    """The record lacks what every initiative needs, or contradicts itself."""


class AlreadyRegistered(Refusal):
    """The register has this identifier already."""


def require_sense(record: Record) -> None:
    """Refuse a record that lacks what every initiative needs. Raises Unregistrable."""
    if not record.title:
        raise Unregistrable(_("Write the title of the initiative."))
    if not record.reporter.name:
        raise Unregistrable(_("Say which organisation tells us of it."))
    if record.is_reversed:
        raise Unregistrable(_("The end must not be before the beginning."))


def _require_free(country: Country, identifier: str, *, but: int | None = None) -> None:
    taken = Initiative.objects.filter(country=country, identifier=identifier).values_list("pk", flat=True)
    if identifier and set(taken) - {but}:
        raise AlreadyRegistered(
            _("The register has an initiative “%(identifier)s” already.") % {"identifier": identifier}
        )


@transaction.atomic
def register(
    country: Country,
    *,
    record: Record,
    by: Person,
    now: datetime,
    origin: str = Initiative.Origin.FORM,
    is_draft: bool = False,
) -> Initiative:
    """Put an initiative into the register. What a person writes here is confirmed by it; what a file told is not.

    Raises Unregistrable or AlreadyRegistered.
    """
    require_sense(record)
    _require_free(country, record.identifier)
    here = known(country)
    is_form = origin == Initiative.Origin.FORM and not is_draft
    made = Initiative.objects.create(
        country=country,
        reporter_id=organisations.find_or_add(country, record.reporter, known=here, by=by, now=now),
        origin=origin,
        is_draft=is_draft,
        told=None if origin in {Initiative.Origin.FORM, Initiative.Origin.GAP} else as_json(record),
        registered_by=by,
        registered_at=now,
        changed_at=now,
        confirmed_by=by if is_form else None,
        confirmed_at=now if is_form else None,
        **rows.columns(record),
    )
    _write_parts(made, record, here, by=by, now=now)
    entries.write("initiative.registered", made, by=by, now=now, country=country, after={"origin": origin})
    return made


@transaction.atomic
def change(initiative: Initiative, *, record: Record, by: Person, now: datetime) -> bool:
    """Write an initiative anew as the record tells it; the journal keeps both. Returns whether anything changed.

    What everybody reads is not confirmed any longer where somebody changes it who may not publish.

    Raises Unregistrable or AlreadyRegistered.
    """
    found = Initiative.objects.select_for_update(of=("self",)).select_related("country").get(pk=initiative.pk)
    require_sense(record)
    _require_free(found.country, record.identifier, but=found.pk)
    before = as_json(records.record_of(records.with_parts(Initiative.objects.filter(pk=found.pk)).get()))
    here = known(found.country)
    found.reporter_id = organisations.find_or_add(found.country, record.reporter, known=here, by=by, now=now)
    for name, value in rows.columns(record).items():
        setattr(found, name, value)
    found.save()
    for model in rows.PARTS:
        model._default_manager.filter(initiative=found).delete()
    _write_parts(found, record, here, by=by, now=now)
    after = as_json(records.record_of(records.with_parts(Initiative.objects.filter(pk=found.pk)).get()))
    if before == after:
        return False
    unsure = {} if _may_speak(found, by) else {"confirmed_at": None, "confirmed_by": None}
    Initiative.objects.filter(pk=found.pk).update(changed_at=now, **unsure)
    entries.write("initiative.changed", found, by=by, now=now, country=found.country, before=before, after=after)
    return True


def _may_speak(initiative: Initiative, by: Person) -> bool:
    """Whether what the person writes may be read as the task force's word: of what is published, only of leads."""
    return initiative.published_at is None or may(by, Can.PUBLISH_INITIATIVES, initiative.country)


def _write_parts(initiative: Initiative, record: Record, here: Known, *, by: Person, now: datetime) -> None:
    find = partial(organisations.find_or_add, initiative.country, known=here, by=by, now=now)
    areas = {area.code: area.pk for area in areas_of(initiative.country)}
    for part in rows.parts(initiative, record, find=find, areas=areas):
        part.save()
