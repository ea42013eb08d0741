"""The region as a place: where regional colleagues are at home."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Region:
    """Europe and Central Asia, all countries of the programme together."""

    pk: None = None
    code: str = ""
    is_example: bool = False

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return _("Europe and Central Asia")

    @property
    def url(self) -> str:
        """Its home page."""
        return reverse("home:region")


REGION = Region()
