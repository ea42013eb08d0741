"""The question bank, read from the text of its files."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any

from learnin.programme.formats import schema_words, yaml_lines
from learnin.programme.formats.definition import english
from learnin.programme.formats.items import Language, Text
from learnin.programme.formats.problems import Problem, ProgrammeUnreadable, Unreadable
from learnin.programme.formats.yaml_lines import Document

from . import rules
from .items import Bank, Brings, Choice, Condition, Item, Module, Scale

SHARED = "shared.yaml"
_DEFINITIONS: Mapping[str, Any] = json.loads((Path(__file__).parents[2] / "bank" / "schema.json").read_text("utf-8"))[
    "$defs"
]
_SHARED: Mapping[str, Any] = {"$ref": "#/$defs/shared", "$defs": _DEFINITIONS}
_MODULE: Mapping[str, Any] = {"$ref": "#/$defs/module", "$defs": _DEFINITIONS}


class BankUnreadable(Unreadable):
    """The files of the question bank cannot be used as they stand."""


def read(files: Mapping[str, str], *, language: Language = english) -> Bank:
    """The bank in these files, by name: shared.yaml and one for each module.

    Raises BankUnreadable with every problem found. `language` answers which language the reader reads now.
    """
    documents, problems = _documents(files)
    shared = [document for document in documents if _is_shared(document.file)]
    modules = [document for document in documents if not _is_shared(document.file)]
    if not any(_is_shared(name) for name in files):
        problems.append(Problem(SHARED, 1, "", "This file is missing."))
    for document in documents:
        problems += document.repeated_keys()
        problems += schema_words.problems(document, _SHARED if _is_shared(document.file) else _MODULE)
    if shared:
        problems += rules.problems(shared[0], modules)
    if problems:
        raise BankUnreadable(problems)
    return _bank(shared[0].data, {module.data["id"]: module.data for module in _data(modules)}, language)


def _is_shared(name: str) -> bool:
    return PurePath(name).name == SHARED


def _documents(files: Mapping[str, str]) -> tuple[list[Document], list[Problem]]:
    """Each file as data, and why some are none."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for name, text in files.items():
        try:
            documents.append(yaml_lines.read(text, file=name))
        except ProgrammeUnreadable as unreadable:
            problems += unreadable.problems
    return documents, problems


def _data(documents: Iterable[Document]) -> Iterable[Any]:
    """The documents for a type checker: from here on the schema has seen them."""
    return documents


def _bank(shared: Any, modules: Mapping[str, Any], language: Language) -> Bank:
    """The bank in data that the schema has seen."""
    special = _special(shared, language)
    scales = _scales(shared, special, language)
    return Bank(
        columns=MappingProxyType(dict(shared["columns"])),
        words=MappingProxyType({key: Text.of(words, language) for key, words in shared["words"].items()}),
        scales=tuple(scales.values()),
        modules=tuple(_module(modules[id], scales, special, language) for id in shared["modules"]),
    )


def _special(shared: Any, language: Language) -> Mapping[str, Choice]:
    """The answers that are no point of a scale, by id."""
    entries = shared["special_answers"]
    choices = _choices(entries, language)
    return {
        entry["id"]: replace(one, is_special=True, is_answer=entry.get("counts") == "yes")
        for entry, one in zip(entries, choices, strict=True)
    }


def _scales(shared: Any, special: Mapping[str, Choice], language: Language) -> Mapping[str, Scale]:
    """The scales by id; one that is like another has its answers and its lead, and then its own."""
    found: dict[str, Scale] = {}
    for entry in shared["scales"]:
        like = found.get(entry.get("like", ""))
        choices = (like.choices if like else ()) + _choices(entry.get("choices", ()), language)
        choices += tuple(special[id] for id in entry.get("also", ()))
        lead = Text.of(entry["lead"], language) if "lead" in entry else like.lead if like else None
        brings = _brings(entry).over(like.indicator if like else None)
        found[entry["id"]] = Scale(entry["id"], choices, lead, brings)
    return found


def _choices(entries: Iterable[Any], language: Language) -> tuple[Choice, ...]:
    return tuple(
        Choice(one["value"], Text.of(one["text"], language), is_alone=one.get("alone") == "yes") for one in entries
    )


def _module(data: Any, scales: Mapping[str, Scale], special: Mapping[str, Choice], language: Language) -> Module:
    items = []
    for entry in data["items"]:
        own = _choices(entry.get("choices", ()), language) + tuple(special[id] for id in entry.get("also", ()))
        item = rules.whole(data, entry)
        scale = Scale(item["id"], own) if own else scales.get(item.get("scale", ""))
        items.append(_item(item, data["id"], scale, language))
    shared = scales.get((data.get("each") or {}).get("scale", ""))
    index = tuple(item.id for item in items if item.scale == shared) if data.get("index") == "yes" and shared else ()
    return Module(data["id"], Text.of(data["name"], language), tuple(items), index)


def _item(entry: Mapping[str, Any], module: str, scale: Scale | None, language: Language) -> Item:
    """One item with all it has."""
    return Item(
        module=module,
        **{key: entry[key] for key in ("id", "dimension", "theme", "component", "source")},
        population=tuple(entry["population"]),
        type=entry.get("type", "select_one"),
        text=Text.of(entry["text"], language),
        hint=Text.of(entry["hint"], language) if "hint" in entry else None,
        scale=scale,
        least=entry.get("least"),
        most=entry.get("most"),
        asked_if=_condition(entry["asked_if"]) if "asked_if" in entry else None,
        is_required=entry.get("required") == "yes",
        is_personal=entry.get("personal") == "yes",
        indicator=_brings(entry).over(scale.indicator if scale else None),
    )


def _brings(entry: Mapping[str, Any]) -> Brings:
    said = entry.get("indicator", {})
    return Brings(said.get("kind", ""), tuple(said.get("values", ())), said.get("need", ""))


def _condition(entry: Mapping[str, Any]) -> Condition:
    return Condition(entry["item"], tuple(entry.get("any_of", ())), tuple(entry.get("none_of", ())))
