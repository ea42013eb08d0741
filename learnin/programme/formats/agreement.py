"""What a schema cannot say: ids stand once, references lead somewhere, every name has every language."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .problems import Path, Problem
from .yaml_lines import Document

REFERENCES = (("steps", "stage", "stages"), ("themes", "component", "components"))


def problems(document: Document, sections: Sequence[str]) -> Iterator[Problem]:
    """Everything in the document that does not agree with itself. Data of the wrong shape is left to the schema."""
    data = document.data if isinstance(document.data, dict) else {}
    for section in sections:
        yield from repeated(document, {(section, i): e.get("id") for i, e in enumerate(_entries(data, section))})
    chips = enumerate(_entries(data, "components"))
    yield from repeated(document, {("components", i, "chip"): entry.get("chip") for i, entry in chips})
    for section in ("languages", "countries"):
        yield from repeated(document, {(section, i): code for i, code in enumerate(_list(data, section))})
    for section, key, target in REFERENCES:
        yield from _dangling(document, data, section, key, target)
    yield from _languages(document, data, sections)
    yield from _sizes(document, data)


def _list(data: dict[str, Any], section: str) -> list[Any]:
    found = data.get(section)
    return found if isinstance(found, list) else []


def _entries(data: dict[str, Any], section: str) -> list[dict[str, Any]]:
    return [entry if isinstance(entry, dict) else {} for entry in _list(data, section)]


def repeated(document: Document, values: Mapping[Path, object]) -> Iterator[Problem]:
    """What stands twice in one list, by its place: ids, codes, chips."""
    first: dict[str, Path] = {}
    for path, value in values.items():
        if not isinstance(value, str):
            continue
        if value in first:
            line = document.lines[first[value]]
            yield document.problem(path, f"“{value}” stands twice in this list, first in line {line}.")
        first.setdefault(value, path)


def _dangling(document: Document, data: dict[str, Any], section: str, key: str, target: str) -> Iterator[Problem]:
    """References to an id that the other list does not have."""
    known = [entry.get("id") for entry in _entries(data, target)]
    for index, entry in enumerate(_entries(data, section)):
        value = entry.get(key)
        if isinstance(value, str) and value not in known:
            words = ", ".join(str(id) for id in known)
            yield document.problem((section, index, key), f"{target} has no “{value}”. It has: {words}.")


def _languages(document: Document, data: dict[str, Any], sections: Sequence[str]) -> Iterator[Problem]:
    """Texts with a language missing, or with one that the file does not list."""
    listed = [code for code in _list(data, "languages") if isinstance(code, str)]
    for path, words in _texts(data, sections):
        for code in listed:
            if code not in words:
                yield document.problem((*path, code), "This language is missing.")
        for code in words:
            if code not in listed:
                yield document.problem((*path, code), "This language does not stand in the list languages.")


def _texts(data: dict[str, Any], sections: Sequence[str]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every name and sentence of the file, with its place."""
    about = data.get("programme")
    places: list[tuple[Path, dict[str, Any]]] = [(("programme",), about if isinstance(about, dict) else {})]
    for section in sections:
        places += [((section, index), entry) for index, entry in enumerate(_entries(data, section))]
    for path, entry in places:
        for key in ("name", "description", "region"):
            if isinstance(entry.get(key), dict):
                yield (*path, key), entry[key]


def _sizes(document: Document, data: dict[str, Any]) -> Iterator[Problem]:
    """A task force that would have to be larger than it may be."""
    terms = data.get("task_force")
    terms = terms if isinstance(terms, dict) else {}
    least, most = terms.get("members_least"), terms.get("members_most")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield document.problem(("task_force", "members_most"), f"{most} is less than members_least, {least}.")
