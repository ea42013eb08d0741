"""Documents of a country."""

from django.db.models import QuerySet

from learnin.journal.models import Document
from learnin.people.models import Country


def documents(country: Country) -> QuerySet[Document]:
    """Everything the country keeps, newest first."""
    found = Document.objects.filter(country=country)
    return found.select_related("attachment", "added_by", "published_by").order_by("-added_at", "-pk")


def published_documents(country: Country) -> QuerySet[Document]:
    """What everybody may open, newest first: for the public page."""
    found = Document.objects.filter(country=country, published_at__isnull=False, withdrawn_at=None)
    return found.select_related("attachment").order_by("-published_at", "-pk")
