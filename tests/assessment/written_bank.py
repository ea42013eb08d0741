"""A small sound question bank, and files of it as a person might write them, for the tests beside this file."""

from copy import deepcopy
from typing import Any

from tests.programme.written import text

_SHARED = {
    "columns": {"en": "English (en)", "sr": "Српски (sr)", "sr-latn": "Srpski (sr-Latn)"},
    "modules": ["boats"],
    "words": {
        word: {"en": f"{word} {{least}} {{most}}", "sr": f"реч {{least}} {{most}} {word}"}
        for word in ("before", "agree", "choose_all", "alone", "range")
    },
    "special_answers": [
        {"id": "do_not_know", "value": "98", "text": {"en": "I do not know", "sr": "Не знам"}},
        {"id": "none_of_these", "value": "none", "alone": "yes", "text": {"en": "None", "sr": "Ништа"}},
    ],
    "scales": [
        {
            "id": "often",
            "lead": {"en": "How often?", "sr": "Колико често?"},
            "choices": [
                {"value": "1", "text": {"en": "Never", "sr": "Никад"}},
                {"value": "2", "text": {"en": "Always", "sr": "Увек"}},
            ],
        },
        {"id": "often_dk", "like": "often", "also": ["do_not_know"]},
    ],
}
_BOATS = {
    "id": "boats",
    "name": {"en": "Boats", "sr": "Чамци"},
    "each": {
        "dimension": "depth",
        "theme": "boats",
        "component": "water",
        "population": ["children"],
        "source": "seen at the mill",
        "scale": "often_dk",
    },
    "items": [
        {"id": "b_sail", "text": {"en": "I sail.", "sr": "Једрим."}},
        {"id": "b_row", "theme": "bridges", "text": {"en": "I row.", "sr": "Веслам."}},
        {
            "id": "b_have",
            "type": "select_multiple",
            "required": "yes",
            "text": {"en": "What do you have?", "sr": "Шта имате?"},
            "choices": [
                {"value": "boat", "text": {"en": "A boat", "sr": "Чамац"}},
                {"value": "oar", "text": {"en": "An oar", "sr": "Весло"}},
            ],
            "also": ["none_of_these"],
        },
        {
            "id": "b_age",
            "type": "integer",
            "least": 0,
            "most": 90,
            "personal": "yes",
            "asked_if": {"item": "b_have", "any_of": ["boat", "oar"]},
            "text": {"en": "How old is it?", "sr": "Колико је старо?"},
            "hint": {"en": "In years.", "sr": "У годинама."},
        },
        {
            "id": "b_dream",
            "asked_if": {"item": "b_have", "none_of": ["boat"]},
            "text": {"en": "I dream of a boat.", "sr": "Сањам о чамцу."},
        },
    ],
}


def shared() -> dict[str, Any]:
    """What all modules share, as data."""
    return deepcopy(_SHARED)


def boats() -> dict[str, Any]:
    """The one module, as data."""
    return deepcopy(_BOATS)


def files(shared_data: object, module_data: object) -> dict[str, str]:
    """The bank as files."""
    return {"shared.yaml": text(shared_data), "boats.yaml": text(module_data)}
