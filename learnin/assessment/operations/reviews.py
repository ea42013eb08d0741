"""What people decide about answers, and what they set right. The answer itself stays as it came."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.formats import answer_checks, corrections
from learnin.assessment.models import Correction, Review, Round, Submission
from learnin.assessment.queries import exports, questionnaire, reviews
from learnin.journal.operations import entries
from learnin.kit.refusal import Refusal
from learnin.people.models import Person
from learnin.people.roles import Can, may

State = Submission.State
DECISIONS = (State.APPROVED, State.ISSUES, State.REJECTED, State.RECEIVED)


class OlderEdition(Refusal):
    """A newer edition of this answer came in."""


class NeedsComment(Refusal):
    """Others must know why."""


class NoSuchPlace(Refusal):
    """The questionnaire asks no such thing."""


class NotAValue(Refusal):
    """No such value can stand there."""


@transaction.atomic
def review(submission: Submission, *, state: str = "", comment: str = "", by: Person, now: datetime) -> Review:
    """Decide about an answer, or only say something. Raises OlderEdition, NeedsComment."""
    submission = _locked(submission)
    comment = comment.strip()
    if not comment and state not in {State.APPROVED, State.RECEIVED}:
        raise NeedsComment(_("Write why, so that others understand it."))
    if state and state not in DECISIONS:
        raise ValueError(state)
    was = submission.state
    if state:
        submission.state = state
        submission.save(update_fields=["state"])
    made = Review.objects.create(submission=submission, state=state, comment=comment, by=by, at=now)
    country = submission.instrument.country
    if state:
        states = {"review_state": was}, {"review_state": state}
        entries.write("answer.reviewed", submission, by=by, now=now, country=country, before=states[0], after=states[1])
    else:
        entries.write("answer.commented", submission, by=by, now=now, country=country)
    return made


@transaction.atomic
def approve(round: Round, *, answers: Iterable[int], by: Person, now: datetime) -> int:
    """Approve several answers at once: those that were checked, that nobody rejected, and where no flag is open.

    An answer of the last minute may wait for its checks still. Returns how many were approved.
    """
    found = exports.counted(round).select_for_update().filter(pk__in=list(answers))
    checked = found.exclude(worked_out_at=None).exclude(state__in=[State.APPROVED, State.REJECTED])
    waiting = list(checked.order_by("pk").defer("xml", "data"))
    flagged = reviews.with_open_flags(waiting)
    taken = [one for one in waiting if one.pk not in flagged]
    Submission.objects.filter(pk__in=[one.pk for one in taken]).update(state=State.APPROVED)
    Review.objects.bulk_create(Review(submission=one, state=State.APPROVED, by=by, at=now) for one in taken)
    if taken:
        told = {"answers": len(taken)}
        entries.write("answers.approved", round, by=by, now=now, country=round.country, after=told)
    return len(taken)


@transaction.atomic
def correct(submission: Submission, *, path: str, after: str, reason: str, by: Person, now: datetime) -> Correction:
    """Set one value right. What came in stays; exports show the new value and list the correction.

    Raises OlderEdition, NoSuchPlace, NotAValue, NeedsComment.
    """
    submission = _locked(submission)
    asked = questionnaire.of_version(submission.version)
    plain = corrections.without_turns(path)
    question = next((one for one in asked.questions if one.path == plain and one.keeps_answer), None)
    current = reviews.as_corrected(submission)
    if question is None or question.is_metadata or not reviews.has_place(asked, current, path):
        raise NoSuchPlace(_("This answer has no such place."))
    if reviews.is_personal(submission.instrument, question) and not may(
        by, Can.SEE_PERSONAL_ANSWERS, submission.instrument.country
    ):
        raise NoSuchPlace(_("Your role does not show you this field."))
    if not reason.strip():
        raise NeedsComment(_("Write why, so that others understand it."))
    before, after = corrections.value_at(current, path) or "", after.strip()
    if before == after:
        raise NotAValue(_("This is what stands there already."))
    if after and answer_checks.broken(asked, question, after, today=submission.received_at.date()):
        raise NotAValue(
            _("“%(value)s” is no answer to this question. It breaks a rule of the questionnaire.")
            % {"value": after[:60]}
        )
    made = Correction.objects.create(
        submission=submission, path=path, before=before, after=after, reason=reason.strip(), by=by, at=now
    )
    submission.state = State.CORRECTED
    submission.save(update_fields=["state"])
    # The values stay out of the journal: they may say who somebody is.
    told = {"question": path, "reason": reason.strip()}
    entries.write("answer.corrected", submission, by=by, now=now, country=submission.instrument.country, after=told)
    return made


def _locked(submission: Submission) -> Submission:
    """The answer, to be changed. Raises OlderEdition."""
    found = Submission.objects.select_for_update(of=("self",)).select_related("instrument__country", "version")
    one = found.get(pk=submission.pk)
    if not one.is_current:
        raise OlderEdition(_("A newer edition of this answer came in. Look at that one."))
    return one
