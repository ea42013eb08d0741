"""Who can do what, and agreed to be found for it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from learnin.assessment.models import Expert, ExpertTheme
from learnin.assessment.operations.rows import renew
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

NOTHING_KEPT: dict[str, Any] = {"email": "", "organisation": "", "skills": "", "languages": []}


class OffTheList(Refusal):
    """Somebody who left the list is not changed any more."""


@transaction.atomic
def add(
    country: Country,
    *,
    name: str,
    skills: str,
    agreed_on: date,
    by: Person,
    now: datetime,
    email: str = "",
    organisation: str = "",
    themes: Collection[str] = (),
    languages: Collection[str] = (),
) -> Expert:
    """Put somebody on the list of experts who agreed to stand there; the day of the agreement is kept."""
    made = Expert.objects.create(
        country=country,
        person=_known(country, email),
        name=name,
        email=email,
        organisation=organisation,
        skills=skills,
        languages=list(languages),
        agreed_on=agreed_on,
        added_by=by,
        added_at=now,
    )
    _choose(made, themes)
    entries.write("expert.added", made, by=by, now=now, country=country, after={"agreed_on": agreed_on})
    return made


def _known(country: Country, email: str) -> Person | None:
    """Whoever works in the country under this address."""
    return Person.objects.filter(email__iexact=email, roles__country=country).first() if email else None


def _choose(expert: Expert, themes: Collection[str]) -> None:
    expert.themes.exclude(theme__in=themes).delete()
    for theme in themes:
        ExpertTheme.objects.get_or_create(expert=expert, theme=theme)


def _listed(pk: int) -> Expert:
    found = Expert.objects.select_for_update(of=("self",)).select_related("country").get(pk=pk)
    if found.withdrawn_at:
        raise OffTheList(_("This person is no longer on the list."))
    return found


@transaction.atomic
def correct(expert: Expert, *, by: Person, now: datetime, themes: Collection[str], **new: Any) -> None:
    """Change what an expert can do. The line says what changed; addresses stay out of it. Raises OffTheList."""
    expert = _listed(expert.pk)
    was = set(expert.themes.values_list("theme", flat=True))
    before, after = renew(expert, new | {"person": _known(expert.country, new.get("email", expert.email))})
    _choose(expert, themes)
    told = [{key: one[key] for key in one if key not in ("email", "person")} for one in (before, after)]
    if before or was != set(themes):
        entries.write("expert.corrected", expert, by=by, now=now, country=expert.country, before=told[0], after=told[1])


@transaction.atomic
def withdraw(expert: Expert, *, by: Person, now: datetime) -> None:
    """Take somebody off the list. That they had agreed stays; what was known of them goes. Raises OffTheList."""
    expert = _listed(expert.pk)
    entries.write("expert.withdrawn", expert, by=by, now=now, country=expert.country)
    renew(expert, NOTHING_KEPT | {"name": "", "person": None, "withdrawn_at": now})
    expert.themes.all().delete()


@transaction.atomic
def forget(person: Person, *, by: Person, now: datetime) -> None:
    """Somebody's data are erased: they leave every list of experts."""
    theirs = Expert.objects.filter(Q(person=person) | Q(email__iexact=person.email))
    for expert in theirs.order_by("pk"):
        renew(expert, NOTHING_KEPT | {"name": person.name_when_erased, "withdrawn_at": expert.withdrawn_at or now})
        expert.themes.all().delete()
