"""What a schema cannot say of the bank: ids stand once, references lead somewhere, every text has every language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from learnin.programme.formats.agreement import repeated
from learnin.programme.formats.problems import Path, Problem
from learnin.programme.formats.yaml_lines import Document

GENERATED = ("sr-latn",)  # made from the Cyrillic by Text.of
RESERVED = ("start", "end", "deviceid", "before", "before_text", "agree")  # what a questionnaire has beside its items
NEEDED = ("dimension", "theme", "component", "population", "source")
ASKED_BY_CHOICE = ("select_one", "select_multiple")


def whole(module: Mapping[str, Any], item: Mapping[str, Any]) -> dict[str, Any]:
    """The item with what its module says of each. Answers of its own take the place of the module's scale."""
    each = dict(module.get("each") or {})
    if "choices" in item or item.get("type", "select_one") not in ASKED_BY_CHOICE:
        each.pop("scale", None)
    return {**each, **item}


def problems(shared: Document, modules: Sequence[Document]) -> Iterator[Problem]:
    """Everything in the files that does not agree with each other. Data of the wrong shape is left to the schema."""
    data = _keys(shared.data)
    yield from _ids(shared, "scales")
    yield from _ids(shared, "special_answers")
    yield from _modules(shared, data, modules)
    yield from _scales(shared, data)
    answers = _answers_of_scales(data)
    names: dict[str, str] = dict.fromkeys(RESERVED, "every questionnaire")
    names |= dict.fromkeys(answers, shared.file)
    for module in modules:
        yield from _names(module, names)
        yield from _items(module, answers, _special(data))
    languages = [code for code in _keys(data.get("columns")) if code not in GENERATED]
    for document in (shared, *modules):
        yield from _languages(document, languages)


