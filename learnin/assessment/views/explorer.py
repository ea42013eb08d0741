"""Pages where people read results: charts with their tables, two groups compared, and the same numbers as a sheet."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from learnin.assessment.access import plan as plans
from learnin.assessment.formats import evidence_workbook
from learnin.assessment.forms.explorer import CompareForm, ExplorerForm
from learnin.assessment.models import Assessment, Run
from learnin.assessment.queries import comparing, estimates, explorer_file
from learnin.assessment.queries import explorer as queries
from learnin.kit import files, pages
from learnin.people.signed_in import SignedIn


def _form(request: SignedIn, assessment: Assessment, run: Run | None) -> ExplorerForm:
    return ExplorerForm(request.GET, choices=queries.choices(assessment, run))


@require_safe
def explorer(request: SignedIn, pk: int) -> HttpResponse:
    """What an assessment found, drawn: which indicator, in which groups, how."""
    found = plans.assessment(request.user, pk)
    pages.at(request, found.country, stage="assessment")
    run = estimates.current(found)
    form = _form(request, found, run)
    shown = queries.shown(run, form.wanted) if run else []
    context = {
        "assessment": found,
        "country": found.country,
        "run": run,
        "shown": shown,
        "instead": queries.instead(form.wanted, shown),
        "asked": request.GET.urlencode(),
    }
    return pages.page(request, "assessment/explorer.html", context, form=form, part="numbers", status=200)


@require_safe
def explorer_xlsx(request: SignedIn, pk: int) -> HttpResponse:
    """The numbers of the explorer as a workbook."""
    found = plans.assessment(request.user, pk)
    run = estimates.current(found)
    form = _form(request, found, run)
    content = evidence_workbook.write(explorer_file.tables(run, form.wanted))
    headers = {
        "Content-Disposition": f'attachment; filename="results-{found.pk}.xlsx"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=files.XLSX, headers=headers)


@require_safe
def compare(request: SignedIn, pk: int) -> HttpResponse:
    """Whether two groups, or two rounds, differ."""
    found = plans.assessment(request.user, pk)
    pages.at(request, found.country, stage="assessment")
    run = estimates.current(found)
    offered = comparing.offered(run) if run else comparing.Offered([], [])
    form = CompareForm(request.GET if "number" in request.GET else None, offered=offered)
    compared = comparing.compared(run, **form.cleaned_data) if run and form.is_valid() else None
    context = {
        "assessment": found,
        "country": found.country,
        "run": run,
        "compared": compared,
        "was_asked": form.is_bound and form.is_valid(),
    }
    return pages.page(request, "assessment/compare.html", context, form=form, status=200)
