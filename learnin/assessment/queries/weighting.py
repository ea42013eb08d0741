"""From everybody who was asked to a weight for each answer, step by step of a recipe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from learnin.assessment.formats.weight_file import Columns
from learnin.assessment.formats.weight_recipe import Recipe
from learnin.assessment.models import Round
from learnin.assessment.queries.asked import Asked, asked
from learnin.compute import base_weights, sampling
from learnin.compute.base_weights import CannotWeigh


@dataclass(frozen=True, eq=False)
class Weighed:
    """What a recipe makes of a round: the weights, row by row as asked, and what an estimate needs beside them."""

    asked: Asked
    weight: np.ndarray
    columns: Columns
    design: Mapping[str, Any]
    diagnostics: list[dict[str, Any]]
    fingerprint: str

    @property
    def answers(self) -> int:
        """How many answers have a weight."""
        return len(self.columns["answer"])


def weighed(round: Round, recipe: Recipe, *, until: datetime) -> Weighed:
    """The weights that this recipe gives the answers that had come by then. Raises base_weights.CannotWeigh."""
    found = asked(round, recipe.base, until=until)
    weight = found.base
    design = _design(found)
    here = found.answered
    columns = {
        "answer": [one for one in found.answer if one],
        "weight": base_weights.rounded(weight[here]),
        **design.columns,
        "base": found.base[here],
    }
    return Weighed(found, weight, columns, design.kept, [], fingerprint(found, recipe))


def why_not(why: CannotWeigh) -> str:
    """Why answers cannot be weighted, in words."""
    words = {
        "chance_missing": _("Some answers come from people who were not drawn from a list. Say how many there are."),
        "chance_out_of_range": _("The sample has a chance that is no number between 0 and 1."),
        "eligible_unknown": _("Nobody says how many people a unit has. Choose another source."),
        "eligible_not_positive": _("A unit says that it has nobody. Correct the answer or the list first."),
    }
    return words[why.code]


def fingerprint(of: Asked, recipe: Recipe) -> str:
    """Changes when anybody's answer, chance, stratum or unit does, or the recipe."""
    return sampling.fingerprint(
        answer=list(of.answer), base=of.base, stratum=list(of.stratum), psu=list(of.psu), recipe=recipe.kept
    )


@dataclass(frozen=True, eq=False)
class _Design:
    """What tells the spread: the columns of the answers, and how an estimate reads them."""

    columns: Columns
    kept: dict[str, Any]


def _design(of: Asked) -> _Design:
    """Strata, units and their numbers in the population, of the answers.

    A unit that is in every sample is a stratum of its own, in which people are the units. A stratum in which a single
    unit answered joins its neighbour. Units drawn by size are read as if each had been put back: their file has no
    fpc.
    """
    here = of.answered
    certain = of.certain[here]
    psu = np.array(of.psu, dtype=object)[here]
    answer = np.array(of.answer, dtype=object)[here]
    named = np.array(of.stratum, dtype=object)[here]
    own = np.array([f"{stratum} / {unit}" for stratum, unit in zip(named, psu, strict=True)], dtype=object)
    names, code = _codes(np.where(certain, own, named))
    unit = np.where(certain, answer, psu)
    joined = base_weights.joined_strata(code, _codes(unit)[1], certain)
    columns: dict[str, Sequence[str] | np.ndarray] = {"psu": unit.tolist()}
    stages: list[dict[str, str | None]] = [{"id": "psu", "fpc": None}]
    if any(named) or len(names) > 1:
        columns["stratum"] = [names[at] for at in joined.stratum]
    if here.any() and not np.isnan(of.in_stratum[here]).any():
        columns["fpc1"] = _in_joined(of.in_stratum[here], code, joined.stratum)
        stages[0]["fpc"] = "fpc1"
        if not np.isnan(of.there[here]).any():
            columns |= {"ssu": answer.tolist(), "fpc2": of.there[here]}
            stages.append({"id": "ssu", "fpc": "fpc2"})
    kept = {
        "weight": "weight",
        "strata": "stratum" if "stratum" in columns else None,
        "stages": stages,
        "with_replacement": stages[0]["fpc"] is None,
        "lonely": "certainty" if certain.any() else "error",
        "joined": [[names[one], names[into]] for one, into in joined.joined],
        "calibration": None,
    }
    return _Design(columns, kept)


def _codes(values: np.ndarray) -> tuple[list[str], np.ndarray]:
    """The different values in order, and the place of each row's among them."""
    names, code = np.unique(values.astype(str), return_inverse=True)
    return names.tolist(), code.astype(np.int64)


def _in_joined(units: np.ndarray, code: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """Units in the frame of each row's stratum, those of strata that became one added up."""
    first = np.unique(code, return_index=True)[1]
    total = np.bincount(joined[first], weights=units[first], minlength=int(joined.max()) + 1 if len(joined) else 0)
    return total[joined]
