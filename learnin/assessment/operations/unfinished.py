"""Unfinished answers of the invited: kept to go on with another device, and gone once nobody can go on."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment.formats import submission_xml
from learnin.assessment.formats.submission_xml import Unreadable
from learnin.assessment.formats.unfinished import Unfinished
from learnin.assessment.models import Invitation, Round, Version
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

LETTERS = 1_000_000  # 200 times the longest answer to a form of our corpus
NOTHING = {"draft": "", "draft_at": None}


class NotKept(Refusal):
    """An unfinished answer cannot be kept here."""


class KeptElsewhere(Refusal):
    """Another device kept a newer one meanwhile. `at` says when."""

    def __init__(self, message: str, at: datetime) -> None:
        super().__init__(message)
        self.at = at


@transaction.atomic
def keep(invitation: Invitation, *, unfinished: Unfinished, onto: datetime | None, now: datetime) -> datetime:
    """Keep an unfinished answer under its invitation; the moment by which it is known.

    onto: the moment of the one it goes on from. Where another is kept by now, nothing changes: a person decides.
    Raises NotKept, KeptElsewhere.
    """
    if invitation.round.naming != Round.Naming.LINKED:
        raise NotKept(_("In this round nothing is kept under the invitation. The answer stays on the device."))
    _check(invitation.round, unfinished)
    is_on_top = Q(draft="") | Q(draft_at=onto)
    if not _waiting(invitation, now).filter(is_on_top).update(draft=unfinished.write(), draft_at=now):
        raise _refusal(invitation, now)
    return now


@transaction.atomic
def drop(invitation: Invitation, *, now: datetime) -> None:
    """Forget the unfinished answer: somebody begins again."""
    _waiting(invitation, now).update(**NOTHING)


@jobs.job(label=gettext_lazy("Forget unfinished answers of rounds that are over"), schedule="daily 03:50")
def forget_after_the_end(*, by: Person | None, now: datetime) -> None:
    """Once a round is over nobody can go on, and nobody needs what was begun."""
    over = Q(round__closed_at__isnull=False) | Q(round__closes_at__lte=now)
    Invitation.objects.filter(over).exclude(draft="").update(**NOTHING)


def _waiting(invitation: Invitation, now: datetime) -> QuerySet[Invitation]:
    """The invitation while it can be answered: one statement asks and changes, so nothing comes between."""
    is_open = Q(round__closed_at=None, round__opens_at__lte=now, round__closes_at__gt=now)
    return Invitation.objects.filter(is_open, pk=invitation.pk, answered_at=None)


def _refusal(invitation: Invitation, now: datetime) -> Refusal:
    """Why it was not kept."""
    at = _waiting(invitation, now).values_list("draft_at", flat=True).first()
    if at is not None:
        return KeptElsewhere(_("You went on with another device meanwhile."), at)
    if Invitation.objects.filter(pk=invitation.pk, answered_at=None).exists():
        return NotKept(_("This round takes no answers now."))
    return NotKept(_("This invitation was answered before. It counts once."))


def _check(round: Round, unfinished: Unfinished) -> None:
    """It can be read without danger, and answers a published version of this questionnaire. Raises NotKept."""
    if len(unfinished.xml) > LETTERS:
        raise NotKept(_("This unfinished answer is too long to be kept."))
    try:
        answer = submission_xml.read(unfinished.xml.encode())
    except Unreadable:
        raise NotKept(_("This unfinished answer cannot be read.")) from None
    published = Version.objects.filter(instrument=round.instrument_id, version=answer.version)
    if answer.form_id != round.instrument.form_id or not published.exclude(published_at=None).exists():
        raise NotKept(_("This place takes answers to another questionnaire."))
