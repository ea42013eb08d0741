"""How the journal and the notices tell what happened to frames and samples."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Sample

VERBS: dict[str, str | Promise] = {
    "frame.added": _("%(by)s brought in the list “%(what)s”"),
    "frame.columns-said": _("%(by)s said what the columns of “%(what)s” mean"),
    "frame.imported": _("%(by)s made %(units)s units of the list “%(what)s”"),
    "sample.drawn": _("%(by)s drew the sample “%(what)s”: %(units)s units"),
    "sample.people-drawn": _("%(by)s drew %(units)s people in “%(unit)s”"),
    "sample.stood-in": _("%(by)s put a reserve in the place of “%(unit)s”"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "allocation": _("Allocation"),
    "file": _("File"),
    "fingerprint": _("Fingerprint"),
    "mapping": _("Which column means what"),
    "reserve": _("Reserve"),
    "sample_method": _("Method"),
    "seed": _("Seed"),
    "set_aside": _("Set aside"),
    "strata": _("Columns that make strata"),
    "unit": _("Unit"),
    "units": _("Units"),
}
CODES: dict[str, type[TextChoices]] = {"allocation": Sample.Allocation, "sample_method": Sample.Method}
