"""Replicate weights, made or read: the spread of an estimate over many smaller samples stands for its variance."""

from learnin.compute.survey.replicates.calibrating import calibrated_each, weights_of
from learnin.compute.survey.replicates.hadamard import hadamard
from learnin.compute.survey.replicates.made import (
    Factors,
    canty_davison,
    half_samples,
    jackknife,
    rao_wu,
    stratified_jackknife,
)
from learnin.compute.survey.replicates.variance import replicate_covariance
from learnin.compute.survey.replicates.weights import KINDS, Made, Read

__all__ = [
    "KINDS", "Made", "Read", "weights_of", "calibrated_each",
    "Factors", "jackknife", "stratified_jackknife", "half_samples", "rao_wu", "canty_davison", "hadamard",
    "replicate_covariance",
]  # fmt: skip
