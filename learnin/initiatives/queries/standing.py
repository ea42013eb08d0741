"""Where the registers of countries stand, in as many queries for twenty-two as for one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, Exists, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from learnin.initiatives.models import Agreement, Initiative, Pair, Party, Relation
from learnin.kit.readings import reading
from learnin.people.models import Country
from learnin.taskforce.queries import standing as taskforce


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The register and the agreements of one country.

    waits_since: since when the one that was registered first of those nobody confirmed waits.
    overlaps: pairs that people found to overlap and nobody has proposed anything for.
    asked, objected: proposals without an end; those of them that a party does not accept as they stand.
    """

    country: Country
    has_task_force: bool = True
    registered: int = 0
    confirmed: int = 0
    waits_since: date | None = None
    overlaps: int = 0
    asked: int = 0
    objected: int = 0
    agreed: int = 0
    agreed_on: date | None = None


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """The standing of each country."""
    forces = taskforce.of(countries)
    found = {code: told for code, *told in _counts([one.pk for one in countries])}
    return {one.pk: _standing(one, forces[one.pk].task_force is not None, found[one.pk]) for one in countries}


def _standing(country: Country, has_task_force: bool, told: list[Any]) -> Standing:
    registered, confirmed, since, overlaps, asked, objected, agreed, agreed_at = told
    return Standing(
        country=country,
        has_task_force=has_task_force,
        registered=registered,
        confirmed=confirmed,
        waits_since=_day(since, country),
        overlaps=overlaps,
        asked=asked,
        objected=objected,
        agreed=agreed,
        agreed_on=_day(agreed_at, country),
    )


def _day(at: datetime | None, country: Country) -> date | None:
    return timezone.localtime(at, country.zone).date() if at else None


@reading
def _counts(countries: list[str]) -> QuerySet[Country, Any]:
    """One row for each country, in one question."""
    here = Initiative.objects.filter(is_draft=False, withdrawn_at__isnull=True, merged_into__isnull=True)
    unconfirmed = here.filter(confirmed_at__isnull=True)
    proposals = Agreement.objects.filter(withdrawn_at__isnull=True)
    asked = proposals.filter(agreed_at__isnull=True)
    refusals = Party.objects.filter(
        agreement=OuterRef("pk"), edition=OuterRef("edition"), answer__in=[Party.Answer.OBJECT, Party.Answer.AMEND]
    )
    counted = Country.objects.filter(pk__in=countries).annotate(
        registered=_many(here),
        confirmed=_many(here.filter(confirmed_at__isnull=False)),
        since=_one(unconfirmed, Min("registered_at")),
        overlaps=_many(Pair.objects.filter(verdict=Relation.OVERLAP, agreements__isnull=True)),
        asked=_many(asked),
        objected=_many(asked.filter(Exists(refusals))),
        agreed=_many(proposals.filter(agreed_at__isnull=False)),
        agreed_at=_one(proposals, Max("agreed_at")),
    )
    columns = ("registered", "confirmed", "since", "overlaps", "asked", "objected", "agreed", "agreed_at")
    return counted.order_by("pk").values_list("pk", *columns)


def _one(rows: QuerySet, told: Aggregate) -> Subquery:
    """One value of all rows of the country."""
    grouped = rows.filter(country=OuterRef("pk")).order_by().values("country")
    return Subquery(grouped.annotate(told=told).values("told"))


def _many(rows: QuerySet) -> Coalesce:
    """How many rows the country has."""
    return Coalesce(_one(rows, Count("pk")), 0)
