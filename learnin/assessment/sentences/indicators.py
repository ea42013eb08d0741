"""How the journal and the notices tell what happened to indicators and results."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Indicator

VERBS: dict[str, str | Promise] = {
    "estimates.asked": _("%(by)s asked for the results of “%(what)s”"),
    "estimates.computed": _("The results of “%(what)s” were computed: %(estimates)s numbers"),
    "grouping.added": _("%(by)s added a way to split people: “%(what)s”"),
    "grouping.removed": _("%(by)s took a way to split people away: “%(what)s”"),
    "indicator.added": _("%(by)s added the indicator “%(what)s”"),
    "indicator.brought-back": _("%(by)s brought the indicator “%(what)s” back"),
    "indicator.corrected": _("%(by)s changed the indicator “%(what)s”"),
    "indicator.retired": _("%(by)s retired the indicator “%(what)s”"),
    "indicators.brought": _("%(by)s added %(indicators)s indicators that the questions of “%(what)s” bring"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "code": _("Code"),
    "concern": _("Of concern from"),
    "definition": _("Definition"),
    "direction": _("Which way is need"),
    "estimates": _("Numbers"),
    "indicators": _("Indicators"),
    "labels": _("Name, by language"),
    "severe": _("Severe from"),
}
CODES: dict[str, type[TextChoices]] = {"direction": Indicator.Direction}
