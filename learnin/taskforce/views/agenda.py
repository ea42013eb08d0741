"""The agenda of a meeting and what was said on it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnin.kit import asking, pages
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import meetings as forms
from learnin.taskforce.models import AgendaItem
from learnin.taskforce.operations import agenda as operations
from learnin.taskforce.queries import meetings as queries
from learnin.taskforce.views.meetings import about, at, url_of


def _reached(request: SignedIn, pk: int) -> AgendaItem:
    found = access.item(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.meeting.task_force.country)
    return found


def _back(found: AgendaItem) -> str:
    return f"{url_of(found.meeting)}#agenda"


@require_http_methods(["GET", "HEAD", "POST"])
def add_item(request: SignedIn, pk: int) -> HttpResponse:
    """Put one more item on the agenda."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.task_force.country)
    form = forms.ItemForm(pages.sent(request), seats=queries.seats_with_sitters(found.task_force))
    context = about(found, _("Add an item to the agenda"))
    return asking.ask(request, form, operations.add_item, found, back=f"{url_of(found)}#agenda", context=context)


@require_POST
def take_over(request: SignedIn, pk: int) -> HttpResponse:
    """Put an unfinished action on the agenda."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    sent = request.POST.get("action", "")
    if not sent.isdigit():
        messages.warning(request, _("Choose an action to take over."))
        return redirect(url_of(found))
    action = access.action(request.user, int(sent), can=Can.HOLD_MEETINGS)
    return asking.do(request, operations.take_over, found, action=action, back=f"{url_of(found)}#agenda")


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: SignedIn, pk: int) -> HttpResponse:
    """Change an item of the agenda."""
    found = _reached(request, pk)
    initial = {key: getattr(found, key) for key in ("title", "kind", "minutes_planned")}
    initial |= {"owner": found.owner_id, "components": [one.component for one in found.components.all()]}
    seats = queries.seats_with_sitters(found.meeting.task_force)
    form = forms.ItemForm(pages.sent(request), seats=seats, initial=initial)
    context = about(found.meeting, _("Change the item"), item=found, papers=found.papers.order_by("pk"))
    template = "taskforce/item.html"
    return asking.ask(
        request, form, operations.change_item, found, back=_back(found), context=context, template=template
    )


@require_POST
def move_item(request: SignedIn, pk: int) -> HttpResponse:
    """Move an item one place up or down."""
    found = _reached(request, pk)
    up = request.POST.get("direction") != "down"
    return asking.do(request, operations.move_item, found, up=up, back=_back(found))


@require_POST
def remove_item(request: SignedIn, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    found = _reached(request, pk)
    return asking.do(request, operations.remove_item, found, back=_back(found))


@require_http_methods(["GET", "HEAD", "POST"])
def add_paper(request: SignedIn, pk: int) -> HttpResponse:
    """Lay a paper beside an item."""
    found = _reached(request, pk)
    form = forms.PaperForm(pages.sent(request), request.FILES or None)
    context = about(found.meeting, _("Add a paper: %(item)s") % {"item": found.title})
    return asking.ask(request, form, operations.add_paper, found, back=_back(found), context=context)


@require_POST
def remove_paper(request: SignedIn, pk: int) -> HttpResponse:
    """Take a paper away from an item."""
    found = _reached(request, pk)
    sent = request.POST.get("paper", "")
    if sent.isdigit():
        return asking.do(request, operations.remove_paper, found, paper_pk=int(sent), back=_back(found))
    return redirect(_back(found))


@require_http_methods(["GET", "HEAD", "POST"])
def notes(request: SignedIn, pk: int) -> HttpResponse:
    """Write down what was said on an item."""
    found = _reached(request, pk)
    form = forms.NotesForm(pages.sent(request), initial={"notes": found.notes})
    context = about(found.meeting, _("Notes: %(item)s") % {"item": found.title})
    return asking.ask(request, form, operations.write_notes, found, back=_back(found), context=context)
