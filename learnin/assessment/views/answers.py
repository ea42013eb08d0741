"""Pages of answers: the list of a round, one answer, what was decided about it and set right."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import rounds
from learnin.assessment.access import submissions as access
from learnin.assessment.formats.definition import language_name
from learnin.assessment.forms import reviews as forms
from learnin.assessment.models import Round, Submission
from learnin.assessment.operations import flags as flag_operations
from learnin.assessment.operations import reviews as operations
from learnin.assessment.queries import exports, questionnaire
from learnin.assessment.queries import reviews as queries
from learnin.journal.operations import jobs
from learnin.kit import asking, languages, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

A_PAGE = 50


@require_safe
def answers(request: SignedIn, pk: int) -> HttpResponse:
    """The answers of a round: what state each is in, what caught the eye, who brought it, how long it took."""
    round = rounds.round(request.user, pk, can=Can.SEE_ANSWERS)
    pages.at(request, round.country, stage="assessment")
    collectors = list(queries.enumerators(round))
    form = forms.AnswersForm(request.GET, enumerators=collectors)
    wanted = queries.Wanted()
    if form.is_valid():
        said = form.cleaned_data
        enumerator = said.get("enumerator")
        wanted = queries.Wanted(said["state"], said["flag"], int(enumerator) if enumerator else None)
    page = Paginator(queries.listed(round, wanted), A_PAGE).get_page(request.GET.get("page"))
    flags = queries.flags_of(page.object_list)
    context = _about(request, round) | {
        "page": page,
        "rows": [(one, flags.get(one.pk, []), flag_operations.duration(one)) for one in page],
        "states": _states(round),
        "is_narrowed": wanted != queries.Wanted(),
        "has_enumerators": bool(collectors),
        "form": form,
    }
    return pages.page(request, "assessment/answers.html", context)


def _about(request: SignedIn, round: Round) -> dict[str, Any]:
    return {
        "round": round,
        "country": round.country,
        "is_unlinked": exports.is_unlinked(round),
        "may_review": may(request.user, Can.REVIEW_ANSWERS, round.country),
        "may_export": may(request.user, Can.EXPORT_ANSWERS, round.country),
        "may_see": True,
    }


def _states(round: Round) -> list[tuple[str, str, int]]:
    """How many answers are in each state, in the order of the work."""
    found = queries.states(round)
    return [(state.value, str(state.label), found[state]) for state in Submission.State if found.get(state)]


@require_POST
def approve_answers(request: SignedIn, pk: int) -> HttpResponse:
    """Approve the answers that were ticked, or all that the page shows."""
    round = rounds.round(request.user, pk, can=Can.REVIEW_ANSWERS)
    sent = request.POST.getlist("shown" if "every" in request.POST else "answer")
    ticked = [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 19]
    count = operations.approve(round, answers=ticked, by=request.user, now=timezone.now())
    said = ngettext("%(count)d answer approved.", "%(count)d answers approved.", count) % {"count": count}
    if count < len(ticked):
        left = len(ticked) - count
        more = ngettext(
            "%(count)d was left: it has an open flag, or was decided before.",
            "%(count)d were left: they have an open flag, or were decided before.",
            left,
        ) % {"count": left}
        said = f"{said} {more}"
    messages.success(request, said)
    return redirect(_list(round, request.POST.get("query", "")))


def _list(round: Round, query: str = "") -> str:
    """The list as it was filtered."""
    address = reverse("assessment:answers", args=[round.pk])
    return f"{address}?{query}" if query and query.isascii() and not set(query) & set(" \r\n\\") else address


@require_POST
def check_answers(request: SignedIn, pk: int) -> HttpResponse:
    """Look at all answers again."""
    round = rounds.round(request.user, pk, can=Can.REVIEW_ANSWERS)
    now = timezone.now()
    job = jobs.start(flag_operations.check_round, by=request.user, now=now, country=round.country, round=round.pk)
    return redirect("journal:job", job.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedIn, pk: int) -> HttpResponse:
    """One answer in the questionnaire's words; what was decided about it; a decision."""
    can = Can.REVIEW_ANSWERS if request.method == "POST" else Can.SEE_ANSWERS
    found = access.answer(request.user, pk, can=can)
    round = _round_of(found)
    pages.at(request, round.country, stage="assessment")
    form = forms.ReviewForm(pages.sent(request))
    here = reverse("assessment:answer", args=[found.pk])
    answered = asking.tried(
        request, form, operations.review, found, back=here, fields={operations.NeedsComment: "comment"}
    )
    return answered or pages.page(request, "assessment/answer.html", _answer(request, found, round), form=form)


