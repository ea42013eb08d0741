"""Build the example country, and tell who can sign in."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learnin.demo import story
from learnin.demo.chapters.c1_people import CAST
from learnin.people.operations import load_places
from learnin.people.roles import Kind

PASSWORD = "arvenia-is-invented"  # noqa: S105  (stands in the README; only a machine of one's own gets it)


class Command(BaseCommand):
    """`manage.py demo`: the example country, once. `manage.py demo --accounts`: who can sign in."""

    help = "Build the example country, unless it is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One flag to show, one to insist."""
        parser.add_argument("--accounts", action="store_true", help="print the example accounts only")
        parser.add_argument("--anyway", action="store_true", help="also where LEARNIN_DEBUG is off: known passwords!")

    def handle(self, *args: object, accounts: bool, anyway: bool, **options: object) -> None:
        """Build or print."""
        if not accounts:
            self._build(anyway=anyway)
        self._accounts()

    def _build(self, *, anyway: bool) -> None:
        if not (settings.DEBUG or anyway):
            raise CommandError("The example has known passwords: it is for your own machine (LEARNIN_DEBUG=true).")
        if story.is_told():
            self.stdout.write("The example country is there already.")
            return
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # its letters reach nobody
        load_places()
        told = story.tell(now=timezone.now())
        for person in told.people.values():
            person.refresh_from_db()
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])

    def _accounts(self) -> None:
        self.stdout.write("Example accounts (all people are invented):")
        rows = [("rena", "Rena Minta", Kind.REGIONAL_ADMIN), *((key, row[0], row[1]) for key, row in CAST.items())]
        for key, name, kind in rows:
            self.stdout.write(f"  {key + '@arvenia.example':25} {kind.label:32} {name}")
        self.stdout.write(f"Password of each: {PASSWORD}")
