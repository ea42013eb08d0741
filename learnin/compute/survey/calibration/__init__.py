"""Calibration: weights that count what is known of the population, and the variance that follows."""

from typing import TYPE_CHECKING

from learnin.compute.late import late
from learnin.compute.survey.calibration.controls import Auxiliaries, Controls, Margin, auxiliaries, margin
from learnin.compute.survey.calibration.distances import Distance, Exponential, Linear, Logit
from learnin.compute.survey.calibration.equations import Basis, Regression, basis
from learnin.compute.survey.calibration.fitting import (
    Calibrated,
    Reached,
    calibrated,
    counted,
    post_stratified,
    raked,
    regression,
)
from learnin.compute.survey.calibration.levels import Columns, Level, levels, written

if TYPE_CHECKING:
    from learnin.compute.survey.calibration.variance import KnownTotals

__all__ = [
    # what is known
    "Margin", "margin", "Controls", "Columns", "Level", "levels", "written", "Auxiliaries", "auxiliaries",
    # how far weights may be moved
    "Distance", "Linear", "Exponential", "Logit",
    # the weights
    "Calibrated", "Reached", "counted", "post_stratified", "raked", "calibrated",
    # the variance
    "Basis", "basis", "Regression", "regression", "KnownTotals",
]  # fmt: skip

if not TYPE_CHECKING:  # the variance alone needs the engine
    __getattr__ = late(__name__, variance=("KnownTotals",))
