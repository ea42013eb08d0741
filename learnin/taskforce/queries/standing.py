"""Where the task forces of countries stand, in as many queries for twenty-two as for one."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Count, FilteredRelation, Max, Min, Q, QuerySet

from learnin.kit.readings import reading
from learnin.people.models import Country
from learnin.people.models.persons import Level, SpokenLanguage
from learnin.programme import reader
from learnin.programme.formats.items import Constituency
from learnin.taskforce.models import Meeting, Post, Seat, TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.queries.composition import SOON_DAYS


class SeatNow(NamedTuple):
    """A seat and who sits in it, as far as the pages above need it."""

    pk: int
    constituency: str
    title: str
    open_since: date
    sitting: int | None = None
    person: int | None = None
    name: str | None = None
    nominated_on: date | None = None
    appointed_on: date | None = None
    term_ends_on: date | None = None
    english: str | None = None

    @property
    def is_filled(self) -> bool:
        """Whether an appointed member sits here."""
        return self.appointed_on is not None

    def ends_soon(self, today: date) -> bool:
        """Whether the term of who sits here ends within sixty days."""
        return bool(self.is_filled and self.term_ends_on and (self.term_ends_on - today).days <= SOON_DAYS)


class PostNow(NamedTuple):
    """A post and who holds it."""

    kind: str
    component: str
    name: str
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class Silent:
    """A constituency with fewer members than the mandate asks for, and since when."""

    constituency: Constituency
    since: date


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is known of one country's task force on any day."""

    country: Country
    task_force: TaskForce | None = None
    seats: tuple[SeatNow, ...] = ()
    posts: tuple[PostNow, ...] = ()
    planned: int = 0
    held: int = 0
    sealed: int = 0
    first_held_on: date | None = None
    last_held_at: datetime | None = None

    @cached_property
    def filled(self) -> int:
        """Seats with an appointed member."""
        return sum(seat.is_filled for seat in self.seats)

    @property
    def is_over(self) -> bool:
        """Whether the task force handed its tasks over."""
        return bool(self.task_force and self.task_force.handed_over_on)

    def silent(self) -> list[Silent]:
        """Constituencies with fewer members than the mandate asks for, in the programme's order."""
        if self.task_force is None:
            return []
        found, filled = [], Counter(seat.constituency for seat in self.seats if seat.is_filled)
        for one in reader.current().constituencies:
            if filled[one.id] < one.seats_least:
                empty = [seat.open_since for seat in self.seats if seat.constituency == one.id and not seat.is_filled]
                found.append(Silent(constituency=one, since=min(empty, default=self.task_force.established_on)))
        return found

    def post(self, kind: PostKind, component: str = "") -> PostNow | None:
        """Who holds a post."""
        return next((post for post in self.posts if (post.kind, post.component) == (kind, component)), None)


@dataclass(frozen=True)
class Strip:
    """One constituency in the strip of seats."""

    name: str
    filled: int
    ending: int
    empty: int


def read(countries: Collection[Country], *, with_people: bool = True) -> dict[str, Standing]:
    """How each country's task force stands, by its code. Four queries, however many countries."""
    forces = _forces(countries)
    meetings = _meetings(forces.values())
    seats: dict[int, list[SeatNow]] = {}
    keys = [force.pk for force in forces.values()]
    if with_people:
        for key, *told in _seats(keys):
            seats.setdefault(key, []).append(SeatNow(*told))
    else:
        for key, pk, constituency, open_since, appointed_on in _filled_seats(keys):
            seats.setdefault(key, []).append(SeatNow(pk, constituency, "", open_since, appointed_on=appointed_on))
    posts: dict[int, list[PostNow]] = {}
    for key, *told in _posts(keys):
        posts.setdefault(key, []).append(PostNow(*told))
    found = {}
    for country in countries:
        force = forces.get(country.pk)
        found[country.pk] = Standing(
            country=country,
            task_force=force,
            seats=tuple(seats.get(force.pk, ())) if force else (),
            posts=tuple(posts.get(force.pk, ())) if force else (),
            **(meetings.get(force.pk, {}) if force else {}),
        )
    return found


def here(country: Country) -> Standing:
    """How the country's task force stands, read once for each time the country is loaded."""
    kept: dict = vars(country)
    if "task_force_standing" not in kept:
        kept["task_force_standing"] = read([country])[country.pk]
    return kept["task_force_standing"]


