"""The question bank that ships with LearnIn."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from learnin.programme.formats.definition import Programme
from learnin.programme.formats.problems import Problem

from .formats import bank
from .formats.bank import Bank, BankUnreadable, Item

SHIPPED = Path(__file__).with_name("bank")


def current() -> Bank:
    """The bank, read once. Texts follow the reader's language. Raises BankUnreadable."""
    return _kept(SHIPPED)


def read(folder: Path) -> Bank:
    """The bank in the files of this folder, read anew. Raises BankUnreadable."""
    return bank.read({str(path): _text(path) for path in sorted(folder.glob("*.yaml"))}, language=get_language)


def not_in_programme(bank: Bank, programme: Programme) -> dict[str, tuple[str, ...]]:
    """The ids that items name and the programme does not have, by their kind."""
    found: dict[str, dict[str, None]] = {}
    for item in bank.by_id.values():
        for kind, id in _named(item):
            if programme.item(kind, id) is None:
                found.setdefault(kind, {})[id] = None
    return {kind: tuple(ids) for kind, ids in found.items()}


def _named(item: Item) -> Iterator[tuple[str, str]]:
    """What of the programme an item names: kind and id."""
    yield from (("dimension", item.dimension), ("theme", item.theme), ("component", item.component))
    yield from (("audience", audience) for audience in item.population)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as refused:
        raise BankUnreadable([Problem(str(path), 1, "", f"The file cannot be read: {refused.strerror}.")]) from refused
    except UnicodeDecodeError as refused:
        line = refused.object.count(b"\n", 0, refused.start) + 1
        raise BankUnreadable([Problem(str(path), line, "", "The file is not UTF-8 text.")]) from refused


_kept = lru_cache(maxsize=4)(read)
