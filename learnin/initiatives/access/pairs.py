"""Who may reach pairs of initiatives and merges: whoever sees the whole register; leads judge."""

from learnin.initiatives.models import Merge, Pair
from learnin.people.access import found_in_country
from learnin.people.models import Person
from learnin.people.roles import Can

BOTH = ("first__reporter", "second__reporter", "judged_by")


def pair(person: Person, pk: int, *, can: Can = Can.SEE_INITIATIVES) -> Pair:
    """Two initiatives side by side. Raises Http404 or PermissionDenied."""
    return found_in_country(Pair, person, pk, can, also=BOTH)


def merge(person: Person, pk: int, *, can: Can = Can.JUDGE_RELATIONS) -> Merge:
    """One initiative that was taken into another, to undo it. Raises Http404 or PermissionDenied."""
    return found_in_country(Merge, person, pk, can, way="kept__country", also=("gone", "merged_by"))
