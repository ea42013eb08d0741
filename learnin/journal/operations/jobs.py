"""Work done later: start it, run it once, and pick it up again when its worker is gone."""

import logging
import os
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.models import Schedule
from django_q.tasks import async_task

from learnin.journal.models import Job
from learnin.journal.operations import entries
from learnin.kit import jobs as kit_jobs
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person

log = logging.getLogger(__name__)
WORKER = "learnin.journal.management.commands.worker"  # the worker imports us, we only name it to the queue
FIRST_WAIT = timedelta(seconds=30)  # then four times as long at each try: 30 s, 2, 8 and 32 minutes
LOST_IN_QUEUE = timedelta(minutes=10)  # a healthy queue is much faster
KEPT = timedelta(days=30)


class AlreadyRunning(Refusal):
    """The job has not failed, so there is nothing to run again."""


class Overtaken(Exception):
    """Another worker has taken over this job: what we did does not count."""


def start(
    function: Callable[..., Any], *, by: Person | None, now: datetime, country: Country | None = None, **ids: Any
) -> Job:
    """Have an operation done later. It waits for the caller's transaction: no commit, no job."""
    name = kit_jobs.name_of(function)
    work = kit_jobs.find(name)
    if work is None:
        raise LookupError(f"{name} is not a job: decorate it with @jobs.job(...)")
    job = Job.objects.create(
        name=name, ids=ids, country=country, by=by, max_tries=work.tries, created_at=now, queued_at=now
    )
    _queue(job)
    return job


def start_once(
    function: Callable[..., Any], *, by: Person | None, now: datetime, country: Country | None = None, **ids: Any
) -> Job:
    """Have an operation done later, unless it waits for its turn with the same ids already: once does for both.

    The one that waits is locked, so it begins after the caller's commit and sees what was changed.
    """
    same = {f"ids__{key}": value for key, value in ids.items()}
    waiting = Job.objects.select_for_update(of=("self",)).filter(
        name=kit_jobs.name_of(function), state=Job.State.WAITING, next_try_at=None, **same
    )
    return waiting.order_by("pk").first() or start(function, by=by, now=now, country=country, **ids)


def _queue(job: Job) -> None:
    """Hand the id to the queue after the commit. A queue that does not answer delays the job; `sweep` finds it."""
    send = partial(async_task, f"{WORKER}.run_job", str(job.pk), group=job.name.rpartition(".")[2])
    transaction.on_commit(send, robust=True)


def run(pk: UUID | str, *, clock: Callable[[], datetime] = timezone.now) -> bool:
    """Do the work of this job, unless somebody else does or did. Says whether it was done now."""
    job = _claim(pk, now=clock())
    if job is None:
        return False
    is_last_try = job.tries >= job.max_tries
    try:
        with (
            translation.override(job.by.language if job.by else settings.LANGUAGE_CODE),
            kit_jobs.running(job.pk, is_last_try=is_last_try, finishing=partial(_finishing, job, clock)),
        ):
            _work(job, clock)
    except Overtaken:
        log.warning("Job %s (%s) was taken over by another worker", job.pk, job.name)
        return False
    except Refusal as refusal:
        _failed(job, str(refusal), now=clock(), is_final=True)
        return False
    except Exception:
        log.exception("Job %s (%s) went wrong, try %s of %s", job.pk, job.name, job.tries, job.max_tries)
        _failed(job, traceback.format_exc(), now=clock(), is_final=is_last_try)
        return False
    except SystemExit:  # how the queue ends a job that takes too long; its worker process ends with it
        _failed(job, _("It took longer than the time limit."), now=clock(), is_final=is_last_try)
        raise
    return True


def _work(job: Job, clock: Callable[[], datetime]) -> None:
    work = kit_jobs.find(job.name)
    if work is None:
        raise Refusal(_("This version of LearnIn no longer knows this kind of job."))
    if work.atomic:
        with _finishing(job, clock):
            job.result = work.function(**job.ids, by=job.by, now=clock())
        return
    job.result = work.function(**job.ids, by=job.by, now=clock())
    if not job.is_finished:
        with _finishing(job, clock):
            pass
    elif job.result is not None:
        Job.objects.filter(pk=job.pk).update(result=job.result)


@contextmanager
def _finishing(job: Job, clock: Callable[[], datetime]) -> Iterator[None]:
    """What is written inside counts together with the mark that the job is done, or not at all."""
    with transaction.atomic():
        if not _mine(job).exists():
            raise Overtaken
        yield
        marked = _mine(job).update(
            state=Job.State.DONE, finished_at=clock(), result=job.result, error="", next_try_at=None
        )
        if not marked:
            raise Overtaken
    job.state = Job.State.DONE


def _mine(job: Job) -> Any:
    """The row of the job while this try of this worker still holds it."""
    return (
        Job.objects.select_for_update()
        .filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries, worker=job.worker)
        .order_by("pk")
    )


@transaction.atomic
def _claim(pk: UUID | str, *, now: datetime) -> Job | None:
    job = Job.objects.select_for_update(of=("self",)).select_related("by").filter(pk=pk).first()
    if job is None or not _is_free(job, now) or _gave_up(job, now):
        return None
    job.state, job.worker, job.started_at, job.next_try_at = Job.State.RUNNING, this_worker(), now, None
    job.tries += 1
    job.save()
    return job


