"""How the journal and the notices tell what happened to initiatives."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Initiative

VERBS: dict[str, str | Promise] = {
    "initiative.registered": _("%(by)s registered the initiative “%(what)s”"),
    "initiative.changed": _("%(by)s changed the initiative “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "origin": _("How it came in"),
}
CODES: dict[str, type[TextChoices]] = {"origin": Initiative.Origin}
