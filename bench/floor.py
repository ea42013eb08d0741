"""The floor: Django itself, without any of ours. It answers the same bytes, and does nothing else."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

answers: dict[str, bytes] = {}


def bare(request: HttpRequest, name: str) -> HttpResponse:
    """What was kept under this name; what was sent is read first."""
    if request.method == "POST":
        told = {"X-Parts": str(len(request.FILES)), "Content-Length": str(len(answers[name]))}
        return HttpResponse(answers[name], status=201, headers=told)
    return HttpResponse(answers[name])


urlpatterns = [path("<path:name>", bare)]


class BareRequest(WSGIRequest):
    """A request that knows only the address above."""

    urlconf = __name__


class Bare(WSGIHandler):
    """Django without middleware."""

    request_class = BareRequest

    def __init__(self, *words: Any, **named: Any) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().__init__(*words, **named)
