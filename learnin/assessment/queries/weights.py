"""What we know of the sets of weights of a round, and of what a new one can be made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from learnin.assessment import weight_words
from learnin.assessment.formats import weight_recipe
from learnin.assessment.formats.weight_recipe import Margin, Recipe
from learnin.assessment.models import Round, Weighting, WeightSet
from learnin.assessment.queries import exports, weighting
from learnin.assessment.queries.asked import OF_QUESTION, asked, questions
from learnin.assessment.queries.known_totals import Known
from learnin.compute.base_weights import NoChance
from learnin.compute.survey import CannotEstimate


def in_the_making(round: Round) -> Weighting | None:
    """The weights that are being made in this round."""
    return Weighting.objects.filter(round=round).select_related("begun_by", "job").first()


def is_stale(of: WeightSet, now: datetime) -> bool:
    """Whether answers, chances or dispositions changed since the set was made."""
    recipe = weight_recipe.recipe(of.steps)
    try:
        return weighting.fingerprint(asked(of.round, recipe.base, until=now), recipe) != of.fingerprint
    except NoChance:
        return True


@dataclass(frozen=True)
class Facts:
    """What the steps of a round can choose from.

    numbers: questions that may say how many people a unit has. columns: what is known of all who were asked, each with
    its name. framed: those of which the list gives totals. brought: the totals of a file, with its name.
    """

    round: Round
    numbers: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    framed: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, str], ...]
    brought: tuple[Margin, ...]
    file_name: str
    known: Known

    @cached_property
    def labels(self) -> dict[str, str]:
        """The names of all columns."""
        return dict(self.columns) | dict(self.choices)

    @property
    def has_silence(self) -> bool:
        """Whether anything is known of those who did not answer."""
        return bool(self.columns) or (self.round.kind != Round.Kind.OPEN and not exports.is_unlinked(self.round))

    @property
    def has_units(self) -> bool:
        """Whether units were drawn, in which somebody answers."""
        return self.round.kind == Round.Kind.SAMPLE


def labels(round: Round) -> dict[str, str]:
    """The names of the questions that weights may go by."""
    return {OF_QUESTION + path: label for path, label in questions(round, ("choice",))}


def facts(of: Weighting, here: weighting.Ground | None) -> Facts:
    """What the steps can choose from."""
    columns = tuple((name, weight_words.column(name, {})) for name in here.asked.telling) if here else ()
    known = here.known if here else Known((), ())
    kept: Mapping[str, Any] = of.steps.get("file", {})
    return Facts(
        round=of.round,
        numbers=tuple(questions(of.round, ("integer", "decimal"))),
        columns=columns,
        framed=columns if known.counts else (),
        choices=tuple(labels(of.round).items()),
        brought=tuple(weight_recipe.margin(one) for one in kept.get("margins", ())),
        file_name=kept.get("name", ""),
        known=known,
    )


@dataclass(frozen=True)
class Preview:
    """What the steps so far would do, or why they cannot."""

    stages: tuple[dict[str, Any], ...] = ()
    answers: int = 0
    why_not: str = ""


def preview(here: weighting.Ground, recipe: Recipe, step: str, labels: Mapping[str, str]) -> Preview:
    """What a recipe does as far as a step."""
    try:
        found = weighting.weighed(here, recipe, upto=step)
    except CannotEstimate as why:
        return Preview(why_not=weight_words.why_not(why, labels))
    return Preview(tuple(stage.kept for stage in found.stages), found.answers)
