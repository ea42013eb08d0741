"""Indicators: their definition as data, and from answers to the columns that estimates are made of."""

from typing import TYPE_CHECKING

from learnin.compute.late import late

from .asked import Asked, asked
from .definition import As, Definition, DefinitionWrong, Kind, fingerprint, problems, read

if TYPE_CHECKING:
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

if not TYPE_CHECKING:  # these bring polars and the engine of estimates; most pages only read definitions
    __getattr__ = late(__name__, items=("item",), measures=("measured", "score", "value_of"))
