"""The SPEC as it is written: YAML, held against its schema."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from learnin.compute.commands.wrong import FILE_WRONG, Wrong, meant

SCHEMA: Mapping[str, Any] = json.loads((Path(__file__).parents[1] / "spec.schema.json").read_text("utf-8"))
_KINDS = {
    "object": "keys with values", "array": "a list", "string": "text", "boolean": "true or false",
    "integer": "a whole number", "number": "a number",
}  # fmt: skip
_LIMITS = {
    "minimum": "at least", "exclusiveMinimum": "above", "maximum": "at most", "exclusiveMaximum": "below",
}  # fmt: skip


class _Plain(yaml.SafeLoader):
    """YAML in which Yes, No, On and dates are the text they look like in a file of answers."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":bool", ":timestamp"))]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Refuse a key that stands twice: the second would silently win."""
        keys = [self.construct_object(key, deep=True) for key, _value in node.value]
        if twice := [key for key in keys if keys.count(key) > 1]:
            raise yaml.MarkedYAMLError(problem=f'"{twice[0]}" stands twice', problem_mark=node.start_mark)
        return super().construct_mapping(node, deep)


_Plain.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


@dataclass(frozen=True)
class Spec:
    """What was asked: every value as it is written; `folder` is where its files are looked for."""

    folder: Path
    asked: Mapping[str, Any]

    @property
    def files(self) -> tuple[Path, ...]:
        """The files of the data."""
        return tuple(self.folder / name for name in self.asked["data"]["files"])

    @property
    def domains(self) -> tuple[tuple[str, ...], ...]:
        """For each table, the columns that make its groups."""
        return tuple(tuple(columns) for columns in self.asked.get("domains", [[]]))

    def each(self, key: str) -> list[Mapping[str, Any]]:
        """A list of the SPEC that may be left out."""
        return list(self.asked.get(key, []))


def read(path: Path) -> Spec:
    """A SPEC that keeps to its schema. Raises Wrong with the key."""
    try:
        asked = yaml.load(path.read_text("utf-8"), Loader=_Plain)  # noqa: S506 - a SafeLoader with fewer words
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong("", f"{path}: this file cannot be read ({error.__class__.__name__})", FILE_WRONG)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Wrong("", f"{path.name}{line}: {error.problem}")
    except yaml.YAMLError as error:  # of a sign that no text has
        raise Wrong("", f"{path.name}: {error}".splitlines()[0])
    for look in (_problems, _twice, _infinite):  # each may count on what the one before found in order
        for found in look(asked):
            raise found
    return Spec(path.parent, asked)


def written(path: Sequence[str | int]) -> str:
    """A path into the SPEC as people write it.

    >>> written(["estimates", 2, "item"])
    'estimates[2].item'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def _infinite(asked: object, path: tuple[str | int, ...] = ()) -> Iterator[Wrong]:
    """Numbers that are none: .nan and .inf are YAML, and fit nothing here."""
    if isinstance(asked, float) and not math.isfinite(asked):
        yield Wrong(written(path), f"it has to be a number, and is {asked}")
    inner = asked.items() if isinstance(asked, Mapping) else enumerate(asked) if isinstance(asked, list) else ()
    for step, value in inner:
        yield from _infinite(value, (*path, step))


def _twice(asked: Any) -> Iterator[Wrong]:
    """Contrasts of one name, and tests of a question with itself."""
    names = [one["name"] for one in asked.get("contrasts", [])]
    for at, name in enumerate(names):
        if name in names[:at]:
            yield Wrong(f"contrasts[{at}].name", f'"{name}" stands twice; give one of them another name')
    for at, one in enumerate(asked.get("tests", [])):
        if one["rows"] == one["columns"]:
            yield Wrong(f"tests[{at}].columns", "these are the rows already; take another question")


def _problems(asked: object) -> Iterator[Wrong]:
    """What the schema does not allow, from the top of the SPEC down."""
    errors = Draft202012Validator(SCHEMA).iter_errors(asked)
    for error in sorted(errors, key=lambda one: [str(step) for step in one.absolute_path]):
        path = list(error.absolute_path)
        match error.validator:
            case "required":
                missing = next(key for key in error.validator_value if key not in error.instance)
                yield Wrong(written([*path, missing]), "this key is missing")
            case "additionalProperties":
                known = error.schema["properties"]
                unknown = next(key for key in error.instance if key not in known)
                yield Wrong(written([*path, unknown]), f"this key is not known; {meant(str(unknown), known)}")
            case "enum" if "propertyNames" in error.absolute_schema_path:
                yield Wrong(written([*path, error.instance]), f"this key does not go with this kind; {_known(error)}")
            case _:
                yield Wrong(written(path) or "SPEC", _words(error))


def _words(error: Any) -> str:
    wanted = error.validator_value
    match error.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return f"it has to be {' or '.join(_KINDS[kind] for kind in kinds)}"
        case "enum":
            return f"there is no {json.dumps(error.instance, ensure_ascii=False)}; {meant(str(error.instance), wanted)}"
        case "minItems" | "maxItems":
            least = error.validator == "minItems"
            return f"it has to have {'at least' if least else 'at most'} {wanted}, and has {len(error.instance)}"
        case "minProperties":
            return "it is empty"
        case "uniqueItems":
            twice = next(one for at, one in enumerate(error.instance) if one in error.instance[:at])
            return f"{json.dumps(twice, ensure_ascii=False)} stands twice"
        case "not":
            return f"give one of: {'; '.join(wanted['required'])}"
        case "oneOf":
            return f"give exactly one of: {'; '.join(' and '.join(one['required']) for one in wanted)}"
        case validator if validator in _LIMITS:
            return f"it has to be {_LIMITS[validator]} {wanted}, and is {error.instance}"
    return str(error.message)


def _known(error: Any) -> str:
    return meant(str(error.instance), error.validator_value)
