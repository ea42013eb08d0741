"""Where every country stands, in as many queries for twenty-two as for one, and however long their history."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.kit import parts, route, sorting
from learnin.kit.readings import reading
from learnin.kit.route import State
from learnin.people.models import Country
from learnin.programme import reader
from learnin.taskforce.models import ActionPoint, ActivityCopy, Meeting
from learnin.taskforce.queries import actions, activities, standing

QUIET = timedelta(days=90)
"""A task force that has not met in a quarter is quiet: the route asks for a first meeting within as many days."""
SHOWN = 6
MAP_FILE = Path(__file__).with_name("map.json")
BEGUN = (State.DOING, State.LATE)
Told = tuple[datetime, str, str, int]
"""Something ahead: when, its title, the code of its country, its key."""


@dataclass(frozen=True)
class Event:
    """Something ahead in a country, and the page that tells it."""

    at: datetime
    name: str
    country: Country
    page: str
    pk: int

    @property
    def url(self) -> str:
        """Where it can be read."""
        return reverse(self.page, args=[self.pk])


@dataclass(frozen=True)
class CountryLine:
    """One country at a glance."""

    country: Country
    name: str
    levels: tuple[str, ...]
    done: int
    length: int
    seats: int
    filled: int
    has_task_force: bool
    overdue: int
    met_at: datetime | None

    @property
    def level(self) -> str:
        """How far the country is on the whole route."""
        return level(self.done, self.length, has_begun=any(one not in ("no", "unknown") for one in self.levels))


@dataclass(frozen=True)
class LateAction:
    """An action whose day is over."""

    pk: int
    text: str
    due_on: date
    country: Country
    late: str


@dataclass(frozen=True)
class Overview:
    """The whole region today."""

    stages: tuple[str, ...]
    lines: tuple[CountryLine, ...]
    events: tuple[Event, ...]
    late_actions: tuple[LateAction, ...]
    last_activity: activities.Line | None

    @property
    def number(self) -> int:
        """How many countries there are, examples aside."""
        return sum(not line.country.is_example for line in self.lines)

    @property
    def rows(self) -> list[parts.MatrixRow]:
        """Countries by stages of the route."""
        return [parts.MatrixRow(line.name, line.levels, url=line.country.url) for line in self.lines]


def level(done: int, length: int, *, has_begun: bool) -> str:
    """How far something with steps is, as the matrix shows it."""
    if not length:
        return "unknown"
    if done == length:
        return "done"
    if 2 * done >= length:
        return "most"
    if done > 1:
        return "some"
    return "begun" if done or has_begun else "no"


@cache
def drawing() -> dict[str, Any]:
    """The map: how wide and high it is, and the outline of each country, by its code."""
    return json.loads(MAP_FILE.read_text(encoding="utf-8"))


def overview(today: date, now: datetime) -> Overview:
    """Every country, in the order of the reader's alphabet, an example last."""
    places = activities.countries()
    progress = route.progress(places, today)
    stages = [stage for stage in reader.current().stages if stage.id in progress]
    known = standing.of(places)
    late = _overdue(today)
    lines = []
    for place in places:
        steps = [progress[stage.id].get(place.pk, {}) for stage in stages]
        here = known[place.pk]
        lines.append(
            CountryLine(
                country=place,
                name=place.name,
                levels=tuple(_level(one) for one in steps),
                done=sum(_done(one) for one in steps),
                length=sum(len(one) for one in steps),
                seats=len(here.seats),
                filled=here.filled,
                has_task_force=here.task_force is not None,
                overdue=late.get(place.pk, 0),
                met_at=here.last_held_at,
            )
        )
    return Overview(
        stages=tuple(stage.name for stage in stages),
        lines=tuple(lines),
        events=tuple(_events(places, _first_meetings(now), _first_copies(now))[:SHOWN]),
        late_actions=tuple(_late_actions(places, today)),
        last_activity=activities.latest(places, now),
    )


def _done(steps: route.Steps) -> int:
    return sum(one.state is State.DONE for one in steps.values())


def _level(steps: route.Steps) -> str:
    return level(_done(steps), len(steps), has_begun=any(one.state in BEGUN for one in steps.values()))


def _overdue(today: date) -> Mapping[str, int]:
    """Open actions whose day is over, by country."""
    return dict(_late_in_countries(today))


@reading
def _late_in_countries(today: date) -> QuerySet[ActionPoint, tuple[str, int]]:
    late = ActionPoint.objects.filter(actions.OPEN, due_on__lt=today).order_by()
    return late.values_list("task_force__country").annotate(n=Count("pk"))


