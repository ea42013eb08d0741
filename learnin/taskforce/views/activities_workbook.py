"""The matrix of regional activities goes out as a workbook and comes back."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.kit import pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people import access as people
from learnin.people.region import REGION
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn
from learnin.taskforce.formats.activities_workbook import Cell
from learnin.taskforce.forms import activities as activity_forms
from learnin.taskforce.forms import composition as forms
from learnin.taskforce.operations import activities_workbook as operations
from learnin.taskforce.queries import activities_workbook as workbook
from learnin.taskforce.views.composition import FILE_LIMIT

SALT = "learnin.taskforce.activities-workbook"
A_DAY = 86_400


@require_safe
def workbook_file(request: SignedIn) -> HttpResponse:
    """The matrix as an Excel workbook, ready to be filled in."""
    people.region(request.user)
    form = activity_forms.KindForm(request.GET or None)
    content = workbook.written(form.cleaned_data["kind"] if form.is_valid() else "")
    headers = {"Content-Disposition": 'attachment; filename="regional-activities.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def workbook_import(request: SignedIn) -> HttpResponse:
    """Read a workbook, show its problems or what it would change; nothing changes until that is accepted."""
    people.region(request.user, can=Can.RUN_ACTIVITIES)
    pages.at(request, REGION, stage="activities")
    if "accept" in request.POST:
        return _accept(request)
    form = forms.WorkbookForm(pages.sent(request), request.FILES or None)
    context: dict[str, Any] = {"problems": [], "is_read": False}
    if form.is_valid():
        if form.cleaned_data["file"].size > FILE_LIMIT:
            form.add_error("file", _("The workbook is larger than 2 MB."))
        else:
            context |= _preview(form.cleaned_data["file"].read())
    status = 422 if context.get("problems") else None
    return pages.page(request, "taskforce/activities_workbook.html", context, form=form, status=status)


def _preview(content: bytes) -> dict[str, Any]:
    reading = workbook.read(content)
    if reading.problems:
        return {"problems": [workbook.told(problem) for problem in reading.problems]}
    changes = workbook.changes(said.cell for said in reading.said)
    cells = [vars(change.cell) for change in changes]
    packed = signing.dumps({"cells": cells, "expected": len(changes)}, salt=SALT, compress=True)
    at = {said.cell: said.at for said in reading.said}
    return {"changes": [(at[change.cell], change) for change in changes], "packed": packed, "is_read": True}


def _accept(request: SignedIn) -> HttpResponse:
    try:
        plan = signing.loads(request.POST["accept"], salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        messages.warning(request, _("The preview is too old. Upload the workbook again."))
        return redirect("taskforce:activities_import")
    cells = [Cell(**packed) for packed in plan["cells"]]
    try:
        changed = operations.apply(cells=cells, expected=plan["expected"], by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("taskforce:activities_import")
    messages.success(request, _("Answers that changed: %(n)d.") % {"n": changed})
    return redirect("taskforce:region_activities")
