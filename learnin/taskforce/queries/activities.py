"""Regional activities: who leads a country, what each country answered, what waits."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import pgettext, pgettext_lazy

from learnin.kit import parts, sorting, zones
from learnin.kit.readings import reading
from learnin.people.models import Country, Person, Role
from learnin.people.roles import Kind, current
from learnin.taskforce.models import ActivityCopy, Post, RegionalActivity, Seat, Sitting
from learnin.taskforce.models.activities import end_of
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.queries import unfinished
from learnin.taskforce.queries.meetings import country_language

State = ActivityCopy.State
A_PAGE = 6
"""As many activities fit beside each other as a matrix shows without scrolling."""
ASK_AGAIN = timedelta(days=30)
"""A month after the deadline nobody is asked again: the matrix keeps what was not answered."""

HEADS = (Kind.CHAIR, Kind.COORDINATOR)
INSTEAD = (Kind.COUNTRY_ADMIN, Kind.COUNTRY_OFFICE)
LED_BY = (PostKind.CHAIR, PostKind.COORDINATOR)
TOOK_PART = (State.ATTENDED, State.PROVEN)
SAID_YES = (State.PLANNED, *TOOK_PART)

LEVELS: Mapping[str, parts.Level] = {
    "proven": parts.Level(
        "4", pgettext_lazy("activity", "evidence"), "●", pgettext_lazy("activity", "Took part and gave evidence")
    ),
    "attended": parts.Level("3", pgettext_lazy("activity", "came"), "◕", pgettext_lazy("activity", "Took part")),
    "planned": parts.Level("2", pgettext_lazy("activity", "yes"), "◑", pgettext_lazy("activity", "Takes part")),
    "declined": parts.Level(
        "0", pgettext_lazy("activity", "no"), "✕", pgettext_lazy("activity", "Declined, with a reason")
    ),
    "waiting": parts.Level(
        "unsure", pgettext_lazy("activity", "no answer"), "?", pgettext_lazy("activity", "No answer, still time")
    ),
    "overdue": parts.Level(
        "late", pgettext_lazy("activity", "overdue"), "!", pgettext_lazy("activity", "No answer, deadline passed")
    ),
    "none": parts.Level("na", "-", "-", pgettext_lazy("activity", "Not invited, or cancelled before an answer")),
}


@dataclass(frozen=True)
class Lead:
    """Somebody who answers for a country: reached by letter, with or without an account."""

    key: str
    name: str
    email: str
    language: str
    person: Person | None


@dataclass(frozen=True)
class Counts:
    """How many countries took each step; who gave evidence also came, who came also said yes."""

    invited: int
    answered: int
    takes_part: int
    took_part: int
    proven: int
    declined: int
    overdue: int

    @property
    def ladder(self) -> list[tuple[str, int]]:
        """The steps from invitation to evidence."""
        return [
            (pgettext("activity", "Invited"), self.invited),
            (pgettext("activity", "Answered"), self.answered),
            (pgettext("activity", "Takes part"), self.takes_part),
            (pgettext("activity", "Took part"), self.took_part),
            (pgettext("activity", "Gave evidence"), self.proven),
        ]


@dataclass(frozen=True)
class Line:
    """One activity with its counts."""

    activity: RegionalActivity
    counts: Counts


@dataclass(frozen=True)
class CopyLine:
    """One country's copy as the region sees it."""

    copy: ActivityCopy
    level: parts.Level
    is_overdue: bool


@dataclass(frozen=True)
class Matrix:
    """Countries by activities."""

    lines: list[Line]
    columns: list[str]
    rows: list[parts.MatrixRow]


def level(copy: ActivityCopy | None, now: datetime) -> str:
    """The cell of a country: what it answered; no answer is told apart from no."""
    if copy is None or (not copy.state and copy.activity.cancelled_at):
        return "none"
    return copy.state or ("overdue" if copy.is_overdue(now) else "waiting")


def counts(copies: Iterable[ActivityCopy], now: datetime) -> Counts:
    """The counts over the copies of one activity."""
    return _counted([(copy.state, copy.is_overdue(now)) for copy in copies])


