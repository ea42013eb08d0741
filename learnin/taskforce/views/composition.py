"""Who sits on the task force."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.kit import pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.formats import composition_workbook
from learnin.taskforce.forms import composition as forms
from learnin.taskforce.models import TaskForce
from learnin.taskforce.operations import composition as operations
from learnin.taskforce.operations import workbook as workbooks
from learnin.taskforce.queries import composition as queries
from learnin.taskforce.queries import meetings, workbook

FILE_LIMIT = 2 * 1024 * 1024


def _at(request: SignedIn, country: Country) -> None:
    pages.at(request, country, stage="taskforce")


@require_safe
def composition(request: SignedIn, code: str) -> HttpResponse:
    """Seats by constituency, what the rules ask, and what breaks if somebody leaves."""
    country = access.country(request.user, code)
    _at(request, country)
    task_force = queries.task_force_of(country.pk)
    may_edit = may(request.user, Can.EDIT_TASK_FORCE, country)
    if task_force is None:
        return pages.page(request, "taskforce/none_yet.html", {"country": country, "may_edit": may_edit})
    here = queries.composition(task_force, timezone.localdate())
    members = here.members
    leaver_form = forms.LeaverForm(request.GET if "leaver" in request.GET else None, members=members)
    leaver = leaver_form.cleaned_data["leaver"] if leaver_form.is_valid() else None
    sitting = next((one for one in members if leaver and one.pk == leaver.pk), None)
    context = {
        "country": country,
        "here": here,
        "checks": queries.checks(here),
        "ending": here.ending_soon(),
        "leaver_form": leaver_form,
        "leaver": sitting,
        "breaks": queries.what_breaks(here, sitting) if sitting else [],
        "history": queries.history(task_force),
        "may_edit": may_edit and not task_force.is_over,
        "may_end": may_edit,
    }
    return pages.page(request, "taskforce/composition.html", context, part="leaver")


@require_http_methods(["GET", "HEAD", "POST"])
def establish(request: SignedIn, code: str) -> HttpResponse:
    """Begin the task force of a country."""
    country = access.country(request.user, code, can=Can.EDIT_TASK_FORCE)
    _at(request, country)
    form = forms.EstablishForm(pages.sent(request), request.FILES or None)
    if form.is_valid():
        data = dict(form.cleaned_data)
        order = data.pop("order")
        try:
            operations.establish(
                country,
                **data,
                order=order,
                order_name=order.name if order else "",
                by=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("taskforce:composition", country.code)
    return pages.page(request, "taskforce/establish.html", {"country": country}, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: SignedIn, code: str) -> HttpResponse:
    """Correct what the task force rests on."""
    task_force = access.task_force(request.user, code, can=Can.EDIT_TASK_FORCE)
    fields = ("established_by", "mandate_ends_on", "objection_days", "interpreter_plan", "documents_language")
    initial = {field: getattr(task_force, field) for field in fields}
    worked_out = meetings.worked_out_language(task_force.country)
    form = forms.DescribeForm(pages.sent(request), initial=initial, worked_out=worked_out)
    return _change(request, task_force, form, operations.describe, task_force, heading=_("About the task force"))


def _change(
    request: SignedIn, task_force: TaskForce, form: Any, operation: Any, on: Any, **context: Any
) -> HttpResponse:
    """A page of one form for one operation of the composition."""
    country = task_force.country
    _at(request, country)
    if form.is_valid():
        data = getattr(form, "changes", None) or dict(form.cleaned_data)
        if "letter" in data:
            data["letter_name"] = data["letter"].name if data["letter"] else ""
        try:
            operation(on, **data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("taskforce:composition", country.code)
    return pages.page(
        request, "taskforce/composition_form.html", {"country": country, "closing": None, **context}, form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_seat(request: SignedIn, code: str) -> HttpResponse:
    """Open one more seat."""
    task_force = access.task_force(request.user, code, can=Can.EDIT_TASK_FORCE)
    form = forms.SeatForm(pages.sent(request))
    return _change(request, task_force, form, operations.add_seat, task_force, heading=_("Add a seat"))


@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: SignedIn, pk: int) -> HttpResponse:
    """Change what a seat is for."""
    found = access.seat(request.user, pk, can=Can.EDIT_TASK_FORCE)
    fields = ("constituency", "title", "institution", "faces_region")
    form = forms.SeatForm(pages.sent(request), initial={field: getattr(found, field) for field in fields})
    return _change(request, found.task_force, form, operations.correct_seat, found, heading=found.title, closing=found)


@require_POST
def close_seat(request: SignedIn, pk: int) -> HttpResponse:
    """Take an empty seat away."""
    found = access.seat(request.user, pk, can=Can.EDIT_TASK_FORCE)
    try:
        operations.close_seat(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("taskforce:composition", found.task_force.country_id)


@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: SignedIn, pk: int) -> HttpResponse:
    """Put a name forward for a seat."""
    found = access.seat(request.user, pk, can=Can.EDIT_TASK_FORCE)
    initial = {"is_deputy": "deputy" in request.GET}
    form = forms.NominateForm(pages.sent(request), initial=initial, task_force=found.task_force)
    heading = _("Nominate for: %(seat)s") % {"seat": found.title}
    return _change(request, found.task_force, form, operations.nominate, found, heading=heading)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: SignedIn, pk: int) -> HttpResponse:
    """Appoint who was nominated."""
    found = access.sitting(request.user, pk, can=Can.EDIT_TASK_FORCE)
    form = forms.AppointForm(pages.sent(request), request.FILES or None, initial={"on": timezone.localdate()})
    heading = _("Appoint %(name)s") % {"name": found.name}
    return _change(request, found.seat.task_force, form, operations.appoint, found, heading=heading)


@require_http_methods(["GET", "HEAD", "POST"])
def end_sitting(request: SignedIn, pk: int) -> HttpResponse:
    """End somebody's term."""
    found = access.sitting(request.user, pk, can=Can.EDIT_TASK_FORCE)
    form = forms.EndForm(pages.sent(request), initial={"on": timezone.localdate()})
    heading = _("End the term of %(name)s") % {"name": found.name}
    return _change(request, found.seat.task_force, form, operations.end_sitting, found, heading=heading)


