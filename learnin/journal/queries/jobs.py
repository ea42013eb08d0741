"""What we know about work done later."""

from django.db.models import Case, IntegerField, QuerySet, Value, When

from learnin.journal.models import Job

FIRST = [Job.State.FAILED, Job.State.RUNNING, Job.State.WAITING, Job.State.DONE]


def all_jobs(state: str = "") -> QuerySet[Job]:
    """Every job, failed ones first, the newest first within each state."""
    rank = Case(*(When(state=s, then=Value(i)) for i, s in enumerate(FIRST)), output_field=IntegerField())
    jobs = Job.objects.select_related("by", "country").annotate(rank=rank).order_by("rank", "-created_at", "pk")
    return jobs.filter(state=state) if state in Job.State.values else jobs
