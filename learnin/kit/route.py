"""How far a country is on the route. Each app registers a rule for its stage; nobody ticks a step."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ParamSpec

from django.utils.functional import lazy

Given = ParamSpec("Given")


class State(StrEnum):
    """Where a step stands: as the tags of the kit, and LATER for what cannot begin yet."""

    DONE = "done"
    DOING = "doing"
    NEXT = "next"
    LATE = "late"
    NONE = "none"
    LATER = "later"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One step of one country: its state, the line of evidence under it, and where to do the next thing.

    The region shows states alone. So a rule may give words and addresses that are worked out `when_read`.
    """

    state: State
    evidence: str = ""
    url: str = ""

    def read(self) -> "Progress":
        """The same for somebody who reads it: words and address put together once."""
        return replace(self, evidence=str(self.evidence), url=str(self.url))


def when_read(words: Callable[Given, str]) -> Callable[Given, str]:
    """A text that is put together only where somebody reads it, in their language."""
    return lazy(words, str)


Steps = Mapping[str, Progress]
Rule = Callable[[Collection[Any], date], Mapping[Any, Steps]]
"""Given countries and today, a rule tells for each country's key how its stage's steps stand. One call for many
countries, so that the region's page asks as few queries as a country's."""


def later(why: str) -> Progress:
    """A step that cannot begin yet, and what it waits for."""
    return Progress(state=State.LATER, evidence=why)


def with_next(found: Mapping[str, Progress]) -> Steps:
    """The steps of a stage in their order, the first that has not begun marked as next."""
    steps = dict(found)
    for id, one in steps.items():
        if one.state is State.NONE:
            steps[id] = replace(one, state=State.NEXT)
            break
    return steps


_rules: dict[str, Rule] = {}


def register(stage: str, rule: Rule) -> None:
    """Tell how the steps of a stage are worked out. The stage's id is its app's label."""
    _rules[stage] = rule


def built() -> frozenset[str]:
    """The stages that have a rule; the others do not appear."""
    return frozenset(_rules)


def progress(countries: Collection[Any], today: date) -> dict[str, Mapping[Any, Steps]]:
    """For each built stage: the steps of each country."""
    return {stage: rule(countries, today) for stage, rule in _rules.items()}
