"""How the journal and the notices tell what happened to coverage and gaps."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "rate.entered": _("%(by)s entered an exchange rate: %(what)s"),
    "gap.taken_up": _("%(by)s took up a gap: “%(what)s”"),
    "gap.asked": _("%(by)s noted who was asked about the gap “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "answer_given": _("Answer"),
    "on_day": _("Day"),
    "rate": _("Rate"),
    "source": _("Source"),
}
CODES: dict[str, type[TextChoices]] = {}
