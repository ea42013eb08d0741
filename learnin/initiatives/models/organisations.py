"""Organisations: who reports, pays for and carries out initiatives."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.kit import languages
from learnin.people.models import Country, Person


class OrganisationType(models.TextChoices):
    """What kind of organisation it is; the codes are IATI's."""

    GOVERNMENT = "10", _("Government")
    LOCAL_GOVERNMENT = "11", _("Local government")
    OTHER_PUBLIC = "15", _("Other public body")
    INTERNATIONAL_NGO = "21", _("International NGO")
    NATIONAL_NGO = "22", _("National NGO")
    REGIONAL_NGO = "23", _("Regional NGO")
    PARTNER_COUNTRY_NGO = "24", _("Local NGO")
    PUBLIC_PRIVATE = "30", _("Public-private partnership")
    MULTILATERAL = "40", _("Multilateral organisation")
    FOUNDATION = "60", _("Foundation")
    PRIVATE = "70", _("Private company")
    PRIVATE_PROVIDER = "71", _("Private company of a donor country")
    PRIVATE_RECIPIENT = "72", _("Private company of this country")
    PRIVATE_THIRD = "73", _("Private company of another country")
    ACADEMIC = "80", _("School, university or research")
    OTHER = "90", _("Other")


class Organisation(models.Model):
    """An organisation as a country knows it; without a country, one that the region keeps for all.

    `names`: by language. `acronyms`: by language, too. One that turned out to be another is merged into it and stays.
    """

    country = models.ForeignKey(
        Country,
        on_delete=models.PROTECT,
        related_name="organisations",
        null=True,
        blank=True,
        verbose_name=_("country"),
    )
    names = models.JSONField(_("name, by language"), default=dict)
    acronyms = models.JSONField(_("short name, by language"), default=dict, blank=True)
    identifier = models.CharField(_("identifier (org-id)"), max_length=120, blank=True)
    type = models.CharField(_("type"), max_length=2, choices=OrganisationType.choices, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="parts", null=True, blank=True, verbose_name=_("part of")
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="was", null=True, blank=True, verbose_name=_("merged into")
    )
    search_keys = models.TextField(editable=False, default="")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        indexes = [models.Index(fields=["country", "identifier"], name="organisation_by_id")]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")), name="organisation_not_its_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name()

    def name(self, language: str = "") -> str:
        """Its name in a language, else in the reader's, else in any."""
        return languages.text_in(self.names, language) or self.acronym(language) or self.identifier

    def acronym(self, language: str = "") -> str:
        """Its short name, if it has one."""
        return languages.text_in(self.acronyms, language) if self.acronyms else ""

    @property
    def is_merged(self) -> bool:
        """Whether it turned out to be another one."""
        return self.merged_into_id is not None


class Representative(models.Model):
    """Somebody who registers and changes the initiatives of an organisation, and answers for it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="representatives")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="represents")
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person"], condition=Q(ended_at=None), name="represents_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class OrganisationMerge(models.Model):
    """Two organisations turned out to be one. Both histories stay, and it can be undone.

    `moved`: the rows that pointed to the one that went, to point them back.
    """

    kept = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="took_in")
    gone = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="went_into")
    moved = models.JSONField(_("what moved"), default=dict)
    merged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(_("merged"))
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    class Meta:
        verbose_name = _("merge of organisations")
        verbose_name_plural = _("merges of organisations")
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="organisation_merged_once"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="organisation_merge_undone_by_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"
