"""What the country has: platforms, content, devices, connections, money, trained people; and its culture."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from learnin.assessment.models import CultureProfile, Resource
from learnin.assessment.operations.rows import corrected, renew, require_uncited
from learnin.journal.operations import entries
from learnin.people.models import Country, Person


@transaction.atomic
def add(
    country: Country,
    *,
    kind: str,
    name: str,
    as_of: date,
    source: str,
    by: Person,
    now: datetime,
    description: str = "",
    owner: str = "",
    quantity: Decimal | None = None,
    unit: str = "",
) -> Resource:
    """Write down something the country has, and where this is known from."""
    made = Resource.objects.create(
        country=country,
        kind=Resource.Kind(kind),
        name=name,
        description=description,
        owner=owner,
        quantity=quantity,
        unit=unit,
        as_of=as_of,
        source=source,
        added_by=by,
        added_at=now,
    )
    after = {"kind": kind, "quantity": quantity, "unit": unit, "as_of": as_of}
    entries.write("resource.added", made, by=by, now=now, country=country, after=after)
    return made


@transaction.atomic
def correct(resource: Resource, *, by: Person, now: datetime, **new: Any) -> None:
    """Change what is known of a resource."""
    resource = Resource.objects.select_for_update(of=("self",)).select_related("country").get(pk=resource.pk)
    corrected(resource, new, verb="resource.corrected", country=resource.country, by=by, now=now)


@transaction.atomic
def remove(resource: Resource, *, by: Person, now: datetime) -> None:
    """Take a resource out of the inventory; the journal keeps what it was."""
    require_uncited(resource)
    before = {"kind": resource.kind, "quantity": resource.quantity, "unit": resource.unit, "as_of": resource.as_of}
    entries.write("resource.removed", resource, by=by, now=now, country=resource.country, before=before)
    resource.delete()


@transaction.atomic
def write_culture(country: Country, *, by: Person, now: datetime, **parts: str) -> CultureProfile:
    """Write what any solution must fit: languages, scripts, grades, calendar, minorities, norms."""
    found = CultureProfile.objects.select_for_update().filter(country=country).first()
    found = found or CultureProfile.objects.create(country=country, written_by=by, written_at=now)
    if corrected(found, parts, verb="culture.written", country=country, by=by, now=now):
        renew(found, {"written_by": by, "written_at": now})
    return found
