"""What waits for a person about people and places."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.kit.next import Next
from learnin.people import queries
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Agree, tell who one is, answer wishes, open the public page."""
    said, late = (
        queries.waits(person, place, timezone.now()) if isinstance(place, Country) else (queries.said(person), 0)
    )
    if not said.has_agreed:
        yield Next(
            do=_("Read the privacy notice"), why=_("It changed, or you took your agreement back."),
            url=reverse("people:consent"), rank=10,
        )  # fmt: skip
    if not said.speaks_any:
        yield Next(
            do=_("Tell which languages you speak"), why=_("The task force plans its work with the region by them."),
            url=reverse("people:details"), rank=60,
        )  # fmt: skip
    if isinstance(place, Country):
        yield from _in_country(person, place, late)
    elif may(person, Can.ERASE_PEOPLE):
        yield from _in_region()


def _in_country(person: Person, country: Country, late: int) -> Iterator[Next]:
    if late and may(person, Can.INVITE_PEOPLE, country):
        why = ngettext("%(n)d invitation is too old.", "%(n)d invitations are too old.", late) % {"n": late}
        yield Next(do=_("Send invitations again"), why=why, url=reverse("people:people", args=[country.pk]), rank=20)
    if may(person, Can.EDIT_COUNTRY, country) and country.public_since is None:
        yield Next(
            do=_("Write the public page"), why=_("Nobody outside can read what the task force is."),
            url=reverse("people:public_text", args=[country.pk]), rank=70,
        )  # fmt: skip


def _in_region() -> Iterator[Next]:
    waiting = queries.erasures_asked().count()
    if waiting:
        why = ngettext("%(n)d person asked for it.", "%(n)d people asked for it.", waiting) % {"n": waiting}
        yield Next(do=_("Erase personal data"), why=why, url=reverse("people:erasures"), rank=15)
