"""People and places for programs: the same gate and the same operations as the pages."""

from datetime import date, datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.utils import timezone
from ninja import Path, Query, Router, Schema, Status
from pydantic import ConfigDict, Field

from learnin.kit import api
from learnin.people import access, operations, queries
from learnin.people.forms import InviteForm
from learnin.people.models import Area, Country, Invitation, Role
from learnin.people.queries import PersonHere
from learnin.people.roles import Can, Kind
from learnin.people.sign_in.programs import ApiRequest

FORBIDDEN, NOT_FOUND, CONFLICT = HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
TOO_BIG, NOT_JSON = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE
CountryCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", description="ISO 3166-1 code, XK for Kosovo")]

router = Router()


class CountryOut(Schema):
    """A country."""

    code: str
    name: str
    official_languages: list[str]
    scripts: list[str]
    time_zone: str
    is_example: bool
    is_public: bool


class AreaOut(Schema):
    """A first-level part of a country (ISO 3166-2)."""

    code: str
    name: str
    kind: str


class RoleOut(Schema):
    """What a person is, where, from when to when."""

    id: int
    kind: Kind
    name: str
    country: str | None
    starts_on: date
    ends_on: date | None
    ended_at: datetime | None


class Me(Schema):
    """The person whose token or session this is."""

    id: int
    name: str
    email: str
    language: str
    organisation: str
    position: str
    roles: list[RoleOut]


class PersonOut(Schema):
    """A person who holds a role in the country."""

    id: int
    name: str
    email: str
    organisation: str
    position: str
    english: str = Field(description="CEFR level of English, or nothing")
    roles: list[RoleOut]


class InvitationIn(Schema):
    """Who is asked, into what, and in which language."""

    model_config = ConfigDict(extra="forbid")
    name: str = Field(min_length=1, max_length=120, pattern=api.NO_NUL)
    email: str = Field(max_length=254, pattern=api.NO_NUL, json_schema_extra={"format": "email"})
    kind: Kind
    language: api.Language
    ends_on: date | None = Field(None, description="Last day of the role: today or later")
    message: str = Field("", max_length=1000, pattern=api.NO_NUL)


class InvitationOut(Schema):
    """An invitation, and what became of it. The link stands only in the letter."""

    id: int
    name: str
    email: str
    kind: Kind
    country: str | None
    language: str
    role_ends_on: date | None
    sent_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


def _country(country: Country) -> CountryOut:
    kept = {name: getattr(country, name) for name in ("code", "official_languages", "scripts", "time_zone")}
    return CountryOut(
        name=country.name, is_example=country.is_example, is_public=country.public_since is not None, **kept
    )


def _area(area: Area) -> AreaOut:
    return AreaOut(code=area.code, name=area.name, kind=area.kind)


def _role(role: Role) -> RoleOut:
    kept: dict[str, Any] = {name: getattr(role, name) for name in ("id", "starts_on", "ends_on", "ended_at")}
    return RoleOut(kind=Kind(role.kind), name=role.get_kind_display(), country=role.country_id, **kept)


def _person(here: PersonHere) -> PersonOut:
    kept = {name: getattr(here.person, name) for name in ("id", "name", "email", "organisation", "position")}
    return PersonOut(english=here.english, roles=[_role(role) for role in here.roles], **kept)


def _invitation(invitation: Invitation) -> InvitationOut:
    fields = set(InvitationOut.model_fields) - {"country", "kind"}
    kept = {name: getattr(invitation, name) for name in fields}
    return InvitationOut(country=invitation.country_id, kind=Kind(invitation.kind), **kept)


@router.get("/me", response=api.answers(Me), tags=["Me"])
def me(request: ApiRequest, asked: Query[api.Asked]) -> Me:
    """Who I am here."""
    person = request.auth
    kept = {name: getattr(person, name) for name in ("id", "name", "email", "language", "organisation", "position")}
    return Me(roles=[_role(role) for role in queries.own_roles(person)], **kept)


@router.get("/countries", response=api.answers(api.Listed[CountryOut]), tags=["Countries"])
def countries(request: ApiRequest, asked: Query[api.Piece]) -> dict:
    """The countries one may see, by code."""
    return api.piece(access.visible_countries(request.auth), asked, _country)


@router.get("/countries/{code}", response=api.answers(CountryOut, NOT_FOUND), tags=["Countries"])
def country(request: ApiRequest, code: Path[CountryCode], asked: Query[api.Asked]) -> CountryOut:
    """One country."""
    return _country(access.country(request.auth, code))


@router.get("/countries/{code}/areas", response=api.answers(api.Listed[AreaOut], NOT_FOUND), tags=["Countries"])
def areas(request: ApiRequest, code: Path[CountryCode], asked: Query[api.Piece]) -> dict:
    """The first-level parts of a country, by code."""
    return api.piece(queries.areas_of(access.country(request.auth, code)), asked, _area)


@router.get(
    "/countries/{code}/people",
    response=api.answers(api.Listed[PersonOut], FORBIDDEN, NOT_FOUND),
    tags=["People"],
)
def people(request: ApiRequest, code: Path[CountryCode], asked: Query[api.Piece]) -> dict:
    """Who holds a role in the country today, by name."""
    found = access.country(request.auth, code, can=Can.SEE_PEOPLE)
    return api.piece(queries.people_in(found), asked, _person)


@router.get(
    "/countries/{code}/invitations",
    response=api.answers(api.Listed[InvitationOut], FORBIDDEN, NOT_FOUND),
    tags=["People"],
)
def invitations(request: ApiRequest, code: Path[CountryCode], asked: Query[api.Piece]) -> dict:
    """Invitations that nobody took up or took back, newest first."""
    found = access.country(request.auth, code, can=Can.INVITE_PEOPLE)
    return api.piece(queries.open_invitations(found), asked, _invitation)


@router.post(
    "/countries/{code}/invitations",
    response=api.answers(InvitationOut, FORBIDDEN, NOT_FOUND, CONFLICT, TOO_BIG, NOT_JSON, status=HTTPStatus.CREATED),
    openapi_extra=api.taken(InvitationIn),
    tags=["People"],
)
def invite(request: ApiRequest, code: Path[CountryCode], asked: Query[api.Asked]) -> Status:
    """Ask somebody into a role of the country by e-mail."""
    found = access.country(request.auth, code, can=Can.INVITE_PEOPLE)
    wanted = api.read(request, InvitationIn)
    form = InviteForm(wanted.model_dump(mode="json"), kinds=Kind)
    api.require_valid(form)
    sent = operations.invite(**form.cleaned_data, country=found, by=request.auth, now=timezone.now())
    return Status(HTTPStatus.CREATED, _invitation(sent))


@router.post(
    "/invitations/{pk}/revoke",
    response=api.answers(InvitationOut, FORBIDDEN, NOT_FOUND, CONFLICT),
    tags=["People"],
)
def revoke(request: ApiRequest, pk: Path[api.Id], asked: Query[api.Asked]) -> InvitationOut:
    """Take an invitation back; its link stops working."""
    invitation = access.invitation(request.auth, pk)
    return _invitation(operations.revoke(invitation, by=request.auth, now=timezone.now()))


@router.post("/roles/{pk}/end", response=api.answers(RoleOut, FORBIDDEN, NOT_FOUND, CONFLICT), tags=["People"])
def end_role(request: ApiRequest, pk: Path[api.Id], asked: Query[api.Asked]) -> RoleOut:
    """End somebody's role today."""
    role = access.role(request.auth, pk)
    return _role(operations.end_role(role, by=request.auth, now=timezone.now()))
