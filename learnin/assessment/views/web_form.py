"""The web form for anyone with a link: the page of the questionnaire, the plain page, and what they send."""

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import web_form as access
from learnin.assessment.access.collection import Door
from learnin.assessment.formats import plain_form
from learnin.assessment.formats.plain_form import NotSimple, PlainForm
from learnin.assessment.forms.plain_form import PlainAnswers
from learnin.assessment.models import Submission, Version
from learnin.assessment.operations import submissions
from learnin.assessment.operations.not_taken import NotTaken
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
    context = {"questionnaire": _questionnaire(found, version), "words": words, "is_open": version is not None}
    return pages.page(request, "assessment/web_form.html", context, status=200 if version else 410)


def _questionnaire(door: Door, version: Version | None) -> dict[str, Any]:
    """Where the page finds everything. Without a version it only sends what still waits on the phone."""
    named = {"door": door.key}
    found = {
        "title": door.round.title if door.round else door.instrument.title,
        "invitation": door.invitation,
        "is_example": bool(door.round and door.round.country.is_example),
        "submit_url": reverse("assessment:web_form_submission", kwargs=named),
        "plain_url": reverse("assessment:plain_form", kwargs=named),
        "worker_url": reverse("assessment:web_form_worker"),
        "scope": reverse("assessment:web_form_worker").removesuffix("worker.js"),
        "draft_key": door.key,
        "limit": openrosa.limit(),
        "form_url": "",
        "manifest_url": "",
    }
    if version is not None:
        named_version = {**named, "version": version.pk}
        found["form_url"] = reverse("assessment:collect_open_form", kwargs=named_version)
        if queries.has_media(version):
            found["manifest_url"] = reverse("assessment:collect_open_manifest", kwargs=named_version)
    return found


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


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plain(request: HttpRequest, door: str) -> HttpResponse:
    """The questionnaire as one page without scripts, where it is simple enough."""
    found = access.door(door)
    version = queries.version(found, now=timezone.now())
    context = {"questionnaire": _questionnaire(found, version), "is_open": version is not None}
    if version is None:
        return pages.page(request, "assessment/plain_form.html", context, status=410)
    try:
        questions = queries.plain(version.xform)
    except NotSimple:
        return pages.page(request, "assessment/plain_form.html", context)
    language = _language(request, questions)
    answers = PlainAnswers(questions, language=language, now=timezone.now(), data=pages.sent(request))
    if answers.is_bound and answers.is_valid() and not answers.has_more:
        try:
            submissions.receive(
                found.round,
                xml=answers.xml(),
                channel=found.channel or Submission.Channel.PLAIN,
                invitation=found.invitation,
                language=language,
                now=timezone.now(),
            )
            return redirect("assessment:plain_form_sent", door)
        except NotTaken as refusal:
            answers.add_error(None, str(refusal))
    context |= {"spoken": _spoken(request, questions, language), "has_more": answers.has_more}
    status = 422 if answers.has_more else None
    return pages.page(request, "assessment/plain_form.html", context, form=answers, status=status)


def _language(request: HttpRequest, questions: PlainForm) -> str:
    """The language of the form that was chosen, or that fits the reader."""
    chosen = request.GET.get("language", "")
    return chosen if chosen in questions.languages else plain_form.language_for(questions, languages.language().html)


def _spoken(request: HttpRequest, questions: PlainForm, now: str) -> list[pages.Link]:
    """The languages of the form; nothing to choose where it has one."""
    if len(questions.languages) < 2:
        return []
    return [pages.Link(name, f"?{_query(name)}", current=name == now) for name in questions.languages]


def _query(language: str) -> str:
    return urlencode({"language": language})


@login_not_required
@never_cache
@require_safe
def plain_sent(request: HttpRequest, door: str) -> HttpResponse:
    """Thanks, after the plain page was sent."""
    context = {"questionnaire": _questionnaire(access.door(door), None)}
    return pages.page(request, "assessment/plain_form_sent.html", context)
