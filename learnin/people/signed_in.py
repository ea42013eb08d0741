"""What a gated view is given: the middleware lets nobody in without signing in."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from learnin.people.models import Person


class SignedIn(HttpRequest):
    """A request of somebody who is signed in."""

    user: "Person"
