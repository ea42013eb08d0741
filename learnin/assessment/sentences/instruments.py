"""How the journal and the notices tell what happened to instruments."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {
    "instrument.added": _("%(by)s brought in the questionnaire “%(what)s”"),
    "instrument.assembled": _("%(by)s put a questionnaire together from the question bank: %(what)s"),
    "instrument.code-renewed": _("%(by)s renewed the code under which the draft can be tried: %(what)s"),
    "instrument.dimensions-said": _("%(by)s said what the questionnaire is about: %(what)s"),
    "instrument.draft-begun": _("%(by)s began a new draft of the questionnaire: %(what)s"),
    "instrument.file-added": _("%(by)s added a file to the questionnaire %(what)s: %(file)s"),
    "instrument.file-removed": _("%(by)s took a file away from the questionnaire %(what)s: %(file)s"),
    "instrument.languages-changed": _("%(by)s changed the languages of the questionnaire: %(what)s"),
    "instrument.published": _("%(by)s published version %(version)s of the questionnaire: %(what)s"),
    "instrument.repaired": _("%(by)s repaired the questionnaire: %(what)s"),
    "instrument.replaced": _("%(by)s replaced the draft of the questionnaire: %(what)s"),
    "instrument.taken-from-bank": _("%(by)s added questions of the bank to the questionnaire: %(what)s"),
    "instrument.taken-out": _("%(by)s took questions out of the questionnaire: %(what)s"),
    "instrument.translated": _("%(by)s translated the questionnaire: %(what)s"),
    "instrument.written": _("%(by)s changed the draft of the questionnaire: %(what)s"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "form_id": _("Form id"),
    "questions": _("Questions"),
    "repaired": _("Kinds of problems that are gone"),
}
CODES: dict[str, type[TextChoices]] = {}
