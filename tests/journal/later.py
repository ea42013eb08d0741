"""Jobs for the tests, and a way to start and watch them in a house of their own (`python -m tests.journal.later`)."""

import json
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.utils import timezone

if not apps.ready:  # run as a program of its own
    django.setup()

from django_q.models import OrmQ

from learnin.journal.models import Job, Mail
from learnin.journal.operations import jobs as queue
from learnin.kit import jobs, mail
from learnin.kit.refusal import Refusal
from learnin.people.models import Person

SECONDS = 60


class NotToday(Refusal):
    """The work says no."""


def _write(to: str) -> None:
    mail.letter(to, subject="Counted", template="kit/mail/base", context={}, language="en", kind="count")


@jobs.job(label="Write one letter", tries=3)
def write_one(*, to: str, by: Person | None, now: datetime) -> dict[str, str]:
    """One effect, and a result."""
    _write(to)
    return {"text": "One letter is written.", "url": "/office/mail/"}


@jobs.job(label="Write and fall", tries=2)
def fall(*, to: str, by: Person | None, now: datetime) -> None:
    """An effect that must not count."""
    _write(to)
    raise ArithmeticError("The sum is wrong")


@jobs.job(label="Refuse")
def refuse(*, by: Person | None, now: datetime) -> None:
    """The work says no."""
    raise NotToday("Nobody works on a holiday.")


@jobs.job(label="Compute, then write", atomic=False)
def compute_first(*, to: str, twice: bool = False, by: Person | None, now: datetime) -> None:
    """Long work without a transaction, then one transaction together with the mark."""
    jobs.progress(1, 2, "Half of it")
    with jobs.finishing():
        _write(to)
        if twice:
            raise ArithmeticError("The sum is wrong")


@jobs.job(label="Look at the mark", atomic=False)
def be_overtaken(*, to: str, by: Person | None, now: datetime) -> None:
    """Another worker takes the job over while this one still works."""
    Job.objects.filter(state=Job.State.RUNNING).update(worker="elsewhere:1:1", tries=2)
    with jobs.finishing():
        _write(to)


@jobs.job(label="Wait at a gate", schedule="every 10 minutes")
def wait_at_gate(*, gate: str = "", by: Person | None, now: datetime) -> None:
    """One letter, inside the transaction; then a long while until the gate opens."""
    _write("gate@example.org")
    Path(f"{gate}.reached").touch()
    for _tick in range(SECONDS * 20):
        if Path(gate).exists():
            return
        time.sleep(0.05)
    raise TimeoutError(gate)


def _tell() -> dict[str, Any]:
    return {
        "jobs": list(Job.objects.order_by("created_at", "pk").values("name", "state", "tries", "error")),
        "letters": list(Mail.objects.order_by("pk").values("to", "state", "tries", "error")),
    }


def main(what: str, *arguments: str) -> None:
    """Start the gate's job, write a letter, clear all away, or only tell what is there."""
    if what == "gate":
        from tests.journal import later  # under its real name

        queue.start(later.wait_at_gate, by=None, now=timezone.now(), gate=arguments[0])
    elif what == "clear":
        for model in (Mail, Job, OrmQ):
            model.objects.all().delete()
    elif what == "letter":
        _write(arguments[0])
    print(json.dumps(_tell()))


if __name__ == "__main__":
    main(*sys.argv[1:])
