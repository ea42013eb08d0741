"""What people are here, and who asked them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnin.people.models.persons import Person
from learnin.people.models.places import Country
from learnin.people.roles import REGIONAL_KINDS, Kind
from learnin.programme.fields import ProgrammeIdField

_SCOPE = models.Q(kind__in=REGIONAL_KINDS, country=None) | (
    ~models.Q(kind__in=REGIONAL_KINDS) & models.Q(country__isnull=False)
)


class Role(models.Model):
    """A person is something, somewhere, from one day to another. Roles end; they are never deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("role"), max_length=40, choices=Kind.choices)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="roles", null=True, blank=True)
    component = ProgrammeIdField(kind="component", verbose_name=_("community"), blank=True, default="")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    given_at = models.DateTimeField(_("given"))
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    named_publicly_at = models.DateTimeField(_("agreed to be named"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(condition=_SCOPE, name="role_reaches_as_far_as_its_kind"),
            models.CheckConstraint(
                condition=models.Q(component="") | models.Q(country__isnull=False), name="community_is_in_a_country"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by=None) | models.Q(ended_at__isnull=False), name="role_ended_by_at"
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "country", "component"],
                condition=models.Q(ended_at=None, country__isnull=False),
                name="one_open_role_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=models.Q(ended_at=None, country=None),
                name="one_open_regional_role_of_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_current(self) -> bool:
        """Whether the role holds today."""
        today = timezone.localdate()
        return self.ended_at is None and self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)


class Invitation(models.Model):
    """Somebody is asked into a role by e-mail. The link works once, until the last day."""

    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language of the letter"), max_length=12)
    kind = models.CharField(_("role"), max_length=40, choices=Kind.choices)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="invitations", null=True, blank=True)
    component = ProgrammeIdField(kind="component", verbose_name=_("community"), blank=True, default="")
    role_ends_on = models.DateField(_("role until"), null=True, blank=True)
    message = models.TextField(_("a word to the person"), max_length=1000, blank=True)
    nonce = models.CharField(max_length=32)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("works until"))
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(condition=_SCOPE, name="invitation_reaches_as_far_as_its_kind"),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_at",
            ),
        ]

    def __str__(self) -> str:
        return self.name
