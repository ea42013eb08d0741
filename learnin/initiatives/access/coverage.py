"""Who may reach the coverage, and the gaps that were taken up: partners count what they may see, and learn no gap."""

from django.db.models import Q

from learnin.initiatives.access import register
from learnin.initiatives.models import Gap
from learnin.people.access import found_in_country
from learnin.people.models import Country, Person
from learnin.people.roles import Can


def reach(person: Person, place: Country) -> Q | None:
    """What is counted for the person: None, the whole register; else what is published, and their own."""
    return None if register.is_member(person, place) else register.reach(person, place)


def gap(person: Person, pk: int, *, can: Can = Can.SEE_INITIATIVES) -> Gap:
    """A gap that was taken up. Raises Http404 or PermissionDenied."""
    return found_in_country(Gap, person, pk, can, also=("initiative__reporter", "area", "taken_up_by"))
