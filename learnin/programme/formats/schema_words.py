"""What a schema says about a document, turned into plain words."""

import difflib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path as FilePath
from typing import Any

from jsonschema import Draft202012Validator

from .problems import Path, Problem
from .yaml_lines import Document

SCHEMA: Mapping[str, Any] = json.loads((FilePath(__file__).parent.parent / "schema.json").read_text("utf-8"))
_KINDS = {"object": "a set of keys", "array": "a list", "string": "text", "integer": "a whole number"}
_PATTERNS = {
    SCHEMA["$defs"]["id"]["pattern"]: "an id: small letters a to z, digits and single hyphens, a letter first",
    SCHEMA["$defs"]["language"]["pattern"]: "a language code, such as en or sr-latn",
    SCHEMA["$defs"]["line"]["pattern"]: "one line of text without spaces around it",
    SCHEMA["$defs"]["country"]["pattern"]: "a country code of two capital letters, such as GE",
}


def problems(document: Document, schema: Mapping[str, Any] = SCHEMA) -> Iterator[Problem]:
    """Everything in the document that the schema does not allow: the programme's, or another that is given."""
    for error in Draft202012Validator(schema).iter_errors(document.data):
        path: Path = tuple(error.absolute_path)
        if error.validator == "required":
            for key in _missing(error):
                yield document.problem((*path, key), "This key is missing.")
        elif error.validator == "additionalProperties":
            for key in _unknown(error):
                yield document.problem((*path, key), _unknown_words(key, error.schema["properties"]))
        else:
            yield document.problem(path, _WORDS.get(error.validator, _as_it_says)(error))


def _missing(error: Any) -> list[str]:
    return [key for key in error.validator_value if key not in error.instance]


def _unknown(error: Any) -> list[str]:
    return [key for key in error.instance if key not in error.schema["properties"]]


def _unknown_words(key: str, known: Mapping[str, object]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    if close:
        return f"This key is not known. Did you mean {close[0]}?"
    return f"This key is not known. Known here: {', '.join(known)}."


def _type(error: Any) -> str:
    found = "is empty" if error.instance is None else f"is {_shown(error.instance)}"
    return f"It has to be {_KINDS[error.validator_value]}, and {found}."


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a set of keys"
    return "a list" if isinstance(value, list) else f"“{value}”"


def _pattern(error: Any) -> str:
    """What the text should be. A pattern of another schema says it in its own description."""
    wanted = _PATTERNS.get(error.validator_value) or error.schema.get("description", error.validator_value)
    return f"“{error.instance}” is not {wanted}."


def _as_it_says(error: Any) -> str:
    return f"{error.message}."


_WORDS: dict[str, Callable[[Any], str]] = {
    "type": _type,
    "pattern": _pattern,
    "enum": lambda error: f"“{error.instance}” is not one of: {', '.join(error.validator_value)}.",
    "contains": lambda error: f"The list has to hold {error.validator_value['const']}.",
    "minItems": lambda error: "The list is empty.",
    "maxItems": lambda error: f"The list holds {len(error.instance)}, more than {error.validator_value}.",
    "minProperties": lambda error: "It is empty.",
    "minLength": lambda error: "The text is empty.",
    "maxLength": lambda error: f"The text has {len(error.instance)} characters, more than {error.validator_value}.",
    "minimum": lambda error: f"{error.instance} is too small: at least {error.validator_value}.",
    "maximum": lambda error: f"{error.instance} is too large: at most {error.validator_value}.",
}
