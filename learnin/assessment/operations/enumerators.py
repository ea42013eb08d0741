"""Who collects answers with a phone: their key, their password, and the end of both."""

import secrets
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.models import Enumerator, Round
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

KEY_BYTES = 24  # 192 bits: nobody guesses it, and its QR code can still be scanned from paper
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like another on paper
LENGTH = 14  # 69 bits


class RoundOver(Refusal):
    """The round takes no answers any longer."""


class AlreadyRevoked(Refusal):
    """The access was taken back before."""


def _line(verb: str, enumerator: Enumerator, by: Person, now: datetime, **told: dict[str, str]) -> None:
    entries.write(verb, enumerator, by=by, now=now, country=enumerator.round.country, after=told.get("after"))


def _working(enumerator: Enumerator) -> Enumerator:
    """The enumerator, locked. Raises AlreadyRevoked."""
    enumerator = (
        Enumerator.objects.select_for_update(of=("self",)).select_related("round__country").get(pk=enumerator.pk)
    )
    if enumerator.revoked_at:
        raise AlreadyRevoked(_("The access of %(name)s was taken back before.") % {"name": enumerator.name})
    return enumerator


@transaction.atomic
def add_enumerator(
    round: Round, *, name: str, email: str = "", phone: str = "", by: Person, now: datetime
) -> Enumerator:
    """Let somebody collect answers for a round, with a key of their own. Raises RoundOver."""
    round = Round.objects.select_for_update(of=("self",)).select_related("country").get(pk=round.pk)
    if round.closed_at or now >= round.closes_at:
        raise RoundOver(_("This round takes no answers any longer."))
    made = Enumerator.objects.create(
        round=round,
        name=name,
        email=email,
        phone=phone,
        key=secrets.token_urlsafe(KEY_BYTES),
        added_by=by,
        added_at=now,
    )
    _line("enumerator.added", made, by, now, after={"round": round.title})
    return made


@transaction.atomic
def revoke_enumerator(enumerator: Enumerator, *, by: Person, now: datetime) -> None:
    """Take the access back at once. What was collected stays. Raises AlreadyRevoked."""
    enumerator = _working(enumerator)
    enumerator.revoked_by, enumerator.revoked_at = by, now
    enumerator.save(update_fields=["revoked_by", "revoked_at"])
    _line("enumerator.revoked", enumerator, by, now)


@transaction.atomic
def renew_key(enumerator: Enumerator, *, by: Person, now: datetime) -> Enumerator:
    """Give a new key, and stop the old one and the password: somebody else saw the card. Raises AlreadyRevoked."""
    enumerator = _working(enumerator)
    enumerator.key, enumerator.password = secrets.token_urlsafe(KEY_BYTES), ""
    enumerator.save(update_fields=["key", "password"])
    _line("enumerator.key-renewed", enumerator, by, now)
    return enumerator


@transaction.atomic
def give_password(enumerator: Enumerator, *, by: Person, now: datetime) -> str:
    """Make a password, for programs that take no key in the address. It can be read only now. Raises AlreadyRevoked."""
    enumerator = _working(enumerator)
    password = "".join(secrets.choice(LETTERS) for _letter in range(LENGTH))
    enumerator.password = make_password(password)
    enumerator.save(update_fields=["password"])
    _line("enumerator.password-given", enumerator, by, now)
    return password
