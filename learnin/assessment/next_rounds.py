"""What waits for whoever runs the rounds of a country."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learnin.assessment.queries import rounds as queries
from learnin.assessment.queries.rounds import Pressing
from learnin.kit import written
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


def waiting(person: Person, place: Any, today: date) -> Iterator[Next]:
    """Ask somebody before a round opens; follow up before it closes; make its weights afterwards."""
    if not isinstance(place, Country):
        return
    now = timezone.now()
    runs, weighs = may(person, Can.RUN_ROUNDS, place), may(person, Can.MAKE_WEIGHTS, place)
    for one in queries.pressing(place, now=now) if runs or weighs else ():
        if one.is_over and weighs:
            url = reverse("assessment:weight_sets", args=[one.pk])
            yield Next(do=_("Make the weights of a round that is over"), why=one.title, url=url, rank=16)
        elif runs and not one.is_over:
            yield from _while_it_runs(one, place, now)


def _while_it_runs(one: Pressing, place: Country, now: datetime) -> Iterator[Next]:
    if one.is_unasked:
        opens = one.opens_at.astimezone(place.zone).date()
        url = reverse("assessment:round", args=[one.pk])
        yield Next(do=_("Make the invitations of a round"), why=one.title, url=url, due_on=opens, rank=14)
    if one.is_below_target(now):
        yield _follow_up(one, place)


def _follow_up(one: Pressing, place: Country) -> Next:
    told = {"title": one.title, "n": written.number(one.answers), "of": written.number(one.target or 0)}
    return Next(
        do=_("Follow up a round that closes soon"),
        why=_("%(title)s: %(n)s of %(of)s answers.") % told,
        url=reverse("assessment:follow_up", args=[one.pk]),
        due_on=one.last_day.astimezone(place.zone).date(),
        rank=11,
    )
