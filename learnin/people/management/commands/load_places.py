"""Bring countries and areas to what the places file says."""

from django.core.management.base import BaseCommand

from learnin.people import operations


class Command(BaseCommand):
    """`manage.py load_places`: run after each upgrade; running it twice changes nothing."""

    help = "Load the countries of the programme and their first-level areas."

    def handle(self, *args: object, **options: object) -> None:
        """Load and say how many."""
        self.stdout.write(f"{operations.load_places()} countries are in place.")
