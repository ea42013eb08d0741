"""From everybody who was asked to a weight for each answer, step by step of a recipe."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

import numpy as np

from learnin.assessment import weight_words
from learnin.assessment.formats.weight_file import Columns
from learnin.assessment.formats.weight_recipe import STEPS, Base, Limit, Margin, Recipe, Response, Totals
from learnin.assessment.models import Export, Round
from learnin.assessment.queries import exports, known_totals
from learnin.assessment.queries.asked import MOST_VALUES, OF_QUESTION, Asked, asked, said
from learnin.assessment.queries.known_totals import Known
from learnin.assessment.queries.weight_design import Design, design_of
from learnin.compute import base_weights, sampling
from learnin.compute.survey import CannotEstimate, calibration, diagnostics, nonresponse, trimming
from learnin.kit import jobs


@dataclass(frozen=True, eq=False)
class Stage:
    """What one step did: how weights differ before and after it, and where it brought them."""

    step: str
    before: diagnostics.Spread
    after: diagnostics.Spread
    margins: tuple[dict[str, Any], ...] = ()
    classes: tuple[dict[str, Any], ...] = ()
    joins: tuple[dict[str, Any], ...] = ()
    notes: Mapping[str, float] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, Any]:
        """The same as JSON, as a set keeps it and as a page shows it."""
        return {
            "step": self.step,
            "before": _spread(self.before),
            "after": _spread(self.after),
            "margins": list(self.margins),
            "classes": list(self.classes),
            "joins": list(self.joins),
            "notes": dict(self.notes),
            "warnings": list(self.after.warnings),
        }


def _spread(of: diagnostics.Spread) -> dict[str, Any]:
    found = {name: value for name, value in asdict(of).items() if name not in {"edges", "counts", "warnings"}}
    return found | {"ratio": of.most_to_median, "edges": of.edges.tolist(), "counts": of.counts.tolist()}


@dataclass(frozen=True, eq=False)
class Weighed:
    """What a recipe makes of a round: the weights of its answers, what each step did, what an estimate needs."""

    asked: Asked
    known: Known
    weight: np.ndarray
    columns: Columns
    design: Mapping[str, Any]
    stages: tuple[Stage, ...]
    fingerprint: str

    @property
    def answers(self) -> int:
        """How many answers have a weight."""
        return len(self.weight)


@dataclass(frozen=True, eq=False)
class Ground:
    """What weights stand on, read once: who was asked, what is known of the population, what answers say."""

    asked: Asked
    known: Known
    said: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def answered(self) -> Mapping[str, np.ndarray]:
        """The columns of those who answered."""
        here = self.asked.answered
        framed = {name: np.array(values, dtype=object)[here] for name, values in self.asked.columns.items()}
        return framed | {name: np.array(values, dtype=object) for name, values in self.said.items()}


def ground(round: Round, recipe: Recipe, *, until: datetime) -> Ground:
    """What the weights of a round stand on. Raises base_weights.NoChance."""
    found = asked(round, recipe.base, until=until)
    asks = {name for one in recipe.totals.margins for name in one.by if name.startswith(OF_QUESTION)}
    return Ground(found, known_totals.known(round, recipe.base), _said(round, recipe.base, found, sorted(asks), until))


def _said(round: Round, base: Base, of: Asked, names: Sequence[str], until: datetime) -> dict[str, list[str]]:
    """What the answers say to these questions, in their order."""
    told = said(round, base, [name.removeprefix(OF_QUESTION) for name in names], until=until)
    return {OF_QUESTION + path: [texts.get(one, "") for one in of.answer if one] for path, texts in told.items()}


def weighed(here: Ground, recipe: Recipe, *, upto: str = STEPS[-1]) -> Weighed:
    """The weights that a recipe gives, as far as a step. Raises CannotEstimate."""
    steps = [_base, _response, _totals, _limit][: STEPS.index(upto) + 1]
    state = _State(here, recipe.upto(upto), is_going_on=upto != STEPS[-1])
    for at, step in enumerate(steps):
        jobs.progress(at, len(STEPS), weight_words.STEPS[STEPS[at]])
        step(state)
    design = design_of(here.asked)
    return Weighed(
        asked=here.asked,
        known=here.known,
        weight=state.weight,
        columns=_columns(state, design),
        design=_described(state, design),
        stages=tuple(state.stages),
        fingerprint=fingerprint(here.asked, recipe),
    )


class _State:
    """The weights on their way from step to step."""

    def __init__(self, here: Ground, recipe: Recipe, *, is_going_on: bool) -> None:
        self.here, self.recipe, self.is_going_on = here, recipe, is_going_on
        self.answered = here.asked.answered
        self.columns = here.answered
        self.weight = here.asked.base[self.answered]
        self.before_totals = self.weight
        self.factors: dict[str, np.ndarray] = {}
        self.stages: list[Stage] = []

    @property
    def population(self) -> float | None:
        """How many the weights should add up to, where anybody knows."""
        margins = self.recipe.totals.margins
        return sum(n for _level, n in margins[0].totals) if margins else self.here.known.everybody

    def move(self, step: str, after: np.ndarray, *, factor: bool = True, share: float = 1.0, **more: Any) -> None:
        """Take the weights on, and note what it did; of the population they should count this share."""
        before, self.weight = self.weight, after
        if factor:
            self.factors[step] = after / before
        population = None if self.population is None else self.population * share
        was, now = diagnostics.step(before, after, population=population)
        self.stages.append(Stage(step, was, now, margins=tuple(self._margins(before, after)), **more))

    def _margins(self, before: np.ndarray, after: np.ndarray) -> list[dict[str, Any]]:
        """The totals that were chosen, and beside them what the list tells of other columns."""
        chosen = [one for one in self.recipe.totals.margins if set(one.by) <= set(self.columns)]
        known, taken = self.here.known, {one.by for one in chosen}
        more = [known.margin([name]) for name in self.here.asked.telling if known.counts and (name,) not in taken]
        margins = [one for one in (*chosen, *more) if len(one.totals) <= MOST_VALUES]
        return [group for one in margins for group in _reached(one, self.columns, before, after)]


def _reached(
    margin: Margin, columns: Mapping[str, np.ndarray], before: np.ndarray, after: np.ndarray
) -> list[dict[str, Any]]:
    """Each level of a margin: what is known, what the weights counted before, and what they count now."""
    levels, codes = calibration.levels(columns, margin.by)
    was, now = (np.bincount(codes, weight, len(levels)) for weight in (before, after))
    at = {level: place for place, level in enumerate(levels)}
    return [
        {
            "by": list(margin.by),
            "level": list(level),
            "wanted": wanted,
            "before": float(was[at[level]]) if level in at else 0.0,
            "after": float(now[at[level]]) if level in at else 0.0,
        }
        for level, wanted in margin.totals
    ]


def _base(state: _State) -> None:
    """The chance of each answer. Until others stand in for those who are silent, they count for themselves alone."""
    if not len(state.weight):
        raise CannotEstimate("nobody_answered")
    notes = {code: n for code, n in state.here.asked.notes.items() if n}
    methods = {state.recipe.response.method, state.recipe.totals.method}
    is_alone = not state.is_going_on and methods == {"none"}
    share = 1.0 if is_alone else float(state.weight.sum() / state.here.asked.base.sum())
    notes |= {"asked": len(state.here.asked)}
    state.move("base", state.weight, factor=False, share=share, notes=notes)


def _response(state: _State) -> None:
    """Those who answered stand in for those like them who did not. Raises CannotEstimate."""
    step: Response = state.recipe.response
    if step.method == "none":
        return
    of = state.here.asked
    columns: dict[str, Sequence[str]] = {name: of.columns[name] for name in step.by if name in of.columns}
    if step.method == "classes":
        alike = columns or {"": [""] * len(of)}
        made = nonresponse.by_classes(of.base, state.answered, alike, list(alike), least=step.least)
    else:
        groups = step.classes or None
        made = nonresponse.by_propensity(of.base, state.answered, columns, groups=groups, least=step.least)
    state.move(
        "response",
        made.weights[state.answered],
        classes=tuple(asdict(one) for one in made.classes),
        joins=tuple(asdict(one) for one in made.joins),
        notes={"rate": float(of.base[state.answered].sum() / of.base.sum())},
    )


def _totals(state: _State) -> None:
    """The weights count what is known of the population. Raises CannotEstimate."""
    state.before_totals = state.weight
    if state.recipe.totals.method == "none":
        return
    made = _calibrated(state, state.weight)
    joins = [
        {"name": ", ".join(level), "into": ", ".join(into), "why": "nobody"}
        for one in state.recipe.totals.margins
        for level, into in one.joined
    ]
    state.move("totals", np.asarray(made.weights), joins=tuple(joins), notes={"rounds": made.rounds})


def _calibrated(state: _State, weight: np.ndarray) -> calibration.Calibrated:
    """Raises CannotEstimate."""
    step: Totals = state.recipe.totals
    if lacking := sorted({name for one in step.margins for name in one.by} - set(state.columns)):
        raise CannotEstimate("control_missing_level", keys=lacking)
    margins = tuple(calibration.Margin(one.by, dict(one.totals)) for one in step.margins)
    lower, upper = -np.inf if step.lower is None else step.lower, np.inf if step.upper is None else step.upper
    if step.method == "post":
        return calibration.post_stratified(weight, state.columns, margins[0])
    if step.method == "raking":
        limits = None if step.lower is None and step.upper is None else (max(lower, 0.0), upper)
        return calibration.raked(weight, state.columns, margins, limits=limits)
    distance = calibration.Logit(lower, upper) if step.method == "logit" else calibration.Linear(lower, upper)
    return calibration.calibrated(weight, state.columns, calibration.Controls(margins), distance)


def _limit(state: _State) -> None:
    """No weight above a cap. Raises CannotEstimate."""
    step: Limit = state.recipe.limit
    if step.method == "none":
        return
    by_median = step.method == "median"
    cap = (
        trimming.median_cap(state.weight, step.medians)
        if by_median
        else trimming.quantile_cap(state.weight, step.share)
    )
    if step.again and state.recipe.totals.method != "none":
        made = trimming.trimmed_and_calibrated(state.weight, cap, lambda weight: _calibrated(state, weight))
    else:
        made = trimming.trimmed(state.weight, cap)
    notes = {"cap": made.cap, "cut": int(made.cut.sum()), "moved": made.moved, "above": made.above}
    state.move("limit", np.asarray(made.weights), notes=notes)


def _columns(state: _State, design: Design) -> Columns:
    """The columns of the file."""
    margins = state.recipe.totals.margins if state.recipe.totals.method != "none" else ()
    controls = {
        f"control_{at}": [" / ".join(level) for level in zip(*(state.columns[name] for name in one.by), strict=True)]
        for at, one in enumerate(margins, start=1)
    }
    return {
        "answer": [one for one in state.here.asked.answer if one],
        "weight": base_weights.rounded(state.weight),
        **design.columns,
        "base": state.here.asked.base[state.answered],
        **{f"factor_{name}": factor for name, factor in state.factors.items()},
        **({"before_totals": state.before_totals} if margins else {}),
        **controls,
    }


def _described(state: _State, design: Design) -> dict[str, Any]:
    """How an estimate reads the file: the draw, and the totals that the weights were brought to."""
    step = state.recipe.totals
    if step.method == "none":
        return {**design.kept, "calibration": None}
    controls = [
        {"column": f"control_{at}", "by": list(one.by), "totals": {" / ".join(level): n for level, n in one.totals}}
        for at, one in enumerate(step.margins, start=1)
    ]
    return {**design.kept, "calibration": {"method": step.method, "before": "before_totals", "controls": controls}}


def fingerprint(of: Asked, recipe: Recipe) -> str:
    """Changes when anybody's answer, chance, stratum or unit does, or the recipe."""
    return sampling.fingerprint(
        answer=list(of.answer), base=of.base, stratum=list(of.stratum), psu=list(of.psu), recipe=recipe.kept
    )


def plain_inside(round: Round) -> str:
    """Who answers inside a unit, as far as the sample tells."""
    return "drawn" if round.sample is not None and round.sample.take else "unit"


def size(round: Round, now: datetime) -> int:
    """How many answers may get a weight."""
    return exports.wanted(round, Export.Scope.KEPT, until=now).count()
