"""What waits for those who look after the register, and for partners."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from learnin.initiatives.queries import waiting as queries
from learnin.kit import written
from learnin.kit.next import Next
from learnin.people.models import Country, Person
from learnin.people.region import Region
from learnin.people.roles import Can, may


def waiting(person: Person, place: Country | Region, today: date) -> Iterator[Next]:
    """Initiatives that nobody confirmed: all for those who look after the register, their own for partners; drafts.

    Before them, for those who publish: what everybody reads and nobody confirmed since it changed.
    """
    if not isinstance(place, Country) or not may(person, Can.REGISTER_INITIATIVES, place):
        return
    found = queries.of(person, place)
    room = reverse("initiatives:register", args=[place.pk])
    looks_after = may(person, Can.EDIT_INITIATIVES, place)
    unconfirmed = found.unconfirmed if looks_after else found.own_unconfirmed
    if found.changed and may(person, Can.PUBLISH_INITIATIVES, place):
        yield Next(
            do=_("Look at published initiatives that changed"),
            why=_changed(found.changed),
            url=f"{room}?published=yes&confirmed=no",
            rank=44,
        )
    if unconfirmed:
        yield Next(
            do=_("Confirm initiatives that came from files") if looks_after else _("Confirm your initiatives"),
            why=_unconfirmed(unconfirmed),
            url=f"{room}?confirmed=no&published=no",
            rank=46,
        )
    if found.drafts:
        yield Next(
            do=ngettext("Finish your draft", "Finish your drafts", found.drafts),
            why=_drafts(found.drafts),
            url=f"{room}?state=draft",
            rank=48,
        )


def _unconfirmed(n: int) -> str:
    words = ngettext(
        "%(n)s was imported, and nobody said that it is so.", "%(n)s were imported, and nobody said that it is so.", n
    )
    return words % {"n": written.number(n)}


def _changed(n: int) -> str:
    words = ngettext(
        "Everybody reads %(n)s that changed and that nobody confirmed since.",
        "Everybody reads %(n)s that changed and that nobody confirmed since.",
        n,
    )
    return words % {"n": written.number(n)}


def _drafts(n: int) -> str:
    words = ngettext(
        "%(n)s initiative is not in the register yet.", "%(n)s initiatives are not in the register yet.", n
    )
    return words % {"n": written.number(n)}
