"""The API: every stage's part, one gate, one way to say no."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as Malformed

import learnin
from learnin.assessment.api import router as assessment
from learnin.initiatives.api import router as initiatives
from learnin.journal.api import router as journal
from learnin.kit import api as kit
from learnin.kit.refusal import Refusal
from learnin.people.api import router as people
from learnin.people.sign_in.programs import BySession, ByToken

Answer = Callable[..., HttpResponse]

DESCRIPTION = """What the pages of LearnIn show and do, for programs.

Sign in with a key from the page *Keys for your programs* (`Authorization: Bearer learnin_…`), or with the session of a
browser; then what changes something carries the CSRF token in `X-CSRFToken`. A program may do what its person may do:
404 means that there is nothing for this person, 403 that the person may see it and no more, 409 that the work says no,
in words for people."""

program = NinjaAPI(
    title="LearnIn",
    version=learnin.__version__,
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,  # its page brings inline scripts, which our pages never do
    docs_decorator=require_safe,
    auth=[ByToken(), BySession()],
)


def _for_its_reader(run: Answer) -> Answer:
    """Every answer says its language, and stays out of every cache."""

    @wraps(run)
    def answer(request: HttpRequest, **given: Any) -> HttpResponse:
        response = run(request, **given)
        response["Content-Language"] = get_language() or "en"
        response["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ["Accept-Language", "Authorization", "Cookie"])
        return response

    return answer


program.add_decorator(_for_its_reader, mode="view")
program.add_router("", people)
program.add_router("", journal)
program.add_router("", assessment)
program.add_router("", initiatives)


@program.exception_handler(Malformed)
def _malformed(request: HttpRequest, refused: Malformed) -> HttpResponse:
    return _unreadable(request, kit.Unreadable(kit.wrongs(refused.errors)))


@program.exception_handler(kit.Unreadable)
def _unreadable(request: HttpRequest, refused: kit.Unreadable) -> HttpResponse:
    said = _("Something in what was sent is wrong; “errors” says what.")
    return kit.problem(HTTPStatus.UNPROCESSABLE_ENTITY, said, refused.errors)


@program.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return kit.problem(HTTPStatus.CONFLICT, str(refusal))


@program.exception_handler(PermissionDenied)
def _forbidden(request: HttpRequest, refused: PermissionDenied) -> HttpResponse:
    return kit.problem(HTTPStatus.FORBIDDEN, _("You may see this, but not do this."))


@program.exception_handler(Http404)
def _not_found(request: HttpRequest, missing: Http404) -> HttpResponse:
    return kit.problem(HTTPStatus.NOT_FOUND, _("There is nothing here for you."))


@program.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, refused: RequestDataTooBig) -> HttpResponse:
    return kit.problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _("This is too much at once."))


@program.exception_handler(HttpError)
def _no(request: HttpRequest, error: HttpError) -> HttpResponse:
    status = HTTPStatus(error.status_code)
    said = _("Sign in with a key or a session.") if str(error) == "Unauthorized" else str(error)
    return kit.problem(status, said)


urls = program.urls
for address in urls[0]:
    if address.callback:
        login_not_required(address.callback)  # it says 401 by itself, and leads nobody to the sign-in page
