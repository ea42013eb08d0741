"""Write the register of a country to a file."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from learnin.initiatives import problems
from learnin.initiatives.models import ExportFormat
from learnin.initiatives.operations import leaving
from learnin.people.models import Country


class Command(BaseCommand):
    """`manage.py initiatives_export --country GE --format iati --out ge.xml`; the journal keeps that it was taken."""

    help = "Write the register of initiatives of a country to a file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The country, the kind of file, where to."""
        parser.add_argument("--country", required=True, metavar="XX")
        parser.add_argument("--format", choices=ExportFormat.values, required=True)
        parser.add_argument("--out", type=Path, metavar="FILE", help="standard output, without")
        parser.add_argument("--published", action="store_true", help="only what everybody may read")
        parser.add_argument("--language", default="en", help="of headings and names in a table (en)")

    def handle(self, *args: object, **options: Any) -> None:
        """Write, and say what could not be written."""
        country = Country.objects.filter(pk=options["country"].upper()).first()
        if country is None:
            raise CommandError(f"There is no country {options['country']} here.")
        out = options["out"].open("wb") if options["out"] else sys.stdout.buffer
        with out, translation.override(options["language"]):
            n, left = leaving.write_all(
                country,
                out=out,
                format=options["format"],
                by=None,
                now=timezone.now(),
                only_published=options["published"],
            )
        for one in left:
            self.stderr.write(f"{one.identifier} {one.place}: {problems.words(one.code, one.said)}")
        self.stderr.write(f"{n:,} initiatives of {country.name}.")
