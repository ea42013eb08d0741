"""Who may reach data that left, and the programs that are told of answers."""

from django.http import Http404

from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Export, Webhook
from learnin.people.models import Person
from learnin.people.roles import Can


def export(person: Person, pk: int) -> Export:
    """An export, for whoever made it: taking it along again by somebody else would leave no line. Raises Http404."""
    also = ("round__instrument", "attachment", "made_by")
    found = found_in_country(Export, person, pk, Can.EXPORT_ANSWERS, way="round__country", also=also)
    if found.made_by_id != person.pk:
        raise Http404
    if found.has_personal:
        found_in_country(Export, person, pk, Can.SEE_PERSONAL_ANSWERS, way="round__country")
    return found


def webhook(person: Person, pk: int) -> Webhook:
    """A program that is told of answers. Raises Http404 or PermissionDenied."""
    return found_in_country(Webhook, person, pk, Can.EXPORT_ANSWERS, way="round__country", also=("round",))
