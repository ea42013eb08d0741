"""The register: one row for each initiative, and what belongs to it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models.organisations import Organisation
from learnin.journal.models import Attachment
from learnin.kit import languages
from learnin.people.models import Area, Country, Person
from learnin.programme.fields import ProgrammeIdField


class Status(models.TextChoices):
    """Where an initiative stands; the codes are IATI's."""

    PIPELINE = "1", _("Planned")
    IMPLEMENTATION = "2", _("Under way")
    FINALISATION = "3", _("Being finished")
    CLOSED = "4", _("Finished")
    CANCELLED = "5", _("Cancelled")
    SUSPENDED = "6", _("Paused")


class Initiative(models.Model):
    """Something somebody does, or plans to do, for education in a country.

    `titles`: by language. `descriptions`: by purpose (IATI, 1 to 3), then by language. `language`: of the original.
    `begins_on`, `ends_on`: the actual day where there is one, else the planned one; kept to search by.
    `told`: the record as the last file told it (formats/kept.py), to see who changed what since.
    What was imported is not confirmed: somebody who knows has to say so. A draft is seen by whoever may change it.
    """

    class Origin(models.TextChoices):
        """How it came in."""

        FORM = "form", _("Written here")
        FIVEW = "fivew", _("5W table")
        IATI = "iati", _("IATI file")
        GAP = "gap", _("Grown from a gap")

    class Scope(models.TextChoices):
        """How far it reaches; the codes are IATI's."""

        GLOBAL = "1", _("Global")
        REGIONAL = "2", _("Several countries of a region")
        MULTI_NATIONAL = "3", _("Several countries")
        NATIONAL = "4", _("The whole country")
        SEVERAL_AREAS = "5", _("Several areas of the country")
        ONE_AREA = "6", _("One area of the country")
        LOCAL = "7", _("Part of an area")
        SINGLE = "8", _("One place")

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="initiatives")
    identifier = models.CharField(_("identifier"), max_length=200, blank=True)
    titles = models.JSONField(_("title, by language"), default=dict)
    descriptions = models.JSONField(_("description, by purpose and language"), default=dict, blank=True)
    language = models.CharField(_("language of the original"), max_length=12, blank=True)
    reporter = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reports", verbose_name=_("who tells us")
    )
    is_secondary = models.BooleanField(_("told by somebody who does not carry it out"), default=False)
    status = models.CharField(_("status"), max_length=1, choices=Status.choices, blank=True)
    planned_start = models.DateField(_("planned beginning"), null=True, blank=True)
    actual_start = models.DateField(_("actual beginning"), null=True, blank=True)
    planned_end = models.DateField(_("planned end"), null=True, blank=True)
    actual_end = models.DateField(_("actual end"), null=True, blank=True)
    begins_on = models.DateField(_("begins"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("ends"), null=True, blank=True, editable=False)
    scope = models.CharField(_("how far it reaches"), max_length=1, choices=Scope.choices, blank=True)
    recipients = models.JSONField(_("countries and their shares"), default=list, blank=True)
    recipient_regions = models.JSONField(_("regions of the world and their shares"), default=list, blank=True)
    isced = models.JSONField(_("levels of education (ISCED)"), default=list, blank=True)
    sdg = models.JSONField(_("goals and targets (SDG)"), default=list, blank=True)
    contact = models.JSONField(_("whom to ask"), default=dict, blank=True)
    other_identifiers = models.JSONField(_("other identifiers"), default=list, blank=True)
    related = models.JSONField(_("related activities, as reported"), default=list, blank=True)
    documents = models.ManyToManyField(Attachment, related_name="initiatives", blank=True)

    origin = models.CharField(_("how it came in"), max_length=8, choices=Origin.choices)
    told = models.JSONField(_("as the last file told it"), null=True, blank=True)
    told_at = models.DateTimeField(_("changed by its reporter"), null=True, blank=True)
    registered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("registered"))
    changed_at = models.DateTimeField(_("last changed"))
    is_draft = models.BooleanField(_("is a draft"), default=False)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("taken out of the register"), null=True, blank=True)
    withdrawn_why = models.CharField(_("why it was taken out"), max_length=500, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        related_name="merged_here",
        null=True,
        blank=True,
        verbose_name=_("merged into"),
    )
    search_keys = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        indexes = [
            models.Index(fields=["country", "begins_on", "ends_on"], name="initiative_by_day"),
            models.Index(fields=["country", "-changed_at"], name="initiative_by_change"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["country", "identifier"], condition=~Q(identifier=""), name="initiative_once_a_country"
            ),
            models.CheckConstraint(
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
                name="initiative_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="initiative_confirmed_by_at",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_by=None)
                | Q(published_at__isnull=False, published_by__isnull=False, is_draft=False),
                name="initiative_published_by_at",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_why=""), name="initiative_withdrawn_says_why"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")), name="initiative_not_its_own"
            ),
        ]

    def __str__(self) -> str:
        return self.title()

    def get_absolute_url(self) -> str:
        """Where it stands."""
        return reverse("initiatives:initiative", args=[self.pk])

    def title(self, language: str = "") -> str:
        """Its title in a language, else in the reader's, else in any."""
        return languages.text_in(self.titles, language) or self.identifier

    def description(self, language: str = "", purpose: str = "1") -> str:
        """What it says of itself, for a purpose of IATI."""
        return languages.text_in(self.descriptions.get(purpose, {}), language)

    @property
    def url(self) -> str:
        """Where it stands."""
        return self.get_absolute_url()

    @property
    def is_confirmed(self) -> bool:
        """Whether somebody who knows said that it is so."""
        return self.confirmed_at is not None

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.published_at is not None and self.withdrawn_at is None and self.merged_into_id is None

    @property
    def is_changed_since(self) -> bool:
        """Whether everybody reads something that changed since it was confirmed."""
        return self.is_public and not self.is_confirmed

    @property
    def is_in_register(self) -> bool:
        """Whether it counts: no draft, not taken out, not merged into another."""
        return not self.is_draft and self.withdrawn_at is None and self.merged_into_id is None

    def runs_on(self, day: date) -> bool:
        """Whether it runs that day, as far as its dates tell; nothing told counts as running."""
        is_begun = self.begins_on is None or self.begins_on <= day
        return is_begun and (self.ends_on is None or day <= self.ends_on)


