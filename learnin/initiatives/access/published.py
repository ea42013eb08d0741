"""What everybody may read of initiatives: those that are published, of countries with a public page."""

from django.http import Http404

from learnin.initiatives.models import Initiative
from learnin.people import access
from learnin.people.models import Country


def country(code: str) -> Country:
    """A country with a public page. Raises Http404."""
    return access.public_country(code)


def initiative(code: str, pk: int) -> Initiative:
    """An initiative that everybody may read. Raises Http404."""
    place = country(code)
    found = Initiative.objects.select_related("country", "reporter").filter(pk=pk, country=place).first()
    if found is None or not found.is_public:
        raise Http404
    return found
