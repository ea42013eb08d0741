"""What happens around every page."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Answer = Callable[[HttpRequest], HttpResponse]


class ReaderLanguage:
    """The page speaks the language the reader chose: the person's own, else the cookie's, else the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(language):
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

    Sessions are the one exception: signing in in two steps remembers the first step there.
    """

    methods = frozenset({"GET", "HEAD", "OPTIONS"})
    writing = ("INSERT", "UPDATE", "DELETE", "REPLACE")
    except_for = ("django_session", "usersessions_usersession")

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in self.methods:
            return self.get_response(request)
        with connection.execute_wrapper(self._refuse):
            return self.get_response(request)

    def _refuse(self, execute: Callable, sql: str, params: object, many: bool, context: dict) -> object:
        begins = sql.lstrip()[:8].upper()
        if begins.startswith(self.writing) and not any(table in sql[:80] for table in self.except_for):
            raise WriteOnGet(sql[:200])
        return execute(sql, params, many, context)
