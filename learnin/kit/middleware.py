"""What happens around every page."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

Answer = Callable[[HttpRequest], HttpResponse]


class NothingUnreadable:
    """Refuse a NUL in an address or a cookie: nobody types one, and PostgreSQL keeps none. Forms refuse theirs."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = [request.path_info, *(text for pair in request.GET.lists() for text in (pair[0], *pair[1]))]
        if any("\x00" in text for text in (*said, *request.COOKIES.values())):
            raise BadRequest("a NUL in the address or a cookie")
        return self.get_response(request)


class NothingKept:
    """What a signed-in person reads stays out of every cache: the next person at the same screen sees nothing of it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class ReaderLanguage:
    """The page speaks the language the reader chose: the person's own, else the cookie's, else the browser's.

    A page about a country tells its hours (`pages.at`); the next page begins without.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(None):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not request.user.is_authenticated:
            response.headers["Vary"] = ", ".join(filter(None, [response.headers.get("Vary"), "Accept-Language"]))
        return response


class WriteOnGet(AssertionError):
    """A page that is only read tried to change data."""


class GetNeverWrites:
    """Refuse every change of data while a page is only read.

    Sessions are an exception: signing in in two steps remembers the first step there. So are the few
    addresses of `settings.MAY_WRITE_ON_GET` and statements of `settings.MAY_BE_WRITTEN_ON_GET`, each with its reason.
    """

    methods = frozenset({"GET", "HEAD", "OPTIONS"})
    writing = ("INSERT", "UPDATE", "DELETE", "REPLACE")
    except_for = ("django_session", "usersessions_usersession")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.methods:
            return self.get_response(request)
        with connection.execute_wrapper(partial(self._refuse, request)):
            return self.get_response(request)

    def _refuse(
        self, request: HttpRequest, execute: Callable, sql: str, params: object, many: bool, context: dict
    ) -> object:
        begins = sql.lstrip()[:8].upper()
        if begins.startswith(self.writing) and not any(table in sql[:80] for table in self.except_for):
            page = request.resolver_match.view_name if request.resolver_match else ""
            if page in settings.MAY_WRITE_ON_GET or sql.startswith(settings.MAY_BE_WRITTEN_ON_GET):
                return execute(sql, params, many, context)
            raise WriteOnGet(sql[:200])
        return execute(sql, params, many, context)
