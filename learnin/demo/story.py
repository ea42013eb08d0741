"""One made-up country, built by the same operations as the pages use. The same seed gives the same story."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from learnin.demo.chapters import CHAPTERS
from learnin.people.models import Country, Person

CODE = "XA"
SEED = 20261123


@dataclass
class Story:
    """What the chapters hand on: the day it is told, the chance it is told with, who is who."""

    today: datetime
    chance: Random = field(default_factory=lambda: Random(SEED))  # noqa: S311  (a story, no secret)
    people: dict[str, Person] = field(default_factory=dict)
    country: Country = field(init=False)

    def ago(self, days: int) -> datetime:
        """A moment that many days before the story is told."""
        return self.today - timedelta(days=days)


Chapter = Callable[[Story], None]


def is_told() -> bool:
    """Whether the example country stands in this database."""
    return Country.objects.filter(code=CODE).exists()


@transaction.atomic
def tell(*, now: datetime) -> Story:
    """Build the example country, chapter by chapter, or not at all."""
    story = Story(today=now)
    for chapter in CHAPTERS:
        chapter(story)
    return story
