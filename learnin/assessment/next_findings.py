"""What waits for people in the findings of a country."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from learnin.assessment.models import Finding
from learnin.assessment.queries import findings as queries
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


def waiting(person: Person, place: Any, today: date) -> Iterator[Next]:
    """Look at numbers that changed; publish what is agreed; say what one thinks of a draft."""
    if not isinstance(place, Country):
        return
    if may(person, Can.PUBLISH_FINDINGS, place):
        yield from _changed(place)
        yield from _agreed(place)
    if may(person, Can.JUDGE_FINDINGS, place):
        for one in queries.unjudged(place, person)[:1]:
            do = _("Say what you think of a finding")
            yield Next(do=do, why=one.text(), url=reverse("assessment:judge_finding", args=[one.pk]), rank=36)


def _changed(country: Country) -> Iterator[Next]:
    """What everybody reads comes first."""
    for one in queries.moved(country):
        is_public = one.state == Finding.State.PUBLISHED
        do = _("Check a published finding: numbers changed") if is_public else _("Check a finding: numbers changed")
        url = reverse("assessment:finding", args=[one.pk])
        yield Next(do=do, why=one.text(), url=url, rank=12 if is_public else 26)


def _agreed(country: Country) -> Iterator[Next]:
    for one in queries.findings(country, queries.Wanted(state=Finding.State.AGREED))[:1]:
        url = reverse("assessment:finding", args=[one.pk])
        yield Next(do=_("Publish a finding that is agreed"), why=one.text(), url=url, rank=38)
