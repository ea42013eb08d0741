"""What the sign-in library tells us: every change of how somebody signs in leaves a line. Secrets never do."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth import signals as auth
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from learnin.people import notices
from learnin.people.models import Person

NAMES = {
    Authenticator.Type.TOTP: "app",
    Authenticator.Type.WEBAUTHN: "passkey",
    Authenticator.Type.RECOVERY_CODES: "recovery_codes",
}


def _line(person: Person, verb: str, before: dict | None = None, after: dict | None = None) -> None:
    notices.changed.send(
        Person, verb=verb, on=person, by=person, now=timezone.now(), country=None, before=before, after=after
    )


def masked(email: str) -> str:
    """Enough of an address to know it again: n…@example.org. The journal must be able to forget."""
    name, _at, domain = email.rpartition("@")
    return f"{name[:1]}…@{domain}"


@receiver(auth.user_logged_in)
def signed_in(request: HttpRequest, **kwargs: Any) -> None:
    """Every device stands in the list, also one that came in by an invitation. (A test's login has no address.)"""
    if "REMOTE_ADDR" in request.META:
        UserSession.objects.create_from_request(request)


@receiver(account.email_changed)
def email_changed(
    user: Person, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **kwargs: Any
) -> None:
    """The person signs in with another address from now on."""
    before = {"email": masked(from_email_address.email)} if from_email_address else None
    _line(user, "account.email_changed", before, {"email": masked(to_email_address.email)})


@receiver(account.password_set)
def password_set(user: Person, **kwargs: Any) -> None:
    """The person may sign in with a password, too."""
    _line(user, "account.password_set")


@receiver([account.password_changed, account.password_reset])
def password_changed(user: Person, **kwargs: Any) -> None:
    """The person has another password."""
    _line(user, "account.password_changed")


def _what(authenticator: Authenticator) -> dict | None:
    return {"name": str(authenticator)} if authenticator.type == Authenticator.Type.WEBAUTHN else None


@receiver(mfa.authenticator_added)
def authenticator_added(request: HttpRequest, user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """The person has one more way to prove who they are, and used it just now: they are not asked again at once."""
    _line(user, f"account.{NAMES[authenticator.type]}_added", after=_what(authenticator))
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type, reauthenticated=True)


@receiver(mfa.authenticator_removed)
def authenticator_removed(user: Person, authenticator: Authenticator, **kwargs: Any) -> None:
    """The person has one way less."""
    _line(user, f"account.{NAMES[authenticator.type]}_removed", before=_what(authenticator))


@receiver(mfa.authenticator_reset)
def authenticator_reset(user: Person, **kwargs: Any) -> None:
    """The person has other recovery codes."""
    _line(user, "account.recovery_codes_renewed")


@receiver(notices.erased)
def forget_how_they_signed_in(person: Person, **kwargs: Any) -> None:
    """An erased person leaves no devices, passkeys or addresses of organisations behind."""
    for session in UserSession.objects.filter(user=person).order_by("pk"):
        session.end()
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
