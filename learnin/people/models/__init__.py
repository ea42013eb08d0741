"""Tables of people and places."""

from learnin.people.models.persons import ApiToken, Consent, Person, SpokenLanguage
from learnin.people.models.places import Area, Country, PublicText
from learnin.people.models.roles import Invitation, Role

__all__ = [
    "ApiToken",
    "Area",
    "Consent",
    "Country",
    "Invitation",
    "Person",
    "PublicText",
    "Role",
    "SpokenLanguage",
]
