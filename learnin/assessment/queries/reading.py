"""What becomes of a number before people read it: shown, shown with a warning, not shown, or withheld."""

from collections.abc import Iterable
from dataclasses import dataclass

from learnin.assessment.models import Indicator
from learnin.assessment.queries.estimates import Number
from learnin.compute import disclosure
from learnin.compute.disclosure import Why
from learnin.compute.reading import Kind, Reliability, Verdict, reliability

KINDS = {Indicator.Unit.SHARE: Kind.SHARE, Indicator.Unit.PEOPLE: Kind.TOTAL}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a number may be read, by both rules: whether it is exact enough, and whether people could be recognised."""

    reliability: Reliability
    why: Why | None = None

    @property
    def is_seen(self) -> bool:
        """Whether people may read the number at all."""
        return self.why is None and self.reliability.verdict is not Verdict.WITHHOLD

    @property
    def is_sure(self) -> bool:
        """Whether it may be read without a warning."""
        return self.why is None and self.reliability.verdict is Verdict.SHOW


def readings(numbers: Iterable[Number]) -> dict[int, Reading]:
    """How each of these numbers may be read, by its key."""
    return {one.pk: _reading(one) for one in numbers}


def _reading(one: Number) -> Reading:
    found = reliability(
        KINDS.get(Indicator.Unit(one.indicator.unit), Kind.MEAN),
        n=one.n,
        psus=one.n_psu,
        df=one.df or 0.0,
        value=one.estimate,
        se=one.se,
        low=one.ci_low,
        high=one.ci_high,
    )
    return Reading(found, disclosure.DEFAULT.why(one.n, one.n_psu))
