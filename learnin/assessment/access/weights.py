"""Who may reach weights."""

from django.contrib.auth.models import AnonymousUser

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Weighting, WeightSet
from learnin.journal import access as files
from learnin.journal.models import Attachment
from learnin.people.models import Person
from learnin.people.roles import Can, may


def weight_set(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> WeightSet:
    """A set of weights. Raises Http404 or PermissionDenied."""
    return found_in_country(
        WeightSet, person, pk, can, way="round__country", also=("round__instrument", "round__sample", "file", "made_by")
    )


def weighting(person: Person, pk: int) -> Weighting:
    """The weights that are being made in a round. Raises Http404 or PermissionDenied."""
    also = ("round__instrument", "round__sample__frame", "job", "begun_by")
    return found_in_country(Weighting, person, pk, Can.MAKE_WEIGHTS, way="round__country", also=also)


@files.holder
def through_weight_set(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever may take answers along may take their weights: the file names each answer by its id."""
    country = attachment.country
    return country is not None and may(person, Can.EXPORT_ANSWERS, country) and attachment.weight_sets.exists()
