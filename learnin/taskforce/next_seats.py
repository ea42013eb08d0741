"""What waits for those who lead a task force, beside its meetings and actions."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit import written
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may
from learnin.taskforce.models import TaskForce
from learnin.taskforce.queries import mandate, standing
from learnin.taskforce.queries.standing import SeatNow
from learnin.taskforce.route import SEAT_DAYS


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Establish the task force; fill seats, appoint who is nominated, follow up terms; show work on the mandate."""
    if not isinstance(place, Country) or not may(person, Can.EDIT_TASK_FORCE, place):
        return
    here = standing.here(place)
    if here.task_force is None:
        url = reverse("taskforce:establish", args=[place.pk])
        why = _("Seats, meetings and decisions begin there.")
        yield Next(do=_("Establish the task force"), why=why, url=url, rank=5)
    elif not here.is_over:
        for seat in here.seats:
            yield from _seat(seat, today)
        yield from _mandate(here.task_force, today)


def _seat(seat: SeatNow, today: date) -> Iterator[Next]:
    named = {"seat": seat.title, "name": seat.name}
    if seat.nominated_on is None:
        yield Next(
            do=_("Find a member: %(seat)s") % named,
            why=_since((today - seat.open_since).days, seat.open_since),
            url=reverse("taskforce:nominate", args=[seat.pk]),
            due_on=seat.open_since + timedelta(days=SEAT_DAYS),
            rank=40,
        )
    elif not seat.is_filled:
        yield Next(
            do=_("Appoint %(name)s") % named,
            why=_("Nominated on %(day)s: %(seat)s") % {**named, "day": written.day(seat.nominated_on)},
            url=reverse("taskforce:appoint", args=[seat.sitting]),
            due_on=seat.open_since + timedelta(days=SEAT_DAYS),
            rank=38,
        )
    elif seat.ends_soon(today):
        yield Next(
            do=_("Say who follows %(name)s") % named,
            why=_("The term ends soon: %(seat)s") % named,
            url=reverse("taskforce:end_sitting", args=[seat.sitting]),
            due_on=seat.term_ends_on,
            rank=45,
        )


def _since(days: int, day: date) -> str:
    if days < 1:
        return _("Empty from %(day)s.") % {"day": written.day(day)}
    return ngettext("Empty for %(n)d day.", "Empty for %(n)d days.", days) % {"n": days}


def _mandate(task_force: TaskForce, today: date) -> Iterator[Next]:
    bare = mandate.bare_points(task_force, today)
    if bare:
        names = ", ".join(str(point.name) for point in bare)
        why = ngettext("No evidence in %(days)d days: %(names)s", "No evidence in %(days)d days: %(names)s", len(bare))
        yield Next(
            do=_("Show what was done for the mandate"),
            why=why % {"days": mandate.EVIDENCE_DAYS, "names": names},
            url=reverse("taskforce:mandate", args=[task_force.country_id]),
            rank=55,
        )
