"""What the initiatives hear from the stages before them."""

from typing import Any

from django.dispatch import receiver

from learnin.initiatives.operations import agreements
from learnin.people import notices
from learnin.people.models import Person


@receiver(notices.erased)
def forget_party(sender: type, person: Person, **kwargs: Any) -> None:
    """Name and address leave the agreements; what the organisation said stays."""
    agreements.forget(person)