def _keys(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _list(data: Mapping[str, Any], key: str) -> list[Any]:
    found = data.get(key)
    return found if isinstance(found, list) else []


def _entries(data: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    return [_keys(entry) for entry in _list(data, key)]


def _ids(document: Document, section: str) -> Iterator[Problem]:
    """Entries of a list that share an id."""
    entries = _entries(_keys(document.data), section)
    return repeated(document, {(section, index): entry.get("id") for index, entry in enumerate(entries)})


def _same_values(document: Document, path: Path, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Answers of one entry that share a value."""
    choices = enumerate(_entries(entry, "choices"))
    return repeated(document, {(*path, "choices", index): choice.get("value") for index, choice in choices})


def _modules(shared: Document, data: Mapping[str, Any], modules: Sequence[Document]) -> Iterator[Problem]:
    """Modules that are listed and have no file, or have one and are not listed."""
    listed = _list(data, "modules")
    written = [_keys(module.data).get("id") for module in modules]
    for index, id in enumerate(listed):
        if id not in written:
            yield shared.problem(("modules", index), f"No file holds the module “{id}”.")
        if id in listed[:index]:
            yield shared.problem(("modules", index), f"“{id}” stands twice in this list.")
    for module, id in zip(modules, written, strict=True):
        if isinstance(id, str) and id not in listed:
            yield module.problem(("id",), f"“{id}” does not stand in the list modules of {shared.file}.")


def _scales(shared: Document, data: Mapping[str, Any]) -> Iterator[Problem]:
    """Scales without answers, with one twice, or made from what is not there."""
    special = _special(data)
    known: list[Any] = []
    for index, entry in enumerate(_entries(data, "scales")):
        path: Path = ("scales", index)
        if "like" in entry and entry["like"] not in known:
            yield shared.problem((*path, "like"), f"No scale before it is called “{entry['like']}”.")
        if "like" not in entry and "choices" not in entry:
            yield shared.problem((*path, "choices"), "This key is missing: a scale has choices, or is like another.")
        yield from _also(shared, path, entry, special)
        yield from _same_values(shared, path, entry)
        values = _answers_of_scales(data).get(str(entry.get("id")), [])
        yield from _brought(shared, path, _keys(entry.get("indicator")), values)
        known.append(entry.get("id"))


def _answers_of_scales(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """The values of every scale, by its id."""
    special = _special(data)
    found: dict[str, list[str]] = {}
    for entry in _entries(data, "scales"):
        values = [*found.get(str(entry.get("like")), []), *_values(entry)]
        found[str(entry.get("id"))] = values + _also_values(entry, special)
    return found


def _special(data: Mapping[str, Any]) -> dict[str, str]:
    """The values of the answers that are no point of a scale, by id."""
    return {str(entry.get("id")): str(entry.get("value")) for entry in _entries(data, "special_answers")}


def _also(document: Document, path: Path, entry: Mapping[str, Any], special: Mapping[str, str]) -> Iterator[Problem]:
    """Special answers that are not there."""
    for number, id in enumerate(_list(entry, "also")):
        if str(id) not in special:
            reason = f"special_answers has no “{id}”. It has: {', '.join(special)}."
            yield document.problem((*path, "also", number), reason)


def _also_values(entry: Mapping[str, Any], special: Mapping[str, str]) -> list[str]:
    return [special.get(str(id), "") for id in _list(entry, "also")]


def _values(entry: Mapping[str, Any]) -> list[str]:
    return [str(choice.get("value")) for choice in _entries(entry, "choices")]


def _names(module: Document, names: dict[str, str]) -> Iterator[Problem]:
    """Names that another file, or a place before in this one, has taken; adds its own to them."""
    data = _keys(module.data)
    places: list[tuple[Path, object]] = [(("id",), data.get("id"))]
    places += [(("items", index, "id"), entry.get("id")) for index, entry in enumerate(_entries(data, "items"))]
    for path, name in places:
        if isinstance(name, str):
            if name in names:
                yield module.problem(path, f"The name “{name}” is already used in {names[name]}.")
            names.setdefault(name, module.file)


def _items(module: Document, answers: Mapping[str, Sequence[str]], special: Mapping[str, str]) -> Iterator[Problem]:
    """Items that lack something, are answered in no way or in two, or depend on what is not there."""
    data = _keys(module.data)
    before: dict[str, Sequence[str]] = {}
    for index, entry in enumerate(_entries(data, "items")):
        path: Path = ("items", index)
        item = whole({"each": _keys(data.get("each"))}, entry)
        for key in NEEDED:
            if key not in item:
                yield module.problem((*path, key), "This key is missing, here and under each.")
        yield from _also(module, path, entry, special)
        for key, reason in _answered(item, answers):
            yield module.problem((*path, key), reason)
        for key, reason in _asked(_keys(item.get("asked_if")), before):
            yield module.problem((*path, "asked_if", key), reason)
        yield from _same_values(module, path, entry)
        own = _values(item) + _also_values(item, special)
        before[str(item.get("id"))] = own or answers.get(str(item.get("scale")), [])
        yield from _brought(module, path, _keys(entry.get("indicator")), before[str(item.get("id"))])


def _brought(document: Document, path: Path, said: Mapping[str, Any], known: Sequence[str]) -> Iterator[Problem]:
    """Values of an indicator that nobody can choose."""
    for number, value in enumerate(_list(said, "values")):
        if value not in known:
            reason = f"There is no answer “{value}”. There are: {', '.join(known) or 'none'}."
            yield document.problem((*path, "indicator", "values", number), reason)


def _answered(item: Mapping[str, Any], answers: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """What is wrong with the way it is answered: key and reason."""
    by_choice = item.get("type", "select_one") in ASKED_BY_CHOICE
    if by_choice and "scale" not in item and "choices" not in item:
        yield "scale", "This key is missing: an item has a scale, choices, or a type that needs none."
    if "scale" in item and ("choices" in item or not by_choice):
        yield "scale", "It has a scale, and is answered in another way too."
    elif "choices" in item and not by_choice:
        yield "choices", "It has choices, and its type needs none."
    if "also" in item and "choices" not in item:
        yield "also", "Only an item with choices of its own has also. A scale has its own."
    if "scale" in item and str(item["scale"]) not in answers:
        yield "scale", f"There is no scale “{item['scale']}”. There are: {', '.join(answers)}."
    numbers = [item.get("least"), item.get("most")]
    if any(number is not None for number in numbers) and item.get("type") not in ("integer", "decimal"):
        yield "type", "Only an integer or a decimal has least and most."
    elif (numbers[0] is None) != (numbers[1] is None):
        yield "most" if numbers[1] is None else "least", "least and most stand together or not at all."


def _asked(condition: Mapping[str, Any], before: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """What is wrong with the condition it is asked on: key and reason."""
    if not condition:
        return
    if ("any_of" in condition) == ("none_of" in condition):
        yield "any_of", "A condition has any_of or none_of, one of the two."
    item = str(condition.get("item"))
    if item not in before:
        yield "item", f"No item before it in this module is called “{item}”."
        return
    known = before[item]
    for key in ("any_of", "none_of"):
        for value in _list(condition, key):
            if value not in known:
                yield key, f"“{item}” has no answer “{value}”. It has: {', '.join(known) or 'none'}."


def _languages(document: Document, languages: Sequence[str]) -> Iterator[Problem]:
    """Texts with a language missing, or with one that has no column."""
    for path, words in _texts(document.data, ()):
        for code in languages:
            if code not in words:
                yield document.problem((*path, code), "This language is missing.")
        for code in words:
            if code not in languages:
                yield document.problem((*path, code), "This language has no column, or is made by itself.")


def _texts(data: object, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every text of a file, with its place. A text is what has English."""
    inner: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        if "en" in data and path[-1:] != ("columns",):
            yield path, data
            return
        inner = data.items()
    elif isinstance(data, list):
        inner = enumerate(data)
    for key, value in inner:
        yield from _texts(value, (*path, key))
