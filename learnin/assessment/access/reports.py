"""Who may reach the files that are made of results."""

from django.http import Http404

from learnin.assessment.access import plan
from learnin.assessment.models import Run
from learnin.people.models import Person


def current_run(person: Person, pk: int) -> Run:
    """The last computed run of an assessment. Raises Http404 also where nothing was computed, or PermissionDenied."""
    of = plan.assessment(person, pk)
    found = of.runs.filter(state=Run.State.DONE).select_related("assessment__country").order_by("-number").first()
    if found is None:
        raise Http404
    return found
