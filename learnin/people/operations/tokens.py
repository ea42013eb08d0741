"""Keys for a person's own programs."""

import hashlib
import secrets
from datetime import date, datetime

from django.db import transaction

from learnin.people import notices
from learnin.people.models import ApiToken, Person

PREFIX = "learnin_"


def hash_of(secret: str) -> str:
    """What we keep of a token. Its 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, name: str, expires_on: date, by: Person, now: datetime) -> tuple[ApiToken, str]:
    """Make a token. The secret is returned once and never kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(person=by, name=name, hash=hash_of(secret), created_at=now, expires_on=expires_on)
    notices.changed.send(
        ApiToken, verb="token.made", on=token, by=by, now=now, country=None, before=None, after={"name": name}
    )
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: Person, now: datetime) -> None:
    """Stop a token at once."""
    token.revoked_at = now
    token.save(update_fields=["revoked_at"])
    notices.changed.send(
        ApiToken, verb="token.revoked", on=token, by=by, now=now, country=None, before={"name": token.name}, after=None
    )


def note_use(token: ApiToken, *, today: date) -> None:
    """Keep the day of the token's last use, so that its person sees which ones nobody needs. One write a day."""
    if token.last_used_on != today:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=today)
