"""Bulk entry: a workbook made from the questionnaire, filled in from paper, looked over, taken in."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import rounds as access
from learnin.assessment.formats import entry_workbook
from learnin.assessment.formats.entry_workbook import NoWorkbook, Row
from learnin.assessment.forms.invitations import EntryForm
from learnin.assessment.models import Round, Version
from learnin.assessment.operations import entry as operations
from learnin.assessment.queries import entry as queries
from learnin.assessment.views.frames import at
from learnin.assessment.views.rounds import page_of
from learnin.kit import languages, pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn

DAY = 86_400
SALT = "assessment.entry"


def _found(request: SignedIn, pk: int) -> tuple[Round, Version]:
    found = access.round(request.user, pk, can=Can.ENTER_ANSWERS)
    at(request, found.country)
    version = queries.version_of(found)
    if version is None:
        raise Http404
    return found, version


@require_safe
def workbook(request: SignedIn, pk: int) -> HttpResponse:
    """An empty workbook for the questionnaire of a round."""
    found, version = _found(request, pk)
    asked = queries.asked(version)
    content = entry_workbook.write(
        asked,
        language=asked.language_of(languages.language().html),
        invitation_label="" if found.kind == Round.Kind.OPEN else _("Number on the letter"),
    )
    name = f"round-{found.pk}-answers.xlsx"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: SignedIn, pk: int) -> HttpResponse:
    """Upload a workbook; see its problems or what it would bring; nothing comes in until that is accepted."""
    found, version = _found(request, pk)
    if "accept" in request.POST:
        return _accept(request, found, version)
    asked = queries.asked(version)
    form = EntryForm(pages.sent(request), request.FILES or None)
    context: dict[str, Any] = {
        "round": found,
        "left_out": [asked.text(one.labels) or one.name for one in entry_workbook.left_out(asked)],
        "can_enter": bool(entry_workbook.columns(asked)),
        "is_open": found.is_open(timezone.now()),
        "problems": [],
        "is_read": False,
    }
    if form.is_valid():
        try:
            context |= _preview(found, version, form.cleaned_data["file"].read())
        except NoWorkbook:
            form.add_error("file", _("This is no workbook made from the questionnaire. Download one from this page."))
    status = 422 if context["problems"] else None
    return pages.page(request, "assessment/round_entry.html", context, form=form, status=status)


def _preview(round: Round, version: Version, content: bytes) -> dict[str, Any]:
    read = entry_workbook.read(content, queries.asked(version))
    problems = [*read.problems, *queries.whose(round, read.rows, queries.invitations(round, read.rows))]
    if problems:
        return {"problems": queries.told(problems), "good": len(read.rows) - len({one.row for one in problems})}
    rows = [[row.number, row.invitation, dict(row.values)] for row in read.rows]
    packed = signing.dumps({"version": version.pk, "rows": rows}, salt=f"{SALT}-{round.pk}", compress=True)
    here = queries.here_already(round, read.rows)
    return {"packed": packed, "is_read": True, "count": len(rows), "here": here, "new": len(rows) - here}


def _accept(request: SignedIn, round: Round, version: Version) -> HttpResponse:
    try:
        packed = signing.loads(request.POST["accept"], salt=f"{SALT}-{round.pk}", max_age=DAY)
        if packed["version"] != version.pk:
            raise signing.BadSignature
    except signing.BadSignature:
        messages.warning(request, _("The preview is too old. Upload the workbook again."))
        return redirect("assessment:round_entry", round.pk)
    rows = tuple(Row(number, invitation, values) for number, invitation, values in packed["rows"])
    known = queries.invitations(round, rows)
    try:
        new = operations.enter(
            round, version=version, rows=rows, invitations=known, by=request.user, now=timezone.now()
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("assessment:round_entry", round.pk)
    words = ngettext("%(n)d new answer is here.", "%(n)d new answers are here.", new)
    messages.success(request, words % {"n": new})
    return redirect(page_of(round))
