"""Changes of a questionnaire's workbook: each takes a book and gives another. What it does not touch stays."""

from .cells import NewChoice, change, rename, require_name, set_choices, text_header
from .conditions import Condition, read_condition, write_condition
from .core import changed_core
from .languages import add_language, remove_language, rename_language
from .merging import append, without
from .rows import CannotEdit, add, group, move, place, remove, span, ungroup

__all__ = [
    "CannotEdit",
    "Condition",
    "NewChoice",
    "add",
    "add_language",
    "append",
    "change",
    "changed_core",
    "group",
    "move",
    "place",
    "read_condition",
    "remove",
    "remove_language",
    "rename",
    "rename_language",
    "require_name",
    "set_choices",
    "span",
    "text_header",
    "ungroup",
    "without",
    "write_condition",
]
