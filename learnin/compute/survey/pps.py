"""Units drawn with unequal chances, without replacement."""

from collections.abc import Mapping
from typing import Protocol


class Unequal(Protocol):
    """How the variance of unequal chances is estimated."""

    def written(self) -> Mapping[str, object]:
        """The method, for a record."""
