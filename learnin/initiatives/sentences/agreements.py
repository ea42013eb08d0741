"""How the journal and the notices tell what happened to agreements."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Agreement, Party

VERBS: dict[str, str | Promise] = {
    "agreement.proposed": _("%(by)s proposed an agreement: “%(what)s”"),
    "agreement.rewritten": _("%(by)s wrote another text of the agreement “%(what)s”"),
    "agreement.withdrawn": _("%(by)s withdrew the proposed agreement “%(what)s”"),
    "agreement.answered": _("%(by)s recorded an answer to the agreement “%(what)s”"),
    "agreement.agreed": _("%(by)s gave the last yes to the agreement “%(what)s”"),
}
KINDS: dict[str, str | Promise] = {
    "agreement.new": _("Your word is asked for %(organisation)s: %(agreement)s"),
    "agreement.changed": _("There is another text, your word is asked again for %(organisation)s: %(agreement)s"),
    "agreement.withdrawn": _("The proposal to %(organisation)s was withdrawn: %(agreement)s"),
    "agreement.answered": _("%(organisation)s answered: %(agreement_answer)s. %(agreement)s"),
}
PLACES: dict[str, str | Promise] = {
    "agreement": _("Agreement"),
    "agreement_kind": _("What to do"),
    "agreement_answer": _("Answer"),
    "begins_on": _("From"),
    "organisation": _("Organisation"),
}
CODES: dict[str, type[TextChoices]] = {"agreement_kind": Agreement.Kind, "agreement_answer": Party.Answer}