def _is_free(job: Job, now: datetime) -> bool:
    if job.state == Job.State.WAITING:
        return job.next_try_at is None or job.next_try_at <= now
    return job.state == Job.State.RUNNING and _is_lost(job, now)


def _is_lost(job: Job, now: datetime) -> bool:
    """Its worker is gone, or holds it longer than any job may take."""
    limit = timedelta(seconds=settings.JOB_SECONDS + 60)
    return is_gone(job.worker) or job.started_at is None or job.started_at + limit < now


def _gave_up(job: Job, now: datetime) -> bool:
    """A job whose workers died at every try, this one too, fails."""
    if job.state != Job.State.RUNNING or job.tries < job.max_tries:
        return False
    job.state, job.finished_at, job.error = Job.State.FAILED, now, _("Its worker stopped in mid-job, each time.")
    job.save()
    return True


def _failed(job: Job, error: str, *, now: datetime, is_final: bool) -> None:
    wait = FIRST_WAIT * 4 ** (job.tries - 1)
    state = {"state": Job.State.FAILED, "finished_at": now} if is_final else {"state": Job.State.WAITING}
    with transaction.atomic():
        _mine(job).update(error=error, next_try_at=None if is_final else now + wait, **state)


def this_worker() -> str:
    """Who we are: host, process, and when the process began, for a number is soon given to another process."""
    return f"{socket.gethostname()}:{os.getpid()}:{_began(os.getpid())}"


def is_gone(worker: str) -> bool:
    """The process of this worker was on this host and is no more."""
    host, pid, began = [*worker.rsplit(":", 2), "", ""][:3]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return _began(int(pid)) != began


def _began(pid: int) -> str:
    """When a process began, in ticks since the start of the machine; empty where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if stat[0] == "Z" else stat[19]  # proc(5): field 3 is the state, Z is dead; field 22 the start


@transaction.atomic
def sweep(*, now: datetime) -> int:
    """Queue what is due again, what the queue lost, and what dead workers left. Forget what was done long ago."""
    for job in Job.objects.select_for_update(skip_locked=True).filter(state=Job.State.RUNNING).order_by("pk"):
        if _is_lost(job, now) and not _gave_up(job, now):
            job.state, job.next_try_at = Job.State.WAITING, now
            job.save()
    due = Q(next_try_at__lte=now) | Q(next_try_at=None, queued_at__lte=now - LOST_IN_QUEUE)
    found = Job.objects.select_for_update(skip_locked=True).filter(due, state=Job.State.WAITING)
    waiting = list(found.order_by("created_at", "pk"))
    for job in waiting:
        job.next_try_at, job.queued_at = None, now
        job.save()
        _queue(job)
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=now - KEPT).delete()
    return len(waiting)


@transaction.atomic
def retry(job: Job, *, by: Person, now: datetime) -> Job:
    """Run a failed job again, with all its tries. Raises AlreadyRunning."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state != Job.State.FAILED:
        raise AlreadyRunning(_("This job has not failed. There is nothing to run again."))
    job.state, job.tries, job.finished_at, job.queued_at = Job.State.WAITING, 0, None, now
    job.save()
    _queue(job)
    entries.write("job.run-again", job, by=by, now=now, country=job.country)
    return job


@transaction.atomic
def start_scheduled(name: str, *, now: datetime) -> Job | None:
    """Start a job whose time has come, unless its last turn is still under way."""
    work = kit_jobs.find(name)
    if work is None or Job.objects.filter(name=name, state__in=[Job.State.WAITING, Job.State.RUNNING]).exists():
        return None
    return start(work.function, by=None, now=now)


@transaction.atomic
def plan(*, now: datetime) -> list[str]:
    """Make the queue's timetable say what the code says: `sweep` each minute, and every job with a schedule."""
    wanted = {"learnin: sweep": {"func": f"{WORKER}.sweep", "args": None, **_turns(kit_jobs.Schedule(minutes=1), now)}}
    for work in kit_jobs.discover():
        if work.schedule:
            turns = _turns(work.schedule, now)
            wanted[f"learnin: {work.name}"] = {"func": f"{WORKER}.start_scheduled", "args": repr((work.name,)), **turns}
    Schedule.objects.filter(name__startswith="learnin: ").exclude(name__in=wanted).delete()
    for name, row in wanted.items():
        same = {key: value for key, value in row.items() if key != "next_run"}
        if not Schedule.objects.filter(name=name, **same).exists():
            Schedule.objects.update_or_create(name=name, defaults={**row, "repeats": -1})
    return sorted(wanted)


def _turns(schedule: kit_jobs.Schedule, now: datetime) -> dict[str, Any]:
    if schedule.at is None:
        return {"schedule_type": Schedule.MINUTES, "minutes": schedule.minutes, "next_run": now}
    today = now.replace(hour=schedule.at.hour, minute=schedule.at.minute, second=0, microsecond=0)
    next_run = today if today > now else today + timedelta(days=1)
    return {"schedule_type": Schedule.DAILY, "minutes": None, "next_run": next_run}
