"""How the journal and the notices tell what happened to pairs of initiatives."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Relation

VERBS: dict[str, str | Promise] = {
    "pairs.found": _("%(by)s had the initiatives of %(what)s compared"),
    "pair.put_together": _("%(by)s put two initiatives side by side: %(what)s"),
    "pair.judged": _("%(by)s said what two initiatives are to each other: %(what)s"),
    "pair.corrected": _("%(by)s corrected what two initiatives are to each other: %(what)s"),
    "pair.reopened": _("%(by)s left a pair of initiatives open again: %(what)s"),
    "initiative.merged": _("%(by)s took another initiative into “%(what)s”"),
    "initiative.went_into": _("%(by)s took the initiative “%(what)s” into another"),
    "initiative.unmerged": _("%(by)s undid a merge: “%(what)s” is as it was"),
    "initiative.came_back": _("%(by)s undid a merge: “%(what)s” stands by itself again"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "relation": _("Verdict"),
    "remark": _("Note"),
    "pairs": _("Pairs"),
    "new": _("New"),
    "kept": _("Kept"),
    "gone": _("Taken in"),
}
CODES: dict[str, type[TextChoices]] = {"relation": Relation}
