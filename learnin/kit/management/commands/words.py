"""Collect, check and compile the translations."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from learnin.kit import catalogues


class Command(BaseCommand):
    """Brings learnin/locale to what the product says: new strings in, old ones out, Serbian Latin made."""

    help = "Collect the strings to translate, make Serbian Latin from Cyrillic, and compile everything."
    requires_system_checks: list[str] = []  # it must run while something else is broken

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Only one half of the work, if wanted."""
        only = parser.add_mutually_exclusive_group()
        only.add_argument("--compile", action="store_true", help="only compile what is there")
        only.add_argument("--check", action="store_true", help="change nothing; fail when a string is not translated")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, and say what is left to translate."""
        folder = Path(settings.LOCALE_PATHS[0])
        if options["compile"]:
            self.stdout.write(f"{catalogues.compile_all(folder)} catalogues compiled.")
            return
        said = catalogues.collect(Path(catalogues.__file__).parents[1])
        if not options["check"]:
            catalogues.merge(said, folder)
            catalogues.generate(folder)
            catalogues.compile_all(folder)
        problems = list(catalogues.problems(said, folder))
        for problem in problems:
            self.stdout.write(problem)
        if options["check"] and problems:
            raise CommandError(f"{len(problems)} problems in the translations.")
        self.stdout.write(f"{len(said)} strings, {len(problems)} problems.")
