"""How the journal and the notices tell what happened to answers."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "answer.edited": _("An answer was sent again with changes: %(what)s"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "answer": _("Answer"),
    "enumerator": _("Enumerator"),
}
CODES: dict[str, type[TextChoices]] = {}
