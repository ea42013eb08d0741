"""Values inside an answer by their place: `school/size`, or `lesson[2]/subject` in the second turn of a repeat."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_STEP = re.compile(r"(?P<name>[^/\[\]]+)(\[(?P<turn>[1-9]\d{0,5})\])?")


def value_at(data: Mapping[str, Any], path: str) -> str | None:
    """The text that stands there; nothing where there is no such place.

    >>> value_at({"lesson": [{"subject": "Art"}]}, "lesson[1]/subject")
    'Art'
    """
    node: Any = data
    for name, turn in _steps(path):
        node = node.get(name) if isinstance(node, dict) else None
        if turn:
            node = node[turn - 1] if isinstance(node, list) and turn <= len(node) else None
    return node if isinstance(node, str) else None


def corrected(data: Mapping[str, Any], changes: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The answer with other values in these places; what came in stays as it was.

    >>> before = {"a": "1", "g": {"b": "2"}}
    >>> corrected(before, [("g/b", "3")]), before["g"]["b"]
    ({'a': '1', 'g': {'b': '3'}}, '2')
    """
    found = dict(data)
    for path, text in changes:
        _put(found, list(_steps(path)), text)
    return found


def only(data: Mapping[str, Any], paths: Iterable[str]) -> dict[str, Any]:
    """The parts of an answer that stand at these paths, written without turns; the rest is left out."""
    return _only(data, frozenset(paths), "")


def flat(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every text of an answer with its place."""
    for name, value in data.items():
        path = f"{above}{name}"
        if isinstance(value, dict):
            yield from flat(value, f"{path}/")
        elif isinstance(value, list):
            for turn, one in enumerate(value, start=1):
                if isinstance(one, dict):
                    yield from flat(one, f"{path}[{turn}]/")
        elif isinstance(value, str):
            yield path, value


def without_turns(path: str) -> str:
    """The path of the question: `lesson/subject` of `lesson[2]/subject`."""
    return re.sub(r"\[\d+\]", "", path)


def _steps(path: str) -> Iterator[tuple[str, int]]:
    for part in path.split("/"):
        if not (found := _STEP.fullmatch(part)):
            raise ValueError(path)
        yield found["name"], int(found["turn"] or 0)


def _put(node: dict[str, Any], steps: list[tuple[str, int]], text: str) -> None:
    """Copies what it walks through, and nothing else."""
    (name, turn), rest = steps[0], steps[1:]
    if not rest:
        node[name] = text
        return
    if turn:
        turns = list(node.get(name) or [])
        if turn > len(turns):
            return
        node[name] = turns
        turns[turn - 1] = dict(turns[turn - 1])
        _put(turns[turn - 1], rest, text)
    else:
        inner = node.get(name)
        node[name] = dict(inner) if isinstance(inner, dict) else {}
        _put(node[name], rest, text)


def _only(data: Mapping[str, Any], paths: frozenset[str], above: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in data.items():
        path = f"{above}{name}"
        if isinstance(value, dict):
            if inner := _only(value, paths, f"{path}/"):
                found[name] = inner
        elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
            found[name] = [_only(one, paths, f"{path}/") for one in value if isinstance(one, dict)]
        elif path in paths:
            found[name] = value
    return found
