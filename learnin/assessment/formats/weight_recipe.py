"""The recipe of a set of weights: four steps, each with what was chosen. Kept as JSON, read back as what it was."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from learnin.compute.survey import nonresponse

Step = TypeVar("Step")
Level = tuple[str, ...]

STEPS = ("base", "response", "totals", "limit")
MEDIANS = 5.0  # cap in medians of the weights, as compute.survey.trimming takes it


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
    least: int = nonresponse.LEAST
    classes: int = nonresponse.GROUPS


@dataclass(frozen=True, kw_only=True)
class Margin:
    """What is known of the population: how many have each value of a column, or each combination of several.

    joined: groups that nobody answered, each with the one it is counted with.
    """

    by: tuple[str, ...]
    totals: tuple[tuple[Level, float], ...] = ()
    joined: tuple[tuple[Level, Level], ...] = ()

    def joining(self, answered: Collection[Level]) -> "Margin":
        """The same, with each group that nobody answered counted with the answered one before it, or else after it.

        >>> known = Margin(by=("area",), totals=((("a",), 1.0), (("b",), 2.0), (("c",), 4.0)))
        >>> known.joining({("a",), ("c",)}).totals
        ((('a',), 3.0), (('c',), 4.0))
        """
        levels = [level for level, _n in self.totals]
        there = [level for level in levels if level in answered]
        if not there:
            return self
        into = {level: next((one for one in reversed(there) if one <= level), there[0]) for level in levels}
        sums = dict.fromkeys(there, 0.0)
        for level, n in self.totals:
            sums[into[level]] += n
        joined = tuple((level, into[level]) for level in levels if into[level] != level)
        return Margin(by=self.by, totals=tuple(sums.items()), joined=joined)


@dataclass(frozen=True, kw_only=True)
class Totals:
    """How weights are brought to known totals: not at all ("none"), or by a method, between bounds of the factor.

    source: where the totals come from, "frame" or "file". name: of that file. by: columns of the frame. join: groups
    that nobody answered are counted with a neighbour. margins: the totals themselves, as they were when they were
    chosen.
    """

    method: str = "none"
    source: str = "frame"
    by: tuple[str, ...] = ()
    join: bool = True
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

    def having(self, name: str, step: Any) -> "Recipe":
        """The recipe with another step of this name."""
        return replace(self, **{name: step})

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
    margins = tuple(margin(one) for one in kept.get("totals", {}).get("margins", ()))
    return Recipe(
        base=_step(Base, kept.get("base", {})),
        response=_step(Response, kept.get("response", {})),
        totals=replace(totals, margins=margins),
        limit=_step(Limit, kept.get("limit", {})),
    )


def margin(kept: Mapping[str, Any]) -> Margin:
    """A margin out of its JSON."""
    return Margin(
        by=tuple(kept["by"]),
        totals=tuple((tuple(level), float(n)) for level, n in kept["totals"]),
        joined=tuple((tuple(level), tuple(into)) for level, into in kept.get("joined", ())),
    )


def _step(kind: type[Step], kept: Mapping[str, Any]) -> Step:
    known = {one.name for one in fields(kind)}  # type: ignore[arg-type]  # every step is a dataclass
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in kept.items() if key in known}
    return kind(**plain)
