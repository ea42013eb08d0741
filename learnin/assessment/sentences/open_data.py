"""How the journal tells what happened to open data and to reports that people took along."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import OpenData, Report

VERBS: dict[str, str | Promise] = {
    "open_data.checked": _("%(by)s had the open data of “%(what)s” checked"),
    "open_data.prepared": _("%(by)s asked for open data of “%(what)s”"),
    "open_data.published": _("%(by)s published open data of “%(what)s”"),
    "open_data.withdrawn": _("%(by)s withdrew the open data of “%(what)s”"),
    "report.taken": _("%(by)s took a report of “%(what)s” along (%(report_format)s)"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "groups": _("Groups"),
    "licence": _("Licence"),
    "report_format": _("Kind of file"),
    "rows": _("Rows"),
}
CODES: dict[str, type[TextChoices]] = {"licence": OpenData.Licence, "report_format": Report.Format}