def _counted(states: Sequence[tuple[str, bool]]) -> Counts:
    """The same of the answers alone, each with whether it is overdue."""
    return Counts(
        invited=len(states),
        answered=sum(bool(state) for state, _late in states),
        takes_part=sum(state in SAID_YES for state, _late in states),
        took_part=sum(state in TOOK_PART for state, _late in states),
        proven=sum(state == State.PROVEN for state, _late in states),
        declined=sum(state == State.DECLINED for state, _late in states),
        overdue=sum(late for _state, late in states),
    )


def activities(kind: str = "") -> QuerySet[RegionalActivity]:
    """Every regional activity, sent or not, the newest first."""
    found = RegionalActivity.objects.order_by("-written_at", "-pk")
    return found.filter(kind=kind) if kind else found


def copies_of(chosen: Collection[RegionalActivity]) -> QuerySet[ActivityCopy]:
    """The copies of these activities, with their countries."""
    found = ActivityCopy.objects.filter(activity__in=[one.pk for one in chosen])
    return found.select_related("activity", "country", "seat", "answered_by").order_by("activity", "country", "pk")


def matrix(chosen: Sequence[RegionalActivity], now: datetime) -> Matrix:
    """What each country answered to these activities: two queries."""
    found = list(copies_of(chosen))
    cells = {(copy.country_id, copy.activity_id): copy for copy in found}
    sent = [one for one in chosen if one.sent_at]
    return Matrix(
        lines=[Line(one, counts([copy for copy in found if copy.activity_id == one.pk], now)) for one in chosen],
        columns=[one.title for one in sent],
        rows=[
            parts.MatrixRow(
                place.name,
                [level(cells.get((place.pk, one.pk)), now) for one in sent],
                url=f"{place.url}activities/",
                known=LEVELS,
            )
            for place in countries()
            if not place.is_example or any((place.pk, one.pk) in cells for one in sent)
        ],
    )


def countries() -> list[Country]:
    """Every country, in the order of the reader's alphabet; an example comes last."""
    found = _countries()
    named = sorting.in_order(found, key=lambda place: place.name)
    return [place for place in named if not place.is_example] + [place for place in named if place.is_example]


@reading
def _countries() -> QuerySet[Country]:
    return Country.objects.order_by("code")


def copies(activity: RegionalActivity, now: datetime) -> list[CopyLine]:
    """The copies of one activity, by country."""
    found = sorting.in_order(copies_of([activity]), key=lambda copy: copy.country.name)
    return [CopyLine(copy, LEVELS[level(copy, now)], copy.is_overdue(now)) for copy in found]


def not_invited(activity: RegionalActivity) -> list[Country]:
    """Countries without a copy."""
    there = set(activity.copies.values_list("country", flat=True))
    return [place for place in countries() if place.pk not in there]


def copies_in(country: Country, now: datetime) -> list[CopyLine]:
    """What the region invited a country to, the newest first."""
    found = ActivityCopy.objects.filter(country=country).exclude(activity__sent_at=None)
    found = found.select_related("activity", "country", "seat").order_by("-activity__sent_at", "-pk")
    return [CopyLine(copy, LEVELS[level(copy, now)], copy.is_overdue(now)) for copy in found]


def waiting_in(country: Country, now: datetime) -> list[ActivityCopy]:
    """Copies that wait for an answer and can still have one, the nearest deadline first."""
    found = [copy for copy in unfinished.copies(country, now) if not copy.state and copy.is_open(now)]
    return sorted(found, key=lambda copy: (copy.answer_by, copy.pk))


def silent(now: datetime) -> list[tuple[RegionalActivity, int]]:
    """Activities to which countries did not answer in time, not long ago, with how many they are."""
    missing = Counter(
        RegionalActivity(pk=pk, title=title, answer_by=answer_by)
        for pk, title, answer_by, reopened_until, zone in _silent(now.date(), now.date() - ASK_AGAIN)
        if now >= end_of(reopened_until or answer_by, zones.named(zone))
    )
    return sorted(missing.items(), key=lambda one: (one[0].answer_by, one[0].pk), reverse=True)


