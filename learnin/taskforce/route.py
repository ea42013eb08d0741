"""The rules of the route for the stage of the task force: docs/methods/route.md says them in words.

Each step has one small function from what is known to a state, a line of evidence and a link.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit import written
from learnin.kit.route import Progress, State, Steps, later, when_read, with_next
from learnin.people.models import Country
from learnin.programme import reader
from learnin.programme.formats.items import Component
from learnin.taskforce.models import TaskForce
from learnin.taskforce.models.composition import PostKind
from learnin.taskforce.queries import standing
from learnin.taskforce.queries.standing import PostNow, Silent, Standing

SEAT_DAYS = 60
"""A term that ends is named sixty days ahead, so sixty days are enough to fill a seat."""
MEETING_DAYS = 90
"""A task force that has not met in its first quarter has not begun."""
MINUTES_DAYS = 30
"""Longer than any objection window that makes sense, and before the next monthly meeting."""
POST_DAYS = 90
"""A quarter after the first meeting: who coordinates can be decided in the second or third."""

STAGE = "taskforce"


def progress(countries: Collection[Country], today: date) -> Mapping[str, Steps]:
    """How the steps of this stage stand in each country."""
    return {code: steps(found, today) for code, found in standing.of(countries).items()}


def steps(here: Standing, today: date) -> Steps:
    """How each step of this stage stands in one country; the first that has not begun is next."""
    return with_next({id: rule(here, today) for id, rule in RULES.items()})


def name_task_force(here: Standing, today: date) -> Progress:
    """Done when there is a task force and what it was established by is on record."""
    force, url = here.task_force, _composition(here)
    if force is None:
        return Progress(state=State.NONE, evidence=_("There is no task force yet."), url=url)
    state = State.DONE if force.established_by or force.order_id else State.DOING
    return Progress(state=state, evidence=_established(force), url=url)


def fill_seats(here: Standing, today: date) -> Progress:
    """Done when each constituency has as many appointed members as the mandate asks for."""
    if here.task_force is None:
        return LATER
    silent, url = here.silent(), _composition(here)
    told = _filled(here, silent)
    if not silent:
        return Progress(state=State.DONE, evidence=told, url=url)
    begun = State.DOING if here.filled else State.NONE
    waited = (today - min(one.since for one in silent)).days
    return _due(here, begun, told, url, waited, SEAT_DAYS)


def first_meeting(here: Standing, today: date) -> Progress:
    """Done when the minutes of one meeting are approved."""
    if here.task_force is None:
        return LATER
    told, url = _met(here), _meetings(here)
    if here.sealed:
        return Progress(state=State.DONE, evidence=told, url=url)
    if here.held:
        return _due(here, State.DOING, told, url, _days(here.first_held_on, today), MINUTES_DAYS)
    begun = State.DOING if here.planned else State.NONE
    return _due(here, begun, told, url, _days(here.task_force.established_on, today), MEETING_DAYS)


def community_coordinators(here: Standing, today: date) -> Progress:
    """Done when every community has a coordinator."""
    if here.task_force is None:
        return LATER
    held = {one: here.post(PostKind.COMMUNITY_COORDINATOR, one.id) for one in reader.current().components}
    told, url = _coordinators(held), _posts(here)
    if all(held.values()):
        return Progress(state=State.DONE, evidence=told, url=url)
    begun = State.DOING if any(held.values()) else State.NONE
    return _due(here, begun, told, url, _days(here.first_held_on, today), POST_DAYS)


def assessment_coordinator(here: Standing, today: date) -> Progress:
    """Done when somebody coordinates the needs assessment."""
    if here.task_force is None:
        return LATER
    post, url = here.post(PostKind.ASSESSMENT_COORDINATOR), _posts(here)
    if post:
        return Progress(state=State.DONE, evidence=_since(post), url=url)
    return _due(here, State.NONE, _nobody(), url, _days(here.first_held_on, today), POST_DAYS)


RULES: dict[str, Callable[[Standing, date], Progress]] = {
    "name-task-force": name_task_force,
    "fill-seats": fill_seats,
    "first-meeting": first_meeting,
    "community-coordinators": community_coordinators,
    "assessment-coordinator": assessment_coordinator,
}


def _days(since: date | None, today: date) -> int:
    """How many days ago that was; none when it has not happened."""
    return (today - since).days if since else 0


def _due(here: Standing, state: State, told: str, url: str, waited: int, limit: int) -> Progress:
    """The same step, overdue when it has waited for more days than the rule gives; never after the hand-over."""
    if waited <= limit or here.is_over:
        return Progress(state=state, evidence=told, url=url)
    return Progress(state=State.LATE, evidence=_waits(told, waited, limit), url=url)


# Words and addresses, for who reads them.


@when_read
def _starts_later() -> str:
    return _("Starts when the task force is named")


@when_read
def _established(force: TaskForce) -> str:
    day = written.day(force.established_on)
    if not (force.established_by or force.order_id):
        return _("Established on %(day)s; the order it rests on is missing") % {"day": day}
    return ", ".join(filter(None, [force.established_by, day]))


@when_read
def _filled(here: Standing, silent: Sequence[Silent]) -> str:
    told = ngettext("%(filled)d of %(all)d seat filled", "%(filled)d of %(all)d seats filled", len(here.seats))
    told %= {"filled": here.filled, "all": len(here.seats)}
    if not silent:
        return told
    names = ", ".join(_inside(one.constituency.name) for one in silent)
    return _("%(told)s; nobody yet for %(names)s") % {"told": told, "names": names}


@when_read
def _met(here: Standing) -> str:
    if here.held:
        held = ngettext("%(n)d meeting held", "%(n)d meetings held", here.held) % {"n": here.held}
        return _("%(held)s, minutes of %(n)d approved") % {"held": held, "n": here.sealed}
    if here.planned:
        return ngettext("%(n)d meeting planned", "%(n)d meetings planned", here.planned) % {"n": here.planned}
    return _("No meeting yet")


@when_read
def _coordinators(held: Mapping[Component, PostNow | None]) -> str:
    missing = ", ".join(str(one.name) for one, post in held.items() if not post)
    if missing:
        return _("Nobody yet for %(names)s") % {"names": missing}
    return "; ".join(f"{one.name}: {post.name}" for one, post in held.items() if post)


@when_read
def _since(post: PostNow) -> str:
    return _("%(name)s, since %(day)s") % {"name": post.name, "day": written.day(post.starts_on)}


@when_read
def _nobody() -> str:
    return _("Nobody yet")


@when_read
def _waits(told: str, waited: int, limit: int) -> str:
    words = ngettext(
        "%(told)s. It waits for %(n)d day; the limit is %(limit)d.",
        "%(told)s. It waits for %(n)d days; the limit is %(limit)d.",
        waited,
    )
    return words % {"told": told, "n": waited, "limit": limit}


@when_read
def _composition(here: Standing) -> str:
    return reverse("taskforce:composition", args=[here.country.pk])


@when_read
def _posts(here: Standing) -> str:
    return f"{_composition(here)}#posts"


@when_read
def _meetings(here: Standing) -> str:
    return reverse("taskforce:meetings", args=[here.country.pk])


def _inside(name: str) -> str:
    """A name as it stands inside a sentence: its first letter small, unless it begins an abbreviation."""
    if len(name) < 2 or name[1].isupper():
        return name
    return name[0].replace("İ", "i").lower() + name[1:]


LATER = later(_starts_later())
"""What cannot begin yet."""
