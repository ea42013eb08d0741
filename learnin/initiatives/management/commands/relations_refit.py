"""`manage.py relations_refit`: fit the weights of relations to what reviewers decided; `--reset` goes back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from learnin.initiatives.operations import refitting
from learnin.kit.refusal import Refusal


class Command(BaseCommand):
    """Use the verdicts of this installation, once there are 200."""

    help = "Fit the weights by which related initiatives are found to the verdicts of reviewers."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer the way back."""
        parser.add_argument("--reset", action="store_true", help="use the weights that come with LearnIn again")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fit and tell how many verdicts went in."""
        if options["reset"]:
            refitting.reset()
            self.stdout.write("The weights that come with LearnIn are in use.")
            return
        try:
            count = refitting.refit(now=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Weights fitted to {count} verdicts are in use. Pairs are scored anew when next looked for.")
