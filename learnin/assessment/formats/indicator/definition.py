"""The definition of an indicator, read from its data. Its shapes stand in schema.json."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from . import expression
from .expression import ExpressionWrong, Node

SCHEMA: Mapping[str, Any] = json.loads((Path(__file__).with_name("schema.json")).read_text("utf-8"))


class Kind(StrEnum):
    """What is worked out."""

    MEAN = "mean"
    SHARE = "share"
    SHARES = "shares"
    MULTI = "multi"
    INDEX = "index"
    QUANTILE = "quantile"
    TOTAL = "total"
    COUNT = "count"
    RATIO = "ratio"
    DERIVED = "derived"


class As(StrEnum):
    """What is told of a value that an expression gives for each person."""

    MEAN = "mean"
    SHARE = "share"
    TOTAL = "total"


IN_PARTS = frozenset({Kind.SHARES, Kind.MULTI})  # these have a number for each value
OF_VALUES = frozenset({Kind.SHARE, Kind.COUNT}) | IN_PARTS


class DefinitionWrong(ValueError):
    """A definition cannot be used: the key where it goes wrong, a code for why, and what stands there."""

    def __init__(self, key: str, code: str, found: str = "") -> None:
        super().__init__(f"{key}: {code} {found}")
        self.key, self.code, self.found = key, code, found


@dataclass(frozen=True)
class Definition:
    """How an indicator comes out of the answers of one person each."""

    kind: Kind
    questions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reversed: tuple[str, ...] = ()
    least: float = 0.0
    most: float = 0.0
    needed: int = 0
    """Of an index: answers without which a person has none; 0 stands for all of them."""
    at: float = 0.5
    expressions: tuple[str, ...] = ()
    """Of a ratio: what stands above and below the line. Of a derived value: the one expression."""
    derived_as: As = As.MEAN

    @cached_property
    def trees(self) -> tuple[Node, ...]:
        """The expressions, read."""
        return tuple(expression.read(text) for text in self.expressions)

    @property
    def names(self) -> tuple[str, ...]:
        """Every question it needs, each once."""
        return tuple(dict.fromkeys((*self.questions, *(name for tree in self.trees for name in tree.names))))

    @property
    def is_share(self) -> bool:
        """Whether its numbers lie between 0 and 1."""
        return self.kind in {Kind.SHARE, *IN_PARTS} or (self.kind == Kind.DERIVED and self.derived_as == As.SHARE)


def read(data: Mapping[str, Any]) -> Definition:
    """The definition in data. Raises DefinitionWrong, with the first thing that is wrong.

    >>> read({"kind": "share", "question": "q1", "values": ["4", "5"]}).names
    ('q1',)
    """
    for wrong in problems(data):
        raise wrong
    return _read(data)


def problems(data: Mapping[str, Any]) -> Iterator[DefinitionWrong]:
    """Everything that is wrong with a definition."""
    kind = data.get("kind")
    if kind not in set(Kind):
        yield DefinitionWrong("kind", "not_known", str(kind or ""))
        return
    shape = {"$ref": f"#/$defs/{kind}", "$defs": SCHEMA["$defs"]}
    found = [_said(error) for error in Draft202012Validator(shape).iter_errors(dict(data))]
    yield from found
    if not found:
        yield from _senseless(_read(data))


def _said(error: Any) -> DefinitionWrong:
    """What the schema says, as a key and a code."""
    key = str(next(iter(error.absolute_path), ""))
    if error.validator in {"required", "dependentRequired"}:
        listed = error.validator_value
        needed = listed if isinstance(listed, list) else [one for many in listed.values() for one in many]
        return DefinitionWrong(next((one for one in needed if one not in error.instance), key), "missing")
    if error.validator == "additionalProperties":
        key = next(one for one in error.instance if one not in error.schema["properties"])
        return DefinitionWrong(key, "not_known")
    codes = {"minItems": "too_few", "maxItems": "too_many", "uniqueItems": "twice"}
    return DefinitionWrong(key, codes.get(error.validator, "not_possible"), str(error.instance)[:60])


def _senseless(definition: Definition) -> Iterator[DefinitionWrong]:
    """What a schema cannot say."""
    keys = ("top", "bottom") if definition.kind == Kind.RATIO else ("expression",)
    for key, text in zip(keys, definition.expressions, strict=False):
        try:
            tree = expression.read(text)
        except ExpressionWrong as wrong:
            yield DefinitionWrong(key, f"expression_{wrong.code}", wrong.found)
            continue
        wants_truth = definition.derived_as == As.SHARE
        if tree.kind not in ({expression.TRUTH} if wants_truth else {expression.NUMBER, expression.ANSWER}):
            yield DefinitionWrong(key, "expression_needs_truth" if wants_truth else "expression_needs_number")
        if not tree.names:
            yield DefinitionWrong(key, "expression_without_answer")
    if both := [value for value in definition.values if value in definition.missing]:
        yield DefinitionWrong("missing", "counted_too", both[0])
    if strangers := [name for name in definition.reversed if name not in definition.questions]:
        yield DefinitionWrong("reversed", "not_among_questions", strangers[0])
    if definition.reversed and definition.least >= definition.most:
        yield DefinitionWrong("most", "not_above_least")
    if definition.needed > len(definition.questions) > 0:
        yield DefinitionWrong("needed", "too_many")


def _read(data: Mapping[str, Any]) -> Definition:
    kind = Kind(data["kind"])
    texts = [data[key] for key in ("top", "bottom", "expression") if key in data]
    return Definition(
        kind=kind,
        questions=tuple(data.get("questions", ())) or ((data["question"],) if "question" in data else ()),
        values=tuple(data.get("values", ())),
        missing=tuple(data.get("missing", ())),
        reversed=tuple(data.get("reversed", ())),
        least=float(data.get("least", 0)),
        most=float(data.get("most", 0)),
        needed=int(data.get("needed", 0)),
        at=float(data.get("at", 0.5)),
        expressions=tuple(texts),
        derived_as=As(data.get("as", As.MEAN)),
    )


def fingerprint(data: Mapping[str, Any]) -> str:
    """Says in a few characters what a definition says: the same for the same data in another order of keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
