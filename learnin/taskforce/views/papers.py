"""Papers of the task force as Word and PDF."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from learnin.kit import pages
from learnin.kit import papers as answers
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.models import Meeting
from learnin.taskforce.queries import minutes as queries
from learnin.taskforce.queries import papers, record
from learnin.taskforce.queries import terms as terms_of_reference


@require_safe
def minutes(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The minutes: the sealed document where it is one, else the draft as it stands."""
    found = access.meeting(request.user, pk)
    language = answers.asked_language(request)
    if found.approved_at:
        kept = [one for one in queries.sealed_documents(found) if one.format == form]
        sealed = next((one for one in kept if one.language == language), kept[-1] if kept else None)
        if sealed:
            return redirect("journal:file", sealed.attachment_id)
    with translation.override(language):
        paper = papers.minutes(found, record.record(found))
    return answers.file(paper, language, form, f"{_name(found)}-draft-minutes")


@require_safe
def agenda(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The agenda, to print or to send."""
    found = access.meeting(request.user, pk)
    language = answers.asked_language(request)
    with translation.override(language):
        paper = papers.agenda(found)
    return answers.file(paper, language, form, f"{_name(found)}-agenda")


@require_safe
def attendance(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The list that goes round the table to be signed."""
    found = access.meeting(request.user, pk)
    language = answers.asked_language(request)
    with translation.override(language):
        paper = papers.attendance_list(found)
    return answers.file(paper, language, form, f"{_name(found)}-attendance")


def _name(meeting: Meeting) -> str:
    return f"{meeting.task_force.country_id}-meeting-{meeting.number}"


@require_safe
def choose_terms(request: SignedIn, code: str) -> HttpResponse:
    """Choose the language of the terms of reference."""
    task_force = access.task_force(request.user, code)
    pages.at(request, task_force.country, stage="taskforce")
    chosen = answers.LanguageForm(initial={"language": papers.languages_of(task_force.country)[0]})
    context = {"country": task_force.country, "chooser": chosen}
    return pages.page(request, "taskforce/terms.html", context)


@require_safe
def terms(request: SignedIn, code: str, form: str) -> HttpResponse:
    """The terms of reference, from what is known today."""
    task_force = access.task_force(request.user, code)
    language = answers.asked_language(request)
    with translation.override(language):
        paper = terms_of_reference.terms(task_force, timezone.localdate())
    return answers.file(paper, language, form, f"{task_force.country_id}-terms-of-reference")
