"""Who may reach the files that are made of results."""

from django.http import Http404

from learnin.assessment.access import plan
from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Report, Run
from learnin.people.models import Person
from learnin.people.roles import Can


def current_run(person: Person, pk: int) -> Run:
    """The last computed run of an assessment. Raises Http404 also where nothing was computed, or PermissionDenied."""
    of = plan.assessment(person, pk)
    found = of.runs.filter(state=Run.State.DONE).select_related("assessment__country").order_by("-number").first()
    if found is None:
        raise Http404
    return found


def report(person: Person, pk: int) -> Report:
    """A report, for whoever took it along: taken by somebody else it would leave no line. Raises Http404."""
    also = ("run__assessment__country",)
    found = found_in_country(Report, person, pk, Can.SEE_ASSESSMENT, way="assessment__country", also=also)
    if found.made_by_id != person.pk:
        raise Http404
    return found
