"""What waits for a person about agreements."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.initiatives.queries import agreements as queries
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Answer for one's organisation; find another text where a party objects."""
    if not isinstance(place, Country):
        return
    if may(person, Can.REGISTER_INITIATIVES, place) or may(person, Can.SEE_INITIATIVES, place):
        for party in queries.waiting_for(person, place):
            yield Next(
                do=_("Answer: %(agreement)s") % {"agreement": party.agreement},
                why=_("The task force asks for the word of %(organisation)s.") % {"organisation": party.organisation},
                url=reverse("initiatives:answer_agreement", args=[party.pk]),
                rank=25,
            )
    if may(person, Can.PROPOSE_AGREEMENTS, place):
        for agreement in queries.in_state(place, queries.State.OBJECTED)[:3]:
            yield Next(
                do=_("Find a text that all accept: %(agreement)s") % {"agreement": agreement},
                why=_("A party objects, or wants another text."),
                url=reverse("initiatives:agreement", args=[agreement.pk]),
                due_on=agreement.due_on,
                rank=35,
            )
