"""Where the registers of countries stand, in as many queries for twenty-two as for one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from learnin.initiatives.models import Initiative
from learnin.kit.readings import reading
from learnin.people.models import Country
from learnin.taskforce.queries import standing as taskforce


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The register of one country."""

    country: Country
    has_task_force: bool = True
    registered: int = 0
    confirmed: int = 0
    waits_since: date | None = None
    """Since when the one that was registered first of those nobody confirmed waits."""
    drafts: int = 0


def here(country: Country) -> Standing:
    """The standing of one country, read once for each time the country is loaded."""
    return of([country])[country.pk]


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """The standing of each country, without asking again for one that was read already."""
    missing = [one for one in countries if "initiatives_standing" not in vars(one)]
    forces = taskforce.of(missing) if missing else {}
    found = {code: told for code, *told in _counts([one.pk for one in missing])} if missing else {}
    for one in missing:
        has_task_force = forces[one.pk].task_force is not None
        vars(one)["initiatives_standing"] = _standing(one, has_task_force, *found.get(one.pk, (0, 0, None, 0)))
    return {one.pk: vars(one)["initiatives_standing"] for one in countries}


def _standing(
    country: Country, has_task_force: bool, registered: int, confirmed: int, since: datetime | None, drafts: int
) -> Standing:
    return Standing(
        country=country,
        has_task_force=has_task_force,
        registered=registered,
        confirmed=confirmed,
        waits_since=timezone.localtime(since, country.zone).date() if since else None,
        drafts=drafts,
    )


@reading
def _counts(countries: list[str]) -> QuerySet[Initiative, Any]:
    told = Q(is_draft=False)
    here = Initiative.objects.filter(country__pk__in=countries, withdrawn_at__isnull=True, merged_into__isnull=True)
    counted = (
        here.order_by()
        .values("country")
        .annotate(
            registered=Count("pk", filter=told),
            confirmed=Count("confirmed_at", filter=told),
            since=Min("registered_at", filter=told & Q(confirmed_at__isnull=True)),
            drafts=Count("pk", filter=Q(is_draft=True)),
        )
    )
    return counted.values_list("country", "registered", "confirmed", "since", "drafts")
