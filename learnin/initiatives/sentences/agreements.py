"""How the journal and the notices tell what happened to agreements."""

from django.db.models import TextChoices
from django.utils.functional import Promise

VERBS: dict[str, str | Promise] = {}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {}
CODES: dict[str, type[TextChoices]] = {}
