"""Which passwords are good enough, in our own words: the framework's are not in all our languages."""

from typing import Any

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(password_validation.MinimumLengthValidator):
    """Length is what makes a password hard to guess."""

    def get_error_message(self) -> str:
        """What to do."""
        return ngettext(
            "Use a password of at least %(n)d character", "Use a password of at least %(n)d characters", self.min_length
        ) % {"n": self.min_length}

    def get_help_text(self) -> str:
        """Not shown: the field's own hint says it."""
        return ""


class NotCommon(password_validation.CommonPasswordValidator):
    """Whoever guesses tries the best-known passwords first."""

    def get_error_message(self) -> str:
        """What to do."""
        return _("Many people use this password. Choose another one")

    def get_help_text(self) -> str:
        """Not shown: the field's own hint says it."""
        return ""


class NotAboutYou(password_validation.UserAttributeSimilarityValidator):
    """Whoever knows the person tries the name next."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("name", "email", "organisation"))

    def validate(self, password: str, user: Any = None) -> None:
        """Raise in our words."""
        try:
            super().validate(password, user)
        except ValidationError as error:
            message = _("This password is too close to your name, address or organisation. Choose another one")
            raise ValidationError(message, code="password_too_similar") from error

    def get_help_text(self) -> str:
        """Not shown: the field's own hint says it."""
        return ""
