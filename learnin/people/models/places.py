"""Where people work."""

from functools import cache, cached_property
from zoneinfo import ZoneInfo

from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from learnin.kit import languages, zones


class Country(models.Model):
    """A country of the programme, known by its ISO 3166-1 code."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    own_name = models.CharField(_("name, for an example country only"), max_length=80, blank=True)
    official_languages = models.JSONField(_("official languages"), default=list)
    scripts = models.JSONField(_("scripts"), default=list)
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC")
    is_example = models.BooleanField(_("is an example"), default=False)
    public_since = models.DateTimeField(_("public since"), null=True, blank=True)

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def __str__(self) -> str:
        return str(self.name)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        if self.own_name:
            return gettext("%(name)s (example)") % {"name": self.own_name}
        return languages.country_name(self.code, get_language() or "en")

    @cached_property
    def url(self) -> str:
        """Its home page."""
        return _home_of(self.code, get_script_prefix())

    @property
    def zone(self) -> ZoneInfo:
        """The hours it keeps."""
        return zones.named(self.time_zone)


class Area(models.Model):
    """A first-level part of a country (ISO 3166-2): a region, district or municipality."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    search_keys = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")

    def __str__(self) -> str:
        return self.name


class PublicText(models.Model):
    """What a country says about its task force on its public page, in one language."""

    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="public_texts")
    language = models.CharField(_("language"), max_length=12)
    about = models.TextField(_("about the task force"), max_length=4000)

    class Meta:
        verbose_name = _("public text")
        verbose_name_plural = _("public texts")
        constraints = [
            models.UniqueConstraint(fields=["country", "language"], name="one_public_text_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.language}"


@cache
def _home_of(code: str, prefix: str) -> str:
    """Worked out once for each country: the page of the region names all of them."""
    return reverse("home:country", args=[code])