def _round_of(found: Submission) -> Round:
    if found.round is None:
        raise Http404
    return found.round


def _answer(request: SignedIn, found: Submission, round: Round) -> dict[str, Any]:
    asked = questionnaire.of_version(found.version)
    chosen = request.GET.get("language", "")
    language = chosen if chosen in asked.languages else asked.language_of(languages.language().code)
    may_see_personal = may(request.user, Can.SEE_PERSONAL_ANSWERS, round.country)
    lines = queries.lines(found, language=language, may_see_personal=may_see_personal)
    return _about(request, round) | {
        "answer": found,
        "parts": _parts(lines),
        "has_hidden": any(line.is_hidden for line in lines),
        "flags": queries.named_flags(found, lines),
        "shows_place": may_see_personal or not queries.place_is_personal(found),
        "history": queries.history(found, may_see_personal=may_see_personal),
        "editions": queries.editions(found),
        "language": language,
        "languages": [(one, language_name(one)) for one in asked.languages],
        "seconds": flag_operations.duration(found),
    }


def _parts(lines: list[queries.Line]) -> list[tuple[queries.Line | None, list[queries.Line]]]:
    """The lines below each heading."""
    parts: list[tuple[queries.Line | None, list[queries.Line]]] = [(None, [])]
    for line in lines:
        if line.is_heading:
            parts.append((line, []))
        else:
            parts[-1][1].append(line)
    return [part for part in parts if (part[0] and part[0].label) or part[1]]


@require_http_methods(["GET", "HEAD", "POST"])
def correct_answer(request: SignedIn, pk: int, question: str) -> HttpResponse:
    """Set one value right; what came in stays."""
    found = access.answer(request.user, pk, can=Can.REVIEW_ANSWERS)
    round = _round_of(found)
    pages.at(request, round.country, stage="assessment")
    place = queries.place_to_correct(
        found,
        question,
        language=questionnaire.of_version(found.version).language_of(languages.language().code),
        may_see_personal=may(request.user, Can.SEE_PERSONAL_ANSWERS, round.country),
    )
    if place is None:
        raise Http404
    sent = pages.sent(request)
    form = forms.CorrectionForm(sent, initial={"after": place.text}, choices=place.choices, language=place.language)
    back = reverse("assessment:answer", args=[found.pk])
    fields = {operations.NotAValue: "after", operations.NeedsComment: "reason"}
    answered = asking.tried(request, form, operations.correct, found, back=back, fields=fields, path=question)
    context = {
        "heading": _("Set right: %(question)s") % {"question": place.label},
        "lede": _("What came in stays on record. Exports show the new value, and list the correction with its reason."),
        "back": back,
        "back_label": _("Answer"),
        "verb": _("Set right"),
        "verb_kind": "",
    }
    return answered or asking.page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def mark_answer(request: SignedIn, pk: int) -> HttpResponse:
    """Ask somebody to look at an answer."""
    found = access.answer(request.user, pk, can=Can.REVIEW_ANSWERS)
    pages.at(request, found.instrument.country, stage="assessment")
    back = reverse("assessment:answer", args=[found.pk])
    context = {"heading": _("Mark this answer"), "back_label": _("Answer"), "verb": _("Mark it")}
    return asking.ask(
        request, forms.MarkForm(pages.sent(request)), flag_operations.mark, found, back=back, context=context
    )


@require_http_methods(["GET", "HEAD", "POST"])
def settle_flag(request: SignedIn, pk: int) -> HttpResponse:
    """Say what was found when somebody looked."""
    flag = access.flag(request.user, pk)
    pages.at(request, flag.submission.instrument.country, stage="assessment")
    back = reverse("assessment:answer", args=[flag.submission_id])
    context = {
        "heading": flag.get_kind_display(),
        "lede": queries.flag_said(flag),
        "back_label": _("Answer"),
        "verb": _("Note what you found"),
    }
    return asking.ask(
        request, forms.SettleForm(pages.sent(request)), flag_operations.settle, flag, back=back, context=context
    )


@require_safe
def answer_file(request: SignedIn, pk: int) -> FileResponse:
    """A file that came with an answer; one about a person only for those who may see personal fields."""
    found = access.file(request.user, pk)
    if queries.file_is_personal(found):
        found = access.personal_file(request.user, pk)
    content = found.file.storage.open(found.file.name or "", "rb")
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type="application/octet-stream")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
