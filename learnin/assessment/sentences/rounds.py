"""How the journal and the notices tell what happened to rounds."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Round

VERBS: dict[str, str | Promise] = {
    "round.assigned": _("%(by)s gave invitations of “%(what)s” to %(enumerator)s"),
    "round.changed": _("%(by)s changed the round “%(what)s”"),
    "round.closed": _("%(by)s closed the round “%(what)s”"),
    "round.contact-changed": _("%(by)s corrected how somebody is reached in “%(what)s”"),
    "round.entered": _("%(by)s brought %(answers)s answers into “%(what)s” from a workbook"),
    "round.invitations-made": _("%(by)s made %(people_asked)s invitations for “%(what)s”"),
    "round.invited": _("%(by)s sent %(letters)s letters of “%(what)s”"),
    "round.letters-written": _("%(by)s wrote the letters of “%(what)s”"),
    "round.planned": _("%(by)s planned the round “%(what)s”"),
    "round.reminded": _("%(by)s sent %(letters)s reminders of “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "answers": _("Answers"),
    "letters": _("Letters"),
    "naming": _("Tied or not"),
    "people_asked": _("Invitations"),
    "round_kind": _("Who is asked"),
    "target": _("Answers wanted"),
}
CODES: dict[str, type[TextChoices]] = {"round_kind": Round.Kind, "naming": Round.Naming}
