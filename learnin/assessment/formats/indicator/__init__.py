"""Indicators: their definition as data, and from answers to the columns that estimates are made of."""

from .definition import As, Definition, DefinitionWrong, Kind, fingerprint, problems, read
from .measures import BOTTOM, TOP, measured, value_of

__all__ = [
    "BOTTOM",
    "TOP",
    "As",
    "Definition",
    "DefinitionWrong",
    "Kind",
    "fingerprint",
    "measured",
    "problems",
    "read",
    "value_of",
]
