"""The web form for anyone with a link: the page of the questionnaire, and what it sends."""

from pathlib import Path
from typing import Any

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from learnin.assessment.access import web_form as access
from learnin.assessment.access.collection import Door
from learnin.assessment.models import Submission, Version
from learnin.assessment.queries import unfinished
from learnin.assessment.queries import web_form as queries
from learnin.assessment.views import openrosa
from learnin.kit import languages, pages

WORKER = "kit/build/form-worker.js"
# The engine of the questionnaire reads XPath with a parser in WebAssembly: allowed on this one page.
WITH_ENGINE = {"script-src": ["'wasm-unsafe-eval'"]}


@login_not_required
@never_cache
@require_safe
@csp_update(WITH_ENGINE)  # type: ignore[arg-type]  # its types know of no view with arguments
def form(request: HttpRequest, door: str) -> HttpResponse:
    """The questionnaire of a round, for anyone with its link."""
    found = access.door(door)
    version = queries.version(found, now=timezone.now())
    words = queries.words(version, languages.language().html)
    context = {"questionnaire": questionnaire(found, version), "words": words, "is_open": version is not None}
    return pages.page(request, "assessment/web_form.html", context, status=200 if version else 410)


def questionnaire(door: Door, version: Version | None) -> dict[str, Any]:
    """Where the page finds everything. Without a version it only sends what still waits on the phone."""
    named = {"door": door.key}
    return {
        "title": door.round.title if door.round else door.instrument.title,
        "invitation": door.invitation,
        "tried": door.draft,
        "is_example": (door.round or door.instrument).country.is_example,
        "submit_url": reverse("assessment:web_form_submission", kwargs=named),
        "unfinished_url": reverse("assessment:answer_draft", args=[door.key]) if unfinished.may_be_kept(door) else "",
        "plain_url": reverse("assessment:plain_form", kwargs=named),
        "worker_url": reverse("assessment:web_form_worker"),
        "scope": reverse("assessment:web_form_worker").removesuffix("worker.js"),
        "draft_key": door.key,
        "limit": openrosa.limit(),
        **(form_urls(door, version) if version else {"form_url": "", "manifest_url": ""}),
    }


def form_urls(door: Door, version: Version) -> dict[str, str]:
    """Where a version lies, and the list of its files where it has some."""
    kind = "draft" if door.draft else "open"
    named = {"door": door.key, "version": version.pk}
    has_media = queries.has_media(version)
    return {
        "form_url": reverse(f"assessment:collect_{kind}_form", kwargs=named),
        "manifest_url": reverse(f"assessment:collect_{kind}_manifest", kwargs=named) if has_media else "",
    }


@openrosa.spoken("POST")
def submission(request: HttpRequest, door: Door) -> HttpResponse:
    """Take in an answer that the web form sends, at once or days later."""
    said = request.headers.get("Accept-Language", "")
    language = "" if said.startswith("*") else said.split(",")[0].split(";")[0].strip()
    return openrosa.take_in(request, door, channel=Submission.Channel.WEB, language=language)


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the page on the phone. It may only see addresses below its own."""
    found = finders.find(WORKER)
    if not isinstance(found, str):
        raise Http404
    script, headers = Path(found).read_bytes(), {"Cache-Control": "no-cache"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)
