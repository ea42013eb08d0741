"""How the journal and the notices tell what happened to weights."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "weights.begun": _("%(by)s began weights for “%(what)s”"),
    "weights.given-up": _("%(by)s gave up the weights that were begun for “%(what)s”"),
    "weights.totals-brought": _("%(by)s brought in totals for the weights of “%(what)s”"),
    "weights.made": _("%(by)s made the weights “%(what)s” for %(answers)s answers"),
    "weights.in-use": _("%(by)s put the weights “%(what)s” to use"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {"probability": _("From a probability sample")}
CODES: dict[str, type[TextChoices]] = {}
