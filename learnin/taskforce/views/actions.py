"""Actions of a country, and one action."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.journal.formats import sheet
from learnin.kit import asking, pages
from learnin.kit.files import XLSX
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import actions as forms
from learnin.taskforce.models import ActionPoint, TaskForce
from learnin.taskforce.operations import actions as operations
from learnin.taskforce.queries import actions as queries
from learnin.taskforce.queries import composition
from learnin.taskforce.queries import meetings as meeting_queries

A_PAGE = 50
DUE = {operations.DueTooEarly: "due_on"}


def _at(request: SignedIn, country: Country) -> None:
    pages.at(request, country, stage="taskforce")


def _url(action: ActionPoint) -> str:
    return reverse("taskforce:action", args=[action.pk])


def _wanted(request: SignedIn, task_force: TaskForce) -> tuple[forms.WantedForm, queries.Wanted]:
    """The filled form, and what it asks for."""
    seats = meeting_queries.seats_with_sitters(task_force)
    form = forms.WantedForm({"state": "open", **request.GET.dict()}, seats=seats)
    sort = request.GET.get("sort", "due")
    if not form.is_valid():
        return form, queries.Wanted(sort=sort)
    data = form.cleaned_data
    seat = int(data["seat"]) if data["seat"] else None
    state = data["state"] or "open"
    return form, queries.Wanted(state=state, seat=seat, component=data["component"], mine=data["mine"], sort=sort)


@require_safe
def actions(request: SignedIn, code: str) -> HttpResponse:
    """What was promised, narrowed as one asks."""
    country = access.country(request.user, code)
    _at(request, country)
    task_force = composition.task_force_of(country.pk)
    if task_force is None:
        may_edit = may(request.user, Can.EDIT_TASK_FORCE, country)
        return pages.page(request, "taskforce/none_yet.html", {"country": country, "may_edit": may_edit})
    form, wanted = _wanted(request, task_force)
    today = timezone.localdate()
    page = Paginator(queries.actions(task_force, wanted, today, request.user), A_PAGE).get_page(request.GET.get("page"))
    file_url = reverse("taskforce:actions_file", args=[country.pk])
    context = {
        "country": country,
        "page": page,
        "rows": queries.with_names(page.object_list, today),
        "counts": queries.counts(task_force, today),
        "today": today,
        "may_add": may(request.user, Can.HOLD_MEETINGS, country) and not task_force.is_over,
        "file_url": f"{file_url}?{request.GET.urlencode()}" if request.GET else file_url,
        "wanted_form": form,
    }
    return pages.page(request, "taskforce/actions.html", context, part="actions")


@require_safe
def actions_file(request: SignedIn, code: str) -> HttpResponse:
    """The same list as an Excel file."""
    task_force = access.task_force(request.user, code)
    _at(request, task_force.country)
    _form, wanted = _wanted(request, task_force)
    today = timezone.localdate()
    headings = [
        _("Number"), _("What needs doing"), _("Owner"), _("Seat"), _("Due"), _("State"), _("Priority"),
        _("Components"), _("Meeting"), _("What was done"),
    ]  # fmt: skip
    found = queries.with_names(queries.actions(task_force, wanted, today, request.user), today)
    rows = (_row(action, name, state) for action, name, state in found)
    content = sheet.write(headings, rows, name=_("Actions"), widths=[16, 60, 28, 28, 14, 14, 14, 28, 40, 60])
    headers = {"Content-Disposition": f'attachment; filename="actions-{task_force.country_id}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


def _row(action: ActionPoint, name: str, state: ActionPoint.State) -> list[str]:
    components = ", ".join(str(one.get_component_display()) for one in action.components.all())
    meeting = action.meeting.title if action.meeting else ""
    due = action.due_on.isoformat()
    priority = str(action.get_priority_display())
    what = action.outcome or action.dropped_why
    return [
        action.full_number, action.text, name, action.seat.title, due, str(state.label), priority, components, meeting,
        what,
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn, code: str) -> HttpResponse:
    """Write down an action between two meetings."""
    task_force = access.task_force(request.user, code, can=Can.HOLD_MEETINGS)
    _at(request, task_force.country)
    form = forms.ActionForm(pages.sent(request), seats=meeting_queries.seats_with_sitters(task_force))
    back = reverse("taskforce:actions", args=[task_force.country_id])
    context = {"country": task_force.country, "heading": _("Add an action"), "back_label": _("Actions")}
    return asking.ask(request, form, operations.add, task_force, back=back, context=context, fields=DUE)  # type: ignore[arg-type]


@require_safe
def action(request: SignedIn, pk: int) -> HttpResponse:
    """One action: who, by when, where it stands, what came of it."""
    found = access.action(request.user, pk)
    country = found.task_force.country
    _at(request, country)
    today = timezone.localdate()
    context = {
        "country": country,
        "action": found,
        "owner": queries.owner_of(found),
        "state": found.state_on(today),
        "days_late": _days_late(found, today),
        "components": found.components.order_by("pk"),
        "proofs": found.proofs.order_by("pk"),
        "may_do": found.is_open and access.is_owner(request.user, found),
        "may_lead": found.is_open and may(request.user, Can.HOLD_MEETINGS, country),
        "may_see_journal": may(request.user, Can.SEE_JOURNAL, country),
    }
    return pages.page(request, "taskforce/action.html", context)


def _days_late(found: ActionPoint, today: date) -> int:
    return (today - found.due_on).days if found.is_open and found.due_on < today else 0


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody works on it now."""
    found = access.own_action(request.user, pk)
    return asking.do(request, operations.begin, found, back=_url(found))


@require_http_methods(["GET", "HEAD", "POST"])
def complete(request: SignedIn, pk: int) -> HttpResponse:
    """Say what was done."""
    found = access.own_action(request.user, pk)
    _at(request, found.task_force.country)
    needs_file = found.priority == ActionPoint.Priority.HIGH and not found.proofs.exists()
    form = forms.CompleteForm(pages.sent(request), request.FILES or None, needs_file=needs_file)
    return _ask(request, form, operations.complete, found, _("Say what was done"), verb=_("It is done"))


@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: SignedIn, pk: int) -> HttpResponse:
    """Give an action up."""
    found = access.action(request.user, pk, can=Can.HOLD_MEETINGS)
    _at(request, found.task_force.country)
    form = forms.DropForm(pages.sent(request))
    return _ask(request, form, operations.drop, found, _("Drop this action"), verb=_("Drop it"), verb_kind="warning")


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    """Give an action to another seat or another day."""
    found = access.action(request.user, pk, can=Can.HOLD_MEETINGS)
    _at(request, found.task_force.country)
    seats = meeting_queries.seats_with_sitters(found.task_force)
    initial = {"seat": str(found.seat_id), "due_on": found.due_on}
    form = forms.ChangeForm(pages.sent(request), seats=seats, initial=initial)
    return _ask(request, form, operations.change, found, _("Change owner or day"))


def _ask(
    request: SignedIn, form: forms.GovForm, operation: object, found: ActionPoint, heading: str, **more: str
) -> HttpResponse:
    context = {"country": found.task_force.country, "heading": heading, "lede": found.text, **more}
    context["back_label"] = found.full_number
    return asking.ask(request, form, operation, found, back=_url(found), context=context, fields=DUE)  # type: ignore[arg-type]
