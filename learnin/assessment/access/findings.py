"""Who may reach findings, and what they rest on."""

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Finding, FindingEstimate, FindingEvidence
from learnin.people.models import Person
from learnin.people.roles import Can


def finding(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Finding:
    """A finding. Raises Http404 or PermissionDenied."""
    return found_in_country(Finding, person, pk, can, also=("assessment__coordinator", "area"))


def cited_number(person: Person, pk: int) -> FindingEstimate:
    """A number under a finding, for whoever writes findings. Raises Http404 or PermissionDenied."""
    return found_in_country(FindingEstimate, person, pk, Can.WRITE_FINDINGS, way="finding__country")


def cited_evidence(person: Person, pk: int) -> FindingEvidence:
    """Other evidence under a finding, for whoever writes findings. Raises Http404 or PermissionDenied."""
    return found_in_country(FindingEvidence, person, pk, Can.WRITE_FINDINGS, way="finding__country")
