"""Bring a file of initiatives into the register of one country or more."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learnin.initiatives.formats.fivew import ColumnMapping
from learnin.initiatives.formats.record import NotReadable
from learnin.initiatives.operations import bulk_import
from learnin.initiatives.operations.bulk_import import Came, Order
from learnin.kit.refusal import Refusal
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may

STAYED_OUT, UNDECIDED = 3, 4


class Command(BaseCommand):
    """`manage.py initiatives_import FILE --country GE`; ends with 3 where records stayed out, 4 where undecided."""

    help = "Bring a file of initiatives (IATI, or a 5W table) into the register of a country."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the countries, and how."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--country", action="append", required=True, metavar="XX", help="again for each, or “all”")
        parser.add_argument("--format", choices=["iati", "5w"], default="", help="what it is; else the file says")
        parser.add_argument("--mapping", type=Path, metavar="M.json", help="what the columns of a table mean")
        parser.add_argument("--by", metavar="EMAIL", default="", help="in whose name; else a region administrator")
        parser.add_argument("--conflicts", choices=["file", "here"], default="", help="who wins where both changed")
        parser.add_argument("--whole-regions", action="store_true", help="also what names a region and no country")
        parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
        parser.add_argument("--report", type=Path, metavar="R.json", help="write what happened to each record")

    def handle(self, *args: object, **options: Any) -> None:
        """Read once, bring in country by country, say what happened."""
        try:
            content = options["file"].read_bytes()
            mapping = _mapping(options["mapping"])
        except (OSError, ValueError, KeyError) as wrong:
            raise CommandError(f"{type(wrong).__name__}: {wrong}") from wrong
        countries = _countries(options["country"])
        person = _person(options["by"], countries)
        self.stderr.write(f"In the name of {person}.")
        order = Order(
            content,
            options["file"].name,
            options["format"],
            mapping,
            options["conflicts"],
            options["dry_run"],
            options["whole_regions"],
        )
        try:
            came = [self._told(one) for one in bulk_import.bring(order, countries, by=person, now=timezone.now())]
        except (Refusal, NotReadable) as why:
            raise CommandError(bulk_import.said(why)) from why
        if options["report"]:
            text = json.dumps(bulk_import.report(order, came), ensure_ascii=False, indent=1)
            options["report"].write_text(text, encoding="utf-8")
        self._end(came)

    def _told(self, one: Came) -> Came:
        counts = ", ".join(f"{state} {n:,}" for state, n in one.counts.items())
        done = "in the register" if one.is_applied else ("not decided" if one.conflicts else "nothing written")
        self.stdout.write(f"{one.country.pk} {one.country.name}: {counts}; {done}")
        return one

    def _end(self, came: Iterable[Came]) -> None:
        every = list(came)
        if any(one.is_undecided for one in every):
            raise CommandError("Say who wins with --conflicts file or --conflicts here.", returncode=UNDECIDED)
        n = sum(one.counts["bad"] for one in every)
        if n:
            raise CommandError(f"{n:,} records stayed out; --report names each.", returncode=STAYED_OUT)


def _mapping(path: Path | None) -> ColumnMapping | None:
    return ColumnMapping.from_json(json.loads(path.read_text(encoding="utf-8"))) if path else None


def _countries(codes: list[str]) -> list[Country]:
    if codes == ["all"]:
        return list(Country.objects.order_by("pk"))
    found = Country.objects.in_bulk([code.upper() for code in codes])
    if missing := [code for code in codes if code.upper() not in found]:
        raise CommandError(f"There is no country {', '.join(missing)} here.")
    return [found[code] for code in dict.fromkeys(code.upper() for code in codes)]


def _person(email: str, countries: list[Country]) -> Person:
    """Whoever is named, or the region administrator who was here first; they look after all of these registers."""
    chosen = Person.objects.filter(email__iexact=email) if email else Person.objects.filter(roles__country=None)
    for one in chosen.order_by("pk").distinct():
        if all(may(one, Can.EDIT_INITIATIVES, country) for country in countries):
            return one
    raise CommandError("Nobody found who may change these registers. Name somebody: --by name@example.org")
