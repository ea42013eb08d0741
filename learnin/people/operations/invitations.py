"""Somebody is asked into a role; the link works once."""

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from learnin.kit import mail
from learnin.kit.refusal import Refusal
from learnin.people import notices
from learnin.people.access import INVITATION_SALT
from learnin.people.models import Country, Invitation, Person, Role
from learnin.people.operations.persons import record_consent
from learnin.people.operations.roles import begin_role, require_free, require_giver
from learnin.people.roles import Kind


class AlreadyInvited(Refusal):
    """An open invitation to this role was sent to this address."""


class LinkUsedUp(Refusal):
    """The link was used, taken back or is too old."""


class AnotherPerson(Refusal):
    """The link is for somebody else's address."""


def link(invitation: Invitation) -> str:
    """The signed address that opens the invitation."""
    token = signing.dumps({"id": invitation.pk, "nonce": invitation.nonce}, salt=INVITATION_SALT)
    return settings.SITE_URL + reverse("people:invitation", args=[token])


def _send(invitation: Invitation) -> None:
    with translation.override(invitation.language):
        place = invitation.country.name if invitation.country else _("Europe and Central Asia")
        subject = _("%(place)s invites you to LearnIn") % {"place": place}
    mail.letter(
        invitation.email,
        subject=subject,
        template="people/mail/invitation",
        context={"invitation": invitation, "place": place, "link": link(invitation)},
        language=invitation.language,
        kind="invitation",
    )


def _line(invitation: Invitation, verb: str, by: Person | None, now: datetime) -> None:
    after = {"role": invitation.kind, "person": invitation.name, "email": invitation.email}
    notices.changed.send(
        Invitation, verb=verb, on=invitation, by=by, now=now, country=invitation.country, before=None, after=after
    )


def _fresh(now: datetime) -> dict:
    return {
        "nonce": get_random_string(32),
        "sent_at": now,
        "expires_at": now + timedelta(days=settings.INVITATION_DAYS),
    }


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    language: str,
    kind: Kind,
    country: Country | None,
    by: Person | None,
    now: datetime,
    ends_on: date | None = None,
    message: str = "",
    component: str = "",
) -> Invitation:
    """Ask somebody into a role by e-mail, in their language. Raises NotYours, AlreadyHolds, AlreadyInvited."""
    kind, email = Kind(kind), email.strip().lower()
    require_giver(by, kind, country)
    if country is not None:
        Country.objects.select_for_update().get(pk=country.pk)  # two leads may invite the same person at once
    known = Person.objects.filter(email__iexact=email).first()
    if known:
        require_free(known, kind, country, component)
    waiting = Invitation.objects.filter(
        email=email, kind=kind, country=country, component=component, accepted_at=None, revoked_at=None
    )
    if waiting.filter(expires_at__gt=now).exists():
        raise AlreadyInvited(
            _("%(email)s already has an open invitation to this role. Send that one again.") % {"email": email}
        )
    invitation = Invitation.objects.create(
        email=email,
        name=name,
        language=language,
        kind=kind,
        country=country,
        component=component,
        role_ends_on=ends_on,
        message=message,
        sent_by=by,
        **_fresh(now),
    )
    _line(invitation, "invitation.sent", by, now)
    _send(invitation)
    return invitation


def _open(invitation: Invitation) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("country", "sent_by").get(pk=invitation.pk)
    )
    if invitation.accepted_at:
        raise LinkUsedUp(_("This invitation was already accepted."))
    if invitation.revoked_at:
        raise LinkUsedUp(_("This invitation was taken back."))
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: Person, now: datetime) -> Invitation:
    """Send a new link; the old one stops working. Raises NotYours, LinkUsedUp."""
    invitation = _open(invitation)
    require_giver(by, Kind(invitation.kind), invitation.country)
    for field, value in _fresh(now).items():
        setattr(invitation, field, value)
    invitation.save(update_fields=["nonce", "sent_at", "expires_at"])
    _line(invitation, "invitation.sent_again", by, now)
    _send(invitation)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, by: Person, now: datetime) -> Invitation:
    """Take an invitation back; its link stops working. Raises NotYours, LinkUsedUp."""
    invitation = _open(invitation)
    require_giver(by, Kind(invitation.kind), invitation.country)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    _line(invitation, "invitation.revoked", by, now)
    return invitation


def require_open(invitation: Invitation, now: datetime) -> None:
    """Raises LinkUsedUp, in words, where the link no longer works."""
    if invitation.accepted_at:
        raise LinkUsedUp(_("This invitation was already accepted."))
    if invitation.revoked_at:
        raise LinkUsedUp(_("This invitation was taken back."))
    if invitation.expires_at <= now:
        raise LinkUsedUp(_("This invitation is too old. Ask for a new one."))


def _newcomer(invitation: Invitation, name: str, language: str, now: datetime) -> Person:
    person = Person.objects.create_person(invitation.email, name, language=language, joined_at=now)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    notices.changed.send(
        Person,
        verb="person.joined",
        on=person,
        by=person,
        now=now,
        country=invitation.country,
        before=None,
        after={"person": name},
    )
    return person


@transaction.atomic
def accept(invitation: Invitation, *, by: Person | None, now: datetime, name: str = "", language: str = "en") -> Role:
    """Take the role one was invited to; a newcomer becomes a person. Raises LinkUsedUp, AnotherPerson, AlreadyHolds."""
    invitation = _open(invitation)
    require_open(invitation, now)
    if by is None and Person.objects.filter(email__iexact=invitation.email).exists():
        raise AnotherPerson(_("Sign in as %(email)s to accept.") % {"email": invitation.email})
    if by is not None and by.email.lower() != invitation.email:
        raise AnotherPerson(_("This invitation is for %(email)s.") % {"email": invitation.email})
    person = by or _newcomer(invitation, name, language, now)
    record_consent(person, now=now)
    role = begin_role(
        person,
        kind=Kind(invitation.kind),
        country=invitation.country,
        by=invitation.sent_by,
        now=now,
        ends_on=invitation.role_ends_on,
        component=invitation.component,
    )
    invitation.accepted_at, invitation.accepted_by = now, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _line(invitation, "invitation.accepted", person, now)
    if invitation.sent_by_id:
        notices.told.send(
            Invitation,
            person=invitation.sent_by,
            kind="invitation.accepted",
            params={"name": person.name, "role": invitation.kind, "country": invitation.country_id or ""},
            url=invitation.country.url if invitation.country else reverse("home:start"),
            now=now,
        )
    return role
