"""The questionnaire as one page without scripts, for anyone with a link."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import web_form as access
from learnin.assessment.formats import plain_form
from learnin.assessment.formats.plain_form import NotSimple, PlainForm
from learnin.assessment.forms.plain_form import PlainAnswers
from learnin.assessment.models import Submission
from learnin.assessment.operations import submissions
from learnin.assessment.operations.not_taken import NotTaken
from learnin.assessment.queries import web_form as queries
from learnin.assessment.views import web_form
from learnin.kit import languages, pages


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plain(request: HttpRequest, door: str) -> HttpResponse:
    """The questionnaire as one page without scripts, where it is simple enough."""
    found = access.door(door)
    version = queries.version(found, now=timezone.now())
    context = {"questionnaire": web_form.questionnaire(found, version), "is_open": version is not None}
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
    context = {"questionnaire": web_form.questionnaire(access.door(door), None)}
    return pages.page(request, "assessment/plain_form_sent.html", context)
