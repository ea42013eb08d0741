"""What the core needs to know of an initiative, and what it says about two of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Key = str | int
Value = str | int | float | tuple[str, ...]
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Described:
    """One record of an initiative, as far as it is known; a draft may have no more than a title.

    `titles` and `descriptions` are in any languages, the original first. `country` is an ISO 3166-1 code.
    `organisations` are pairs of a role (funding, accountable, extending, implementing) and a name. `budget` is in
    units of `currency`. `places` are ISO 3166-2 codes or names of regions; themes, audiences, components and sectors
    are codes. `source` is the file or system that the record came from.
    """

    key: Key
    country: str = ""
    titles: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    reporter: str = ""
    organisations: tuple[tuple[str, str], ...] = ()
    begins: date | None = None
    ends: date | None = None
    budget: float | None = None
    currency: str = ""
    places: frozenset[str] = NONE
    themes: frozenset[str] = NONE
    audiences: frozenset[str] = NONE
    components: frozenset[str] = NONE
    sectors: frozenset[str] = NONE
    identifiers: frozenset[str] = NONE
    source: str = ""


class Relation(StrEnum):
    """How two records of initiatives stand to each other."""

    SAME = "same"
    JOINT = "joint"
    PHASE = "phase"
    SITE = "site"
    OVERLAP = "overlap"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against a relation: a code of `reasons.SENTENCES`, and the values of its places."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature added to the score: its value, and the log-odds that come of it."""

    feature: str
    value: float
    log_odds: float


@dataclass(frozen=True, slots=True)
class Related:
    """Two records, how likely they belong together, what the relation is, and why.

    `score` is the calibrated probability that they are one activity or parts of one programme; `same` that they are
    one activity, told twice or by two reporters.
    """

    first: Key
    second: Key
    score: float
    same: float
    relation: Relation
    reasons: tuple[Reason, ...] = ()
    contributions: tuple[Contribution, ...] = ()
