"""How the journal and the notices tell what happened to files of initiatives."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import ExportFormat

VERBS: dict[str, str | Promise] = {
    "import.added": _("%(by)s brought in the file of initiatives “%(what)s”"),
    "import.columns-said": _("%(by)s said what the columns of “%(what)s” mean"),
    "import.regions-taken": _("%(by)s said that what is of a whole region comes in from “%(what)s” too"),
    "import.regions-left": _("%(by)s said that what is of a whole region stays out of “%(what)s”"),
    "import.decided": _("%(by)s decided who wins where “%(what)s” and the register differ"),
    "import.dropped": _("%(by)s gave up the file of initiatives “%(what)s”"),
    "import.applied": _("%(by)s brought “%(what)s” into the register: new %(new)s, changed %(changed)s"),
    "initiatives.exported": _("%(by)s took initiatives along: %(taken)s, as %(taken_as)s"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "new": _("New"),
    "changed": _("Changed"),
    "records": _("Records"),
    "taken": _("Initiatives"),
    "taken_as": _("Kind of file"),
}
CODES: dict[str, type[TextChoices]] = {"taken_as": ExportFormat}
