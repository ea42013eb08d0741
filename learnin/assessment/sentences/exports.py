"""How the journal and the notices tell what happened to data that leave."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Export

VERBS: dict[str, str | Promise] = {
    "answers.exported": _("%(by)s took %(answers)s answers of “%(what)s” along"),
    "webhook.added": _("%(by)s let a program be told of answers to “%(what)s”"),
    "webhook.stopped": _("%(by)s stopped telling a program of answers to “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "address": _("Address"),
    "answers": _("Answers"),
    "export_format": _("Kind of file"),
    "personal": _("With personal fields"),
    "scope": _("Which answers"),
}
CODES: dict[str, type[TextChoices]] = {"export_format": Export.Format, "scope": Export.Scope}
