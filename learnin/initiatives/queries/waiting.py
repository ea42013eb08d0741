"""What waits in the register for one person."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from learnin.initiatives.models import Initiative, Representative
from learnin.initiatives.queries import standing
from learnin.kit.readings import reading
from learnin.people.models import Country, Person


@dataclass(frozen=True)
class Waiting:
    """How many initiatives nobody confirmed, how many of them are the person's, and how many drafts the person has.

    changed: published ones that changed since they were confirmed; they are not among the others.
    """

    unconfirmed: int = 0
    own_unconfirmed: int = 0
    drafts: int = 0
    changed: int = 0


def of(person: Person, country: Country) -> Waiting:
    """What waits for the person in the register of a country; nothing is asked where nothing waits for anybody."""
    known = standing.here(country)
    if known.registered == known.confirmed and not known.drafts:
        return Waiting()
    return Waiting(*(_counts.first(person.pk, country.pk) or ()))


@reading
def _counts(person: int, country: str) -> QuerySet[Initiative, Any]:
    stands_for = Representative.objects.filter(
        person__pk=person, ended_at__isnull=True, organisation=OuterRef("reporter")
    )
    unconfirmed = Q(is_draft=False, confirmed_at__isnull=True, published_at__isnull=True)
    here = Initiative.objects.filter(country__pk=country, withdrawn_at__isnull=True, merged_into__isnull=True)
    here = here.filter(Q(confirmed_at__isnull=True) | Q(is_draft=True))
    counted = (
        here.annotate(is_theirs=Exists(stands_for))
        .order_by()
        .values("country")
        .annotate(
            unconfirmed=Count("pk", filter=unconfirmed),
            own_unconfirmed=Count("pk", filter=unconfirmed & Q(is_theirs=True)),
            drafts=Count("pk", filter=Q(is_draft=True, registered_by__pk=person)),
            changed=Count("pk", filter=Q(confirmed_at__isnull=True, published_at__isnull=False)),
        )
    )
    return counted.values_list("unconfirmed", "own_unconfirmed", "drafts", "changed")
