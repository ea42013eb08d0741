"""How the journal and the notices tell what happened to people and places."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from learnin.kit import languages
from learnin.people.models import Country
from learnin.people.region import REGION
from learnin.people.roles import Kind

VERBS = {
    "account.app_added": _("%(by)s added an authenticator app"),
    "account.app_removed": _("%(by)s removed the authenticator app"),
    "account.email_changed": _("%(by)s changed the e-mail address for signing in"),
    "account.passkey_added": _("%(by)s added a passkey"),
    "account.passkey_removed": _("%(by)s removed a passkey"),
    "account.password_changed": _("%(by)s changed the password"),
    "account.password_set": _("%(by)s set a password"),
    "account.recovery_codes_added": _("%(by)s got recovery codes"),
    "account.recovery_codes_removed": _("%(by)s no longer has recovery codes"),
    "account.recovery_codes_renewed": _("%(by)s made new recovery codes"),
    "account.signed_out_elsewhere": _("%(by)s signed out on other devices"),
    "consent.given": _("%(by)s agreed to the privacy notice"),
    "consent.withdrawn": _("%(by)s took back the agreement to the privacy notice"),
    "country.published": _("%(by)s opened the public page of %(what)s"),
    "country.text_written": _("%(by)s changed the public text of %(what)s"),
    "country.unpublished": _("%(by)s closed the public page of %(what)s"),
    "erasure.asked": _("%(by)s asked to erase the data of %(what)s"),
    "erasure.not_wanted": _("%(by)s no longer wants the data of %(what)s erased"),
    "invitation.accepted": _("%(by)s accepted an invitation: %(role)s"),
    "invitation.revoked": _("%(by)s took back the invitation of %(person)s: %(role)s"),
    "invitation.sent": _("%(by)s invited %(person)s: %(role)s"),
    "invitation.sent_again": _("%(by)s invited %(person)s again: %(role)s"),
    "person.chose_language": _("%(by)s chose a language"),
    "person.corrected": _("%(by)s corrected the details of %(what)s"),
    "person.erased": _("%(by)s erased the data of %(what)s"),
    "person.joined": _("%(by)s joined LearnIn"),
    "role.ended": _("%(by)s ended a role of %(person)s: %(role)s"),
    "role.given": _("%(by)s gave %(person)s a role: %(role)s"),
    "role.left": _("%(by)s left a role: %(role)s"),
    "role.named_publicly": _("%(by)s agreed to be named in public as “%(what)s”"),
    "role.not_named_publicly": _("%(by)s no longer wants to be named in public as “%(what)s”"),
    "token.made": _("%(by)s made the key “%(what)s”"),
    "token.revoked": _("%(by)s stopped the key “%(what)s”"),
}

KINDS = {
    "erasure.asked": _("%(name)s asked to have all personal data erased."),
    "invitation.accepted": _("%(name)s accepted your invitation: %(role)s, %(country)s."),
    "role.ended": _("Your role ended: %(role)s, %(country)s."),
    "role.given": _("You have a new role: %(role)s, %(country)s."),
}

PLACES = {
    "about": _("Text"),
    "devices": _("Devices"),
    "email": _("E-mail address"),
    "languages": _("Languages"),
    "name": _("Name"),
    "person": _("Person"),
    "until": _("Until"),
    "version": _("Version"),
}


def roles(codes: Collection[str]) -> Mapping[str, str]:
    """The names of kinds of roles."""
    return {code: str(Kind(code).label) for code in codes if code in Kind}


def countries(codes: Collection[str]) -> Mapping[str, str]:
    """The names of countries; no country is the region."""
    return {"": REGION.name, **{code: place.name for code, place in Country.objects.in_bulk(codes).items()}}


def spoken(codes: Collection[str]) -> Mapping[str, str]:
    """The names of languages."""
    return {code: languages.language_name(code) for code in codes}
