"""A record as JSON, to keep what a file said, and back."""

from dataclasses import asdict, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from learnin.initiatives.formats.record import Record


def as_json(record: Record) -> dict[str, Any]:
    """The record as JSON keeps it: days as ISO 8601, amounts as text, and nothing that says nothing."""
    found: dict[str, Any] = _plain(asdict(record))
    return found


def from_json(kept: dict[str, Any]) -> Record:
    """The record again, equal to the one that was kept; null says nothing."""
    found: Record = _object(Record, kept)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        pairs = ((key, _plain(one)) for key, one in value.items())
        return {key: one for key, one in pairs if _says(one)}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return str(value) if isinstance(value, Decimal) else value


def _says(value: Any) -> bool:
    """Whether it tells anything: a zero does."""
    return value is not None and value is not False and value not in ("", [], {})


def _object(kind: Any, kept: dict[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{key: _value(hints[key], value) for key, value in kept.items() if key in hints and value is not None})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    """What each field of a kind holds."""
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


def _value(hint: Any, kept: Any) -> Any:
    if isinstance(hint, UnionType):
        return _value(next(one for one in get_args(hint) if one is not NoneType), kept)
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], one) for one in kept)
    if is_dataclass(hint):
        return _object(hint, kept)
    return _SIMPLE[hint](kept) if hint in _SIMPLE else hint(kept)


_SIMPLE: dict[Any, Any] = {
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    Decimal: Decimal,
}
