"""Whoever adds an item is told each mistake: which file, line and key, and what to correct."""

from collections.abc import Callable
from typing import Any

import pytest

from learnin.assessment.formats import bank
from learnin.assessment.formats.bank import BankUnreadable
from tests.assessment import written_bank
from tests.programme.written import text

Change = Callable[[dict[str, Any]], object]


def item(number: int, **keys: object) -> Change:
    """Give an item these keys."""
    return lambda data: data["items"][number].update(keys)


def scale(number: int, **keys: object) -> Change:
    """Give a scale these keys."""
    return lambda data: data["scales"][number].update(keys)


def words(**texts: str) -> Change:
    """Give the first item these words."""
    return lambda data: data["items"][0]["text"].update(texts)


def told(files: dict[str, str]) -> list[str]:
    """What the writer of these files is told."""
    with pytest.raises(BankUnreadable) as refused:
        bank.read(files)
    return [str(problem) for problem in refused.value.problems]


def test_sound_files_are_read() -> None:
    read = bank.read(written_bank.files(written_bank.shared(), written_bank.boats()))

    row = read.by_id["b_row"]
    assert (row.theme, row.dimension, row.population, row.source) == (
        "bridges",
        "depth",
        ("children",),
        "seen at the mill",
    )
    assert [choice.value for choice in row.scale.choices] == ["1", "2", "98"]
    assert [choice.is_special for choice in row.scale.choices] == [False, False, True]
    assert row.text.words["sr-latn"] == "Veslam."
    assert read.by_id["b_have"].scale.choices[-1].is_alone
    assert read.module("boats") == read.modules[0]
    assert (read.item("b_swim"), read.module("cars")) == (None, None)


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        (lambda d: d.pop("name"), "name", "This key is missing."),
        (lambda d: d.update(colour="red"), "colour", "This key is not known."),
        (lambda d: d.update(id="cars"), "id", "“cars” does not stand in the list modules of shared.yaml."),
        (item(0, id="b-sail"), "items.b-sail.id", "“b-sail” is not a name: small letters"),
        (item(0, id="b" * 33), f"items.{'b' * 33}.id", "The text has 33 characters, more than 32."),
        (item(1, id="b_sail"), "items.b_sail.id", "The name “b_sail” is already used in boats.yaml."),
        (item(1, id="deviceid"), "items.deviceid.id", "already used in every questionnaire."),
        (item(1, id="often"), "items.often.id", "The name “often” is already used in shared.yaml."),
        (lambda d: d["each"].pop("theme"), "items.b_sail.theme", "This key is missing, here and under each."),
        (lambda d: d["items"][0]["text"].pop("sr"), "items.b_sail.text.sr", "This language is missing."),
        (lambda d: d["items"][0]["text"].pop("en"), "items.b_sail.text.en", "This key is missing."),
        (words(fi="Purjehdin."), "items.b_sail.text.fi", "This language has no column"),
        (words(**{"sr-latn": "Jedrim."}), "items.b_sail.text.sr-latn", "or is made by itself."),
        (words(en="I " * 80 + "s"), "items.b_sail.text.en", "161 characters, more than 160."),
        (words(en="I sail. "), "items.b_sail.text.en", "not one line of text"),
        (item(0, scale="never"), "items.b_sail.scale", "There is no scale “never”."),
        (lambda d: d["each"].pop("scale"), "items.b_sail.scale", "This key is missing: an item has a scale"),
        (item(2, scale="often"), "items.b_have.scale", "It has a scale, and is answered in another"),
        (item(3, scale="often"), "items.b_age.scale", "It has a scale, and is answered in another"),
        (item(2, type="text"), "items.b_have.choices", "It has choices, and its type needs none."),
        (item(0, also=["do_not_know"]), "items.b_sail.also", "Only an item with choices of its own"),
        (item(2, also=["maybe"]), "items.b_have.also.#1", "special_answers has no “maybe”."),
        (lambda d: d["items"][2]["choices"][1].update(value="boat"), "items.b_have.choices.#2", "“boat” stands twice"),
        (lambda d: d["items"][3].pop("most"), "items.b_age.most", "least and most stand together or not at all."),
        (item(0, least=1, most=2), "items.b_sail.type", "Only an integer or a decimal"),
        (lambda d: d["items"][3]["asked_if"].update(item="b_dream"), "items.b_age.asked_if.item", "No item before it"),
        (lambda d: d["items"][3]["asked_if"].update(any_of=["car"]), "items.b_age.asked_if.any_of", "no answer “car”."),
        (lambda d: d["items"][3]["asked_if"].pop("any_of"), "items.b_age.asked_if.any_of", "one of the two."),
        (item(0, required="maybe"), "items.b_sail.required", "“maybe” is not one of: yes, no."),
        (item(0, type="select"), "items.b_sail.type", "“select” is not one of: select_one"),
        (item(0, theme="Boats!"), "items.b_sail.theme", "“Boats!” is not an id: small letters"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_module_is_told_with_file_key_and_reason(change: Change, key: str, reason: str) -> None:
    content = written_bank.boats()
    change(content)
    said = told(written_bank.files(written_bank.shared(), content))

    assert any(line.startswith("boats.yaml:") and f": {key}: " in line and reason in line for line in said), said


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        (lambda d: d["modules"].append("cars"), "modules.#2", "No file holds the module “cars”."),
        (lambda d: d["modules"].append("boats"), "modules.#2", "“boats” stands twice in this list."),
        (scale(1, like="seldom"), "scales.often_dk.like", "No scale before it is called “seldom”."),
        (scale(1, also=["maybe"]), "scales.often_dk.also.#1", "It has: do_not_know, none_of_these."),
        (lambda d: d["scales"][0].pop("choices"), "scales.often.choices", "a scale has choices, or is like another."),
        (scale(1, id="often"), "scales.often", "“often” stands twice in this list"),
        (lambda d: d["scales"][0]["choices"][1].update(value="1"), "scales.often.choices.#2", "“1” stands twice"),
        (lambda d: d["scales"][0]["lead"].pop("sr"), "scales.often.lead.sr", "This language is missing."),
        (lambda d: d["words"].pop("agree"), "words.agree", "This key is missing."),
        (lambda d: d["columns"].pop("en"), "columns.en", "This key is missing."),
    ],
)  # fmt: skip
def test_a_mistake_in_what_modules_share_is_told(change: Change, key: str, reason: str) -> None:
    content = written_bank.shared()
    change(content)
    said = told(written_bank.files(content, written_bank.boats()))

    assert any(line.startswith("shared.yaml:") and f": {key}: " in line and reason in line for line in said), said


