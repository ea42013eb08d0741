"""What waits for whoever runs the rounds of a country."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from learnin.assessment.queries import rounds as queries
from learnin.kit import written
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


def waiting(person: Person, place: Any, today: date) -> Iterator[Next]:
    """Ask somebody before a round opens; follow up before it closes; make its weights afterwards."""
    if not isinstance(place, Country):
        return
    now = timezone.now()
    if may(person, Can.RUN_ROUNDS, place):
        yield from _while_it_runs(place, now)
    if may(person, Can.MAKE_WEIGHTS, place):
        for one in queries.unweighted(place, now=now):
            url = reverse("assessment:weight_sets", args=[one.pk])
            yield Next(do=_("Make the weights of a round that is over"), why=one.title, url=url, rank=16)


def _while_it_runs(place: Country, now: datetime) -> Iterator[Next]:
    for one in queries.unasked(place, now=now):
        opens = one.opens_at.astimezone(place.zone).date()
        url = reverse("assessment:round", args=[one.pk])
        yield Next(do=_("Make the invitations of a round"), why=one.title, url=url, due_on=opens, rank=14)
    for one, answers in queries.below_target(place, now=now):
        url = reverse("assessment:follow_up", args=[one.pk])
        told = {"title": one.title, "n": written.number(answers), "of": written.number(one.target or 0)}
        why = _("%(title)s: %(n)s of %(of)s answers.") % told
        closes = one.last_day.astimezone(place.zone).date()
        yield Next(do=_("Follow up a round that closes soon"), why=why, url=url, due_on=closes, rank=11)
