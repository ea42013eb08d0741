"""What we know about people and places."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from learnin.compute import folding
from learnin.kit.readings import reading
from learnin.people import access, privacy
from learnin.people.models import (
    ApiToken,
    Area,
    Consent,
    Country,
    Invitation,
    Person,
    PublicText,
    Role,
    SpokenLanguage,
)
from learnin.people.roles import current


@dataclass(frozen=True)
class PersonHere:
    """A person with what they are in one country."""

    person: Person
    roles: tuple[Role, ...]
    english: str


def english_of(person: Person) -> str:
    """The CEFR level of English, or nothing."""
    return next((spoken.level for spoken in person.spoken_languages.all() if spoken.language == "en"), "")


def _here(people: Iterable[Any]) -> list[PersonHere]:
    return [PersonHere(person, tuple(person.roles_here), english_of(person)) for person in people]


def levels(person: Person) -> dict[str, str]:
    """Languages the person speaks, each with its CEFR level."""
    return dict(person.spoken_languages.order_by("language").values_list("language", "level"))


def has_agreed(person: Person) -> bool:
    """Whether the person agreed to the privacy notice that is in force."""
    return said(person).has_agreed


class Said(NamedTuple):
    """What a person said of themselves: whether they agreed to the notice in force, and whether they speak any."""

    has_agreed: bool
    speaks_any: bool


class Waits(NamedTuple):
    """What a person said of themselves, and how many invitations of a country are too old."""

    said: Said
    late_invitations: int


def waits(person: Person, country: Country, now: datetime) -> Waits:
    """What may wait for a person in a country, in one question."""
    (*told, late) = _waits.first(person.pk, privacy.NOTICE_VERSION, country.pk, now) or ("", False, 0)
    return Waits(_as_said(*told), late or 0)


@reading
def _waits(person: int, version: str, country: str, now: datetime) -> QuerySet[Person, Any]:
    late = Invitation.objects.filter(country=country, accepted_at=None, revoked_at=None, expires_at__lte=now)
    number = late.order_by().values("country").annotate(n=Count("pk")).values("n")
    return _told(person, version).values_list("act", "speaks_any", Subquery(number))


def said(person: Person) -> Said:
    """Whether the person agreed to the privacy notice that is in force, and told at least one language."""
    return _as_said(*(_said.first(person.pk, privacy.NOTICE_VERSION) or ("", False)))


def _as_said(act: str | None, speaks_any: bool) -> Said:
    return Said(act == Consent.Act.GIVEN, bool(speaks_any))


@reading
def _said(person: int, version: str) -> QuerySet[Person, tuple[str | None, bool]]:
    return _told(person, version).values_list("act", "speaks_any")


def _told(person: int, version: str) -> Any:
    acts = Consent.objects.filter(person=OuterRef("pk"), notice_version=version).order_by("-at", "-pk")
    spoken = SpokenLanguage.objects.filter(person=OuterRef("pk"))
    return Person.objects.filter(pk=person).annotate(act=Subquery(acts.values("act")[:1]), speaks_any=Exists(spoken))


def is_known(invitation: Invitation) -> bool:
    """Whether somebody with the invited address is here already."""
    return Person.objects.filter(email__iexact=invitation.email).exists()


def people_in(country: Country | None) -> list[PersonHere]:
    """Who holds a role in the country today, or in the region, by name."""
    here = Role.objects.filter(current(), country=country).order_by("starts_on", "pk")
    people = Person.objects.filter(pk__in=here.values("person")).order_by("name", "pk")
    return _here(people.prefetch_related("spoken_languages", Prefetch("roles", here, to_attr="roles_here")))


def past_roles(country: Country | None) -> QuerySet[Role]:
    """Roles that are over, newest first."""
    over = Role.objects.filter(country=country).exclude(current())
    return over.select_related("person", "ended_by").order_by("-ended_at", "-pk")


def roles_of(person: Person, country: Country) -> QuerySet[Role]:
    """Every role the person holds or held in the country, newest first."""
    return person.roles.filter(country=country).select_related("given_by", "ended_by").order_by("-starts_on", "-pk")


def own_roles(person: Person) -> QuerySet[Role]:
    """Every role of the person, open ones first."""
    return person.roles.select_related("country", "given_by").order_by("ended_at", "-starts_on", "-pk")


def open_invitations(country: Country | None) -> QuerySet[Invitation]:
    """Invitations nobody took up or took back, newest first; those too old stand here too."""
    waiting = Invitation.objects.filter(country=country, accepted_at=None, revoked_at=None)
    return waiting.select_related("sent_by").order_by("-sent_at", "-pk")


class AreaName(NamedTuple):
    """A first-level part of a country, as a list names it."""

    name: str
    code: str


def area_names(country: Country) -> list[AreaName]:
    """The first-level parts of the country, by code."""
    return [AreaName(*told) for told in _area_names(country.pk)]


@reading
def _area_names(country: str) -> QuerySet[Area, tuple[str, str]]:
    return Area.objects.filter(country=country).order_by("code").values_list("name", "code")


def areas_of(country: Country) -> QuerySet[Area]:
    """The first-level parts of the country."""
    return country.areas.order_by("code")


def public_text(country: Country, language: str) -> PublicText | None:
    """What the country says of itself: in the reader's language, else English, else any."""
    texts = {text.language: text for text in country.public_texts.order_by("language")}
    wanted = [language, language.split("-")[0], "en", *texts]
    return next((texts[code] for code in wanted if code in texts), None)


