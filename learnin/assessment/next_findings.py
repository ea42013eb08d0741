"""What waits for people in the findings of a country."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.assessment.models import Finding
from learnin.assessment.queries import findings as queries
from learnin.assessment.queries import standing
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


def waiting(person: Person, place: Any, today: date) -> Iterator[Next]:
    """Look at numbers that changed; publish what is agreed; say what one thinks of a draft."""
    if not isinstance(place, Country) or not standing.here(place).said.findings:
        return
    found = queries.waiting(place, person)
    if may(person, Can.PUBLISH_FINDINGS, place):
        yield from map(_changed, (one for one in found if one.has_moved))
        yield from map(_agreed, [one for one in found if one.state == Finding.State.AGREED][-1:])
    if may(person, Can.JUDGE_FINDINGS, place):
        yield from map(_unjudged, [one for one in found if one.is_unjudged][:1])


def _changed(one: Finding) -> Next:
    """What everybody reads comes first."""
    is_public = one.state == Finding.State.PUBLISHED
    do = _("Check a published finding: numbers changed") if is_public else _("Check a finding: numbers changed")
    return Next(do=do, why=one.text(), url=_page(one), rank=12 if is_public else 26)


def _agreed(one: Finding) -> Next:
    return Next(do=_("Publish a finding that is agreed"), why=one.text(), url=_page(one), rank=38)


def _unjudged(one: Finding) -> Next:
    url = reverse("assessment:judge_finding", args=[one.pk])
    return Next(do=_("Say what you think of a finding"), why=one.text(), url=url, rank=36)


def _page(one: Finding) -> str:
    return reverse("assessment:finding", args=[one.pk])