def of(countries: Collection[Country]) -> dict[str, Standing]:
    """How each country's task force stands as far as the route asks, read once for each time they are loaded.

    Of several countries, their seats are told without who sits there.
    """
    if len(countries) == 1:
        return {one.pk: here(one) for one in countries}
    missing = [one for one in countries if "task_force_glance" not in vars(one)]
    fresh = read(missing, with_people=False) if missing else {}
    for one in missing:
        vars(one)["task_force_glance"] = fresh[one.pk]
    return {one.pk: vars(one)["task_force_glance"] for one in countries}


def _forces(countries: Collection[Country]) -> dict[str, TaskForce]:
    """The task force of each country that has one, by its code; each knows its country."""
    by_code = {country.pk: country for country in countries}
    found = {force.country_id: force for force in _forces_of([*by_code])}
    for code, force in found.items():
        force.country = by_code[code]
    return found


@reading
def _forces_of(countries: list[str]) -> QuerySet[TaskForce]:
    return TaskForce.objects.filter(country__pk__in=countries)


def _open_seats(forces: list[int]) -> Any:
    sits = FilteredRelation("sittings", condition=Q(sittings__ended_on=None, sittings__is_deputy=False))
    rows = Seat.objects.filter(task_force__pk__in=forces, closed_on=None).annotate(sits=sits)
    return rows.order_by("number", "pk")


@reading
def _filled_seats(forces: list[int]) -> QuerySet[Seat, Any]:
    return _open_seats(forces).values_list("task_force", "pk", "constituency", "open_since", "sits__appointed_on")


@reading
def _seats(forces: list[int]) -> QuerySet[Seat, Any]:
    return _open_seats(forces).values_list(
        "task_force",
        "pk",
        "constituency",
        "title",
        "open_since",
        "sits",
        "sits__person",
        "sits__name",
        "sits__nominated_on",
        "sits__appointed_on",
        "sits__term_ends_on",
        "sits__english",
    )


@reading
def _posts(forces: list[int]) -> QuerySet[Post, Any]:
    held = Post.objects.filter(task_force__pk__in=forces, ended_on=None).order_by("starts_on", "pk")
    return held.values_list("task_force", *PostNow._fields)


def _meetings(forces: Collection[TaskForce]) -> dict[int, dict[str, Any]]:
    """The meetings of each task force, counted in the database: how many are planned, held and sealed, first and last.

    Its first is told on its day in the country.
    """
    counted = _counted([force.pk for force in forces])
    zones = {force.pk: force.country.zone for force in forces}
    return {
        force: {
            "planned": planned - held,
            "held": held,
            "sealed": sealed,
            "first_held_on": first.astimezone(zones[force]).date() if first else None,
            "last_held_at": last,
        }
        for force, planned, held, sealed, first, last in counted
    }


@reading
def _counted(forces: list[int]) -> QuerySet[Meeting, Any]:
    held = Q(held_at__isnull=False)
    there = Meeting.objects.filter(task_force__pk__in=forces, cancelled_at=None).order_by()
    return there.values_list("task_force").annotate(
        all=Count("pk"),
        held=Count("held_at"),
        sealed=Count("approved_at"),
        first=Min("starts_at", filter=held),
        last=Max("starts_at", filter=held),
    )


def strip(here: Standing, today: date) -> list[Strip]:
    """Each constituency of the programme with its seats: filled, ending soon, empty."""
    found = []
    for one in reader.current().constituencies:
        seats = [seat for seat in here.seats if seat.constituency == one.id]
        filled, ending = sum(seat.is_filled for seat in seats), sum(seat.ends_soon(today) for seat in seats)
        empty = len(seats) - filled or (0 if seats else one.seats_least)
        found.append(Strip(name=one.name, filled=filled - ending, ending=ending, empty=empty))
    return found


def english_cover(here: Standing) -> tuple[int, int]:
    """How many members work in the shared language at the level the programme asks for, and how many there are.

    A member's level is what they told themselves, else what the nomination says.
    """
    rule, levels = reader.current().task_force, list(Level.values)
    members = [seat for seat in here.seats if seat.is_filled]
    told = dict(_spoken([one.person for one in members if one.person], rule.shared_language))
    reached = [(one.person and told.get(one.person)) or one.english for one in members]
    return sum(level in levels[levels.index(rule.shared_level) :] for level in reached), len(members)


@reading
def _spoken(people: list[int], language: str) -> QuerySet[SpokenLanguage, tuple[int, str]]:
    return SpokenLanguage.objects.filter(person__pk__in=people, language=language).values_list("person", "level")
