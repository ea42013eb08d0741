"""What waits for a person about agreements."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.initiatives.queries import agreements as queries
from learnin.initiatives.queries import standing
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Answer for one's organisation; find another text where a party objects."""
    if not isinstance(place, Country):
        return
    if not (may(person, Can.REGISTER_INITIATIVES, place) or may(person, Can.SEE_INITIATIVES, place)):
        return
    here = standing.here(place)
    if here.asked:
        for party in queries.waiting_for(person, place):
            yield Next(
                do=_("Answer: %(agreement)s") % {"agreement": party.agreement},
                why=_("The task force asks for the word of %(organisation)s.") % {"organisation": party.organisation},
                url=reverse("initiatives:answer_agreement", args=[party.pk]),
                rank=25,
            )
    if may(person, Can.PROPOSE_AGREEMENTS, place):
        url = reverse("initiatives:agreements", args=[place.pk])
        if here.objected:
            told = ngettext("%(n)d proposal is objected to.", "%(n)d proposals are objected to.", here.objected)
            why = told % {"n": here.objected}
            yield Next(do=_("Find a text that all accept"), why=why, url=f"{url}?state=objected", rank=35)
        elif here.overlaps:
            told = ngettext("%(n)d overlap without a proposal", "%(n)d overlaps without a proposal", here.overlaps)
            yield Next(do=_("Propose what the parties could do"), why=told % {"n": here.overlaps}, url=url, rank=45)
