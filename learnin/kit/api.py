"""What the parts of the API have in common: strict types, lists in pieces, and how it says no."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

from django.conf import settings
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema
from ninja.errors import HttpError
from pydantic import AfterValidator, Field, ValidationError, WithJsonSchema

PREFIX = "/api/"
MOST = 200  # rows in one answer
BIGGEST = 2**63 - 1  # the biggest number both databases keep

Row = TypeVar("Row")
Body = TypeVar("Body", bound=Schema)


def _spoken(code: str) -> str:
    if code not in dict(settings.LANGUAGES):
        raise ValueError("not a language of this site")
    return code


Id = Annotated[int, Field(ge=1, le=BIGGEST)]
NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps none
Language = Annotated[
    str,
    AfterValidator(_spoken),
    WithJsonSchema({"type": "string", "enum": [code for code, _name in settings.LANGUAGES]}),
]


class Asked(Schema):
    """What every question may say."""

    language: Language | None = Field(None, description="Language of names and sentences; else Accept-Language says it")


class Piece(Asked):
    """Which piece of a list is asked for."""

    limit: int = Field(50, ge=1, le=MOST, description="Most rows in the answer")
    offset: int = Field(0, ge=0, le=1_000_000, description="Rows to skip")


class Listed(Schema, Generic[Row]):
    """A piece of a list, and how long the whole list is."""

    count: int
    items: list[Row]


class Wrong(Schema):
    """One thing that is wrong in what was sent."""

    where: str
    why: str


class Problem(Schema):
    """Why there is no answer: the shape of RFC 9457, shortened."""

    status: int
    title: str
    detail: str
    errors: list[Wrong] = Field(default_factory=list)


class Unreadable(Exception):
    """What was sent does not have the shape the API asks for."""

    def __init__(self, errors: list[Wrong]) -> None:
        super().__init__(errors)
        self.errors = errors


def answers(good: Any, *more: HTTPStatus, status: HTTPStatus = HTTPStatus.OK) -> dict[int, Any]:
    """The documented answers of an operation: the good one, those every operation has, and `more`."""
    always = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.UNPROCESSABLE_ENTITY)
    return {int(status): good} | {int(code): Problem for code in sorted({*always, *more})}


def taken(schema: type[Schema]) -> dict[str, Any]:
    """The documented body of an operation that reads it by itself, after the gate."""
    whole = schema.model_json_schema()
    alone = _without_references(whole, whole.pop("$defs", {}))
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": alone}}}}


def _without_references(part: Any, named: Mapping[str, Any]) -> Any:
    if isinstance(part, list):
        return [_without_references(one, named) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        part = named[part["$ref"].removeprefix("#/$defs/")]
    return {key: _without_references(value, named) for key, value in part.items()}


def read(request: HttpRequest, schema: type[Body]) -> Body:
    """What was sent. The gate comes first, so operations call this after it. Raises Unreadable."""
    if request.content_type != "application/json":
        raise HttpError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, _("Send JSON, with the content type application/json."))
    try:
        return schema.model_validate_json(request.body)
    except ValidationError as refused:
        raise Unreadable(
            [Wrong(where=_path(("body", *error["loc"])), why=error["msg"]) for error in refused.errors()]
        ) from None


def require_valid(form: BaseForm) -> None:
    """The same rules and words as the page's form. Raises Unreadable."""
    if not form.is_valid():
        raise Unreadable(
            [Wrong(where=_path(("body", field)), why=str(why)) for field, found in form.errors.items() for why in found]
        )


def piece(rows: Sequence[Any] | QuerySet, asked: Piece, row: Any) -> dict[str, Any]:
    """A piece of the rows, each turned into what the API shows by `row`."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return {"count": count, "items": [row(one) for one in rows[asked.offset : asked.offset + asked.limit]]}


def problem(status: HTTPStatus, detail: str, errors: Sequence[Wrong] = ()) -> JsonResponse:
    """An answer that says no."""
    said = Problem(status=status, title=status.phrase, detail=detail, errors=list(errors))
    response = JsonResponse(said.model_dump(), status=status)
    if status == HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = 'Bearer realm="LearnIn"'
    return response


def is_asked(request: HttpRequest) -> bool:
    """Whether a program asks, and wants no page."""
    return request.path_info.startswith(PREFIX)


def wrongs(found: Sequence[Mapping[str, Any]]) -> list[Wrong]:
    """What ninja found wrong in the address and its query, in our shape."""
    return [Wrong(where=_path(error["loc"]), why=str(error["msg"])) for error in found]


def _path(places: Sequence[Any]) -> str:
    return ".".join(str(place) for place in places)
