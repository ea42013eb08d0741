"""Reports: findings as Word, PDF and slides; all results as a workbook. Who takes one along stands in the journal."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import plan as plans
from learnin.assessment.access import reports as access
from learnin.assessment.forms.reports import ReportForm
from learnin.assessment.models import Report
from learnin.assessment.operations import reports as operations
from learnin.assessment.queries import reports as queries
from learnin.assessment.queries import result_tables
from learnin.kit import files, languages, pages, papers
from learnin.people.signed_in import SignedIn
from learnin.taskforce.queries import meetings


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Choose what the report holds, in which language, and take it along; see who took one."""
    found = plans.assessment(request.user, pk)
    pages.at(request, found.country, stage="assessment")
    offered = queries.offered(found)
    initial = {
        "language": meetings.country_language(found.country),
        "findings": [str(one.pk) for one in queries.agreed(offered)],
    }
    form = ReportForm(pages.sent(request), findings=offered, initial=initial)
    if form.is_valid():
        made = operations.take(found, **form.cleaned_data, by=request.user, now=timezone.now())
        return redirect("assessment:report_file", made.pk)
    context = {
        "assessment": found,
        "country": found.country,
        "offered": offered,
        "taken": queries.taken(found)[:50],
    }
    return pages.page(request, "assessment/report.html", context, form=form)


@require_POST
def tables(request: SignedIn, pk: int) -> HttpResponse:
    """Take all numbers of the current run along."""
    run = access.current_run(request.user, pk)
    language = languages.language().code
    kind = Report.Format.XLSX
    made = operations.take(run.assessment, format=kind, language=language, by=request.user, now=timezone.now())
    return redirect("assessment:report_file", made.pk)


@require_safe
def report_file(request: SignedIn, pk: int) -> HttpResponse:
    """The file, for whoever took it along a moment ago."""
    found = access.report(request.user, pk)
    if not queries.is_fresh(found, timezone.now(), operations.FRESH):
        raise Http404
    with translation.override(found.language):
        if found.format == Report.Format.XLSX:
            return _tables(found)
        return _slides(found) if found.format == Report.Format.PPTX else _paper(found)


def _paper(of: Report) -> HttpResponse:
    """The report as Word or PDF."""
    made = queries.report(of.assessment, queries.chosen(of.assessment, of.findings), today=timezone.localdate())
    name = f"{of.assessment.country_id}-assessment-{of.assessment_id}-report"
    return _kept(papers.file(made, of.language, of.format, name))


def _slides(of: Report) -> HttpResponse:
    """The findings as slides."""
    from learnin.kit.documents import slides  # brings a library that few pages need

    chosen = queries.chosen(of.assessment, of.findings)
    made = slides.pptx(queries.slides(of.assessment, chosen, today=timezone.localdate()), of.language)
    name = f"{of.assessment.country_id}-assessment-{of.assessment_id}-slides-{of.language}.pptx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Language": of.language}
    return _kept(HttpResponse(made, content_type=slides.MEDIA_TYPE, headers=headers))


def _tables(of: Report) -> HttpResponse:
    """All numbers of the run as a workbook. Raises Http404 where that run is no more."""
    if of.run is None:
        raise Http404
    name = f"{of.assessment.country_id}-assessment-{of.assessment_id}-results-{of.run.number}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return _kept(HttpResponse(result_tables.workbook(of.run), content_type=files.XLSX, headers=headers))


def _kept(response: HttpResponse) -> HttpResponse:
    """To keep, never to open as a page of ours, and in no cache."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
