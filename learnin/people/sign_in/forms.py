"""What we ask of a person who signs in. The checks are the sign-in library's; the words are ours."""

from dataclasses import dataclass
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import GovForm


@dataclass(frozen=True)
class Words:
    """How one field speaks: its label, a hint, and what an empty one asks for."""

    label: Any
    hint: Any = ""
    empty: Any = ""


ADDRESS = Words(_("E-mail address"), _("The one your invitation came to."), _("Write your e-mail address"))
PASSWORD = Words(_("Password"), "", _("Write your password"))
NEW_PASSWORD = Words(
    _("New password"),
    _("At least 12 characters. Three or four words that do not belong together are easy to remember."),
    _("Write a new password"),
)
CODE = Words(_("Code"), _("8 digits, from the letter we sent."), _("Write the code from the letter"))
APP_CODE = Words(
    _("Code"), _("From your authenticator app, or one of your recovery codes."), _("Write the code from your app")
)


class Worded(GovForm):
    """A form of the library that speaks like the rest of LearnIn."""

    words: ClassVar[dict[str, Words]] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if field.widget.attrs.get("autocomplete") == "one-time-code":
                field.widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}
            if words := self.words.get(name):
                field.label, field.help_text = words.label, words.hint
                field.error_messages |= {"required": words.empty or field.error_messages["required"]}


class AddressForm(Worded, account.LoginForm):
    """Sign in: only the address; a code follows."""

    words = {"login": ADDRESS}


class RequestCodeForm(Worded, account.RequestLoginCodeForm):
    """The same, at the library's other address."""

    words = {"email": ADDRESS}


class PasswordForm(Worded, account.LoginForm):
    """Sign in with a password."""

    words = {"login": ADDRESS, "password": PASSWORD}

    def _setup_password_field(self) -> None:
        """The library drops the field where people cannot sign up with a password; here it stays."""


class ConfirmCodeForm(Worded, account.ConfirmLoginCodeForm):
    """The code from the letter."""

    words = {"code": CODE}


class ConfirmAddressForm(Worded, account.ConfirmEmailVerificationCodeForm):
    """The code that shows that a new address is one's own."""

    words = {"code": CODE}


class ConfirmResetForm(Worded, account.ConfirmPasswordResetCodeForm):
    """The code that lets one choose a new password."""

    words = {"code": CODE}


class ChangeAddressForm(Worded, account.AddEmailForm):
    """A new address."""

    words = {"email": Words(_("New e-mail address"), _("We send a code there."), _("Write the new e-mail address"))}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Whose password was forgotten."""

    words = {"email": ADDRESS}


class _OnePassword(Worded):
    """One box with a button that shows what was typed, instead of typing twice."""

    words = {
        "oldpassword": Words(_("Present password"), "", _("Write your present password")),
        "password1": NEW_PASSWORD,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["password2"]


class ChangePasswordForm(_OnePassword, account.ChangePasswordForm):
    """Another password than before."""


class SetPasswordForm(_OnePassword, account.SetPasswordForm):
    """The first password."""


class NewPasswordForm(_OnePassword, account.ResetPasswordKeyForm):
    """A password instead of the forgotten one."""


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """Is it still you? By password."""

    words = {"password": PASSWORD}


class AppCodeForm(Worded, mfa.AuthenticateForm):
    """The second step of signing in."""

    words = {"code": APP_CODE}


class ReauthenticateByCodeForm(Worded, mfa.ReauthenticateForm):
    """Is it still you? By app or recovery code."""

    words = {"code": APP_CODE}


class ActivateAppForm(Worded, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    words = {"code": Words(_("Code"), _("6 digits, from the app."), _("Write the code from your app"))}


class _Passkey(Worded):
    """The library says “code” where a device answered wrongly."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Say it in words about passkeys."""
        if getattr(error, "code", "") == "incorrect_code":
            error = ValidationError(_("This passkey does not open an account here. Use another way"), code=error.code)
        super().add_error(field, error)  # type: ignore[misc]


class LoginPasskeyForm(_Passkey, webauthn.LoginWebAuthnForm):
    """Sign in with a passkey alone."""


class SecondStepPasskeyForm(_Passkey, webauthn.AuthenticateWebAuthnForm):
    """The second step of signing in, by passkey."""


class ReauthenticatePasskeyForm(_Passkey, webauthn.ReauthenticateWebAuthnForm):
    """Is it still you? By passkey."""


class AddPasskeyForm(Worded, webauthn.AddWebAuthnForm):
    """A new passkey: it is enough by itself, so the device must know the person (finger, face or PIN)."""

    words = {"name": Words(_("Name"), _("So that you know it again, like “Work phone”."))}
    passwordless = forms.BooleanField(widget=forms.HiddenInput, initial=True)


class RenamePasskeyForm(Worded, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    words = {"name": Words(_("Name"), _("So that you know it again, like “Work phone”."), _("Write a name"))}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            max_length=60, label=self.fields["name"].label, help_text=self.fields["name"].help_text
        )
