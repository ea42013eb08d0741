"""What the task force hears from the stages before it."""

from typing import Any

from django.dispatch import receiver

from learnin.people import notices
from learnin.people.models import Person
from learnin.taskforce.operations import composition


@receiver(notices.changed)
def recognise_member(sender: type, verb: str, on: Any, by: Person | None, now: Any, **kwargs: Any) -> None:
    """Who joined or took a role is connected with the seats and posts that wait under their address."""
    if verb == "invitation.accepted" and by is not None:
        composition.recognise(by)


@receiver(notices.erased)
def forget_member(sender: type, person: Person, **kwargs: Any) -> None:
    """The name leaves the seats and posts; that somebody sat there stays."""
    composition.forget(person)
