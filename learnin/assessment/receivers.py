"""What the needs assessment hears from the stages before it."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from learnin.assessment.operations import experts
from learnin.people import notices
from learnin.people.models import Person


@receiver(notices.erased)
def forget_expert(sender: type, person: Person, by: Person, now: datetime, **kwargs: Any) -> None:
    """Whoever is erased leaves every list of experts."""
    experts.forget(person, by=by, now=now)