def test_the_line_is_the_one_in_the_file() -> None:
    content = written_bank.boats()
    content["items"][1]["scale"] = "never"
    files = written_bank.files(written_bank.shared(), content)

    line = files["boats.yaml"].splitlines().index("  scale: never", 12) + 1
    assert told(files) == [
        f"boats.yaml:{line}: items.b_row.scale: There is no scale “never”. There are: often, often_dk."
    ]


def test_without_what_modules_share_there_is_no_bank() -> None:
    assert told({"boats.yaml": text(written_bank.boats())}) == ["shared.yaml:1: This file is missing."]


def test_text_that_is_no_bank_at_all() -> None:
    said = told({"shared.yaml": text(written_bank.shared()), "boats.yaml": "a: &word 1\n"})
    assert said[0] == "boats.yaml:1: Anchors (&name, *name) are not used here: write the text again."


def places(data: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in the data."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [*([path] if path else []), *(place for key, value in inner for place in places(value, (*path, key)))]


@pytest.mark.parametrize("instead", [[], [{}], {}, {"en": []}, None, 7, "x y"], ids=repr)
@pytest.mark.parametrize("broken", ["shared", "boats"])
def test_data_of_any_shape_is_refused_in_words_or_read(broken: str, instead: object) -> None:
    whole = {"shared": written_bank.shared, "boats": written_bank.boats}
    refused = 0
    for *path, last in places(whole[broken]()):
        data = {name: make() for name, make in whole.items()}
        inside: Any = data[broken]
        for key in path:
            inside = inside[key]
        inside[last] = instead
        try:
            bank.read(written_bank.files(data["shared"], data["boats"]))
        except BankUnreadable as unreadable:
            refused += bool(unreadable.problems)
    assert refused > 20
