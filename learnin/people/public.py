"""The public page as a place: where everybody is who does not work in the country."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


@dataclass(frozen=True)
class PublicPlace:
    """A country as the bar shows it to everybody: its name leads to the public page."""

    pk: str
    name: str
    is_example: bool
    zone: ZoneInfo

    @classmethod
    def of(cls, country: Country) -> "PublicPlace":
        """The public side of this country."""
        return cls(country.pk, country.name, country.is_example, country.zone)

    @property
    def url(self) -> str:
        """The public page."""
        return reverse("home:public_country", args=[self.pk])


def place(person: Person | AnonymousUser, country: Country) -> Country | PublicPlace:
    """Where a public page is: in the country itself for whoever works there, so that they keep their way back."""
    return country if may(person, Can.SEE_COUNTRY, country) else PublicPlace.of(country)
