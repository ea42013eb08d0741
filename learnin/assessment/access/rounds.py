"""Who may reach a round and what it collects."""

import secrets

from django.core.cache import cache
from django.http import Http404
from django.utils.translation import gettext as _

from learnin.assessment.access.collection import TRIES, TRIES_SECONDS, invited
from learnin.assessment.access.countries import found_in_country
from learnin.assessment.models import Enumerator, Invitation, Round
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.people.roles import Can


def round(person: Person, pk: int, *, can: Can = Can.SEE_ASSESSMENT) -> Round:
    """A round. Raises Http404 or PermissionDenied."""
    return found_in_country(Round, person, pk, can, also=("instrument", "sample", "assessment"))


def enumerator(person: Person, pk: int, *, can: Can = Can.RUN_ROUNDS) -> Enumerator:
    """An enumerator. Raises Http404 or PermissionDenied."""
    return found_in_country(Enumerator, person, pk, can, way="round__country")


def invitation(person: Person, pk: int, *, can: Can = Can.RUN_ROUNDS) -> Invitation:
    """An invitation to answer. Raises Http404 or PermissionDenied."""
    return found_in_country(Invitation, person, pk, can, way="round__country", also=("unit__unit", "person"))


TRIES_OF_A_PLACE = 100  # a school, or a whole network behind one address, may mistype more often than one person


class WrongLetter(Refusal):
    """Number and PIN do not belong together, or somebody tried too often."""


def waiting_invitation(person: Person, pk: int, *, can: Can = Can.ENTER_ANSWERS) -> Invitation:
    """An invitation that somebody may call about. Raises Http404 or PermissionDenied."""
    found = invitation(person, pk, can=can)
    if found.answered_at:
        raise Http404
    return found


def invitation_by_link(token: str) -> Invitation:
    """The invitation behind the link of a letter. Raises Http404."""
    found = invited(token).invitation
    if found is None:
        raise Http404
    return found


def invitation_by_letter(number: str, pin: str, *, caller: str) -> Invitation:
    """The invitation of a printed letter. Raises WrongLetter, also for the right PIN after too many wrong ones.

    caller: the address the request came from; it may try several letters, but not hundreds.
    """
    round_part, _dash, own_part = number.strip().partition("-")
    is_number = all(part.isascii() and part.isdigit() and len(part) < 10 for part in (round_part, own_part))
    limits = {f"letter:{round_part[:12]}-{own_part[:12]}": TRIES, f"letter:from:{caller}": TRIES_OF_A_PLACE}
    if any(cache.get(key, 0) >= most for key, most in limits.items()):
        raise WrongLetter(_("There were too many wrong tries. Wait five minutes, and try again."))
    if is_number:
        found = Invitation.objects.filter(round=int(round_part), number=int(own_part)).first()
        said = "".join(pin.split()).lower().encode()
        if found is not None and secrets.compare_digest(found.pin.encode(), said):
            return found
    for key in limits:
        cache.set(key, cache.get(key, 0) + 1, TRIES_SECONDS)
    raise WrongLetter(_("Number and PIN do not belong together. Compare them with your letter."))
