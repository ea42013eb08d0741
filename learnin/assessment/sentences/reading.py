"""How the journal and the notices tell that a country drew the lines of its numbers anew."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, str | Promise] = {"reading.changed": _("%(by)s changed the reading rules")}
KINDS: dict[str, str | Promise] = {"readingrules": _("Reading rules")}
PLACES: dict[str, str | Promise] = {
    "hidden_answers": _("People to hide among"),
    "hidden_psus": _("Schools to hide among"),
    "largest_cv": _("Largest coefficient of variation"),
    "least_answers": _("Answers, at least"),
    "least_df": _("Degrees of freedom, at least"),
    "least_psus": _("Schools, at least"),
    "sure_answers": _("Answers for a sure number"),
    "widest": _("Widest interval of a share"),
}
CODES: dict[str, type[TextChoices]] = {}
