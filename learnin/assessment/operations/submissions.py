"""How an answer comes in: one way for Collect, the web form, the plain form, phone and bulk entry.

Exactly once: the database decides which of many equal posts is the first. What was acknowledged is committed.
Everything that can wait (unfolding, checks, programs outside) waits for `answers.work_out` or hears `answered`.
"""

import hashlib
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cache, partial
from typing import IO, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from learnin.assessment import notices
from learnin.assessment.formats import submission_xml
from learnin.assessment.formats.submission_xml import Answer, Unreadable
from learnin.assessment.models import Enumerator, Invitation, Round, Submission, Version
from learnin.assessment.operations import answer_files, unfinished
from learnin.assessment.operations.not_taken import (
    AlreadyAnswered,
    BadXml,
    DifferentAnswer,
    OutdatedEdit,
    RoundClosed,
    TooLarge,
    UnknownEdit,
    UnknownForm,
    UnknownVersion,
)
from learnin.journal.operations import entries

NO_FILES: Mapping[str, IO[bytes]] = {}


class Outcome(Enum):
    """What became of a post."""

    NEW = "new"
    SAME = "same"
    TOPPED_UP = "topped_up"


@dataclass(frozen=True, slots=True)
class Received:
    """The answer as it is kept, and whether this post brought it."""

    submission: Submission
    outcome: Outcome

    @property
    def is_new(self) -> bool:
        """Whether nobody had sent it before."""
        return self.outcome is Outcome.NEW


def receive(
    round: Round | None,
    *,
    xml: bytes,
    files: Mapping[str, IO[bytes]] = NO_FILES,
    channel: str,
    by_enumerator: Enumerator | None = None,
    invitation: Invitation | None = None,
    device: str = "",
    language: str = "",
    is_incomplete: bool = False,
    is_test: bool = False,
    draft: Version | None = None,
    now: datetime,
) -> Received:
    """Take an answer in, exactly once, whichever way it came. When this returns, it is safe.

    The same bytes again are no error, also after the round closed; files that were missing are added. `is_incomplete`
    says that more posts with files follow. A try (`is_test`, or of a `draft` without a round) never counts.

    Raises a NotTaken: BadXml, TooLarge, UnsafeName, UnknownForm, UnknownVersion, RoundClosed, DifferentAnswer,
    DifferentFile, OutdatedEdit, UnknownEdit, AlreadyAnswered.
    """
    answer = _read(xml)
    incoming = {name: answer_files.checked(file, name) for name, file in files.items()}
    made = Submission(
        version=_version(round, draft, answer, is_test=is_test or draft is not None),
        round=round,
        instance_id=answer.instance_id,
        root_id=answer.instance_id,
        is_test=is_test or draft is not None,
        xml=xml,
        sha256=hashlib.sha256(xml).hexdigest(),
        channel=channel,
        enumerator=by_enumerator,
        invitation=invitation,
        device=device[:200],
        language=language[:60],
        received_at=now,
        is_encrypted=answer.is_encrypted,
        has_all_files=not (files or is_incomplete),
    )
    made.instrument_id = made.version.instrument_id
    if round is not None and round.naming == Round.Naming.UNLINKED and invitation is not None:
        made.invitation = made.enumerator = None  # nothing that leads from the answer to who was asked
        made.device = ""
    received = _keep(made, answer, invitation, now)
    if not (files or is_incomplete) and (received.is_new or received.submission.has_all_files):
        return received
    has_more = answer_files.add(received.submission, incoming, is_last=not is_incomplete, now=now)
    if has_more and not received.is_new:
        return Received(received.submission, Outcome.TOPPED_UP)
    return received


def _keep(made: Submission, answer: Answer, invitation: Invitation | None, now: datetime) -> Received:
    """The answer itself, put in or compared with what came before; in one transaction with all that changes with it.

    Most answers change nothing else: their one statement is its own transaction.
    """
    is_open = made.is_test or made.round is None or made.round.is_open(now)
    with transaction.atomic() if answer.deprecated_id or invitation else nullcontext():
        if not (is_open and _put_in(made)):
            return Received(_same(made, is_open=is_open), Outcome.SAME)
        if answer.deprecated_id:
            _replace(made, answer.deprecated_id, now)
        elif invitation is not None and not made.is_test:
            _note_answered(invitation, made, now)
        _tell(made, invitation, now)
    return Received(made, Outcome.NEW)


def _tell(made: Submission, invitation: Invitation | None, now: datetime) -> None:
    if not made.is_test and notices.answered.receivers:
        told = partial(
            notices.answered.send_robust,
            sender=Submission,
            submission=made,
            outcome=Outcome.NEW,
            by_enumerator=made.enumerator,
            invitation=invitation,
            now=now,
        )
        transaction.on_commit(told)


@cache
def _insert() -> tuple[str, tuple[Any, ...]]:
    """The one statement by which an answer comes in, and the fields it fills. Both databases know it."""
    fields = tuple(field for field in Submission._meta.concrete_fields if not field.primary_key)
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table, key = quoted(Submission._meta.db_table), quoted(str(Submission._meta.pk.column))
    said = f"INSERT INTO {table} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING RETURNING {key}"  # noqa: S608
    return said, fields


