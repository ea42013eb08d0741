"""Indicators as an Excel workbook, out and in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import plan as plans
from learnin.assessment.formats.indicator_workbook import NotAWorkbook
from learnin.assessment.forms.indicators import WorkbookForm
from learnin.assessment.models import Assessment
from learnin.assessment.operations import indicators as operations
from learnin.assessment.queries import analysis
from learnin.assessment.queries import indicator_files as queries
from learnin.assessment.views.indicators import here
from learnin.kit import files, pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn

SALT, A_DAY = "indicators.import", 24 * 60 * 60


@require_safe
def workbook(request: SignedIn, pk: int) -> HttpResponse:
    """The indicators of an assessment as a workbook."""
    found = plans.assessment(request.user, pk)
    headers = {
        "Content-Disposition": f'attachment; filename="indicators-{found.pk}.xlsx"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(queries.workbook(found), content_type=files.XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: SignedIn, pk: int) -> HttpResponse:
    """Read a workbook and show what it would change; nothing changes until that is accepted."""
    found = plans.assessment(request.user, pk, can=Can.MAKE_ESTIMATES)
    pages.at(request, found.country, stage="assessment")
    if "accept" in request.POST:
        return _accept(request, found)
    form = WorkbookForm(pages.sent(request), request.FILES or None)
    context: dict[str, Any] = {"assessment": found, "country": found.country, "back": here(found), "incoming": None}
    if form.is_valid():
        try:
            incoming = queries.incoming(found, form.cleaned_data["file"].read())
            plan = {"assessment": found.pk, "rows": incoming.rows}
            context |= {"incoming": incoming, "packed": signing.dumps(plan, salt=SALT, compress=True)}
        except NotAWorkbook:
            form.add_error("file", _("This is no workbook of indicators. Download one here first."))
    return pages.page(request, "assessment/indicators_import.html", context, form=form)


def _accept(request: SignedIn, assessment: Assessment) -> HttpResponse:
    try:
        plan = signing.loads(request.POST["accept"], salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        plan = {}
    if plan.get("assessment") != assessment.pk:
        messages.warning(request, _("The preview is too old. Upload the file again."))
        return redirect(here(assessment))
    by_form = {one.form_id: one for one in analysis.instruments(assessment)}
    rows = [{"instrument": by_form[row.pop("questionnaire")], **row} for row in plan["rows"]]
    try:
        added, changed = operations.take_in(assessment, rows=rows, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        told = {"added": added, "changed": changed}
        messages.success(request, _("Indicators added: %(added)s, changed: %(changed)s.") % told)
    return redirect(here(assessment))
