"""Indicators: their definition as data, and from answers to the columns that estimates are made of."""

from .asked import Asked, asked
from .definition import As, Definition, DefinitionWrong, Kind, fingerprint, problems, read
from .items import item
from .measures import measured, score, value_of

__all__ = [
    "As",
    "Asked",
    "Definition",
    "DefinitionWrong",
    "Kind",
    "asked",
    "fingerprint",
    "item",
    "measured",
    "problems",
    "read",
    "score",
    "value_of",
]
