"""What other methods put into a design: calibration and replicate weights.

Both get the study (the table of the engine, the design, the small table) and the linearised numbers, and may add up
more through `cells.added_up` or the engine.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from learnin.compute.survey.arrays import Real

if TYPE_CHECKING:  # the study holds a design, which holds these
    from ibis.expr.types import Table

    from learnin.compute.survey.groups import Groups
    from learnin.compute.survey.study import Linear, Study
    from learnin.compute.survey.sums import Part, Sums
    from learnin.compute.survey.weights import Weights


class Calibration(Protocol):
    """Weights that were adjusted to known totals. `Design.weight` names the adjusted ones."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""

    def asked(self, table: "Table", weights: "Weights", parts: "Sequence[Part]", sums: "Sums") -> None:
        """Ask for what it needs of the one pass, beside the sums of the items."""

    def residuals(self, study: "Study", one: "Linear") -> Real:
        """The scores less what the known totals explain, shape (units of the last stage, groups)."""

    def written(self) -> Mapping[str, object]:
        """How it was adjusted, for a record."""


class Replicates(Protocol):
    """Weights of many smaller samples whose spread stands for the variance."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns it reads."""

    def prepared(self, study: "Study", parts: "Sequence[Part]", by: Sequence[str]) -> "Replicated":
        """Every sum in every replicate."""

    def written(self) -> Mapping[str, object]:
        """How they were made, for a record."""


class Replicated(Protocol):
    """Every sum of a study in every replicate."""

    def variances(self, one: "Linear") -> Real:
        """Variances of a number in all its groups, shape (groups,)."""

    def linearised(self, one: "Linear") -> Real:
        """Variances of a number to first order, for its design effect, shape (groups,)."""

    def odds(self, one: "Linear") -> Real:
        """Variances of the logarithm of the odds of a share, shape (groups,)."""

    def shares(self, one: "Linear") -> Real:
        """Covariances of what the groups of a total are of all of them, shape (groups, groups)."""

    def covariance(self, several: "Sequence[Linear]") -> Real:
        """Covariances of several numbers in all their groups, shape (k, k)."""

    def df(self, groups: "Groups") -> Real:
        """Degrees of freedom of each group."""
