"""What the comparing core finds among the initiatives of a country: pairs that belong together, and overlaps."""

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from learnin.initiatives.models import Relation
from learnin.initiatives.queries.at_hand import register_of
from learnin.initiatives.queries.described import described
from learnin.initiatives.queries.fitted import in_use
from learnin.people.models import Country

if TYPE_CHECKING:
    from learnin.compute.relations import Overlap, Related

METHOD = "relations 1"
LEAST = 0.4
MOST_OVERLAPS = 1_000
"""Of a large country nobody looks at more; docs/methods/relations.md says how they are ranked."""
Key = tuple[int, int]


@dataclass(frozen=True)
class Found:
    """Two initiatives with what a pair keeps of them."""

    first: int
    second: int
    score: float
    proposed: str
    reasons: list[dict[str, Any]]
    contributions: list[dict[str, Any]]

    @property
    def key(self) -> Key:
        """The numbers, the smaller first."""
        return self.first, self.second


def found(country: Country) -> dict[Key, Found]:
    """Every pair worth showing to a reviewer: related ones first, then overlaps that are no such pair already."""
    from learnin.compute.relations import overlaps, pairs

    together = {one.key: one for one in map(_related, pairs(register_of(country), LEAST))}
    meeting = map(_overlap, overlaps(described(country), MOST_OVERLAPS))
    return {one.key: one for one in meeting} | together


def method() -> str:
    """Which method and which weights a pair was found with."""
    weights = in_use()
    return f"{METHOD}, own weights {sha256(weights.encode()).hexdigest()[:8]}" if weights else METHOD


def _related(one: "Related") -> Found:
    first, second = sorted((int(one.first), int(one.second)))
    return Found(
        first,
        second,
        round(one.score, 4),
        one.relation.value,
        [{"code": reason.code, "values": _plain(reason.values)} for reason in one.reasons],
        [
            {**asdict(part), "value": round(part.value, 4), "log_odds": round(part.log_odds, 3)}
            for part in one.contributions
        ],
    )


def _overlap(one: "Overlap") -> Found:
    first, second = sorted((int(one.first), int(one.second)))
    told: dict[str, Any] = {"places_equal": {"places": one.places}, "audiences": {"audiences": one.audiences}}
    told |= {"themes": {"themes": one.themes}, "days": {"days": one.days}}
    reasons = [{"code": code, "values": _plain(values)} for code, values in told.items()]
    return Found(first, second, round(one.rank, 4), Relation.OVERLAP.value, reasons, [])


def _plain(values: Any) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
