"""The questionnaire as one page without scripts, for anyone with a link."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import web_form as access
from learnin.assessment.access.collection import Door
from learnin.assessment.formats import plain_form
from learnin.assessment.formats.plain_form import NotSimple, PlainForm
from learnin.assessment.formats.unfinished import Unfinished
from learnin.assessment.forms.plain_form import NOTHING, PlainAnswers
from learnin.assessment.models import Submission
from learnin.assessment.operations import submissions, unfinished
from learnin.assessment.queries import unfinished as begun
from learnin.assessment.queries import web_form as queries
from learnin.assessment.queries.unfinished import Kept
from learnin.assessment.views import web_form
from learnin.kit import languages, pages, written
from learnin.kit.refusal import Refusal

TEMPLATE = "assessment/plain_form.html"
AGAIN = "again"
LONGEST_NUMBER = 19  # digits that both databases take for a key


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plain(request: HttpRequest, door: str) -> HttpResponse:
    """The questionnaire as one page without scripts, where it is simple enough."""
    found, now = access.door(door), timezone.now()
    kept = begun.kept(found, now=now)
    version = queries.version(found, now=now, wanted=_wanted(request, kept))
    context = {"questionnaire": web_form.questionnaire(found, version), "is_open": version is not None}
    if version is None:
        return pages.page(request, TEMPLATE, context, status=410)
    try:
        questions = queries.plain(version.xform)
    except NotSimple:
        return pages.page(request, TEMPLATE, context)
    if AGAIN in request.POST and found.invitation:
        unfinished.drop(found.invitation, now=now)
        return redirect("assessment:plain_form", door)
    language = _language(request, questions, kept)
    so_far = questions.read_back(kept.unfinished.xml) if kept else NOTHING
    answers = PlainAnswers(questions, language=language, now=now, data=pages.sent(request), begun=so_far)
    if answers.is_bound and answers.is_valid() and not answers.has_more:
        if found.draft:  # nothing is kept, so there is nowhere to go to
            return _tried(request, context, answers)
        try:
            return _take(found, answers, language, now)
        except unfinished.KeptElsewhere as newer:
            answers.add_error(None, _elsewhere(newer))
        except Refusal as refusal:
            answers.add_error(None, str(refusal))
    context |= {
        "version": version,
        "kept": kept,
        "spoken": _spoken(request, questions, language),
        "has_more": answers.has_more,
        "may_wait": begun.may_be_kept(found),
    }
    status = 422 if answers.has_more else None
    return pages.page(request, TEMPLATE, context, form=answers, status=status)


def _wanted(request: HttpRequest, kept: Kept | None) -> int | None:
    """The version that is being answered: the one on the page that was sent, or that the unfinished answer began on."""
    sent = request.POST.get("version", "")
    if sent.isascii() and sent.isdigit() and len(sent) < LONGEST_NUMBER:
        return int(sent)
    return kept.version.pk if kept else None


def _take(door: Door, answers: PlainAnswers, language: str, now: datetime) -> HttpResponse:
    """Take the answer in, or keep it to be finished later. Raises a Refusal, or Http404 where nobody can go on."""
    if answers.is_later:
        if door.invitation is None:
            raise Http404
        said = Unfinished(answers.xml().decode(), language)
        unfinished.keep(door.invitation, unfinished=said, onto=answers.cleaned_data["onto"], now=now)
        return redirect("assessment:plain_form_later", door.key)
    submissions.receive(
        door.round,
        xml=answers.xml(),
        channel=door.channel or Submission.Channel.PLAIN,
        invitation=door.invitation,
        language=language,
        now=now,
    )
    return redirect("assessment:plain_form_sent", door.key)


def _elsewhere(newer: unfinished.KeptElsewhere) -> str:
    """What to do when another device was faster."""
    said = _(
        "You went on with another device meanwhile, on %(when)s. Press “Save and finish later” again to keep what "
        "stands here instead. To see the other answers, open your link again."
    )
    return said % {"when": written.moment(newer.at)}


def _tried(request: HttpRequest, context: dict[str, Any], answers: PlainAnswers) -> HttpResponse:
    """What would have been sent, and how long it took."""
    took = timezone.now() - answers.begun_at
    context |= {"answers": answers.in_words, "minutes": took.seconds // 60, "seconds": took.seconds % 60}
    return pages.page(request, "assessment/plain_form_tried.html", context)


def _language(request: HttpRequest, questions: PlainForm, kept: Kept | None) -> str:
    """The language of the form that was chosen, now or before, or that fits the reader."""
    chosen = request.GET.get("language") or (kept.unfinished.language if kept else "")
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
    context = {"questionnaire": web_form.questionnaire(access.door(door), None)}
    return pages.page(request, "assessment/plain_form_sent.html", context)


@login_not_required
@never_cache
@require_safe
def plain_later(request: HttpRequest, door: str) -> HttpResponse:
    """How to go on, after somebody saved to finish later."""
    found = access.door(door)
    if not begun.may_be_kept(found):
        raise Http404
    context = {"questionnaire": web_form.questionnaire(found, None), "kept": begun.kept(found, now=timezone.now())}
    return pages.page(request, "assessment/plain_form_later.html", context)
