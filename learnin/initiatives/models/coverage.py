"""What it takes to say what is covered: rates between currencies, and gaps that somebody takes up."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models.initiatives import Initiative
from learnin.initiatives.models.organisations import Organisation
from learnin.kit import written
from learnin.people.models import Area, Country, Person
from learnin.programme.fields import ProgrammeIdField


class Rate(models.Model):
    """What one unit of a currency is worth in another on a day, and who says so."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="rates")
    currency = models.CharField(_("currency"), max_length=3)
    into = models.CharField(_("into"), max_length=3)
    rate = models.DecimalField(_("rate"), max_digits=20, decimal_places=8)
    on = models.DateField(_("day of the rate"))
    source = models.CharField(_("source"), max_length=300)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        constraints = [
            models.UniqueConstraint(fields=["country", "currency", "into", "on"], name="rate_once_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_above_zero"),
            models.CheckConstraint(condition=~Q(source=""), name="rate_has_source"),
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {written.exact(self.rate)} {self.into}"


class Gap(models.Model):
    """A gap that the task force took up: nobody told us of an initiative for it. It grows into a draft."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="gaps")
    theme = ProgrammeIdField(kind="theme", verbose_name=_("theme"), blank=True, default="")
    audience = ProgrammeIdField(kind="audience", verbose_name=_("audience"), blank=True, default="")
    component = ProgrammeIdField(kind="component", verbose_name=_("component"), blank=True, default="")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    initiative = models.OneToOneField(Initiative, on_delete=models.PROTECT, related_name="gap")
    taken_up_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_up_at = models.DateTimeField(_("taken up"))

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")

    def __str__(self) -> str:
        return str(self.initiative)


class Asked(models.Model):
    """An organisation was asked whether it does something for a gap, or would."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="asked")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("asked on"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("question about a gap")
        verbose_name_plural = _("questions about gaps")

    def __str__(self) -> str:
        return str(self.organisation)
