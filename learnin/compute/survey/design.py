"""How the sample was drawn: what an estimate must know beside the answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnin.compute.survey.pps import Brewer, Unequal
from learnin.compute.survey.refusals import CannotEstimate

if TYPE_CHECKING:  # what other methods put in; they import the design, not the other way round
    from learnin.compute.survey.hooks import Calibration, Replicates

LONELY = ("error", "remove", "certainty", "adjust", "average")
"""What a stratum with one sampled unit adds to the variance: nothing is estimated, nothing (remove, certainty), its
distance from the mean of all units, or as much as the other strata do on average."""


@dataclass(frozen=True)
class Stage:
    """One stage of the drawing.

    Args:
        unit: column of the sampled unit (school, class); nothing where the rows themselves were drawn.
        fpc: column of how many units exist where these were drawn: in the stratum at the first stage, in the unit of
            the stage above at later ones. Nothing: drawn with replacement, or so few that it does not matter.
        fraction: column of the share that was drawn, above 0 and at most 1; takes the place of `fpc`.
    """

    unit: str | None
    fpc: str | None = None
    fraction: str | None = None

    @property
    def size(self) -> str | None:
        """The column that tells how many exist, in one way or the other."""
        return self.fpc or self.fraction


ROWS = Stage(None)
"""Rows drawn themselves."""


@dataclass(frozen=True)
class Design:
    """How the sample was drawn and weighted.

    Args:
        weight: column of how many people of the population each row stands for, 0 or more.
        strata: column of the stratum; nothing where there is one.
        stages: stages of the drawing, the first first; without any, every row is a unit of its own.
        nested: whether numbers of units start again in each stratum; otherwise a unit in two strata is refused.
        lonely: what a stratum with one sampled unit adds to the variance, one of `LONELY`.
        lonely_domains: whether a stratum of which a group holds one unit only is treated in the same way (for `adjust`
            and `average`); otherwise its empty units count as zeros.
        population: known size of the population, to which the sum of the weights is compared.
        pps: units drawn with unequal chances without replacement: their joint chances, or an approximation.
        calibration: how the weights were adjusted to known totals, so that the variance knows it.
        replicates: replicate weights that take the place of linearisation.
    """

    weight: str
    strata: str | None = None
    stages: tuple[Stage, ...] = ()
    nested: bool = False
    lonely: str = "error"
    lonely_domains: bool = False
    population: float | None = None
    pps: Unequal | None = None
    calibration: "Calibration | None" = None
    replicates: "Replicates | None" = None

    def __post_init__(self) -> None:
        """Refuse a design that says nothing or contradicts itself."""
        if not self.weight:
            raise CannotEstimate("no_weight")
        if self.lonely not in LONELY:
            known = ", ".join(LONELY)
            raise CannotEstimate("design_option", what="rule for lonely units", given=self.lonely, known=known)
        sizes = [stage.size is not None for stage in self.stages]
        if any(sizes) and not all(sizes):
            raise CannotEstimate("fpc_stage_mismatch")
        if isinstance(self.pps, Brewer) and not self.drawn[0].fraction:
            raise CannotEstimate("brewer_without_chances")

    @property
    def drawn(self) -> tuple[Stage, ...]:
        """The stages that matter for the variance: with replacement at the first, the later ones do not."""
        stages = self.stages or (ROWS,)
        return stages if stages[0].size else stages[:1]

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns the design names, each once."""
        named = [self.weight, self.strata]
        named += [column for stage in self.stages for column in (stage.unit, stage.fpc, stage.fraction)]
        named += [column for how in (self.calibration, self.replicates) if how for column in how.columns]
        return tuple(dict.fromkeys(column for column in named if column))

    def written(self) -> Mapping[str, object]:
        """The design in plain words and numbers, for a fingerprint or a record."""
        return {
            "weight": self.weight,
            "strata": self.strata,
            "stages": [[stage.unit, stage.fpc, stage.fraction] for stage in self.stages],
            "nested": self.nested,
            "lonely": self.lonely,
            "lonely_domains": self.lonely_domains,
            "population": self.population,
            "pps": self.pps.written() if self.pps else None,
            "calibration": self.calibration.written() if self.calibration else None,
            "replicates": self.replicates.written() if self.replicates else None,
        }
