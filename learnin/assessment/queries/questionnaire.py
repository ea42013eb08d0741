"""What was asked in a round, in every version that may have been answered."""

from functools import lru_cache

from learnin.assessment.formats.definition import Definition, definition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Instrument, Version


@lru_cache(maxsize=32)
def at_hand(pk: int, changed: str) -> Definition:
    """A version's questionnaire. Published versions never change, so it is read once."""
    book = Version.objects.values_list("book", flat=True).get(pk=pk)
    try:
        return definition(Book.from_json(book))
    except (KeyError, TypeError):
        return Definition()


def of_version(version: Version) -> Definition:
    """What a version asks."""
    return at_hand(version.pk, version.changed_at.isoformat())


def of_instrument(instrument: Instrument) -> list[Definition]:
    """What the published versions ask, the newest first."""
    found = instrument.versions.filter(published_at__isnull=False).order_by("-number").only("pk", "changed_at")
    return [of_version(version) for version in found]
