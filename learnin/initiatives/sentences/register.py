"""How the journal and the notices tell what happened to initiatives."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Initiative

VERBS: dict[str, str | Promise] = {
    "initiative.registered": _("%(by)s registered the initiative “%(what)s”"),
    "initiative.changed": _("%(by)s changed the initiative “%(what)s”"),
    "initiative.came-in": _("“%(what)s” came in with the file %(file)s, by %(by)s"),
    "initiative.changed-by-file": _("“%(what)s” changed by the file %(file)s, brought in by %(by)s"),
    "initiative.finished": _("%(by)s put the draft “%(what)s” into the register"),
    "initiative.confirmed": _("%(by)s confirmed the initiative “%(what)s”"),
    "initiative.published": _("%(by)s published the initiative “%(what)s”"),
    "initiative.unpublished": _("%(by)s took the initiative “%(what)s” off the public page"),
    "initiative.withdrawn": _("%(by)s took the initiative “%(what)s” out of the register: %(withdrawn_why)s"),
    "initiative.brought-back": _("%(by)s put the initiative “%(what)s” back into the register"),
    "initiative.paper-added": _("%(by)s added a paper to the initiative “%(what)s”: %(paper)s"),
    "initiative.paper-removed": _("%(by)s took a paper off the initiative “%(what)s”: %(paper)s"),
}
KINDS: dict[str, str | Promise] = {
    "initiative.published": _("Everybody may read your initiative “%(title)s” now."),
    "initiative.withdrawn": _("Your initiative “%(title)s” was taken out of the register."),
}
PLACES: dict[str, str | Promise] = {
    "origin": _("How it came in"),
    "parties": _("Partners"),
    "identifiers": _("Other identifiers"),
    "paper": _("Paper"),
    "withdrawn_why": _("Why it was taken out"),
}
OF_FILES = ("initiative.came-in", "initiative.changed-by-file")
"""Verbs of which one file leaves a line on each of its initiatives."""
CODES: dict[str, type[TextChoices]] = {"origin": Initiative.Origin}
