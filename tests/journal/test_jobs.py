"""Work done later: once, in the end, and never silently lost."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_q.models import OrmQ, Schedule

from learnin.journal.models import Job, Mail
from learnin.journal.operations import jobs as queue
from learnin.kit import jobs
from tests.cast import NOW
from tests.journal import later

OUTBOX = "learnin.journal.outbox.OutboxBackend"


@pytest.fixture(autouse=True)
def _outbox(settings: object, db: None) -> None:
    settings.EMAIL_BACKEND = OUTBOX


def start(function: Callable, **ids: object) -> Job:
    return queue.start(function, by=None, now=NOW, **ids)


def at(**later_by: int) -> Callable[[], datetime]:
    return lambda: NOW + timedelta(**later_by)


def letters() -> int:
    return Mail.objects.filter(kind="count").count()


def test_a_job_is_queued_when_its_transaction_commits(django_capture_on_commit_callbacks: Callable) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        job = start(later.write_one, to="ana@example.org")
        assert OrmQ.objects.count() == 0
    assert job.state == Job.State.WAITING
    assert [message.task["args"] for message in OrmQ.objects.all()] == [(str(job.pk),)]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_transaction_that_fails_never_was() -> None:
    with pytest.raises(ArithmeticError), transaction.atomic():
        start(later.write_one, to="ana@example.org")
        raise ArithmeticError
    assert not Job.objects.exists()
    assert not OrmQ.objects.exists()


def test_only_a_job_can_be_started() -> None:
    with pytest.raises(LookupError):
        start(test_only_a_job_can_be_started)


def test_it_is_done_once_however_often_it_is_asked_for() -> None:
    job = start(later.write_one, to="ana@example.org")
    assert [queue.run(job.pk, clock=at()) for _ask in range(3)] == [True, False, False]
    job.refresh_from_db()
    assert (job.state, job.tries, job.result["url"], letters()) == (Job.State.DONE, 1, "/office/mail/", 1)


def test_what_fails_leaves_nothing_and_is_tried_again_later() -> None:
    job = start(later.fall, to="ana@example.org")
    assert not queue.run(job.pk, clock=at())
    job.refresh_from_db()
    assert (job.state, job.reason, letters()) == (Job.State.WAITING, "ArithmeticError: The sum is wrong", 0)
    assert job.next_try_at == NOW + timedelta(seconds=30)
    assert not queue.run(job.pk, clock=at(seconds=29)), "the queue may offer it too early"
    job.refresh_from_db()
    assert job.tries == 1
    assert queue.sweep(now=NOW + timedelta(seconds=29)) == 0
    assert queue.sweep(now=NOW + timedelta(seconds=31)) == 1
    queue.run(job.pk, clock=at(seconds=31))
    job.refresh_from_db()
    assert (job.state, job.tries, job.finished_at, letters()) == ("failed", 2, NOW + timedelta(seconds=31), 0)


def test_a_refusal_is_final_and_said_in_its_own_words() -> None:
    job = start(later.refuse)
    queue.run(job.pk, clock=at())
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "Nobody works on a holiday.")


def test_a_job_this_version_does_not_know_fails() -> None:
    job = start(later.write_one, to="ana@example.org")
    Job.objects.filter(pk=job.pk).update(name="learnin.gone.operations.vanish")
    queue.run(job.pk, clock=at())
    job.refresh_from_db()
    assert job.state == Job.State.FAILED
    assert "no longer knows" in job.error
    assert str(job) == "learnin.gone.operations.vanish"


@pytest.mark.parametrize("fails", [False, True])
def test_long_work_counts_together_with_its_mark(fails: bool) -> None:
    job = start(later.compute_first, to="ana@example.org", twice=fails)
    queue.run(job.pk, clock=at())
    job.refresh_from_db()
    assert (job.state, letters()) == ((Job.State.WAITING, 0) if fails else (Job.State.DONE, 1))
    assert jobs.progress_of(job.pk) == jobs.Progress(1, 2, "Half of it")


def test_who_was_overtaken_does_not_count() -> None:
    job = start(later.be_overtaken, to="ana@example.org")
    assert not queue.run(job.pk, clock=at())
    job.refresh_from_db()
    assert (job.state, job.worker, letters()) == (Job.State.RUNNING, "elsewhere:1:1", 0)


def running(worker: str, **fields: object) -> Job:
    job = start(later.write_one, to="ana@example.org")
    Job.objects.filter(pk=job.pk).update(state="running", worker=worker, started_at=NOW, tries=1, **fields)
    return job


def test_a_job_whose_worker_is_gone_waits_again_and_runs() -> None:
    host, _pid, _began = queue.this_worker().rsplit(":", 2)
    job = running(f"{host}:{os.getpid()}:1")  # our number, but another process: it began at another moment
    assert queue.sweep(now=NOW) == 1
    assert queue.run(job.pk, clock=at())
    job.refresh_from_db()
    assert (job.state, job.tries, letters()) == (Job.State.DONE, 2, 1)


def test_a_job_whose_worker_is_alive_is_left_alone_until_the_time_limit(settings: object) -> None:
    job = running(queue.this_worker())
    assert queue.sweep(now=NOW) == 0
    assert not queue.run(job.pk, clock=at())
    assert queue.sweep(now=NOW + timedelta(seconds=settings.JOB_SECONDS + 61)) == 1


def test_a_job_on_another_host_is_left_alone_until_the_time_limit(settings: object) -> None:
    running("another-host:1:1")
    assert queue.sweep(now=NOW) == 0
    assert queue.sweep(now=NOW + timedelta(seconds=settings.JOB_SECONDS + 61)) == 1


def test_a_job_whose_workers_die_each_time_fails() -> None:
    job = running(f"{queue.this_worker()}9", max_tries=1)
    assert queue.sweep(now=NOW) == 0
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "Its worker stopped in mid-job, each time.")


def test_what_the_queue_lost_is_queued_again() -> None:
    start(later.write_one, to="ana@example.org")
    assert queue.sweep(now=NOW + timedelta(minutes=9)) == 0
    assert queue.sweep(now=NOW + timedelta(minutes=11)) == 1
    assert queue.sweep(now=NOW + timedelta(minutes=12)) == 0


def test_done_jobs_are_forgotten_after_a_month() -> None:
    done, failed = start(later.write_one, to="ana@example.org"), start(later.refuse)
    queue.run(done.pk, clock=at())
    queue.run(failed.pk, clock=at())
    queue.sweep(now=NOW + timedelta(days=31))
    assert [job.pk for job in Job.objects.exclude(name__contains="deliver").order_by("pk")] == [failed.pk]


def test_the_timetable_says_what_the_code_says() -> None:
    Schedule.objects.create(name="learnin: learnin.gone", func="learnin.gone")
    Schedule.objects.create(name="somebody else's", func="theirs")
    planned = queue.plan(now=NOW)
    assert {"learnin: sweep", "learnin: tests.journal.later.wait_at_gate"} <= set(planned)
    names = set(Schedule.objects.values_list("name", flat=True))
    assert names == {*planned, "somebody else's"}
    sweep = Schedule.objects.get(name="learnin: sweep")
    assert (sweep.schedule_type, sweep.minutes, sweep.repeats) == (Schedule.MINUTES, 1, -1)
    daily = Schedule.objects.get(name="learnin: learnin.journal.operations.notices.send_digests")
    assert (daily.schedule_type, daily.next_run) == (Schedule.DAILY, datetime(2026, 11, 24, 5, 0, tzinfo=UTC))
    queue.plan(now=NOW + timedelta(days=3))
    daily.refresh_from_db()
    assert daily.next_run == datetime(2026, 11, 24, 5, 0, tzinfo=UTC), "a turn that is due stays due"


def test_a_scheduled_job_does_not_queue_up_behind_itself() -> None:
    name = "tests.journal.later.wait_at_gate"
    assert queue.start_scheduled(name, now=NOW)
    assert queue.start_scheduled(name, now=NOW) is None
    assert queue.start_scheduled("learnin.gone.vanish", now=NOW) is None


@pytest.mark.parametrize("words", ["every now and then", "daily 25:00", "hourly"])
def test_a_timetable_nobody_can_read_is_a_bug(words: str) -> None:
    with pytest.raises(ValueError):
        jobs.job(label="Never", schedule=words)(test_a_timetable_nobody_can_read_is_a_bug)


def test_every_job_of_the_product_is_found() -> None:
    assert "learnin.journal.operations.mail.deliver" in {work.name for work in jobs.discover()}
