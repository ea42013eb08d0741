"""What the journal hears: people and places came first in the chain and cannot know it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from learnin.journal.operations import entries, mail
from learnin.journal.operations import notices as operations
from learnin.people import notices
from learnin.people.models import Country, Person


@receiver(notices.changed)
def write_line(
    sender: type[Model],
    verb: str,
    on: Model,
    by: Person | None,
    now: datetime,
    country: Country | None = None,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    **kwargs: Any,
) -> None:
    """Every change of people and places leaves one line, in the same transaction."""
    entries.write(verb, on, by=by, now=now, country=country, before=before, after=after)


@receiver(notices.told)
def tell(
    sender: type[Model],
    person: Person,
    kind: str,
    now: datetime,
    params: Mapping[str, Any] | None = None,
    url: str = "",
    **kwargs: Any,
) -> None:
    """Somebody should hear of it."""
    operations.tell(person, kind=kind, params=params or {}, url=url, now=now)


@receiver(notices.erased)
def forget(sender: type[Model], person: Person, **kwargs: Any) -> None:
    """The old name leaves the journal, what others were told and the outbox; sent before the name itself goes."""
    words = {person.name, person.email}
    entries.redact(person, words=words)
    operations.forget(person, words=words)
    mail.forget(person.email)
