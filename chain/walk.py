"""The walk: what each stage hands to the next, and what each took and made."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from learnin.assessment.models import Assessment, Frame, Instrument, Round, Sample
    from learnin.initiatives.models import Agreement, Pair
    from learnin.people.models import Country, Person
    from learnin.taskforce.models import TaskForce

SEED = 20261127
COUNTRY = "UA"
"""The one country of the data with both a register of schools and initiatives."""

Made = Mapping[str, Any]


@dataclass(frozen=True)
class Size:
    """How much is walked: answers to come in, and about so many rows of the table of initiatives (0: all)."""

    answers: int = 1500
    initiatives: int = 0


@dataclass
class Walk:
    """What the stages hand on."""

    data: Path
    folder: Path
    size: Size
    today: datetime = field(default_factory=timezone.now)
    people: "dict[str, Person]" = field(default_factory=dict)
    country: "Country" = field(init=False)
    force: "TaskForce" = field(init=False)
    assessment: "Assessment" = field(init=False)
    frame: "Frame" = field(init=False)
    sample: "Sample" = field(init=False)
    instrument: "Instrument" = field(init=False)
    round: "Round" = field(init=False)
    pair: "Pair" = field(init=False)
    agreement: "Agreement" = field(init=False)

    def ago(self, days: int) -> datetime:
        """A moment that many days before the walk."""
        return self.today - timedelta(days=days)


@dataclass(frozen=True)
class Step:
    """A stage that was walked: what it is called, its seconds, what it made."""

    name: str
    seconds: float
    made: Made


Stage = Callable[[Walk], Made]


def steps(walk: Walk) -> Iterator[Step]:
    """Every stage, in the order of the chain."""
    from chain.stages import STAGES

    for name, stage in STAGES:
        begun = time.perf_counter()
        made = stage(walk)
        yield Step(name, time.perf_counter() - begun, made)


def work(job: Any) -> None:
    """Do the work of a job here and now, as a worker would. Raises RuntimeError with what the job says."""
    from learnin.journal.operations import jobs

    if job is None or jobs.run(job.pk):
        return
    job.refresh_from_db()
    raise RuntimeError(f"{job.name}: {job.reason}")
