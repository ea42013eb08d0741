"""What other methods put into a design: calibration and replicate weights.

Both get the study (the table of the engine, the design, the small table) and the linearised numbers, and may add up
more through `cells.added_up` or the engine.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from learnin.compute.survey.arrays import Real

if TYPE_CHECKING:  # the study holds a design, which holds these
    from learnin.compute.survey.groups import Groups
    from learnin.compute.survey.study import Linear, Study


class Calibration(Protocol):
    """Weights that were adjusted to known totals. `Design.weight` names the adjusted ones."""

    def residuals(self, study: "Study", one: "Linear") -> Real:
        """The scores less what the known totals explain, shape (units of the last stage, groups)."""

    def written(self) -> Mapping[str, object]:
        """How it was adjusted, for a record."""


class Replicates(Protocol):
    """Weights of many smaller samples whose spread stands for the variance."""

    def variances(self, study: "Study", one: "Linear") -> Real:
        """Variances of a number in all its groups, shape (groups,)."""

    def covariance(self, study: "Study", several: "list[Linear]") -> Real:
        """Covariances of several numbers in all their groups, shape (k, k)."""

    def df(self, study: "Study", groups: "Groups") -> Real:
        """Degrees of freedom of each group."""

    def written(self) -> Mapping[str, object]:
        """How they were made, for a record."""
