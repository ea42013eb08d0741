"""What the initiatives hear from the stages before them."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from learnin.initiatives.operations import agreements, contacts
from learnin.people import notices
from learnin.people.models import Person


@receiver(notices.erased)
def forget_party(sender: type, person: Person, **kwargs: Any) -> None:
    """Name and address leave the agreements; what the organisation said stays."""
    agreements.forget(person)


@receiver(notices.erased)
def forget_contact(sender: type, person: Person, by: Person, now: datetime, **kwargs: Any) -> None:
    """Whoever is erased is no contact of an initiative, and represents no organisation."""
    contacts.forget(person, by=by, now=now)
