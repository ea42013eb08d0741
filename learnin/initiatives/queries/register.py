"""The register as a list: narrowed by what somebody looks for, sorted, with what a row shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet

from learnin.initiatives.models import (
    Initiative,
    InitiativeAudience,
    InitiativeComponent,
    InitiativeTheme,
    Organisation,
    Partner,
    Place,
    Status,
)
from learnin.people.models import Country
from learnin.people.queries import matching

SORTS = {
    "title": ("search_keys",),
    "reporter": ("reporter__search_keys",),
    "begins": ("begins_on",),
    "changed": ("changed_at",),
}
"""What a list is sorted by; the search keys of an initiative begin with its title, in one script for all."""
NEWEST = "-changed"
IN_REGISTER, DRAFTS, WITHDRAWN, MERGED = "", "draft", "withdrawn", "merged"
YES, NO = "yes", "no"
WHOLE_COUNTRY = "country"
"""As an area: initiatives that name none."""
NATIONAL = "whole"
"""As an area: initiatives that name none, but say that they take in the whole country."""
RUNNING = "now"
"""Initiatives that are not over: they run, or are planned."""
WIDE_SCOPES = ("1", "2", "3", "4")
"""Scopes of IATI that take in the whole country: from the whole world to one nation."""
OVER = (Status.CLOSED, Status.CANCELLED)


@dataclass(frozen=True)
class Wanted:
    """Which initiatives somebody wants to see; an empty word means any."""

    words: str = ""
    theme: str = ""
    audience: str = ""
    component: str = ""
    area: str = ""
    status: str = ""
    organisation: int | None = None
    running_on: date | None = None
    running: str = ""
    today: date | None = None
    confirmed: str = ""
    published: str = ""
    state: str = IN_REGISTER
    sort: str = NEWEST

    @property
    def is_narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return self != Wanted(sort=self.sort, today=self.today)


def narrowed(initiatives: QuerySet[Initiative], wanted: Wanted) -> QuerySet[Initiative]:
    """The initiatives that somebody wants, in the order they want them."""
    found = initiatives.filter(_in_state(wanted.state), _about(wanted), _said(wanted))
    if wanted.words:
        found = found.filter(_told_in(wanted.words))
    if wanted.running_on:
        day = wanted.running_on
        found = found.filter(Q(begins_on=None) | Q(begins_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day))
    if wanted.running == RUNNING and wanted.today:
        found = found.filter(not_over(wanted.today))
    return found.order_by(*_order(wanted.sort))


def _in_state(state: str) -> Q:
    if state == WITHDRAWN:
        return Q(withdrawn_at__isnull=False)
    if state == MERGED:
        return Q(merged_into__isnull=False)
    return Q(withdrawn_at=None, merged_into=None, is_draft=state == DRAFTS)


def _about(wanted: Wanted) -> Q:
    """Theme, audience, component, place and organisation: rows beside the initiative, each asked for by itself."""
    about = Q()
    if wanted.theme:
        about &= Q(pk__in=InitiativeTheme.objects.filter(theme=wanted.theme).values("initiative"))
    if wanted.audience:
        about &= Q(pk__in=InitiativeAudience.objects.filter(audience=wanted.audience).values("initiative"))
    if wanted.component:
        about &= Q(pk__in=InitiativeComponent.objects.filter(component=wanted.component).values("initiative"))
    if wanted.area:
        about &= in_area(wanted.area)
    if wanted.organisation:
        there = Partner.objects.filter(organisation=wanted.organisation).values("initiative")
        about &= Q(reporter=wanted.organisation) | Q(pk__in=there)
    return about


def not_over(today: date) -> Q:
    """Initiatives that run or are planned on a day."""
    return (Q(ends_on=None) | Q(ends_on__gte=today)) & ~Q(status__in=OVER)


def in_area(area: str) -> Q:
    """Initiatives for people of an area. Where one is itself counts only if it names no area of these people."""
    named = Place.objects.filter(area__isnull=False)
    if area in {WHOLE_COUNTRY, NATIONAL}:
        wide = Q(scope__in=WIDE_SCOPES) if area == NATIONAL else Q()
        return wide & ~Q(pk__in=named.values("initiative"))
    people = named.filter(reach=Place.Reach.BENEFICIARIES)
    there = Q(pk__in=people.filter(area__code=area).values("initiative"))
    at = Q(pk__in=named.filter(area__code=area).values("initiative")) & ~Q(pk__in=people.values("initiative"))
    return there | at


def _said(wanted: Wanted) -> Q:
    said = Q(status=wanted.status) if wanted.status else Q()
    for answer, column in ((wanted.confirmed, "confirmed_at"), (wanted.published, "published_at")):
        if answer:
            said &= Q(**{f"{column}__isnull": answer == NO})
    return said


def _told_in(words: str) -> Q:
    """By every word of its titles, its identifier or the names of who takes part, in any script."""
    known = Organisation.objects.filter(matching(words)).values("pk")
    there = Partner.objects.filter(organisation__in=known).values("initiative")
    return matching(words) | Q(identifier__iexact=words.strip()) | Q(reporter__in=known) | Q(pk__in=there)


def _order(sort: str) -> list[str]:
    backwards, key = sort.startswith("-"), sort.removeprefix("-")
    columns = SORTS.get(key) or SORTS["changed"]
    backwards = backwards if key in SORTS else True
    return [f"{'-' if backwards else ''}{column}" for column in (*columns, "pk")]


def with_rows(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """The same initiatives with what a row of the list shows."""
    places = Place.objects.select_related("area").order_by("pk")
    return initiatives.select_related("reporter").prefetch_related(
        Prefetch("places", places), Prefetch("components", InitiativeComponent.objects.order_by("pk"))
    )


def for_file(initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
    """The same with what the table to take along says."""
    partners = Partner.objects.select_related("organisation").order_by("pk")
    return with_rows(initiatives).prefetch_related(
        Prefetch("partners", partners),
        Prefetch("themes", InitiativeTheme.objects.order_by("pk")),
        Prefetch("audiences", InitiativeAudience.objects.order_by("pk")),
        "people",
        "money",
    )


@dataclass(frozen=True)
class Counts:
    """How many initiatives there are for this reader."""

    all: int
    confirmed: int
    published: int
    drafts: int


def counts(initiatives: QuerySet[Initiative]) -> Counts:
    """How many stand in the register, how many of them are confirmed and published, and how many are drafts."""
    here = Q(is_draft=False)
    told = initiatives.filter(withdrawn_at=None, merged_into=None).aggregate(
        all=Count("pk", filter=here),
        confirmed=Count("pk", filter=here & Q(confirmed_at__isnull=False)),
        published=Count("pk", filter=Q(published_at__isnull=False)),
        drafts=Count("pk", filter=Q(is_draft=True)),
    )
    return Counts(**told)


PUBLISHED = Q(published_at__isnull=False, withdrawn_at=None, merged_into=None, is_draft=False)
"""What everybody may read, in a country with a public page."""


def published(country: Country) -> QuerySet[Initiative]:
    """What everybody may read of a country."""
    return Initiative.objects.filter(PUBLISHED, country=country)


def where(one: Initiative) -> list[str]:
    """The places of an initiative by name, the regions of the country first, each once. Needs `with_rows`."""
    return where_of(one.places.all())


def where_of(places: Iterable[Place]) -> list[str]:
    """Names of places, each once."""
    return list(dict.fromkeys(str(place.area) if place.area else place.name for place in places if str(place)))
