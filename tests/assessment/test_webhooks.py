"""Programs are told that answers came: signed, without answers, tried again, given up where everybody sees it."""

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from learnin.assessment import calling
from learnin.assessment.models import Delivery, Round, Webhook
from learnin.assessment.operations import webhooks
from learnin.journal.models import Entry, Job
from learnin.journal.operations import jobs
from tests.assessment import made_data as made
from tests.cast import NOW, Cast, as_


@dataclass
class Program:
    """A program that listens on this machine."""

    url: str = ""
    status: int = 204
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def program(settings: Any) -> Iterator[Program]:
    """A real server, which plain HTTP may reach only while LearnIn is built."""
    settings.DEBUG = True
    told = Program()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.heard.append((dict(self.headers), body))
            self.send_response(told.status)
            self.send_header("Location", "http://127.0.0.1:9/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/new?for=learnin"
    running = threading.Thread(target=server.serve_forever)
    running.start()
    yield told
    server.shutdown()
    running.join()
    server.server_close()


def listen(of: Round, by: Any, url: str) -> Any:
    return as_(by).post(reverse("assessment:webhooks", args=[of.pk]), {"url": url})


def run_all() -> None:
    """Do what waits in the queue, as often as it may be tried."""
    for job in Job.objects.filter(name__endswith="webhooks.deliver", state=Job.State.WAITING):
        jobs.run(job.pk)


def test_a_program_is_told_in_a_signed_message_without_answers(cast: Cast, program: Program) -> None:
    of = made.round_(cast)
    response = listen(of, cast.chair, program.url)
    secret = re.search(r"<code class=\"li-code\">([0-9a-f]{64})</code>", response.content.decode())
    assert secret is not None
    again = as_(cast.chair).get(reverse("assessment:webhooks", args=[of.pk])).content.decode()
    assert secret[1] not in again
    made_ = made.answer(of, name="Zora")
    run_all()
    ((headers, body),) = program.heard
    address = f"http://127.0.0.1:8000{reverse('assessment:answer', args=[made_.pk])}"
    told = json.loads(body)
    assert told["event"] == "answers.received"
    assert told["round"] == of.pk
    assert [one["id"] for one in told["answers"]] == ["uuid:1"]
    assert told["answers"][0]["url"].endswith(address[address.index("/answers/") :])
    assert b"Zora" not in body
    stamp = headers["X-LearnIn-Timestamp"]
    assert headers["X-LearnIn-Signature"] == f"sha256={webhooks.signature(secret[1], stamp, body)}"
    assert abs(int(stamp) - timezone.now().timestamp()) < 60
    assert Delivery.objects.get().taken_at is not None
    line = Entry.objects.get(verb="webhook.added")
    assert "for=learnin" not in str(line.after)


def test_what_is_not_taken_is_tried_again_and_in_the_end_given_up(cast: Cast, program: Program) -> None:
    of = made.round_(cast)
    listen(of, cast.chair, program.url)
    program.status = 503
    made.answer(of)
    job = Job.objects.get(name__endswith="webhooks.deliver")
    for _turn in range(7):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert job.state == Job.State.WAITING
        assert job.next_try_at is not None
        Job.objects.update(next_try_at=None)
    jobs.run(job.pk)
    given_up = Delivery.objects.get()
    assert (given_up.tries, given_up.taken_at, given_up.answer) == (8, None, "503")
    assert given_up.given_up_at is not None
    assert len(program.heard) == 8
    page = as_(cast.chair).get(reverse("assessment:webhooks", args=[of.pk])).content.decode()
    assert "Messages nobody took" in page


def test_a_redirect_is_not_followed(cast: Cast, program: Program) -> None:
    of = made.round_(cast)
    listen(of, cast.chair, program.url)
    program.status = 302
    made.answer(of)
    run_all()
    assert Delivery.objects.get().answer == "302"
    assert Delivery.objects.get().taken_at is None


def test_a_stopped_program_is_told_nothing_more(cast: Cast, program: Program) -> None:
    of = made.round_(cast)
    listen(of, cast.chair, program.url)
    made.answer(of)
    stop = reverse("assessment:stop_webhook", args=[Webhook.objects.get().pk])
    assert as_(cast.member).post(stop).status_code == 403
    assert as_(cast.stranger).post(stop).status_code == 404
    assert as_(cast.chair).post(stop).status_code == 302
    made.answer(of, "uuid:2")
    run_all()
    assert program.heard == []
    assert Delivery.objects.get().given_up_at is not None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://8.8.8.8/", "must begin with https://"),
        ("ftp://8.8.8.8/", "must begin with https://"),
        ("https://127.0.0.1/", "a network of its own"),
        ("https://10.1.2.3/", "a network of its own"),
        ("https://192.168.0.1/", "a network of its own"),
        ("https://169.254.169.254/latest/meta-data", "a network of its own"),
        ("https://[::1]/", "a network of its own"),
        ("https://[::ffff:10.0.0.1]/", "a network of its own"),
        ("https://[64:ff9b::a00:1]/", "a network of its own"),
        ("https://[fd00::1]/", "a network of its own"),
        ("https://0.0.0.0/", "a network of its own"),
        ("https://localhost/", "a network of its own"),
        ("https://me:secret@8.8.8.8/", "no address that a message can be sent to"),
        ("https://8.8.8.8:99999/", "no address that a message can be sent to"),
        ("nonsense", "no address that a message can be sent to"),
    ],
)
def test_nothing_is_sent_into_private_networks(cast: Cast, url: str, words: str) -> None:
    refused = listen(made.round_(cast), cast.chair, url)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert Webhook.objects.count() == 0


def test_an_address_that_turned_private_is_not_called(cast: Cast) -> None:
    of = made.round_(cast)
    Webhook.objects.create(
        round=of, url="http://127.0.0.1:9/", secret="s", added_by=cast.chair, added_at=NOW - timedelta(days=1)
    )
    made.answer(of)
    run_all()
    assert "https://" in Delivery.objects.get().answer
    with pytest.raises(calling.NotCallable, match="https"):
        calling.target("http://127.0.0.1:9/")


def test_of_answers_that_are_tied_to_nobody_programs_hear_nothing(cast: Cast, program: Program) -> None:
    of = made.round_(cast, naming=Round.Naming.UNLINKED)
    refused = listen(of, cast.chair, program.url)
    assert refused.status_code == 422
    assert "tied to nobody" in refused.content.decode()