def _events(places: Sequence[Country], meetings: Iterable[Told], copies: Iterable[Told]) -> list[Event]:
    """Meetings and regional activities ahead, soonest first."""
    by_code = {place.pk: place for place in places}
    found = [Event(at, title, by_code[code], "taskforce:meeting", pk) for at, title, code, pk in meetings]
    found += [Event(at, title, by_code[code], "taskforce:activity", pk) for at, title, code, pk in copies]
    return sorted(found, key=lambda event: event.at)


def _meetings_ahead(now: datetime) -> QuerySet[Meeting, Told]:
    ahead = Meeting.objects.filter(ends_at__gte=now, held_at=None, cancelled_at=None).order_by("starts_at", "pk")
    return ahead.values_list("starts_at", "title", "task_force__country", "pk")


def _copies_ahead(now: datetime) -> QuerySet[ActivityCopy, Told]:
    ahead = ActivityCopy.objects.filter(
        ~Q(state=ActivityCopy.State.DECLINED),
        activity__starts_at__gte=now,
        activity__sent_at__isnull=False,
        activity__cancelled_at=None,
    )
    title = Case(When(title="", then="activity__title"), default="title")
    return ahead.order_by("activity__starts_at", "pk").values_list("activity__starts_at", title, "country", "pk")


@reading
def _first_meetings(now: datetime) -> QuerySet[Meeting, Told]:
    return _meetings_ahead(now)[:SHOWN]


@reading
def _first_copies(now: datetime) -> QuerySet[ActivityCopy, Told]:
    return _copies_ahead(now)[:SHOWN]


def next_events(found: Overview, now: datetime) -> dict[str, Event]:
    """What comes first in each country, by its code."""
    ahead = _events([line.country for line in found.lines], _meetings_ahead(now), _copies_ahead(now))
    return {event.country.pk: event for event in reversed(ahead)}


def _late_actions(places: Sequence[Country], today: date) -> list[LateAction]:
    """The actions that wait longest."""
    by_code = {place.pk: place for place in places}
    late = []
    for pk, text, due_on, code in _longest_late(today):
        days = (today - due_on).days
        words = ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
        late.append(LateAction(pk, text, due_on, by_code[code], words))
    return late


@reading
def _longest_late(today: date) -> QuerySet[ActionPoint, tuple[int, str, date, str]]:
    found = ActionPoint.objects.filter(actions.OPEN, due_on__lt=today).order_by("due_on", "pk")
    return found.values_list("pk", "text", "due_on", "task_force__country")[:SHOWN]


# What one may ask of the table: which countries, in which order.

SHOW: dict[str, Any] = {
    "": gettext_lazy("All countries"),
    "overdue": gettext_lazy("With overdue actions"),
    "empty": gettext_lazy("With empty seats"),
    "quiet": gettext_lazy("Without a meeting in 90 days"),
    "none": gettext_lazy("Without a task force"),
}
SORTS: dict[str, Callable[[CountryLine], Any]] = {
    "route": lambda line: line.done,
    "members": lambda line: line.filled,
    "overdue": lambda line: line.overdue,
    "met": lambda line: line.met_at.timestamp() if line.met_at else 0.0,
}


def wanted(found: Overview, *, show: str, sort: str, now: datetime) -> list[CountryLine]:
    """The lines somebody asks for; by name where nothing else is asked."""
    keeps: dict[str, Callable[[CountryLine], bool]] = {
        "overdue": lambda line: line.overdue > 0,
        "empty": lambda line: line.filled < line.seats,
        "quiet": lambda line: line.has_task_force and (line.met_at is None or now - line.met_at > QUIET),
        "none": lambda line: not line.has_task_force,
    }
    lines = [line for line in found.lines if show not in keeps or keeps[show](line)]
    key = sort.lstrip("-")
    if key == "country":
        lines = sorting.in_order(lines, key=lambda line: line.name)
    elif key in SORTS:
        lines = sorted(lines, key=SORTS[key])
    return lines[::-1] if sort.startswith("-") else lines


def sheet_heads(found: Overview) -> tuple[list[str], list[int]]:
    """The heads of the workbook's columns, and how wide they are."""
    own = [_("Code"), _("Country"), *found.stages, _("Steps done"), _("Steps"), _("Members"), _("Seats")]
    more = [_("Overdue actions"), _("Last meeting"), _("Next event"), _("On")]
    return [*own, *more], [6, 26, *[14 for _stage in found.stages], 11, 8, 10, 8, 12, 14, 40, 14]


def sheet_row(line: CountryLine, event: Event | None) -> list[str]:
    """A country and what comes next there, as a row of the workbook."""
    return [
        line.country.pk,
        line.name,
        *(str(parts.LEVELS[one].word) for one in line.levels),
        str(line.done),
        str(line.length),
        str(line.filled),
        str(line.seats),
        str(line.overdue),
        line.met_at.date().isoformat() if line.met_at else "",
        event.name if event else "",
        event.at.date().isoformat() if event else "",
    ]
