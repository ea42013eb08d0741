"""Open data: have a file made and checked, let everybody have it, take it back."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.assessment.models import OpenData, RunRound
from learnin.assessment.queries import open_data as queries
from learnin.journal.operations import entries, files
from learnin.journal.operations import jobs as journal_jobs
from learnin.kit import jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

State = OpenData.State
ZIP = "application/zip"
SEED_BITS = 62  # a seed nobody can guess: whoever knew it could put the rows back into their order


class NotPublishable(Refusal):
    """It was not checked, is of old numbers, or would tell more together with what was published before."""


class NotPublished(Refusal):
    """Only what is published can be taken back."""


@transaction.atomic
def prepare(
    part: RunRound,
    *,
    licence: str,
    language: str,
    groupings: Collection[str] | None = None,
    indicators: Collection[str] = (),
    by: Person,
    now: datetime,
) -> OpenData:
    """Have a file of anonymous answers made and checked. Without groupings as many go along as are safe."""
    made = OpenData.objects.create(
        round=part.round,
        part=part,
        licence=licence,
        language=language,
        are_groupings_chosen=groupings is not None,
        groupings=sorted(groupings or ()),
        indicators=sorted(indicators),
        seed=secrets.randbits(SEED_BITS),
        made_by=by,
        made_at=now,
    )
    _note("open_data.prepared", made, by, now, after={"licence": licence, "groups": len(made.groupings)})
    made.job = journal_jobs.start(make, by=by, now=now, country=part.round.country, open_data=made.pk)
    made.save(update_fields=["job"])
    return made


def _note(verb: str, of: OpenData, by: Person | None, now: datetime, **told: Any) -> None:
    entries.write(verb, of, by=by, now=now, country=of.round.country, **told)


@jobs.job(label=gettext_lazy("Make open data"), atomic=False)
def make(open_data: int, *, by: Person | None, now: datetime) -> dict[str, str]:
    """Check whether the answers may leave, and make the file if they may."""
    from learnin.assessment.queries import open_data_made  # brings the engine of estimates

    of = OpenData.objects.select_related("round__country", "part__run__assessment", "made_by").get(pk=open_data)
    said = {"text": _("The check is on the page of the open data.")}
    if of.state != State.WAITING:  # the job was run once more
        return said
    with translation.override(of.language):
        made = open_data_made.made(of)
    with jobs.finishing(), transaction.atomic():
        of.outcome = made.outcome
        of.state = State.READY if made.content else State.REFUSED
        if made.content:
            of.groupings, of.indicators = made.groupings, made.indicators
            of.attachment = files.keep(
                made.content, name=queries.file_name(of), media_type=ZIP, country=of.round.country, by=of.made_by,
                now=now,
            )  # fmt: skip
        of.save()
        told = {"state": of.state, "rows": made.outcome.get("rows", 0), "groups": len(of.groupings)}
        _note("open_data.checked", of, by, now, after=told)
    return said


def _locked(of: OpenData) -> OpenData:
    rows = OpenData.objects.select_for_update(of=("self",)).select_related("round__country", "part__run__assessment")
    return rows.get(pk=of.pk)


@transaction.atomic
def publish(of: OpenData, *, by: Person, now: datetime) -> None:
    """Let everybody have the file. Raises NotPublishable."""
    of = _locked(of)
    if of.state != State.READY:
        raise NotPublishable(_("Only what was checked, and is not published yet, can be published."))
    if queries.is_old(of):
        raise NotPublishable(_("The results or the reading rules have changed since. Make the file again."))
    if OpenData.objects.filter(round=of.round_id, state=State.PUBLISHED).exists():
        raise NotPublishable(_("Another file of these answers is published. Withdraw it first."))
    if queries.tells_more(of):
        raise NotPublishable(
            _("A file of these answers was published before with other groups or indicators. Put side by side, the two "
              "would tell more than each alone. Choose only what that file had.")
        )  # fmt: skip
    of.state, of.published_by, of.published_at = State.PUBLISHED, by, now
    of.save(update_fields=["state", "published_by", "published_at"])
    _note("open_data.published", of, by, now, after={"licence": of.licence})


@transaction.atomic
def withdraw(of: OpenData, *, by: Person, now: datetime) -> None:
    """Take the file off the public page. Copies that people have stay with them. Raises NotPublished."""
    of = _locked(of)
    if of.state != State.PUBLISHED:
        raise NotPublished(_("Only what is published can be withdrawn."))
    of.state, of.withdrawn_by, of.withdrawn_at = State.WITHDRAWN, by, now
    of.save(update_fields=["state", "withdrawn_by", "withdrawn_at"])
    _note("open_data.withdrawn", of, by, now)
