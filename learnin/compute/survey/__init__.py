"""Estimates of a population from a sample, equal to what R's survey package finds, from one pass over the answers.

    design = Design("w", strata="stratum", stages=(Stage("school", fpc="schools"), Stage("teacher", fpc="teachers")))
    items = [Mean("hours"), Proportion("needs"), Shares("scale"), Ratio("devices", "students")]
    table = estimate("answers.parquet", design, items, by=[(), ("region",), ("region", "sex")])
    table.rows                                    # one Row for each number and group
    table.of("mean(hours)", region="R1")          # one of them
    table.vcov(item="mean(hours)")                # covariances, also between groups
    table.contrast({row: 1, other: -1})           # a difference through the covariance
    test_table("answers.parquet", design, "region", "needs")  # Rao and Scott's tests
    table.provenance                              # what was computed from what, and how

Source: path or paths of Parquet or CSV, or a table of DuckDB, Arrow or ibis, one row per respondent. What is wrong
with a design is a `CannotEstimate` with a stable code; what to be careful about stands in `Row.warnings`.
"""

from typing import TYPE_CHECKING

from learnin.compute.late import late
from learnin.compute.survey.design import LONELY, Design, Stage
from learnin.compute.survey.hooks import Calibration, Replicates
from learnin.compute.survey.pps import HORVITZ, YATES, Brewer, Joint
from learnin.compute.survey.refusals import REASONS, WARNINGS, CannotEstimate, Warned

if TYPE_CHECKING:
    from learnin.compute.survey.crosstabs import Association, test_table
    from learnin.compute.survey.estimating import estimate
    from learnin.compute.survey.intervals import METHODS
    from learnin.compute.survey.items import Count, Mean, Proportion, Quantile, Ratio, Total, Variance
    from learnin.compute.survey.provenance import Provenance
    from learnin.compute.survey.quantiles import RULES
    from learnin.compute.survey.questions import Index, Multi, Shares
    from learnin.compute.survey.sources import Source
    from learnin.compute.survey.study import Linear, Study
    from learnin.compute.survey.sums import Item
    from learnin.compute.survey.tables import Contrast, Row, Table, between

__all__ = [
    # how it was drawn
    "LONELY", "Design", "Stage", "Calibration", "Replicates",
    "Brewer", "Joint", "YATES", "HORVITZ",
    # what to estimate
    "Item", "Mean", "Total", "Proportion", "Count", "Shares", "Ratio", "Multi", "Index", "Quantile", "RULES",
    "Variance",
    # the estimates
    "METHODS", "Source", "estimate", "Table", "Row", "Contrast", "between", "Provenance",
    "Association", "test_table",
    # underneath, for other methods
    "Study", "Linear",
    # what is wrong, what to be careful about
    "REASONS", "WARNINGS", "CannotEstimate", "Warned",
]  # fmt: skip

if not TYPE_CHECKING:  # the engine's libraries take 100 MB, and many who know a refusal never estimate
    __getattr__ = late(
        __name__,
        crosstabs=("Association", "test_table"),
        estimating=("estimate",),
        intervals=("METHODS",),
        items=("Count", "Mean", "Proportion", "Quantile", "Ratio", "Total", "Variance"),
        quantiles=("RULES",),
        questions=("Index", "Multi", "Shares"),
        sources=("Source",),
        study=("Linear", "Study"),
        sums=("Item",),
        provenance=("Provenance",),
        tables=("Contrast", "Row", "Table", "between"),
    )
