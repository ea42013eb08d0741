"""Documents of a country."""

from django.db.models import QuerySet

from learnin.compute import folding
from learnin.journal.models import Document
from learnin.kit.readings import reading
from learnin.people import access
from learnin.people.models import Country, Person

LATEST = 5
"""As many as stand on the home of a country."""


def documents(country: Country) -> QuerySet[Document]:
    """Everything the country keeps, newest first."""
    found = Document.objects.filter(country=country)
    return found.select_related("attachment", "added_by", "published_by").order_by("-added_at", "-pk")


def latest_documents(country: Country) -> list[Document]:
    """The last that were added: titles, and how large their files are."""
    return _latest_documents(country.pk)


@reading
def _latest_documents(country: str) -> QuerySet[Document]:
    found = Document.objects.filter(country=country).select_related("attachment").order_by("-added_at", "-pk")
    return found.only("title", "attachment__size")[:LATEST]


def published_documents(country: Country) -> QuerySet[Document]:
    """What everybody may open, newest first: for the public page."""
    found = Document.objects.filter(country=country, published_at__isnull=False, withdrawn_at=None)
    return found.select_related("attachment").order_by("-published_at", "-pk")


def found_documents(seeker: Person, words: str, *, most: int = 20) -> list[Document]:
    """Documents of the seeker's countries whose title has all the words, in any script; newest first."""
    shelves = Document.objects.filter(country__in=access.visible_countries(seeker))
    titles = shelves.select_related("attachment", "country").order_by("-added_at", "-pk")
    return [one for one in titles if folding.matches(folding.search_keys(one.title), words)][:most]
