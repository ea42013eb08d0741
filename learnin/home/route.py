"""The route of a country, stage by stage, as one person may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from learnin.kit import route
from learnin.kit.route import Progress, State
from learnin.people.models import Country, Person
from learnin.people.roles import Can, may
from learnin.programme import reader

WORDS = {
    State.DONE: _("Done"),
    State.DOING: _("In progress"),
    State.NEXT: _("Next"),
    State.LATE: _("Overdue"),
    State.NONE: _("Not started"),
    State.LATER: _("Later"),
}
SEES: dict[str, Can] = {
    "taskforce": Can.SEE_TASK_FORCE,
    "assessment": Can.SEE_ASSESSMENT,
    "initiatives": Can.SEE_INITIATIVES,
}
"""What one must be allowed, to read a stage's evidence and links; its states are for whoever sees the country."""


@dataclass(frozen=True)
class Step:
    """One step of the route."""

    name: str
    progress: Progress

    @property
    def word(self) -> Any:
        """Where it stands, in a word."""
        return WORDS[self.progress.state]

    @property
    def look(self) -> str:
        """Its state as the tags of the kit know it."""
        return "none" if self.progress.state is State.LATER else self.progress.state.value


@dataclass(frozen=True)
class Stage:
    """One stage of the route with its steps."""

    number: int
    name: str
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(step.progress.state is State.DONE for step in self.steps)

    @property
    def count(self) -> str:
        """How many steps are done, in words."""
        words = ngettext("%(done)d of %(all)d step done", "%(done)d of %(all)d steps done", len(self.steps))
        return words % {"done": self.done, "all": len(self.steps)}

    @property
    def look(self) -> str:
        """Its state as the route of the kit knows it."""
        if self.done == len(self.steps):
            return "done"
        begun = {State.DONE, State.DOING, State.LATE}
        return "doing" if any(step.progress.state in begun for step in self.steps) else "none"

    @property
    def is_open(self) -> bool:
        """Whether it holds a step that is next or overdue."""
        return any(step.progress.state in (State.NEXT, State.LATE) for step in self.steps)


@dataclass(frozen=True)
class Route:
    """Every stage that is built."""

    stages: tuple[Stage, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(stage.done for stage in self.stages)

    @property
    def length(self) -> int:
        """How many steps there are."""
        return sum(len(stage.steps) for stage in self.stages)


def of(person: Person, country: Country, today: date) -> Route:
    """The route of the country: states for everybody who sees it, evidence and links for who may see the stage."""
    found = route.progress([country], today)
    stages = [stage for stage in reader.current().stages if stage.id in found]
    return Route(
        tuple(
            Stage(number, stage.name, tuple(_steps(person, country, stage.id, found[stage.id][country.pk])))
            for number, stage in enumerate(stages, start=1)
        )
    )


def _steps(person: Person, country: Country, stage: str, known: route.Steps) -> Iterator[Step]:
    sees_all = may(person, SEES.get(stage, Can.SEE_COUNTRY), country)
    for step in reader.current().steps_of(stage):
        progress = known.get(step.id)
        if progress:
            yield Step(step.name, progress.read() if sees_all else Progress(state=progress.state))
