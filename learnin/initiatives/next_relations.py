"""What waits for those who judge pairs of initiatives."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.initiatives.queries import standing
from learnin.kit import written
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Likely pairs that nobody judged."""
    if not isinstance(place, Country) or not may(person, Can.JUDGE_RELATIONS, place):
        return
    here = standing.here(place)
    waits = here.pairs - here.judged
    if waits:
        told = ngettext("%(n)s pair is likely related", "%(n)s pairs are likely related", waits)
        yield Next(
            do=_("Say which initiatives are related"),
            why=told % {"n": written.number(waits)},
            url=reverse("initiatives:pairs", args=[place.pk]),
            rank=44,
        )
