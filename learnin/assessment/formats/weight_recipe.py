"""The recipe of a set of weights: four steps, each with what was chosen. Kept as JSON, read back as what it was."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, TypeVar

Step = TypeVar("Step")

STEPS = ("base", "response", "totals", "limit")
LEAST_IN_CLASS = 20  # smallest class of a non-response adjustment (Kalton and Flores-Cervantes 2003 name 20 to 30)
CLASSES_OF_CHANCE = 5  # five classes remove over 90 % of the bias (Rosenbaum and Rubin 1984, JASA 79)
MEDIANS = 5.0  # cap in medians of the weights, between the 3 and 10 that are in use


@dataclass(frozen=True, kw_only=True)
class Base:
    """The chance of each answer.

    scope: which answers count, as in an export. inside: who answers inside a unit: the unit itself ("unit"), people
    drawn from a list ("drawn"), whoever did, out of as many as the frame ("frame") or a question ("question") says.
    """

    scope: str = "kept"
    inside: str = "unit"
    question: str = ""


@dataclass(frozen=True, kw_only=True)
class Response:
    """Who makes up for those who did not answer: nobody ("none"), their class, or those as likely to answer.

    by: names of the columns that make the classes, or that tell the chance to answer. least: answers a class needs.
    classes: of the chance to answer; 0 divides by the chance itself.
    """

    method: str = "none"
    by: tuple[str, ...] = ()
    least: int = LEAST_IN_CLASS
    classes: int = CLASSES_OF_CHANCE


@dataclass(frozen=True, kw_only=True)
class Margin:
    """What is known of the population: how many have each value of a column."""

    column: str
    totals: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Totals:
    """How weights are brought to known totals: not at all ("none"), or by a method, between bounds of the factor.

    source: where the totals come from, "frame" or "file". name: of that file.
    """

    method: str = "none"
    source: str = "frame"
    margins: tuple[Margin, ...] = ()
    lower: float | None = None
    upper: float | None = None
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Limit:
    """How large a weight may be: as it is ("none"), so many medians ("median"), or a share of the weights ("quantile").

    again: bring the weights to the totals once more afterwards.
    """

    method: str = "none"
    medians: float = MEDIANS
    share: float = 0.99
    again: bool = True


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """All four steps; each as it is when nobody said anything."""

    base: Base = Base()
    response: Response = Response()
    totals: Totals = Totals()
    limit: Limit = Limit()

    @property
    def kept(self) -> dict[str, Any]:
        """The recipe as JSON."""
        return asdict(self)

    def upto(self, step: str) -> "Recipe":
        """The recipe with nothing after this step."""
        after = STEPS[STEPS.index(step) + 1 :]
        return replace(self, **{name: type(getattr(self, name))() for name in after})


def recipe(kept: Mapping[str, Any]) -> Recipe:
    """The recipe out of its JSON. What an older or newer version wrote beside it is passed over.

    >>> recipe({"base": {"inside": "drawn"}, "limit": {"method": "median", "older": 1}}).base.inside
    'drawn'
    """
    totals = _step(Totals, kept.get("totals", {}))
    margins = tuple(_step(Margin, one) for one in totals.margins)  # type: ignore[arg-type]  # JSON has plain objects
    return Recipe(
        base=_step(Base, kept.get("base", {})),
        response=_step(Response, kept.get("response", {})),
        totals=replace(totals, margins=margins),
        limit=_step(Limit, kept.get("limit", {})),
    )


def _step(kind: type[Step], kept: Mapping[str, Any]) -> Step:
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]  # every step is a dataclass
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items() if key in known}
    return kind(**plain)
