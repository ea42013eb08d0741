"""Sampling: how many, who, with what chance; everything from a recorded seed, so that it can be drawn again."""

from learnin.compute.sampling.allocation import LEAST, Allocation, equal, neyman, power, proportional
from learnin.compute.sampling.chances import Chances, by_size
from learnin.compute.sampling.draws import (
    BY_SIZE,
    VERSIONS,
    Draw,
    census,
    pps_systematic,
    sampford,
    simple_random,
    stratified,
    systematic,
)
from learnin.compute.sampling.joints import joint
from learnin.compute.sampling.precision import (
    Curve,
    DesignEffect,
    Plan,
    Size,
    Survey,
    design_effect,
    needed,
    needed_by_group,
    reached,
    spread_of,
    trade_off,
)
from learnin.compute.sampling.refusals import REASONS, CannotSample
from learnin.compute.sampling.reserves import NOBODY, Reserves, replacements
from learnin.compute.sampling.stages import TwoStage, fixed_take, proportional_take, two_stage
from learnin.compute.sampling.strata import Strata, strata, walk
from learnin.compute.sampling.streams import fingerprint, generator

__all__ = [
    # how many
    "Survey", "DesignEffect", "Size", "Plan", "Curve",
    "spread_of", "design_effect", "needed", "needed_by_group", "reached", "trade_off",
    # in which strata
    "LEAST", "Strata", "strata", "walk", "Allocation", "equal", "proportional", "neyman", "power",
    # who, and with what chance
    "BY_SIZE", "VERSIONS", "Draw", "census", "simple_random", "systematic", "stratified", "pps_systematic", "sampford",
    "Chances", "by_size", "joint", "TwoStage", "fixed_take", "proportional_take", "two_stage",
    # who stands in for them
    "NOBODY", "Reserves", "replacements",
    # again, to the unit
    "generator", "fingerprint", "REASONS", "CannotSample",
]  # fmt: skip
