"""How a page is answered, and the frame that every page stands in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from learnin.kit import languages, navigation
from learnin.kit.languages import Language
from learnin.kit.navigation import Place


class Link(NamedTuple):
    """A word that leads somewhere."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Shell:
    """The frame of a page: where we are, who is here, where one can go."""

    place: Place | None = None
    stages: tuple[Link, ...] = ()
    person: str = ""
    mine: tuple[Link, ...] = ()
    foot: tuple[Link, ...] = ()
    language: Language = field(default_factory=languages.language)
    languages: tuple[Language, ...] = ()
    is_signed_in: bool = False
    can_sign_in: bool = False
    here: str = "/"
    at: datetime | None = None

    @property
    def stage(self) -> Link | None:
        """The stage we are in."""
        return next((stage for stage in self.stages if stage.current), None)

    @property
    def is_example(self) -> bool:
        """Everything on this page is invented."""
        return bool(self.place and self.place.is_example)


def at(request: HttpRequest, place: Place | None, *, stage: str = "") -> None:
    """Say where this page is: the place in the bar, the stage that is marked, and the hours of the place."""
    request.place, request.stage = place, stage  # type: ignore[attr-defined]
    if zone := getattr(place, "zone", None):
        timezone.activate(zone)


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor behind `kit/base.html`."""
    return {"shell": frame(request)}


def frame(request: HttpRequest) -> Shell:
    """The frame of this request's page."""
    place = getattr(request, "place", None)
    user = getattr(request, "user", None)
    return Shell(
        place=place,
        stages=_stages(request, user, place),
        person=str(user) if user and user.is_authenticated else "",
        mine=_mine(request, user),
        foot=tuple(Link(str(entry.label), navigation.address(entry.url_name)) for entry in navigation.foot()),
        languages=tuple(languages.interface()),
        language=languages.language(),
        is_signed_in=bool(user and user.is_authenticated),
        can_sign_in=bool(user and not user.is_authenticated),
        here=request.get_full_path(),
        at=timezone.now(),
    )


def _stages(request: HttpRequest, user: Any, place: Place | None) -> tuple[Link, ...]:
    if user is None:
        return ()
    found = [(stage, stage.address(place)) for stage in navigation.stages(user, place)]
    key = getattr(request, "stage", "") or _nearest(request.path, [(stage.key, url) for stage, url in found])
    return tuple(Link(str(stage.label), url, stage.key == key) for stage, url in found)


def _nearest(path: str, addresses: list[tuple[str, str]]) -> str:
    """The stage whose address is the longest beginning of this path."""
    inside = [(len(url), key) for key, url in addresses if path.startswith(url)]
    return max(inside)[1] if inside else ""


def _mine(request: HttpRequest, user: Any) -> tuple[Link, ...]:
    if user is None or not user.is_authenticated:
        return ()
    links = [(navigation.address(entry.url_name), entry) for entry in navigation.mine()]
    return tuple(Link(str(entry.label(user)), url, request.path == url) for url, entry in links)


def wants_part(request: HttpRequest) -> bool:
    """htmx asks for a part of the page; a boosted link or a step back in history asks for the whole."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Request-Type") != "full"
        and "HX-Boosted" not in headers
        and "HX-History-Restore-Request" not in headers
    )


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    form: Any = None,
    part: str | None = None,
    status: int | None = None,
) -> HttpResponse:
    """Answer with the page, or with its named part when htmx asks; 422 when a form was refused."""
    values = dict(context or {})
    if form is not None:
        values["form"] = form
    if status is None:
        status = 422 if is_refused(form) else 200
    if part and wants_part(request):
        # The summary of errors and the notices stand outside the part: they come along and find their own place.
        html = render_to_string(f"{template}#{part}", values, request)
        html += render_to_string("kit/beside.html", values, request)
        response = HttpResponse(html, status=status)
    else:
        response = render(request, template, values, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with a form; nothing while the page is only read."""
    return request.POST if request.method == "POST" else None


def is_refused(form: Any) -> bool:
    """Somebody sent this form, and it has errors."""
    return bool(form is not None and form.is_bound and form.errors)
