"""Files of initiatives come in: bring one, say its columns, look at what it would do, bring it into the register."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.initiatives.access import files as access
from learnin.initiatives.formats import fivew
from learnin.initiatives.formats.record import NotReadable
from learnin.initiatives.forms import files as forms
from learnin.initiatives.models import Import
from learnin.initiatives.operations import importing as operations
from learnin.initiatives.queries import conflicts, file_problems, known_words
from learnin.initiatives.queries import imports as queries
from learnin.initiatives.views.rooms import at, room
from learnin.journal.formats import sheet
from learnin.kit import asking, pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

A_PAGE = 25


@require_safe
def imports(request: SignedIn, code: str) -> HttpResponse:
    """The files that came in."""
    country = access.country(request.user, code)
    at(request, country)
    page = Paginator(queries.imports_of(country, request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {"country": country, "page": page, "sees_all": may(request.user, Can.EDIT_INITIATIVES, country)}
    return pages.page(request, "initiatives/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_import(request: SignedIn, code: str) -> HttpResponse:
    """Bring in a file. Nothing of it is in the register yet."""
    country = access.country(request.user, code)
    at(request, country)
    form = forms.FileForm(pages.sent(request), request.FILES or None)
    if form.is_valid():
        try:
            made = operations.bring_in(country, **form.changes, by=request.user, now=timezone.now())
            return _onward(made)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
    context = {
        "heading": _("Bring in a file of initiatives"),
        "lede": _("You see what it would do before anything comes into the register."),
        "back": room("imports", country),
        "back_label": _("Files"),
        "verb": _("Look at the file"),
    }
    return asking.page(request, form, context)


def _onward(source: Import) -> HttpResponse:
    """To the job where one works, to the columns of a table, else to what the file would do."""
    if source.is_busy:
        return redirect("journal:job", source.job_id)
    return redirect("initiatives:import_columns" if _lacks_columns(source) else "initiatives:import", source.pk)


def _lacks_columns(source: Import) -> bool:
    return source.format == Import.Format.FIVEW and source.mapping is None


@require_safe
def import_template(request: SignedIn, code: str) -> HttpResponse:
    """An empty 5W table to fill in, in the reader's language."""
    country = access.country(request.user, code)
    content = fivew.write_template(known_words.words_for(country), known_words.lists(country))
    return _workbook(content, f"initiatives-template-{country.pk}.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: SignedIn, pk: int) -> HttpResponse:
    """Say what each column of a table means."""
    source = access.source(request.user, pk)
    at(request, source.country)
    if source.format != Import.Format.FIVEW or source.is_busy or source.is_over:
        return redirect("initiatives:import", source.pk)
    sheet = request.GET.get("sheet", "")
    try:
        look = known_words.look_of(source, sheet)
    except NotReadable as why:
        messages.warning(request, known_words.why(why))
        return redirect("initiatives:import_columns" if sheet else "initiatives:import", source.pk)
    mapping, is_from_before = queries.proposed(source, look)
    form = forms.ColumnsForm(pages.sent(request), columns=look.columns, mapping=mapping, country=source.country)
    if form.is_valid():
        try:
            return _onward(operations.say_columns(source, **form.changes, by=request.user, now=timezone.now()))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    sheets = forms.SheetForm(initial={"sheet": look.sheet}, sheets=look.sheets)
    context = {"source": source, "look": look, "is_from_before": is_from_before, "form_of_sheet": sheets}
    return pages.page(request, "initiatives/import_columns.html", context, form=form)


@require_safe
def import_page(request: SignedIn, pk: int) -> HttpResponse:
    """What a file would do to the register, or did; and what is wrong in it."""
    source = access.source(request.user, pk)
    at(request, source.country)
    narrowed = forms.ProblemsForm(request.GET or None)
    level = narrowed.cleaned_data["level"] if narrowed.is_valid() else ""
    problems = Paginator(file_problems.with_problems(source, level), A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(source)
    context: dict[str, Any] = {
        "source": source,
        "country": source.country,
        "lacks_columns": _lacks_columns(source),
        "what_heading": _("What it did") if source.applied_at else _("What it would do"),
        "counts": counts,
        "will_do": counts["new"] + counts["changed"] + counts["conflict"],
        "undecided": queries.undecided(source).count(),
        "samples": queries.samples(source),
        "of_file": file_problems.told(source.problems),
        "form_of_problems": narrowed,
        "level": level,
        "problems": file_problems.of_records(problems),
        "page": problems,
    }
    return pages.page(request, "initiatives/import.html", context)


@require_safe
def import_problems_xlsx(request: SignedIn, pk: int) -> HttpResponse:
    """Every problem of a file as a table."""
    source = access.source(request.user, pk)
    heads, widths = zip(*file_problems.columns(), strict=True)
    content = sheet.write(heads, file_problems.rows(source), name=_("Problems"), widths=widths)
    return _workbook(content, f"problems-{source.pk}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def import_conflicts(request: SignedIn, pk: int) -> HttpResponse:
    """Say who wins where the file and somebody here differ."""
    source = access.source(request.user, pk)
    at(request, source.country)
    if source.is_busy or source.is_over:
        return redirect("initiatives:import", source.pk)
    page = Paginator(queries.records_of(source, "conflict"), A_PAGE).get_page(request.GET.get("page"))
    form = forms.ChoicesForm(pages.sent(request), records=list(page))
    back = (
        reverse("initiatives:import_conflicts", args=[source.pk]) + f"?page={page.next_page_number()}"
        if page.has_next()
        else reverse("initiatives:import", args=[source.pk])
    )
    answered = asking.tried(request, form, operations.decide, source, back=back)
    sides = conflicts.sides(form.records)
    context = {
        "source": source,
        "page": page,
        "rows": [(one, box, sides[one.pk]) for one, box in form.rows],
        "undecided": queries.undecided(source).count(),
    }
    return answered or pages.page(request, "initiatives/import_conflicts.html", context, form=form)


@require_POST
def apply_import(request: SignedIn, pk: int) -> HttpResponse:
    """Bring the file into the register."""
    source = access.source(request.user, pk)
    try:
        done = operations.apply(source, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("initiatives:import", source.pk)
    if done.is_busy:
        return redirect("journal:job", done.job_id)
    if not done.applied_at:
        messages.warning(
            request, _("The register changed since the file was read. Look at what the file would do now.")
        )
    return redirect("initiatives:import", source.pk)


@require_POST
def import_regions(request: SignedIn, pk: int) -> HttpResponse:
    """Say whether what is of a whole region comes in too."""
    source = access.source(request.user, pk)
    form = forms.RegionsForm(request.POST)
    if not form.is_valid():
        return redirect("initiatives:import", source.pk)
    try:
        return _onward(
            operations.take_regions(source, take=form.cleaned_data["take"], by=request.user, now=timezone.now())
        )
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("initiatives:import", source.pk)


@require_POST
def drop_import(request: SignedIn, pk: int) -> HttpResponse:
    """Give a file up."""
    source = access.source(request.user, pk)
    return asking.do(request, operations.drop, source, back=room("imports", source.country))