def public_texts(country: Country) -> dict[str, str]:
    """The public text in each language that has one."""
    return dict(country.public_texts.order_by("language").values_list("language", "about"))


def speaks_for(country: Country) -> QuerySet[Role]:
    """Roles whose holders agreed to be named in public."""
    named = Role.objects.filter(current(), country=country).exclude(named_publicly_at=None)
    return named.select_related("person").order_by("starts_on", "pk")


def public_countries() -> list[Country]:
    """Countries with a public page."""
    return list(Country.objects.exclude(public_since=None).order_by("code"))


def consents_of(person: Person) -> QuerySet[Consent]:
    """What the person agreed to and took back, newest first."""
    return person.consents.order_by("-at", "-pk")


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """The person's API tokens that were not revoked."""
    return person.api_tokens.filter(revoked_at=None).order_by("-created_at", "-pk")


def erasures_asked() -> QuerySet[Person]:
    """People who wait to be erased, longest first."""
    return Person.objects.filter(erased_at=None).exclude(erasure_asked_at=None).order_by("erasure_asked_at", "pk")


def matching(words: str) -> Q:
    """Rows whose search keys answer the query: every word of it begins some word of theirs, in any script."""
    wanted = folding.query_keys(words)
    found = Q() if wanted else Q(pk=None)
    for alternatives in wanted:
        one = Q()
        for key in sorted(alternatives):
            one |= Q(search_keys__contains=key)
        found &= one
    return found


def found_people(seeker: Person, words: str, *, most: int = 20) -> list[Person]:
    """People the seeker may see whose name or organisation has all the words, in any script."""
    people = access.visible_people(seeker).filter(matching(words))
    return list(people.order_by("name", "pk")[:most])


def found_areas(seeker: Person, words: str, *, most: int = 20) -> list[Area]:
    """Parts of the seeker's countries with these words in their name."""
    areas = access.visible_areas(seeker).filter(matching(words)).select_related("country")
    return list(areas.order_by("name", "pk")[:most])


def own_data(person: Person) -> dict:
    """Everything people and places keep of a person, ready for JSON."""
    return {
        "person": {
            field: getattr(person, field)
            for field in ("name", "email", "language", "organisation", "position", "phone")
        }
        | {"joined_at": _text(person.joined_at), "erasure_asked_at": _text(person.erasure_asked_at)},
        "languages": dict(person.spoken_languages.order_by("language").values_list("language", "level")),
        "roles": [
            {
                "role": role.kind,
                "country": role.country_id or "",
                "from": role.starts_on.isoformat(),
                "until": role.ends_on.isoformat() if role.ends_on else "",
                "ended_at": _text(role.ended_at),
                "given_by": role.given_by.name if role.given_by else "",
                "named_publicly_at": _text(role.named_publicly_at),
            }
            for role in own_roles(person)
        ],
        "consents": [
            {"version": consent.notice_version, "act": consent.act, "at": _text(consent.at)}
            for consent in consents_of(person)
        ],
        "signing_in": {
            "passkeys_and_codes": [one.type for one in Authenticator.objects.filter(user=person).order_by("pk")],
            "organisations": [one.provider for one in SocialAccount.objects.filter(user=person).order_by("pk")],
            "devices": [
                {"address": one.ip, "browser": one.user_agent, "since": _text(one.created_at)}
                for one in UserSession.objects.filter(user=person).order_by("pk")
            ],
        },
        "api_tokens": [
            {"name": token.name, "made_at": _text(token.created_at), "last_day": token.expires_on.isoformat()}
            for token in tokens_of(person)
        ],
    }


def _text(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
