"""What waits for a person about regional activities."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may
from learnin.taskforce.queries import activities as queries


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Answer, where one leads a country; ask again, where one works for the region."""
    if isinstance(place, Country):
        if may(person, Can.ANSWER_ACTIVITIES, place):
            yield from _in_country(place)
    elif may(person, Can.RUN_ACTIVITIES):
        yield from _in_region()


def _in_country(country: Country) -> Iterator[Next]:
    for copy in queries.waiting_in(country, timezone.now()):
        yield Next(
            do=_("Answer: %(activity)s") % {"activity": copy},
            why=_("The region asks whether your country takes part."),
            url=reverse("taskforce:activity", args=[copy.pk]),
            due_on=copy.answer_by,
            rank=25,
        )


def _in_region() -> Iterator[Next]:
    for activity, n in queries.silent(timezone.now()):
        why = ngettext("%(n)d country did not answer in time.", "%(n)d countries did not answer in time.", n)
        yield Next(
            do=_("Ask again: %(activity)s") % {"activity": activity},
            why=why % {"n": n},
            url=reverse("taskforce:region_activity", args=[activity.pk]),
            rank=40,
        )
