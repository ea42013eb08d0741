"""What answers say, worked out after they are safe: values, beginning and end, place, and whether all files came."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy, ngettext

from learnin.assessment import notices
from learnin.assessment.models import Submission
from learnin.assessment.queries import answers as queries
from learnin.kit import jobs
from learnin.people.models import Person

PIECE = 200  # rows of one transaction: on SQLite other writers wait for it, for less than half a second
AT_MOST = 20_000  # of one turn, which then stays well below the time a job may take


@jobs.job(label=gettext_lazy("Work out new answers"), schedule="every 1 minute", atomic=False)
def work_out(*, by: Person | None, now: datetime) -> dict[str, str]:
    """Unfold every answer for which nobody has done so. The row says itself that it waits: there is no queue."""
    done = 0
    while done < AT_MOST:
        count = _piece(now)
        done += count
        if count < PIECE:
            break
    return {"text": ngettext("%(count)d answer worked out.", "%(count)d answers worked out.", done) % {"count": done}}


@transaction.atomic
def _piece(now: datetime) -> int:
    """The answers that have waited longest. Returns how many there were."""
    waiting = Submission.objects.select_for_update().filter(worked_out_at=None)
    found = list(waiting.order_by("received_at", "pk")[:PIECE])
    here = queries.file_names(found)
    shapes = queries.shapes(found)
    for one in found:
        worked = queries.unfolded(one, shapes[one.version_id])
        one.data, one.worked_out_at = worked.data, now
        one.started_at, one.ended_at = worked.started_at, worked.ended_at
        one.latitude, one.longitude = worked.latitude, worked.longitude
        one.has_all_files = one.has_all_files and worked.file_names <= here.get(one.pk, set())
        one.save(update_fields=queries.WORKED_OUT)
    if found and notices.worked_out.receivers:
        told = partial(notices.worked_out.send_robust, sender=Submission, submissions=found, now=now)
        transaction.on_commit(told)
    return len(found)