class Partner(models.Model):
    """An organisation takes part in an initiative."""

    class Role(models.TextChoices):
        """What it does there; the codes are IATI's."""

        FUNDING = "1", _("Gives the money")
        ACCOUNTABLE = "2", _("Is accountable")
        EXTENDING = "3", _("Manages the money")
        IMPLEMENTING = "4", _("Carries it out")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="takes_part")
    role = models.CharField(_("role"), max_length=1, choices=Role.choices)

    class Meta:
        verbose_name = _("partner of an initiative")
        verbose_name_plural = _("partners of initiatives")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "organisation", "role"], name="partner_once_a_role"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


class Place(models.Model):
    """Where an initiative is, or where the people are whom it is for."""

    class Reach(models.TextChoices):
        """Which of the two; the codes are IATI's. A headquarters must not look like coverage."""

        ACTIVITY = "1", _("The activity is there")
        BENEFICIARIES = "2", _("The people it is for are there")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="places")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        related_name="initiative_places",
        null=True,
        blank=True,
        verbose_name=_("area"),
    )
    name = models.CharField(_("name of the place"), max_length=200, blank=True)
    pcode = models.CharField(_("P-code"), max_length=20, blank=True)
    geonames = models.CharField(_("number in GeoNames"), max_length=20, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    reach = models.CharField(_("what is there"), max_length=1, choices=Reach.choices, blank=True)

    class Meta:
        verbose_name = _("place of an initiative")
        verbose_name_plural = _("places of initiatives")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="place_is_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.name or (str(self.area) if self.area else self.pcode)


class Sector(models.Model):
    """A purpose code of the OECD-DAC, and its share in percent."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="sectors")
    code = models.CharField(_("purpose code"), max_length=5)
    percentage = models.DecimalField(_("share in percent"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("sector of an initiative")
        verbose_name_plural = _("sectors of initiatives")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "code"], name="sector_once"),
            models.CheckConstraint(
                condition=Q(percentage=None) | Q(percentage__range=(0, 100)), name="sector_share_in_percent"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class InitiativeTheme(models.Model):
    """An initiative is about a theme of the programme."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="themes")
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"))

    class Meta:
        verbose_name = _("theme of an initiative")
        verbose_name_plural = _("themes of initiatives")
        constraints = [models.UniqueConstraint(fields=["initiative", "theme"], name="initiative_theme_once")]

    def __str__(self) -> str:
        return self.theme


class InitiativeAudience(models.Model):
    """An initiative is for these people."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="audiences")
    audience = ProgrammeIdField(kind="audience", verbose_name=_("audience"))

    class Meta:
        verbose_name = _("audience of an initiative")
        verbose_name_plural = _("audiences of initiatives")
        constraints = [models.UniqueConstraint(fields=["initiative", "audience"], name="initiative_audience_once")]

    def __str__(self) -> str:
        return self.audience


class InitiativeComponent(models.Model):
    """An initiative belongs to a component."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="components")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"))

    class Meta:
        verbose_name = _("component of an initiative")
        verbose_name_plural = _("components of initiatives")
        constraints = [models.UniqueConstraint(fields=["initiative", "component"], name="initiative_component_once")]

    def __str__(self) -> str:
        return self.component


class PeopleReached(models.Model):
    """How many people of an audience were planned and reached in a period; without an audience: of all."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="people")
    audience = ProgrammeIdField(kind="audience", verbose_name=_("audience"), blank=True, default="")
    planned = models.PositiveBigIntegerField(_("people planned"), null=True, blank=True)
    reached = models.PositiveBigIntegerField(_("people reached"), null=True, blank=True)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("people of an initiative")
        verbose_name_plural = _("people of initiatives")
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__isnull=False) | Q(reached__isnull=False), name="people_planned_or_reached"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned} {self.reached}"


class Money(models.Model):
    """An amount in its own currency and on its own day.

    `is_whole`: it is the money of everybody in a joint activity, so another reporter's whole is the same money.
    """

    class Kind(models.TextChoices):
        """What the amount is."""

        BUDGET = "budget", _("Budget")
        COMMITMENT = "commitment", _("Promised")
        DISBURSEMENT = "disbursement", _("Paid")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="money")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.BUDGET)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    begins_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    valued_on = models.DateField(_("day of its value"), null=True, blank=True)
    is_whole = models.BooleanField(_("is the money of all partners together"), default=False)

    class Meta:
        verbose_name = _("money of an initiative")
        verbose_name_plural = _("money of initiatives")

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Link(models.Model):
    """A page or document on the web."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="links")
    url = models.URLField(_("address"), max_length=1000)
    title = models.CharField(_("title"), max_length=300, blank=True)
    media_type = models.CharField(_("kind"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("link of an initiative")
        verbose_name_plural = _("links of initiatives")

    def __str__(self) -> str:
        return self.title or self.url
