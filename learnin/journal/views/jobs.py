"""Pages of work done later."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learnin.journal import access
from learnin.journal.forms import JobsForm
from learnin.journal.models import Job
from learnin.journal.operations import jobs as operations
from learnin.journal.queries import jobs as queries
from learnin.kit import jobs as kit_jobs
from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.region import REGION
from learnin.people.signed_in import SignedIn

A_PAGE = 50
TAGS = {Job.State.WAITING: "wait", Job.State.RUNNING: "doing", Job.State.DONE: "done", Job.State.FAILED: "late"}


@require_safe
def every(request: SignedIn) -> HttpResponse:
    """All jobs, failed ones first."""
    access.office(request.user)
    pages.at(request, REGION)
    form = JobsForm(request.GET or None)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    listed = Paginator(queries.all_jobs(state), A_PAGE).get_page(request.GET.get("page"))
    jobs = [(job, TAGS[Job.State(job.state)]) for job in listed]
    context = {"jobs": jobs, "page": listed, "is_narrowed": bool(state)}
    return pages.page(request, "journal/jobs.html", context, form=form)


@require_POST
def run_again(request: SignedIn, pk: UUID) -> HttpResponse:
    """Run a failed job again."""
    job = access.job(request.user, pk, to_run_again=True)
    try:
        operations.retry(job, by=request.user, now=timezone.now())
        messages.success(request, _("The job waits for its turn."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("journal:jobs")


@require_safe
@never_cache
def one(request: SignedIn, pk: UUID) -> HttpResponse:
    """How far a job is, for the one who started it. The page looks again by itself."""
    job = access.job(request.user, pk)
    context = {
        "job": job,
        "tag": TAGS[Job.State(job.state)],
        "progress": kit_jobs.progress_of(job.pk) if job.state == Job.State.RUNNING else None,
        "result": job.result if isinstance(job.result, dict) else {},
    }
    pages.at(request, job.country)
    return pages.page(request, "journal/job.html", context, part="state")