@reading
def _silent(until: date, since: date) -> QuerySet[ActivityCopy, Any]:
    found = ActivityCopy.objects.filter(
        Q(activity__answer_by__lte=until) | Q(reopened_until__lte=until),
        state="",
        activity__cancelled_at=None,
        activity__answer_by__gte=since,
        country__is_example=False,
    )
    told = ("activity__title", "activity__answer_by", "reopened_until", "country__time_zone")
    return found.order_by("pk").values_list("activity", *told)


def latest(places: Collection[Country], now: datetime) -> Line | None:
    """The last activity that was sent, and how far it came in these countries."""
    found = _latest.first()
    if found is None:
        return None
    by_code = {place.pk: place for place in places}
    there = [(by_code[code].zone, *told) for code, *told in _states(found.pk) if code in by_code]
    states = [(state, not state and now >= end_of(until or found.answer_by, zone)) for zone, state, until in there]
    return Line(found, _counted(states))


@reading
def _latest() -> QuerySet[RegionalActivity]:
    sent = RegionalActivity.objects.filter(cancelled_at=None, sent_at__isnull=False).order_by("-sent_at", "-pk")
    return sent.only("title", "answer_by", "sent_at", "cancelled_at")[:1]


@reading
def _states(activity: int) -> QuerySet[ActivityCopy, Any]:
    found = ActivityCopy.objects.filter(activity=activity).order_by("pk")
    return found.values_list("country", "state", "reopened_until")


def upcoming(now: datetime) -> QuerySet[RegionalActivity]:
    """Activities that were sent and have not begun, the nearest first."""
    found = RegionalActivity.objects.filter(cancelled_at=None, starts_at__gt=now).exclude(sent_at=None)
    return found.order_by("starts_at", "pk")


def seats(country: Country) -> list[tuple[Seat, str]]:
    """The seats to which a copy can be given, each with the name of who sits there."""
    sitting = Sitting.objects.filter(ended_on=None, is_deputy=False, seat__task_force__country=country)
    names = {one.seat_id: one.name for one in sitting.order_by("pk")}
    open_seats = Seat.objects.filter(task_force__country=country, closed_on=None).order_by("number", "pk")
    return [(seat, names.get(seat.pk, "")) for seat in open_seats]


def sitter(seat: Seat) -> Person | None:
    """Who sits there and has an account."""
    there = seat.sittings.filter(ended_on=None, is_deputy=False).select_related("person").first()
    return there.person if there else None


def leads(places: Collection[Country]) -> dict[str, list[Lead]]:
    """Who answers for each country: chair and coordinator; where nobody is, its administrator and its office."""
    roles = Role.objects.filter(current(), country__in=places, kind__in=[*HEADS, *INSTEAD], person__is_active=True)
    held = list(roles.select_related("person").order_by("kind", "pk"))
    posts = Post.objects.filter(task_force__country__in=places, kind__in=LED_BY, ended_on=None, person=None)
    waiting = list(posts.exclude(email="").select_related("task_force__country").order_by("kind", "pk"))
    found: dict[str, list[Lead]] = {}
    for place in places:
        own = [role for role in held if role.country_id == place.pk]
        people = [_person(role.person) for role in own if role.kind in HEADS]
        people += [_post(post) for post in waiting if post.task_force.country_id == place.pk]
        people = people or [_person(role.person) for role in own]
        found[place.pk] = list({one.email.lower(): one for one in people}.values())
    return found


def _person(person: Person) -> Lead:
    return Lead(f"person-{person.pk}", person.name, person.email, person.language, person)


def _post(post: Post) -> Lead:
    return Lead(f"post-{post.pk}", post.name, post.email, country_language(post.task_force.country), None)


def lead_of(country: Country, key: str) -> Lead | None:
    """Who holds a link, as long as they still answer for the country."""
    return next((one for one in leads([country])[country.pk] if one.key == key), None)
