"""Look at every seal again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from learnin.taskforce.queries import seal


class Command(BaseCommand):
    """`manage.py verify_seals [--country GE]`: reads every sealed byte again; ends with 1 when a seal is broken."""

    help = "Check that no sealed minutes were changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One country, or all."""
        parser.add_argument("--country", default="", help="Only this country, for example GE.")

    def handle(self, *args: object, country: str, **options: object) -> None:
        """One line for each sealed meeting."""
        broken = count = 0
        for meeting in seal.sealed_meetings(country):
            count += 1
            problems = seal.verify(meeting)
            broken += bool(problems)
            self.stdout.write(f"{meeting.register_number}  {'BROKEN' if problems else 'holds'}")
            for problem in problems:
                self.stdout.write(f"  {problem}")
        if broken:
            raise CommandError(f"{broken} of {count} seals are broken.")
        self.stdout.write(f"{count} seals hold.")
