"""Where the registers of countries stand, in as many queries for twenty-two as for one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Aggregate, Count, Exists, Max, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from learnin.initiatives.models import Agreement, Initiative, Pair, Party, Relation
from learnin.initiatives.queries.pairs import LIKELY
from learnin.journal.models import Entry
from learnin.kit.readings import reading
from learnin.people.models import Country
from learnin.taskforce.queries import standing as taskforce


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The register, the pairs and the agreements of one country.

    waits_since: since when the one that was registered first of those nobody confirmed waits.
    compared: whether the register was ever looked through for pairs.
    pairs, judged: pairs that are likely related; those of them that somebody judged.
    pairs_wait_since: since when the first of the likely pairs that nobody judged waits.
    overlaps: pairs that people found to overlap and nobody has proposed anything for.
    asked, objected: proposals without an end; those of them that a party does not accept as they stand.
    """

    country: Country
    has_task_force: bool = True
    registered: int = 0
    confirmed: int = 0
    waits_since: date | None = None
    drafts: int = 0
    compared: bool = False
    pairs: int = 0
    judged: int = 0
    pairs_wait_since: date | None = None
    overlaps: int = 0
    asked: int = 0
    objected: int = 0
    agreed: int = 0
    agreed_on: date | None = None


DAYS = ("waits_since", "pairs_wait_since", "agreed_on")


def here(country: Country) -> Standing:
    """The standing of one country, read once for each time the country is loaded."""
    return of([country])[country.pk]


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """The standing of each country, without asking again for one that was read already."""
    missing = [one for one in countries if "initiatives_standing" not in vars(one)]
    forces = taskforce.of(missing) if missing else {}
    found = {told["pk"]: told for told in _counts([one.pk for one in missing])} if missing else {}
    for one in missing:
        has_task_force = forces[one.pk].task_force is not None
        vars(one)["initiatives_standing"] = _standing(one, has_task_force, found[one.pk])
    return {one.pk: vars(one)["initiatives_standing"] for one in countries}


def _standing(country: Country, has_task_force: bool, told: dict[str, Any]) -> Standing:
    days = {name: _day(told[name], country) for name in DAYS}
    counted = {name: value for name, value in told.items() if name != "pk"}
    return Standing(country=country, has_task_force=has_task_force, **counted | days)


def _day(at: datetime | None, country: Country) -> date | None:
    return timezone.localtime(at, country.zone).date() if at else None


@reading
def _counts(countries: list[str]) -> QuerySet[Country, Any]:
    """One row for each country, in one question."""
    kept = Initiative.objects.filter(withdrawn_at__isnull=True, merged_into__isnull=True)
    registered = kept.filter(is_draft=False)
    # such a line is about the country itself, and lines about one thing are found at once, however many there are
    looked = Entry.objects.filter(on_app="people", on_model="country", on_id=OuterRef("pk"), verb="pairs.found")
    likely = Pair.objects.filter(LIKELY)
    proposals = Agreement.objects.filter(withdrawn_at__isnull=True)
    asked = proposals.filter(agreed_at__isnull=True)
    refusals = Party.objects.filter(
        agreement=OuterRef("pk"), edition=OuterRef("edition"), answer__in=[Party.Answer.OBJECT, Party.Answer.AMEND]
    )
    counted = {
        "registered": _many(registered),
        "confirmed": _many(registered.filter(confirmed_at__isnull=False)),
        "waits_since": _one(registered.filter(confirmed_at__isnull=True), Min("registered_at")),
        "drafts": _many(kept.filter(is_draft=True)),
        "compared": Exists(looked),
        "pairs": _many(likely),
        "judged": _many(likely.filter(judged_at__isnull=False)),
        "pairs_wait_since": _one(likely.filter(judged_at__isnull=True), Min("found_at")),
        "overlaps": _many(Pair.objects.filter(verdict=Relation.OVERLAP, agreements__isnull=True)),
        "asked": _many(asked),
        "objected": _many(asked.filter(Exists(refusals))),
        "agreed": _many(proposals.filter(agreed_at__isnull=False)),
        "agreed_on": _one(proposals, Max("agreed_at")),
    }
    return Country.objects.filter(pk__in=countries).annotate(**counted).order_by("pk").values("pk", *counted)


def _one(rows: QuerySet, told: Aggregate) -> Subquery:
    """One value of all rows of the country."""
    grouped = rows.filter(country=OuterRef("pk")).order_by().values("country")
    return Subquery(grouped.annotate(told=told).values("told"))


def _many(rows: QuerySet) -> Coalesce:
    """How many rows the country has."""
    return Coalesce(_one(rows, Count("pk")), 0)
