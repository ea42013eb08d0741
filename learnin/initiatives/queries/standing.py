"""Where the registers of countries stand, in as many queries for twenty-two as for one."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from learnin.initiatives.models import Initiative, Pair
from learnin.initiatives.queries.pairs import LIKELY
from learnin.journal.models import Entry
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
    compared: bool = False
    """Whether the register was ever looked through for pairs."""
    pairs: int = 0
    """Pairs that are likely related, judged or not."""
    judged: int = 0
    pairs_wait_since: date | None = None
    """Since when the first of the likely pairs that nobody judged waits."""


def here(country: Country) -> Standing:
    """The standing of one country, read once for each time the country is loaded."""
    return of([country])[country.pk]


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """The standing of each country, without asking again for one that was read already."""
    missing = [one for one in countries if "initiatives_standing" not in vars(one)]
    fresh = _read(missing) if missing else {}
    for one in missing:
        vars(one)["initiatives_standing"] = fresh[one.pk]
    return {one.pk: vars(one)["initiatives_standing"] for one in countries}


def _read(countries: Collection[Country]) -> dict[str, Standing]:
    """Pairs are asked for only where something is registered, and journal lines only where there are no pairs."""
    forces = taskforce.of(countries)
    found = {code: told for code, *told in _counts([one.pk for one in countries])}
    filled = [code for code, (registered, *_rest) in found.items() if registered]
    likely = {code: told for code, *told in _pairs(filled)} if filled else {}
    unpaired = [code for code in filled if code not in likely]
    looked = {*likely, *(_looked(unpaired) if unpaired else ())}
    return {
        one.pk: replace(
            _standing(one, forces[one.pk].task_force is not None, *found.get(one.pk, (0, 0, None, 0))),
            compared=one.pk in looked,
            **_judged(one, *likely.get(one.pk, (0, 0, None))),
        )
        for one in countries
    }


def _judged(country: Country, pairs: int, judged: int, since: datetime | None) -> dict[str, Any]:
    day = timezone.localtime(since, country.zone).date() if since else None
    return {"pairs": pairs, "judged": judged, "pairs_wait_since": day}


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


@reading
def _pairs(countries: list[str]) -> QuerySet[Pair, Any]:
    """Likely pairs, of which both still count or which somebody judged: how many, how many judged, since when."""
    counted = (
        Pair.objects.filter(LIKELY, country__pk__in=countries)
        .order_by()
        .values("country")
        .annotate(
            pairs=Count("pk"),
            judged=Count("judged_at"),
            since=Min("found_at", filter=Q(judged_at__isnull=True)),
        )
    )
    return counted.values_list("country", "pairs", "judged", "since")


@reading
def _looked(countries: list[str]) -> QuerySet[Entry, str]:
    looked = Entry.objects.filter(verb="pairs.found", country__pk__in=countries).order_by()
    return looked.values_list("country", flat=True).distinct()
