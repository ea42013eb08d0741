"""Answers to invitations, out of the mail server."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learnin.kit.refusal import Refusal
from learnin.taskforce.operations import invitations


class Command(BaseCommand):
    """`manage.py read_replies -`: a letter or calendar file that a calendar program sent back.

    For a mail server's pipe: one letter at a time on the standard input, or files by name.
    """

    help = "Note the answers to invitations in these letters or .ics files; - reads one from the standard input."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the letters are."""
        parser.add_argument("files", nargs="+", metavar="FILE|-")

    def handle(self, *args: object, files: list[str], **options: object) -> None:
        """Read each; say what was noted, and at the end what could not be."""
        problems = []
        for name in files:
            try:
                content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
                found = invitations.record_reply(content, by=None, now=timezone.now())
            except (Refusal, OSError) as problem:
                problems.append(f"{name}: {problem}")
            else:
                self.stdout.write(f"{name}: {found.sitting.name}, {found.meeting.title}: {found.get_answer_display()}")
        if problems:
            raise CommandError("\n".join(problems))
