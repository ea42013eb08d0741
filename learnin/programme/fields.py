"""A column that keeps an id of the programme."""

from functools import partial
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import reader
from .formats.items import Item, Kind
from .formats.problems import ProgrammeUnreadable


class ProgrammeIdField(models.CharField):
    """Keeps the id of a theme, a step, a seat's constituency and so on; people choose by name.

    Choices come from the programme whenever a form asks, so no migration knows them. An id that is in use cannot
    leave the programme: see queries.uses_missing_from.
    """

    default_error_messages = {
        "invalid_choice": _("Choose one of the list: “%(value)s” is not in the programme."),
    }

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Take the kind of id (a word of `Kind`) beside what any text column takes."""
        self.kind = Kind(kind)
        kwargs["max_length"] = 64
        kwargs["choices"] = partial(_choices, self.kind)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Tell migrations the kind and keep the choices out of them."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        kwargs.pop("max_length", None)
        return name, path, args, {**kwargs, "kind": str(self.kind)}


def _choices(kind: Kind) -> list[tuple[str, str]]:
    """Ids and names of a kind, in the order of the file. None while the file has problems, which checks tell."""
    try:
        items: tuple[Item, ...] = reader.current().items(kind)
    except ProgrammeUnreadable:
        return []
    return [(item.id, item.name) for item in items]