@require_http_methods(["GET", "HEAD", "POST"])
def appoint_post(request: SignedIn, code: str) -> HttpResponse:
    """Appoint a chair or a coordinator."""
    task_force = access.task_force(request.user, code, can=Can.EDIT_TASK_FORCE)
    form = forms.PostForm(
        pages.sent(request), initial={"on": timezone.localdate(), "post": request.GET.get("post", "")}
    )
    return _change(request, task_force, form, operations.appoint_post, task_force, heading=_("Appoint to a post"))


@require_POST
def end_post(request: SignedIn, pk: int) -> HttpResponse:
    """End somebody's post."""
    found = access.post(request.user, pk, can=Can.EDIT_TASK_FORCE)
    try:
        operations.end_post(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("taskforce:composition", found.task_force.country_id)


@require_safe
def letter(request: SignedIn, pk: int) -> HttpResponse:
    """The letter of appointment, through the gate of the files."""
    found = access.sitting(request.user, pk)
    if found.letter_id is None:
        return redirect("taskforce:composition", found.seat.task_force.country_id)
    return redirect("journal:file", found.letter_id)


@require_safe
def workbook_file(request: SignedIn, code: str) -> HttpResponse:
    """The whole composition as an Excel workbook, ready to be filled in."""
    task_force = access.task_force(request.user, code)
    response = HttpResponse(workbook.written(task_force, timezone.localdate()), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="composition-{task_force.country_id}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def workbook_import(request: SignedIn, code: str) -> HttpResponse:
    """Read a workbook, show its problems or what it would change; nothing changes until that is accepted."""
    task_force = access.task_force(request.user, code, can=Can.EDIT_TASK_FORCE)
    _at(request, task_force.country)
    if "accept" in request.POST:
        return _accept(request, task_force)
    form = forms.WorkbookForm(pages.sent(request), request.FILES or None)
    context: dict[str, Any] = {"country": task_force.country, "problems": [], "changes": [], "is_read": False}
    if form.is_valid():
        if form.cleaned_data["file"].size > FILE_LIMIT:
            form.add_error("file", _("The workbook is larger than 2 MB."))
        else:
            context |= _preview(task_force, form.cleaned_data["file"].read())
    status = 422 if context.get("problems") else None
    return pages.page(request, "taskforce/workbook.html", context, form=form, status=status)


def _preview(task_force: TaskForce, content: bytes) -> dict[str, Any]:
    reading = composition_workbook.read(content, workbook.choices(task_force))
    if reading.problems:
        return {"problems": [workbook.told(problem) for problem in reading.problems], "good": len(reading.rows)}
    changes = workbook.changes(task_force, reading.rows, timezone.localdate())
    rows = [
        {key: value.isoformat() if isinstance(value, date) else value for key, value in vars(row).items()}
        for row in reading.rows
    ]
    packed = signing.dumps({"rows": rows, "expected": len(changes)}, salt=f"composition-{task_force.pk}", compress=True)
    return {"changes": changes, "packed": packed, "is_read": True}


def _row(packed: dict[str, Any]) -> composition_workbook.Row:
    """A row as the preview packed it."""
    days = {day: date.fromisoformat(packed[day]) for day in composition_workbook.DAYS if packed[day]}
    return composition_workbook.Row(**(packed | days))


def _accept(request: SignedIn, task_force: TaskForce) -> HttpResponse:
    try:
        plan = signing.loads(request.POST["accept"], salt=f"composition-{task_force.pk}", max_age=86_400)
    except signing.BadSignature:
        messages.warning(request, _("The preview is too old. Upload the workbook again."))
        return redirect("taskforce:workbook_import", task_force.country_id)
    rows = [_row(packed) for packed in plan["rows"]]
    try:
        changed = workbooks.apply(task_force, rows=rows, expected=plan["expected"], by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("taskforce:workbook_import", task_force.country_id)
    messages.success(request, _("Rows that changed something: %(n)d.") % {"n": changed})
    return redirect("taskforce:composition", task_force.country_id)
