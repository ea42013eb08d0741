"""Who works here."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnin.compute import folding


class PersonManager(BaseUserManager["Person"]):
    """Finds people by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address."""
        return self.get(email__iexact=username)

    def create_person(self, email: str, name: str, *, language: str = "en", **details: Any) -> "Person":
        """A person without a password, findable in any script."""
        person = self.model(email=email.strip().lower(), name=name, language=language, **details)
        person.search_keys = folding.search_keys(f"{person.name} {person.organisation}")
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """One human being; roles say what they are here."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language of pages and letters"), max_length=12, default="en")
    organisation = models.CharField(_("organisation"), max_length=160, blank=True)
    position = models.CharField(_("position"), max_length=160, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    erasure_asked_at = models.DateTimeField(_("asked for erasure"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    search_keys = models.TextField(editable=False, default="")

    held_roles: list[Any]  # the roles of today, kept by roles.held_by for as long as this object lives

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_address"),
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(is_active=False), name="erased_person_cannot_sign_in"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name_when_erased(self) -> str:
        """What stands in the place of a name that was erased; the same in every language, as names are."""
        return f"Former member {self.pk}"

    def get_full_name(self) -> str:
        """The name as the person writes it."""
        return self.name

    def get_short_name(self) -> str:
        """The name as the person writes it."""
        return self.name


class Level(models.TextChoices):
    """Command of a language: the levels of the Common European Framework (CEFR)."""

    A1 = "A1", _("A1: first words")
    A2 = "A2", _("A2: everyday phrases")
    B1 = "B1", _("B1: follows familiar matters")
    B2 = "B2", _("B2: works in it")
    C1 = "C1", _("C1: works in it with ease")
    C2 = "C2", _("C2: like a first language")


class SpokenLanguage(models.Model):
    """A language a person speaks, and how well."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="spoken_languages")
    language = models.CharField(_("language"), max_length=12)
    level = models.CharField(_("level"), max_length=2, choices=Level.choices)

    class Meta:
        verbose_name = _("spoken language")
        verbose_name_plural = _("spoken languages")
        constraints = [
            models.UniqueConstraint(fields=["person", "language"], name="one_level_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.level}"


class Consent(models.Model):
    """A person read one version of the privacy notice and agreed, or took that back."""

    class Act(models.TextChoices):
        """What the person did."""

        GIVEN = "given", _("agreed")
        WITHDRAWN = "withdrawn", _("took back")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    notice_version = models.CharField(_("version of the notice"), max_length=20)
    act = models.CharField(_("what the person did"), max_length=10, choices=Act.choices)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")

    def __str__(self) -> str:
        return f"{self.notice_version} {self.act}"


class ApiToken(models.Model):
    """A key with which a person's own program reads and writes as that person. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made"))
    expires_on = models.DateField(_("last day"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("key")
        verbose_name_plural = _("keys")

    def __str__(self) -> str:
        return self.name
