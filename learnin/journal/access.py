"""Who may reach lines of the journal, files, documents, notices, letters and jobs. A stranger learns nothing: 404."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from learnin.journal.models import Attachment, Document, Entry, Job, Mail, Notice
from learnin.people import access as people
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may

STOP_SALT = "learnin.journal.stop-digest"

# A stage whose records carry files says here who may open them: "may this person see this file through my records?"
Holder = Callable[[Person | AnonymousUser, Attachment], bool]
_holders: list[Holder] = []


def holder(ask: Holder) -> Holder:
    """Register a holder of files (a decorator, in the stage's own access.py)."""
    if ask not in _holders:
        _holders.append(ask)
    return ask


@holder
def through_document(person: Person | AnonymousUser, attachment: Attachment) -> bool:
    """Whoever may see the country may open its documents."""
    document = Document.objects.select_related("country").filter(attachment=attachment).first()
    return document is not None and may(person, Can.SEE_COUNTRY, document.country)


def attachment(person: Person, pk: int) -> Attachment:
    """The file, if this person added it or may see something it belongs to. Raises Http404."""
    found = Attachment.objects.filter(pk=pk).first()
    if found is None or not (found.added_by_id == person.pk or any(ask(person, found) for ask in _holders)):
        raise Http404
    return found


def document(person: Person, pk: int, *, can: Can = Can.SEE_COUNTRY) -> Document:
    """The document, if this person may do this with it. Raises Http404 or PermissionDenied."""
    found = Document.objects.select_related("country", "attachment").filter(pk=pk).first()
    if found is None:
        raise Http404
    people.country(person, found.country_id, can=can)
    return found


def public_document(pk: int) -> Document:
    """A published document of a country with a public page, for anyone. Raises Http404."""
    found = Document.objects.select_related("country", "attachment").filter(pk=pk).first()
    if found is None or not found.is_public or found.country.public_since is None:
        raise Http404
    return found


def lines_in(person: Person, code: str) -> tuple[Country, QuerySet[Entry]]:
    """The journal of a country. Raises Http404 or PermissionDenied."""
    country = people.country(person, code, can=Can.SEE_JOURNAL)
    return country, Entry.objects.filter(country=country)


def lines_of_region(person: Person) -> QuerySet[Entry]:
    """The journal of all countries and of the region itself. Raises Http404 or PermissionDenied."""
    people.region(person, can=Can.SEE_JOURNAL)
    return Entry.objects.all()


def lines_on(person: Person, app: str, model: str, pk: str) -> QuerySet[Entry]:
    """What happened to one object, as far as this person may know. Raises Http404 or PermissionDenied."""
    lines = Entry.objects.filter(on_app=app, on_model=model, on_id=pk)
    if may(person, Can.SEE_JOURNAL) and lines.exists():
        return lines
    seen = lines.filter(country__in=people.countries_where(person, Can.SEE_JOURNAL))
    if (app, model, pk) == ("people", "person", str(person.pk)):
        seen = lines  # what happened to oneself
    if not seen.exists():
        if lines.filter(Q(country__in=people.visible_countries(person))).exists():
            raise PermissionDenied
        raise Http404
    return seen


def notice(person: Person, pk: int) -> Notice:
    """A notice to this very person. Raises Http404."""
    found = Notice.objects.filter(pk=pk, person=person).first()
    if found is None:
        raise Http404
    return found


def stop_token(person: Person) -> str:
    """What a letter carries so that its reader can stop it without signing in. It never runs out."""
    return signing.dumps(person.pk, salt=STOP_SALT)


def reader_by_link(token: str) -> Person:
    """Whose letters this signed link stops. Raises Http404 where the link was never ours."""
    (pk,) = people.carried(token, salt=STOP_SALT)
    return people.found_among(Person.objects.filter(erased_at=None), pk=pk)


def office(person: Person) -> None:
    """Let pass who looks after the installation: letters and jobs. Raises Http404."""
    if not may(person, Can.SEE_OFFICE):
        raise Http404


def letter(person: Person, pk: int) -> Mail:
    """A letter, for who looks after the installation. Raises Http404."""
    office(person)
    found = Mail.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def job(person: Person, pk: UUID, *, to_run_again: bool = False) -> Job:
    """A job, for who started it and who looks after the installation; only they run it again.

    Raises Http404 or PermissionDenied.
    """
    found = Job.objects.select_related("by", "country").filter(pk=pk).first()
    is_office = may(person, Can.SEE_OFFICE)
    if found is None or not (is_office or found.by_id == person.pk):
        raise Http404
    if to_run_again and not is_office:
        raise PermissionDenied
    return found
