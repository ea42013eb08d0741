"""What the initiatives hear from the stages before them."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from learnin.initiatives.operations import contacts
from learnin.people import notices
from learnin.people.models import Person


@receiver(notices.erased)
def forget_contact(sender: type, person: Person, by: Person, now: datetime, **kwargs: Any) -> None:
    """Whoever is erased is no contact of an initiative, and represents no organisation."""
    contacts.forget(person, by=by, now=now)
