"""manage.py programme_check [FILE]: may this file be our programme?"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from learnin.programme import queries, reader
from learnin.programme.formats.definition import SECTIONS, Programme
from learnin.programme.formats.problems import ProgrammeUnreadable


class Command(BaseCommand):
    """Tell every problem of a programme file, and every id in use that it lacks."""

    help = "Check a programme file: its shape, its languages, and that no id in use is missing. Changes nothing."
    requires_system_checks: list[str] = []  # it has to work when the file in use is the broken one

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file to check."""
        parser.add_argument("file", nargs="?", type=Path, help="default: the file in use")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        """Print what is found; end with 1 when this file may not be used."""
        path = file or reader.chosen_file()
        try:
            programme = reader.read(path)
        except ProgrammeUnreadable as unreadable:
            self._lines(unreadable.problems)
            raise CommandError(f"{path}: {_counted(len(unreadable.problems), 'problem')}. Nothing was changed.")
        uses = queries.uses_missing_from(programme)
        if uses:
            self._lines(uses)
            raise CommandError(
                f"{path}: {_counted(len(uses), 'id')} in use would be lost. Put each back into the file."
            )
        self.stdout.write(f"{path}: {_contents(programme)}. No problem found.")

    def _lines(self, found: tuple[object, ...]) -> None:
        """Print one thing a line."""
        for one in found:
            self.stdout.write(str(one))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _contents(programme: Programme) -> str:
    """How much of each kind the programme holds."""
    counts = (f"{len(getattr(programme, section))} {section.replace('_', ' ')}" for section, _ in SECTIONS.values())
    return f"{programme.name}, {len(programme.countries)} countries, {', '.join(counts)}"
