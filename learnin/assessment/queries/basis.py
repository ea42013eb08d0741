"""What an estimate of a round rests on: the weight of each answer and how the sample was drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from learnin.assessment import weight_words
from learnin.assessment.formats import weight_file
from learnin.assessment.formats.weight_recipe import Base, Recipe
from learnin.assessment.models import Round, WeightSet
from learnin.assessment.queries import weighting
from learnin.compute.base_weights import NoChance
from learnin.compute.survey import CannotEstimate

if TYPE_CHECKING:
    import polars as pl


class NoBasis(ValueError):
    """The sample of a round does not say what its answers stand for: why, in words."""


@dataclass(frozen=True, eq=False)
class Basis:
    """Weights of answers by their id, and the design as weights keep it (see models/weights). `set` may be nobody's."""

    frame: "pl.DataFrame"
    design: Mapping[str, Any]
    fingerprint: str
    is_probability: bool
    set: WeightSet | None = None


def in_use(round: Round) -> WeightSet | None:
    """The set of weights that estimates of a round take, if somebody chose one."""
    return round.weight_sets.filter(is_in_use=True).select_related("file").order_by("pk").first()


def basis(round: Round, *, scope: str, until: datetime) -> Basis:
    """The set of weights in use; without one, what the sample alone says: base weights of the answers of this scope.

    Raises NoBasis where the sample does not say it.
    """
    if (found := in_use(round)) is not None:
        with found.file.file.storage.open(found.file.file.name or "", "rb") as file:
            frame = weight_file.read(file.read())
        return Basis(frame, found.design, found.fingerprint, found.is_probability, found)
    recipe = Recipe(base=Base(scope=scope, inside=weighting.plain_inside(round)))
    try:
        made = weighting.weighed(weighting.ground(round, recipe, until=until), recipe)
    except (NoChance, CannotEstimate) as why:
        raise NoBasis(weight_words.why_not(why)) from None
    frame = weight_file.read(weight_file.written(made.columns))
    return Basis(frame, made.design, made.fingerprint, round.kind != Round.Kind.OPEN)
