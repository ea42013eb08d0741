"""How the journal and the notices tell what happened to organisations."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "organisation.added": _("%(by)s added the organisation “%(what)s”"),
    "organisation.changed": _("%(by)s changed what is known of the organisation “%(what)s”"),
    "organisation.merged": _("%(by)s merged the organisation “%(gone)s” into “%(kept)s”"),
    "organisation.merge-undone": _("%(by)s undid the merge of the organisation “%(gone)s” into “%(kept)s”"),
    "organisation.represented": _("%(by)s let %(person)s look after the initiatives of “%(what)s”"),
    "organisation.left": _("%(by)s noted that %(person)s no longer looks after the initiatives of “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "identifier": _("Identifier"),
    "gone": _("Merged"),
    "kept": _("Merged into"),
}
CODES: dict[str, type[TextChoices]] = {}
