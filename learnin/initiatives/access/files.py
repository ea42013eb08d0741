"""Who may reach files of initiatives: leads every one of their country, partners those they brought in themselves."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404

from learnin.initiatives.access import countries
from learnin.initiatives.models import Import
from learnin.journal import access as files
from learnin.journal.models import Attachment
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may


def country(person: Person, code: str) -> Country:
    """The country into whose register the person may bring files. Raises Http404 or PermissionDenied."""
    return countries.country(person, code, can=Can.IMPORT_INITIATIVES)


def may_reach(person: Person, one: Import) -> bool:
    """Whether the file is the person's, or they look after the register."""
    if may(person, Can.EDIT_INITIATIVES, one.country):
        return True
    return one.added_by_id == person.pk and may(person, Can.IMPORT_INITIATIVES, one.country)


def source(person: Person, pk: int) -> Import:
    """A file that came in. Whose it is not learns nothing of it. Raises Http404 or PermissionDenied."""
    chosen = Import.objects.select_related("country", "attachment", "job", "added_by", "applied_by")
    found = chosen.filter(pk=pk).first()
    if found is None or not may(person, Can.SEE_COUNTRY, found.country):
        raise Http404
    if not may(person, Can.IMPORT_INITIATIVES, found.country):
        raise PermissionDenied
    if not may_reach(person, found):
        raise Http404
    return found


@files.holder
def through_import(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever may reach an import may open the file that it came from; it may name people."""
    if not isinstance(person, Person):
        return False
    return any(may_reach(person, one) for one in attachment.initiative_imports.select_related("country").order_by("pk"))
