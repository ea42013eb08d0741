"""How the journal and the notices tell what happened to weights."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "weights.made": _("%(by)s made the weights “%(what)s” for %(answers)s answers"),
    "weights.in-use": _("%(by)s put the weights “%(what)s” to use"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {"probability": _("From a probability sample")}
CODES: dict[str, type[TextChoices]] = {}
