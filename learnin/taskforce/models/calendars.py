"""The secret addresses from which people's calendars read."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from learnin.people.models import Person


class CalendarKey(models.Model):
    """How often a person has made new calendar addresses. Only addresses of the last time work."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(_("version"), default=0)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.version)
