"""How the journal and the notices tell what happened to answers, and to those who collect them."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Flag, Submission

VERBS: dict[str, str | Promise] = {
    "answer.commented": _("%(by)s said something about the answer %(what)s"),
    "answer.corrected": _("%(by)s set a value of the answer %(what)s right: %(question)s"),
    "answer.edited": _("%(by)s took in a new edition of an answer: %(what)s"),
    "answer.flag-settled": _("%(by)s looked at a flag of the answer %(what)s: %(verdict)s"),
    "answer.marked": _("%(by)s marked the answer %(what)s"),
    "answer.reviewed": _("%(by)s reviewed the answer %(what)s: %(review_state)s"),
    "answers.approved": _("%(by)s approved %(answers)s answers of “%(what)s”"),
    "enumerator.added": _("%(by)s let %(what)s collect answers for “%(round)s”"),
    "enumerator.key-renewed": _("%(by)s gave %(what)s a new key"),
    "enumerator.password-given": _("%(by)s gave %(what)s a password"),
    "enumerator.revoked": _("%(by)s took back the access of %(what)s"),
}
KINDS: dict[str, str | Promise] = {}
PLACES: dict[str, str | Promise] = {
    "first_answer": _("First answer"),
    "flag": _("Flag"),
    "question": _("Question"),
    "review_state": _("State of the review"),
    "verdict": _("What was found"),
    "enumerator": _("Enumerator"),
    "round": _("Round"),
}
CODES: dict[str, type[TextChoices]] = {
    "flag": Flag.Kind,
    "review_state": Submission.State,
    "verdict": Flag.Verdict,
}
