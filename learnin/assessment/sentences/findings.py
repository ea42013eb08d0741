"""How the journal and the notices tell what happened to findings."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import FindingOpinion

VERBS: dict[str, str | Promise] = {
    "finding.agreed": _("%(by)s noted that the task force agrees: “%(what)s”"),
    "finding.confirmed": _("%(by)s confirmed the finding with its new numbers: “%(what)s”"),
    "finding.judged": _("%(by)s said what they think of the finding “%(what)s”: %(stance)s"),
    "finding.let-go": _("%(by)s no longer rests the finding “%(what)s” on: %(evidence)s"),
    "finding.moved": _("%(by)s had results computed that change numbers under the finding “%(what)s”"),
    "finding.published": _("%(by)s published the finding “%(what)s”"),
    "finding.rested": _("%(by)s rests the finding “%(what)s” on: %(evidence)s"),
    "finding.reworded": _("%(by)s changed the finding “%(what)s”"),
    "finding.translated": _("%(by)s translated the finding “%(what)s”"),
    "finding.withdrawn": _("%(by)s withdrew the finding “%(what)s”: %(reason)s"),
    "finding.written": _("%(by)s wrote the finding “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {
    "finding.moved": _("Numbers changed under a finding: “%(finding)s”. Confirm or reword it."),
    "finding.objected": _("Somebody objects to a finding: “%(finding)s”."),
}
PLACES: dict[str, str | Promise] = {
    "agree": _("Agree"),
    "numbers": _("Numbers"),
    "object": _("Object"),
    "population": _("Population"),
    "stance": _("What they think"),
}
CODES: dict[str, type[TextChoices]] = {"stance": FindingOpinion.Stance}
