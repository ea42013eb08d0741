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


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """The standing of each country."""
    forces = taskforce.of(countries)
    found = {code: told for code, *told in _counts([one.pk for one in countries])}
    return {
        one.pk: _standing(one, forces[one.pk].task_force is not None, *found.get(one.pk, (0, 0, None)))
        for one in countries
    }


def _standing(
    country: Country, has_task_force: bool, registered: int, confirmed: int, since: datetime | None
) -> Standing:
    return Standing(
        country=country,
        has_task_force=has_task_force,
        registered=registered,
        confirmed=confirmed,
        waits_since=timezone.localtime(since, country.zone).date() if since else None,
    )


@reading
def _counts(countries: list[str]) -> QuerySet[Initiative, Any]:
    here = Initiative.objects.filter(
        country__pk__in=countries, is_draft=False, withdrawn_at__isnull=True, merged_into__isnull=True
    )
    counted = (
        here.order_by()
        .values("country")
        .annotate(
            registered=Count("pk"),
            confirmed=Count("confirmed_at"),
            since=Min("registered_at", filter=Q(confirmed_at__isnull=True)),
        )
    )
    return counted.values_list("country", "registered", "confirmed", "since")
