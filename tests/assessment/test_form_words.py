"""The script of the web form says only what stands in its words, and nothing stands there in vain."""

import re
from pathlib import Path

from django.utils import translation

from learnin.assessment import form_words
from learnin.kit import languages

SCRIPTS = Path(__file__).resolve().parents[2] / "frontend" / "form"
QUOTED = re.compile(r'"([a-z]+(?:_[a-z]+)*)"')
PLACES = re.compile(r"%\((\w+)\)s")


def spoken() -> set[str]:
    """Every word in quotes in the scripts, where a key could stand."""
    scripts = [file.read_text() for file in SCRIPTS.rglob("*.js") if not file.name.endswith(".test.js")]
    made = {f"{key}_means" for key in ("sent", "kept", "refused")}  # the end of an answer, put together in form.js
    return made | {word for script in scripts for word in QUOTED.findall(script)}


def asked_for() -> set[str]:
    """The keys that the scripts ask for by name."""
    scripts = [file.read_text() for file in SCRIPTS.rglob("*.js") if not file.name.endswith(".test.js")]
    return {key for script in scripts for key in re.findall(r'\bsay\??\.?\("([a-z_]+)"', script)}


def test_the_script_finds_all_its_words() -> None:
    assert asked_for() - set(form_words.WORDS) == set()
    assert len(asked_for()) > 50


def test_no_word_stands_there_in_vain() -> None:
    assert set(form_words.WORDS) - spoken() == set()


def test_every_language_of_the_interface_has_a_table_with_the_same_places() -> None:
    tables = form_words.tables()
    assert set(tables) == {language.html for language in languages.interface()}
    with translation.override("en"):
        english = {key: set(PLACES.findall(str(words))) for key, words in form_words.WORDS.items()}
    for table in tables.values():
        assert {key: set(PLACES.findall(words)) for key, words in table.items()} == english
