"""Reports: findings as Word, PDF and slides; all results as a workbook."""

from django.http import HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from learnin.assessment.access import plan as plans
from learnin.assessment.access import reports as access
from learnin.assessment.forms.reports import ReportForm
from learnin.assessment.queries import reports as queries
from learnin.assessment.queries import result_tables
from learnin.kit import files, pages, papers
from learnin.people.signed_in import SignedIn
from learnin.taskforce.queries import meetings


@require_safe
def report(request: SignedIn, pk: int) -> HttpResponse:
    """Choose what the report holds, and in which language."""
    found = plans.assessment(request.user, pk)
    pages.at(request, found.country, stage="assessment")
    offered = queries.offered(found)
    initial = {
        "language": meetings.country_language(found.country),
        "findings": [str(one.pk) for one in queries.agreed(offered)],
    }
    form = ReportForm(findings=offered, initial=initial)
    context = {"assessment": found, "country": found.country, "offered": offered, "form": form}
    return pages.page(request, "assessment/report.html", context)


@require_safe
def paper(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The report as Word or PDF."""
    found = plans.assessment(request.user, pk)
    language = papers.asked_language(request)
    with translation.override(language):
        chosen = queries.chosen(found, request.GET.getlist("findings"))
        made = queries.report(found, chosen, today=timezone.localdate())
    return papers.file(made, language, form, f"{found.country_id}-assessment-{found.pk}-report")


@require_safe
def presentation(request: SignedIn, pk: int) -> HttpResponse:
    """The findings as slides."""
    from learnin.kit.documents import slides  # brings a library that few pages need

    found = plans.assessment(request.user, pk)
    language = papers.asked_language(request)
    with translation.override(language):
        chosen = queries.chosen(found, request.GET.getlist("findings"))
        made = slides.pptx(queries.slides(found, chosen, today=timezone.localdate()), language)
    name = f"{found.country_id}-assessment-{found.pk}-slides-{language}.pptx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Language": language}
    return HttpResponse(made, content_type=slides.MEDIA_TYPE, headers=headers)


@require_safe
def tables(request: SignedIn, pk: int) -> HttpResponse:
    """All numbers of the current run as a workbook."""
    run = access.current_run(request.user, pk)
    name = f"{run.assessment.country_id}-assessment-{run.assessment_id}-results-{run.number}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(result_tables.workbook(run), content_type=files.XLSX, headers=headers)
