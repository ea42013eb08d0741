"""Open the door for the first regional administrator."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learnin.kit.refusal import Refusal
from learnin.people import operations
from learnin.people.operations.invitations import link
from learnin.people.roles import Kind


class Command(BaseCommand):
    """`manage.py invite_administrator ana@example.org "Ana Primer"`: sends and prints the link."""

    help = "Invite a regional administrator; the only way in on a new installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, and in which language."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--language", default="en")

    def handle(self, *args: object, email: str, name: str, language: str, **options: object) -> None:
        """Invite and print the link, in case mail does not work yet."""
        try:
            invitation = operations.invite(
                email=email,
                name=name,
                language=language,
                kind=Kind.REGIONAL_ADMIN,
                country=None,
                by=None,
                now=timezone.now(),
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Invited. The link works once:\n{link(invitation)}")
