"""Initiatives for programs, behind the same gate as the pages."""

from datetime import UTC, date, datetime
from typing import Annotated, Any

from ninja import Path, Query, Router, Schema
from pydantic import Field

from learnin.initiatives.access import register as access
from learnin.initiatives.formats.kept import as_json
from learnin.initiatives.models import Initiative
from learnin.initiatives.queries import records
from learnin.initiatives.queries import register as queries
from learnin.initiatives.queries.register import Wanted
from learnin.kit import api
from learnin.people.api import FORBIDDEN, NOT_FOUND, CountryCode
from learnin.people.sign_in.programs import ApiRequest

router = Router()
ProgrammeId = Annotated[str, Field(max_length=64, pattern=api.NO_NUL)]


class InitiativesAsked(api.Piece):
    """Which initiatives are asked for."""

    words: str = Field(
        "",
        max_length=100,
        pattern=api.NO_NUL,
        description="Words of titles, identifier, organisations",
    )
    theme: ProgrammeId = Field("", description="Id of a theme of the programme")
    audience: ProgrammeId = Field("", description="Id of an audience of the programme")
    component: ProgrammeId = Field("", description="Id of a component of the programme")
    area: str = Field("", max_length=20, pattern=api.NO_NUL, description="ISO 3166-2 code; “country”: no area named")
    status: str = Field("", pattern="^[1-6]?$", description="Code of IATI's list ActivityStatus")
    running_on: date | None = Field(None, description="A day on which they run, as far as their dates tell")
    confirmed: str = Field("", pattern="^(yes|no)?$", description="Whether somebody who knows confirmed them")
    published: str = Field("", pattern="^(yes|no)?$", description="Whether everybody may read them")


class InitiativeLine(Schema):
    """An initiative, as a list shows it."""

    id: int
    country: str
    identifier: str
    titles: dict[str, str] = Field(description="By language; an empty key where nobody said which")
    language: str = Field(description="Of the original")
    reporter: str
    status: str = Field(description="Code of IATI's list ActivityStatus; empty where nobody said")
    begins_on: date | None
    ends_on: date | None
    areas: list[str] = Field(description="ISO 3166-2 codes")
    components: list[str]
    is_draft: bool
    is_confirmed: bool
    is_published: bool
    changed_at: datetime


class InitiativeOut(InitiativeLine):
    """An initiative with everything that is known of it."""

    record: dict[str, Any] = Field(
        description="The whole record as files tell it: codes of IATI 2.03, ids of the programme, days in ISO 8601, "
        "amounts as texts. What nobody said is not there."
    )


def _line(one: Initiative) -> dict[str, Any]:
    places = [place.area.code for place in one.places.all() if place.area]
    return {
        "id": one.pk,
        "country": one.country_id,
        "identifier": one.identifier,
        "titles": one.titles,
        "language": one.language,
        "reporter": str(one.reporter),
        "status": one.status,
        "begins_on": one.begins_on,
        "ends_on": one.ends_on,
        "areas": list(dict.fromkeys(places)),
        "components": [row.component for row in one.components.all()],
        "is_draft": one.is_draft,
        "is_confirmed": one.is_confirmed,
        "is_published": one.is_public,
        "changed_at": one.changed_at.astimezone(UTC),
    }


@router.get(
    "/countries/{code}/initiatives",
    response=api.answers(api.Listed[InitiativeLine], FORBIDDEN, NOT_FOUND),
    tags=["Initiatives"],
)
def initiatives(request: ApiRequest, code: Path[CountryCode], asked: Query[InitiativesAsked]) -> dict:
    """The register of a country, as much of it as the person may see; what changed last comes first."""
    country = access.country(request.auth, code)
    named = asked.model_dump(exclude={"limit", "offset", "language"})
    found = queries.narrowed(access.visible(request.auth, country), Wanted(**named))
    return api.piece(queries.with_rows(found), asked, _line)


@router.get("/initiatives/{pk}", response=api.answers(InitiativeOut, NOT_FOUND), tags=["Initiatives"])
def initiative(request: ApiRequest, pk: Path[api.Id], asked: Query[api.Asked]) -> dict:
    """One initiative with everything that is known of it."""
    found = access.initiative(request.auth, pk)
    whole = records.whole(found.pk)
    return {**_line(whole), "record": as_json(records.record_of(whole))}
