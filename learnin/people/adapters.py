"""How the sign-in library behaves here: who gets in, what it says, how it writes."""

from typing import Any, Never

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.kit import mail, pages
from learnin.people import notices
from learnin.people.models import Person
from learnin.people.sign_in.letters import LETTERS, SAID

_WRONG_CODE = gettext_lazy("This code is not right, or no longer works. Check the letter or app and type it again")
_TOO_MANY = gettext_lazy("Too many tries. Wait five minutes, then try again")


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by code or password. People join by invitation only."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed"),
        "duplicate_email": gettext_lazy("This is the address you have now. Write another one"),
        "email_password_mismatch": gettext_lazy("The address and the password do not fit together. Type both again"),
        "email_taken": gettext_lazy("This address cannot be used here. Write another one"),
        "enter_current_password": gettext_lazy("This is not your present password. Type it again"),
        "incorrect_code": _WRONG_CODE,
        "incorrect_password": gettext_lazy("This is not your password. Type it again"),
        "invalid_login": gettext_lazy("Write an e-mail address like name@example.org"),
        "rate_limited": _TOO_MANY,
        "same_as_current": gettext_lazy("This is the address you have now. Write another one"),
        "too_many_login_attempts": _TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: somebody invites."""
        return False

    def clean_email(self, email: str) -> str:
        """Addresses are kept in small letters."""
        return str(super().clean_email(email)).lower()

    def is_safe_url(self, url: str) -> bool:
        """After signing in, people stay on this site."""
        request = context.request
        return url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())

    def get_reauthentication_methods(self, user: Person) -> list[dict]:
        """Is it still you? A passkey is asked for first: it is quickest, and its owner may have no app."""
        methods: list[dict] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page about signing in."""
        return reverse("mfa_index")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Back to the page about signing in."""
        return reverse("mfa_index")

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what happened in our words; what the page shows anyway is not said."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said) % (message_context or {}), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a letter in the reader's language."""
        letter = LETTERS[template_prefix]
        reader = context.get("user") or Person.objects.filter(email__iexact=email).first()
        language = reader.language if reader else translation.get_language() or "en"
        mail.letter(
            email,
            subject=letter.subject,
            template=letter.template,
            context={
                "what": letter.what,
                "code": context.get("code", ""),
                "at": timezone.now(),
                "browser": context.get("user_agent", ""),
                "security_url": settings.SITE_URL + reverse("mfa_index"),
            },
            language=language,
            kind="sign-in",
        )


class MFAAdapter(DefaultMFAAdapter):
    """Authenticator apps, passkeys and recovery codes."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_generate_recovery_codes": gettext_lazy("Add an authenticator app or a passkey first"),
        "incorrect_code": _WRONG_CODE,
        "unverified_email": gettext_lazy("Confirm your new e-mail address first"),
    }

    def _get_site_name(self) -> str:
        """The name a phone shows beside a passkey."""
        return "LearnIn"

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        """What a passkey is called until its owner names it."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}


class UserSessionsAdapter(DefaultUserSessionsAdapter):
    """Devices where a person is signed in."""

    def end_sessions(self, sessions: list[UserSession]) -> None:
        """Sign devices out, and leave a line about it."""
        super().end_sessions(sessions)
        if sessions:
            person = sessions[0].user
            notices.changed.send(
                Person,
                verb="account.signed_out_elsewhere",
                on=person,
                by=person,
                now=timezone.now(),
                country=None,
                before=None,
                after={"devices": len(sessions)},
            )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in at one's ministry or at UNICEF. It opens an account that is here already; it never makes one.

    Nothing is kept of it: each time, the address that the organisation vouches for decides. An organisation
    vouches for addresses of its own domains only, so that no ministry can open the account of another.
    """

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Person, str] | None:
        """The person with the address the organisation vouches for."""
        address = self.vouched_for(sociallogin)
        found = EmailAddress.objects.filter(email=address, verified=True, user__is_active=True).select_related("user")
        first = found.order_by("pk").first() if address else None
        return (first.user, address) if first else None

    def vouched_for(self, sociallogin: SocialLogin) -> str:
        """The address: verified, of the organisation's own domains, and both its answers are about one person."""
        told = sociallogin.account.extra_data
        subjects = {told[part].get("sub") for part in ("id_token", "userinfo") if part in told}
        if "id_token" not in told or len(subjects) != 1:
            return ""
        domains = sociallogin.provider.app.settings["domains"]
        for address in sociallogin.email_addresses:
            email = address.email.lower()
            if address.verified in (True, "true") and email.rpartition("@")[2] in domains:
                return email
        return ""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Turn away, with a reason, whoever is not here already; and never tie accounts together."""
        if sociallogin.state.get("process") != "login" or not sociallogin.is_existing:
            self._turn_away(request, sociallogin)

    def _turn_away(self, request: HttpRequest, sociallogin: SocialLogin) -> Never:
        known = {"organisation": sociallogin.provider.name, "address": self.vouched_for(sociallogin)}
        raise ImmediateHttpResponse(pages.page(request, "account/organisation_unknown.html", known, status=403))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up: somebody invites."""
        return False
