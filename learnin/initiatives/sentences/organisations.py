"""How the journal and the notices tell what happened to organisations."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "organisation.added": _("%(by)s added the organisation “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "identifier": _("Identifier"),
}
CODES: dict[str, type[TextChoices]] = {}
