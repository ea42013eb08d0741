"""The letters about signing in, and what pages say after an act. Codes and addresses never stand in a subject."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Letter:
    """One letter: its subject, its template, and for news about the account what happened."""

    subject: Any
    template: str
    what: Any = ""


def _code(subject: Any, what: Any) -> Letter:
    return Letter(subject, "people/mail/code", what)


def _news(what: Any) -> Letter:
    return Letter(_("Your LearnIn account has changed"), "people/mail/account_changed", what)


_NEW_ADDRESS = _code(_("Your code for LearnIn"), _("It shows that this address is yours."))

LETTERS: dict[str, Letter] = {
    "account/email/login_code": _code(_("Your code for LearnIn"), _("Type it on the page where you asked for it.")),
    "account/email/password_reset_code": _code(
        _("Your code for a new password"), _("Type it on the page where you asked for it.")
    ),
    "account/email/email_confirmation": _NEW_ADDRESS,
    "account/email/email_confirmation_signup": _NEW_ADDRESS,
    "account/email/email_changed": _news(_("The e-mail address was changed. This one no longer opens the account.")),
    "account/email/password_changed": _news(_("The password was changed.")),
    "account/email/password_reset": _news(_("The password was changed.")),
    "account/email/password_set": _news(_("A password was set.")),
    "mfa/email/recovery_codes_generated": _news(_("New recovery codes were made. The old ones no longer work.")),
    "mfa/email/totp_activated": _news(_("An authenticator app was added.")),
    "mfa/email/totp_deactivated": _news(_("The authenticator app was removed.")),
    "mfa/email/webauthn_added": _news(_("A passkey was added.")),
    "mfa/email/webauthn_removed": _news(_("A passkey was removed.")),
}

# What a page says after an act. Where nothing stands here, nothing is said: the page itself shows it.
SAID: dict[str, Any] = {
    "account/messages/email_confirmation_failed.txt": _("Somebody else uses this address. Yours stays as it was."),
    "account/messages/email_confirmed.txt": _("Your e-mail address is %(email)s."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password is changed. All other devices are signed out."),
    "account/messages/password_set.txt": _("Your password is set. All other devices are signed out."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is added."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app is removed."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("All other devices are signed out."),
}
