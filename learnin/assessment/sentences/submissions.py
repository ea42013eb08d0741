"""How the journal and the notices tell what happened to answers, and to those who collect them."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "answer.edited": _("%(by)s took in a new edition of an answer: %(what)s"),
    "enumerator.added": _("%(by)s let %(what)s collect answers for “%(round)s”"),
    "enumerator.key-renewed": _("%(by)s gave %(what)s a new key"),
    "enumerator.password-given": _("%(by)s gave %(what)s a password"),
    "enumerator.revoked": _("%(by)s took back the access of %(what)s"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "first_answer": _("First answer"),
    "enumerator": _("Enumerator"),
    "round": _("Round"),
}
CODES: dict[str, type[TextChoices]] = {}
