"""What the question bank offers to somebody who makes a questionnaire."""

from collections.abc import Collection
from dataclasses import dataclass

from learnin.assessment import bank_reader
from learnin.assessment.formats.bank import Item, Module
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version
from learnin.kit import languages


@dataclass(frozen=True)
class Shelf:
    """A module with those of its items that fit what somebody looks for."""

    module: Module
    items: tuple[Item, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every item of the module fits."""
        return len(self.items) == len(self.module.items)


def shelves(*, population: str = "", dimension: str = "") -> list[Shelf]:
    """The modules that hold something for these people, about this dimension."""
    bank = bank_reader.current()
    fit = {item.id for item in bank.items(population=population, dimension=dimension)}
    found = (Shelf(module, tuple(item for item in module.items if item.id in fit)) for module in bank.modules)
    return [shelf for shelf in found if shelf.items]


def picked(found: list[Shelf], modules: Collection[str], items: Collection[str]) -> list[str]:
    """The items that were ticked, alone or with their module, in the order of the bank."""
    return [item.id for shelf in found for item in shelf.items if shelf.module.id in modules or item.id in items]


def spoken() -> list[tuple[str, str]]:
    """The languages of the interface in which the bank is written: code and name."""
    columns = bank_reader.current().columns
    return [(one.code, one.endonym) for one in languages.interface() if one.code in columns]


def there(version: Version) -> frozenset[str]:
    """The items of the bank that a draft asks already."""
    asked = definition(Book.from_json(version.book))
    return frozenset(one.name for one in asked.questions if bank_reader.current().item(one.name))
