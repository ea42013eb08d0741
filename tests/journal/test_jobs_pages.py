"""The pages of work done later: the office sees all, who started a job sees it."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.urls import reverse

from learnin.journal.models import Entry, Job
from learnin.journal.operations import jobs as queue
from learnin.kit import jobs
from tests.cast import NOW, Cast
from tests.journal import later


def failed_job(cast: Cast) -> Job:
    job = queue.start(later.refuse, by=cast.chair, now=NOW, country=cast.home)
    queue.run(job.pk, clock=lambda: NOW)
    return job


def test_the_office_sees_every_job_failed_ones_first(cast: Cast, as_: Callable) -> None:
    failed = failed_job(cast)
    waiting = queue.start(later.write_one, by=None, now=NOW, to="ana@example.org")
    page = as_(cast.regional).get(reverse("journal:jobs"))
    shown = [job.pk for job, _state in page.context["jobs"]]
    assert shown == [failed.pk, waiting.pk]
    assert "Nobody works on a holiday." in page.text
    narrowed = as_(cast.regional).get(reverse("journal:jobs"), {"state": "waiting"})
    assert [job.pk for job, _state in narrowed.context["jobs"]] == [waiting.pk]


@pytest.mark.parametrize("name", ["chair", "member", "partner", "stranger"])
def test_others_do_not_find_the_office(cast: Cast, as_: Callable, name: str) -> None:
    job = failed_job(cast)
    client = as_(getattr(cast, name))
    assert client.get(reverse("journal:jobs")).status_code == 404
    assert client.post(reverse("journal:job-again", args=[job.pk])).status_code == (403 if name == "chair" else 404)
    assert client.get(reverse("journal:job", args=[job.pk])).status_code == (200 if name == "chair" else 404)
    job.refresh_from_db()
    assert job.state == Job.State.FAILED


def test_the_office_runs_a_failed_job_again_and_it_is_written_down(cast: Cast, as_: Callable) -> None:
    job = failed_job(cast)
    again = reverse("journal:job-again", args=[job.pk])
    page = as_(cast.regional).post(again, follow=True)
    assert "The job waits for its turn." in page.text
    job.refresh_from_db()
    assert (job.state, job.tries, job.finished_at) == (Job.State.WAITING, 0, None)
    line = Entry.objects.get(verb="job.run-again")
    assert (line.by, line.on_id, line.country) == (cast.regional, str(job.pk), cast.home)
    assert "There is nothing to run again." in as_(cast.regional).post(again, follow=True).text
    assert as_(cast.regional).get(again).status_code == 405


def test_the_one_who_started_it_watches_it_and_finds_the_result(cast: Cast, as_: Callable) -> None:
    job = queue.start(later.write_one, by=cast.member, now=NOW, to="ana@example.org")
    client, url = as_(cast.member), reverse("journal:job", args=[job.pk])
    waiting = client.get(url)
    assert "It waits for its turn." in waiting.text
    assert "Look again" in waiting.text, "works without scripts"
    assert 'hx-trigger="every 1s"' in waiting.text
    part = client.get(url, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "no-cache" in part.headers["Cache-Control"]
    queue.run(job.pk, clock=lambda: NOW)
    done = client.get(url, headers={"HX-Request": "true"})
    assert "One letter is written." in done.text
    assert 'href="/office/mail/"' in done.text
    assert "hx-trigger" not in done.text, "it stops asking"


def test_a_running_job_says_how_far_it_is(cast: Cast, as_: Callable) -> None:
    job = queue.start(later.write_one, by=cast.member, now=NOW, to="ana@example.org")
    Job.objects.filter(pk=job.pk).update(state="running", started_at=NOW, worker="elsewhere:1:1", tries=1)
    with jobs.running(job.pk, is_last_try=False, finishing=lambda: None):
        jobs.progress(3, 8, "Third of eight")
    assert "Third of eight" in as_(cast.member).get(reverse("journal:job", args=[job.pk])).text


def test_a_job_that_never_was_is_not_found(cast: Cast, as_: Callable) -> None:
    assert as_(cast.regional).get(reverse("journal:job", args=[uuid4()])).status_code == 404


def test_outside_a_job_progress_is_nothing_and_this_is_the_last_try() -> None:
    jobs.progress(1, 2)
    assert jobs.is_last_try()
    with jobs.finishing():
        pass