def _put_in(made: Submission) -> bool:
    """Whether it is new. Of equal posts at the same moment the database lets exactly one be the first."""
    said, fields = _insert()
    with connection.cursor() as cursor:
        cursor.execute(said, [field.get_db_prep_save(field.pre_save(made, True), connection) for field in fields])
        row = cursor.fetchone()
    if row is None:
        return False
    made.pk, made._state.adding, made._state.db = row[0], False, connection.alias
    return True


def _same(made: Submission, *, is_open: bool) -> Submission:
    """The answer that came before with this id. Raises DifferentAnswer, RoundClosed."""
    found = (
        Submission.objects.filter(instrument=made.instrument_id, is_test=made.is_test, instance_id=made.instance_id)
        .select_related("version", "round")
        .defer("xml", "data")
        .first()
    )
    if found is None and not is_open:
        raise RoundClosed(_("This round is not open for answers now."))
    if found is None or found.sha256 != made.sha256:
        raise DifferentAnswer(
            _("An answer with this id is here already, and it says something else. Nothing was changed.")
        )
    return found


def _replace(made: Submission, deprecated_id: str, now: datetime) -> None:
    """The answer takes the place of an older edition. Raises UnknownEdit, OutdatedEdit."""
    of_this = {"instrument": made.instrument_id, "is_test": made.is_test, "round": made.round_id}
    before = Submission.objects.filter(**of_this, instance_id=deprecated_id).exclude(pk=made.pk)
    old = before.only("root_id", "invitation_id", "is_current").first()
    if old is None:
        raise UnknownEdit(_("The answer that should be changed is not here."))
    if not before.filter(is_current=True).update(is_current=False):
        raise OutdatedEdit(_("This answer was changed before. Fetch its newest edition, and change that one."))
    made.root_id, made.invitation_id = old.root_id, old.invitation_id
    made.save(update_fields=["root_id", "invitation"])
    if not made.is_test:
        told = {"first_answer": old.root_id, "enumerator": made.enumerator.name if made.enumerator else ""}
        country = made.version.instrument.country
        entries.write("answer.edited", made, by=None, now=now, country=country, after=told)


def _note_answered(invitation: Invitation, made: Submission, now: datetime) -> None:
    """One answer for each invitation; without ties only the day is noted. Raises AlreadyAnswered."""
    is_tied = made.invitation_id is not None
    at = now if is_tied else now.replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Invitation.objects.filter(pk=invitation.pk, round=made.round_id, answered_at=None)
    if not waiting.update(answered_at=at, disposition=Invitation.Disposition.COMPLETE, **unfinished.NOTHING):
        raise AlreadyAnswered(_("This invitation was answered before. It counts once."))


def _version(round: Round | None, draft: Version | None, answer: Answer, *, is_test: bool) -> Version:
    """The version that was answered. Raises UnknownForm, UnknownVersion."""
    if round is None and draft is None:
        raise ValueError("an answer belongs to a round, or is a try of a draft")
    instrument = round.instrument if round is not None else draft.instrument  # type: ignore[union-attr]
    if answer.form_id != instrument.form_id:
        raise UnknownForm(_("This place takes answers to another questionnaire."))
    if draft is not None:
        return draft
    found = Version.objects.filter(instrument=instrument, version=answer.version)
    if not is_test:
        found = found.filter(published_at__isnull=False)
    pks = list(found.values_list("pk", flat=True))  # a published one is unique; a draft may have its name
    if not pks:
        raise UnknownVersion(
            _("The questionnaire has no published version “%(version)s”.") % {"version": answer.version[:60]}
        )
    version = Version.from_db(  # its form is long, and fetched only where somebody asks for it
        connection.alias, ["id", "instrument_id", "version"], [max(pks), instrument.pk, answer.version]
    )
    version.instrument = instrument
    return version


def _read(xml: bytes) -> Answer:
    """What must be known before it is kept. Raises BadXml, TooLarge."""
    try:
        return submission_xml.read(xml)
    except Unreadable as problem:
        if problem.code == "bytes":
            raise TooLarge(_("This answer is too large.")) from None
        raise BadXml(_why(problem)) from None


def _why(problem: Unreadable) -> str:
    """What is wrong with the XML, for the person with the phone and whoever helps them."""
    said = {
        "attributes": _("The answer is not safe to read: one part has too many attributes."),
        "depth": _("The answer is not safe to read: its parts stand too deep inside each other."),
        "doctype": _("The answer is not safe to read: it defines a document type or entities."),
        "elements": _("The answer is not safe to read: it has too many parts."),
        "empty": _("The answer is empty."),
        "encoding": _("The answer is written in an unknown encoding."),
        "encrypted_without_id": _("The answer is encrypted and has no id."),
        "id": _("The answer has an id that is too long or holds letters nobody can see."),
        "names": _("The answer is not safe to read: one part has a name that is too long."),
        "no_form_id": _("The answer does not say which questionnaire it belongs to."),
        "twice": _("The answer contradicts itself: it has two ids."),
    }
    return said.get(problem.code) or _("The answer is broken XML: %(detail)s") % {"detail": problem.detail[:200]}
