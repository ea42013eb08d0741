"""Do the background jobs."""

import ctypes
import os
import signal
import sys
from argparse import ArgumentParser
from threading import Thread
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone
from django_q.cluster import Cluster

from learnin.journal.operations import jobs

PR_SET_PDEATHSIG = 1  # prctl(2)


def run_job(pk: str) -> None:
    """What the queue calls for each id."""
    jobs.run(pk)


def sweep() -> None:
    """What the queue calls each minute."""
    jobs.sweep(now=timezone.now())


def start_scheduled(name: str) -> None:
    """What the queue calls when the time of a job has come."""
    jobs.start_scheduled(name, now=timezone.now())


class Worker(Cluster):
    """django-q's cluster, which also stops when a signal reached all of its processes at once."""

    is_told_to_stop = False

    def sig_handler(self, signum: int, frame: FrameType | None) -> None:
        """Ask its processes to finish what they do. The asking can hang on a dead process, so we do not wait for it."""
        self.is_told_to_stop = True
        Thread(target=self.stop_event.set, daemon=True).start()

    def work(self) -> int:
        """Start, and stay until everything has stopped. Says how it ended: 0, or minus the signal."""
        os.register_at_fork(after_in_child=_end_with_parent)
        self.start()
        while self.sentinel.is_alive():
            self.sentinel.join(timeout=1)
        return 0 if self.is_told_to_stop else self.sentinel.exitcode


def _end_with_parent() -> None:
    """On Linux no process of ours outlives the one that started it, even when that is killed with -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Command(BaseCommand):
    """The background worker: picks up what a dead one left, then works until it is told to stop (TERM or Ctrl-C)."""

    help = "Do the background jobs until told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option."""
        parser.add_argument("--plan", action="store_true", help="Only write the timetable, then stop.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the timetable, sweep, work."""
        planned = jobs.plan(now=timezone.now())
        self.stdout.write(f"{len(planned)} jobs have a timetable.")
        if options["plan"]:
            return
        self.stdout.write(f"{jobs.sweep(now=timezone.now())} jobs were left over and wait again.")
        connections.close_all()  # its processes are forks: none may share our connection
        if ended := Worker().work():
            raise CommandError(f"The worker ended unexpectedly ({ended}).")
        self.stdout.write("The worker has stopped.")
