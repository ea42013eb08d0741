"""The indicators that items of the bank bring to a questionnaire that asks them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from statistics import mode
from typing import Any

from learnin.programme.formats.items import Text

from .items import Bank, Item, Module

NUMBERS = ("integer", "decimal")
CHOICES = {"select_one": "shares", "select_multiple": "multi"}  # what a question of choices brings unless it says more
SHARES = frozenset({"share", "shares", "multi"})


@dataclass(frozen=True)
class Brought:
    """An indicator out of the bank. `definition` is as formats/indicator reads it; `need` is low, high or nothing."""

    code: str
    name: Text
    definition: dict[str, Any]
    need: str
    unit: str
    dimension: str
    theme: str
    component: str
    population: tuple[str, ...]


def brought(bank: Bank, names: Collection[str]) -> tuple[Brought, ...]:
    """The indicators of those items that are among the names of questions, in the order of the bank; then the indices.

    An index comes when all of its items are there.
    """
    items = [item for item in bank.by_id.values() if item.id in names]
    modules = [module for module in bank.modules if module.index and set(module.index) <= set(names)]
    return (*(one for item in items for one in _of_item(item)), *(_index(bank, module) for module in modules))


def _of_item(item: Item) -> Iterator[Brought]:
    kind = item.indicator.kind or CHOICES.get(item.type) or ("mean" if item.type in NUMBERS else "none")
    if kind == "none" or item.is_personal:
        return
    definition: dict[str, Any] = {"kind": kind, "question": item.id}
    if kind in SHARES:
        definition["values"] = list(item.indicator.values or _values(item))
    if missing := _missing(item):
        definition["missing"] = missing
    unit = "share" if kind in SHARES else "number" if item.type in NUMBERS else "points"
    need = item.indicator.need if item.indicator.need != "none" else ""
    yield Brought(
        item.id, item.text, definition, need, unit, item.dimension, item.theme, item.component, item.population
    )


def _index(bank: Bank, module: Module) -> Brought:
    """The mean over the statements of a module, for whoever answered at least half of them."""
    items = [bank.by_id[id] for id in module.index]
    definition: dict[str, Any] = {
        "kind": "index",
        "questions": [item.id for item in items],
        "needed": (len(items) + 1) // 2,
    }
    if missing := _missing(items[0]):
        definition["missing"] = missing
    return Brought(
        code=module.id,
        name=module.name,
        definition=definition,
        need=items[0].indicator.need if items[0].indicator.need != "none" else "",
        unit="points",
        dimension=mode(item.dimension for item in items),
        theme=mode(item.theme for item in items),
        component=mode(item.component for item in items),
        population=module.population,
    )


def _values(item: Item) -> list[str]:
    return [choice.value for choice in item.scale.choices if choice.is_answer] if item.scale else []


def _missing(item: Item) -> list[str]:
    return [choice.value for choice in item.scale.choices if not choice.is_answer] if item.scale else []
