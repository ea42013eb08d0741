"""What the question bank is made of: modules of items, and the scales they are answered on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from learnin.programme.formats.items import Text


@dataclass(frozen=True)
class Choice:
    """One answer to choose from."""

    value: str
    text: Text
    is_special: bool = False
    """It is no point of the scale: do not know, does not apply."""
    is_alone: bool = False
    """It cannot be chosen together with others: none of these."""
    is_answer: bool = True
    """Whoever chose it did answer; not so for do not know."""


@dataclass(frozen=True)
class Brings:
    """What an item says of the indicator it brings; nothing where its scale or its type decides."""

    kind: str = ""
    values: tuple[str, ...] = ()
    need: str = ""

    def over(self, other: "Brings | None") -> "Brings":
        """This, and what it leaves out as the other says it."""
        if other is None:
            return self
        return Brings(self.kind or other.kind, self.values or other.values, self.need or other.need)


@dataclass(frozen=True)
class Scale:
    """The answers of an item, in their order. `lead` is the question they answer when an item is a statement."""

    id: str
    choices: tuple[Choice, ...]
    lead: Text | None = None
    indicator: "Brings | None" = None


@dataclass(frozen=True)
class Condition:
    """The item is asked of those who chose one of these answers, or none of these, in an item before it."""

    item: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """One question or statement, with what it is about and whom to ask."""

    id: str
    module: str
    dimension: str
    theme: str
    component: str
    population: tuple[str, ...]
    source: str
    type: str
    text: Text
    hint: Text | None = None
    scale: Scale | None = None
    least: int | None = None
    most: int | None = None
    asked_if: Condition | None = None
    is_required: bool = False
    is_personal: bool = False
    indicator: Brings = Brings()

    @property
    def is_statement(self) -> bool:
        """Whether it is one of several statements that the same question asks about."""
        return self.type == "select_one" and self.scale is not None and self.scale.lead is not None


@dataclass(frozen=True)
class Module:
    """Items that belong together, in the order they are asked."""

    id: str
    name: Text
    items: tuple[Item, ...]
    index: tuple[str, ...] = ()
    """Items that make an index together."""

    @property
    def population(self) -> tuple[str, ...]:
        """Everybody whom some item of it is for."""
        return tuple(dict.fromkeys(audience for item in self.items for audience in item.population))


@dataclass(frozen=True)
class Bank:
    """All modules and scales. `columns` names each language as a workbook does, by its code."""

    columns: Mapping[str, str] = field(hash=False)
    words: Mapping[str, Text] = field(hash=False)
    scales: tuple[Scale, ...]
    modules: tuple[Module, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Every item by its id, in the order of the modules."""
        return MappingProxyType({item.id: item for module in self.modules for item in module.items})

    def item(self, id: str) -> Item | None:
        """The item with this id, or None."""
        return self.by_id.get(id)

    def module(self, id: str) -> Module | None:
        """The module with this id, or None."""
        return next((module for module in self.modules if module.id == id), None)

    def items(
        self, *, dimension: str = "", theme: str = "", population: str = "", component: str = ""
    ) -> tuple[Item, ...]:
        """The items that are all of this, in the order of the modules; a word left empty does not choose."""
        return tuple(
            item
            for item in self.by_id.values()
            if dimension in {"", item.dimension}
            and theme in {"", item.theme}
            and component in {"", item.component}
            and population in {"", *item.population}
        )

    def with_needed(self, ids: Iterable[str]) -> tuple[Item, ...]:
        """These items once each, and before each the item that decides whether it is asked. Raises KeyError."""
        found: dict[str, Item] = {}
        for id in ids:
            self._add(self.by_id[id], found)
        return tuple(found.values())

    def personal(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Which of these items, and of those they need, say who a person is. Raises KeyError."""
        return tuple(item.id for item in self.with_needed(ids) if item.is_personal)

    def _add(self, item: Item, found: dict[str, Item]) -> None:
        if item.asked_if:
            self._add(self.by_id[item.asked_if.item], found)
        found.setdefault(item.id, item)
