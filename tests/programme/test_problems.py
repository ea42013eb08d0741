"""Whoever writes a programme file is told each mistake: which file, line and key, and what to correct."""

import doctest
from collections.abc import Callable

import pytest

from learnin.programme.formats import definition, problems, yaml_lines
from learnin.programme.formats.problems import ProgrammeUnreadable
from tests.programme import written


def told(text: str) -> list[str]:
    """What the writer of this text is told."""
    with pytest.raises(ProgrammeUnreadable) as refused:
        definition.parse(text, file="other.yaml")
    return [str(problem) for problem in refused.value.problems]


def test_a_sound_file_is_read() -> None:
    programme = definition.parse(written.text(written.data()), file="other.yaml")

    assert (programme.id, programme.countries, programme.themes[1].name) == ("rivers", ("NO",), "Bridges")


@pytest.mark.parametrize(
    ("change", "key", "reason"),
    [
        (lambda d: d.pop("themes"), "themes", "This key is missing."),
        (lambda d: d["themes"][0].pop("name"), "themes.boats.name", "This key is missing."),
        (lambda d: d["themes"][0].pop("id"), "themes.#1.id", "This key is missing."),
        (lambda d: d.update(theems=[]), "theems", "This key is not known. Did you mean themes?"),
        (lambda d: d["stages"][0].update(nam=1), "stages.taskforce.nam", "This key is not known. Did you mean name?"),
        (
            lambda d: d["themes"][0].update(colour="red"),
            "themes.boats.colour",
            "This key is not known. Known here: id, component, name, description.",
        ),
        (lambda d: d.update(themes={}), "themes", "It has to be a list, and is a set of keys."),
        (lambda d: d.update(themes=[]), "themes", "The list is empty."),
        (lambda d: d.update(programme=[]), "programme", "It has to be a set of keys, and is a list."),
        (
            lambda d: d["themes"][0].update(name="Boats"),
            "themes.boats.name",
            "It has to be a set of keys, and is “Boats”.",
        ),
        (lambda d: d["themes"][0]["name"].update(en=None), "themes.boats.name.en", "It has to be text, and is empty."),
        (lambda d: d["themes"][0]["name"].update(en=""), "themes.boats.name.en", "The text is empty."),
        (
            lambda d: d["themes"][0]["name"].update(en=" Boats"),
            "themes.boats.name.en",
            "“ Boats” is not one line of text without spaces around it.",
        ),
        (
            lambda d: d["themes"][0]["name"].update(en="b" * 121),
            "themes.boats.name.en",
            "The text has 121 characters, more than 120.",
        ),
        (
            lambda d: d["audiences"][0].update(id="The Children"),
            "audiences.The Children.id",
            "“The Children” is not an id: small letters a to z, digits and single hyphens, a letter first.",
        ),
        (
            lambda d: d["audiences"][0].update(id="a" * 65),
            f"audiences.{'a' * 65}.id",
            "The text has 65 characters, more than 64.",
        ),
        (
            lambda d: d.update(countries=["Norway"]),
            "countries.#1",
            "“Norway” is not a country code of two capital letters",
        ),
        (
            lambda d: d["components"][0].update(chip="red"),
            "components.water.chip",
            "“red” is not one of: pedagogy, policy",
        ),
        (lambda d: d.update(components=d["components"] * 4), "components", "The list holds 4, more than 3."),
        (
            lambda d: d["task_force"].update(members_least="two"),
            "task_force.members_least",
            "It has to be a whole number, and is “two”.",
        ),
        (lambda d: d["task_force"].update(members_least=0), "task_force.members_least", "0 is too small: at least 1."),
        (
            lambda d: d["task_force"].update(members_most=1001),
            "task_force.members_most",
            "1001 is too large: at most 1000.",
        ),
        (
            lambda d: d["task_force"].update(members_most=1),
            "task_force.members_most",
            "1 is less than members_least, 2.",
        ),
        (lambda d: d.update(languages=["ka"]), "languages", "The list has to hold en."),
        (lambda d: d.update(languages=["en", "ka"]), "themes.boats.name.ka", "This language is missing."),
        (lambda d: d.update(languages=["en", "ka"]), "programme.region.ka", "This language is missing."),
        (
            lambda d: d["themes"][0]["name"].update(ro="Bărci"),
            "themes.boats.name.ro",
            "This language does not stand in the list languages.",
        ),
        (
            lambda d: d.update(languages=["en", "EN"]),
            "languages.#2",
            "“EN” is not a language code, such as en or sr-latn.",
        ),
        (
            lambda d: d["themes"][0].update(component="air"),
            "themes.boats.component",
            "components has no “air”. It has: water.",
        ),
        (lambda d: d["steps"][0].update(stage="end"), "steps.meet.stage", "stages has no “end”. It has: taskforce."),
        (
            lambda d: d["themes"][1].update(id="boats"),
            "themes.boats",
            "“boats” stands twice in this list, first in line",
        ),
        (
            lambda d: d["components"].append({**d["components"][0], "id": "air"}),
            "components.air.chip",
            "“technology” stands twice in this list, first in line",
        ),
        (lambda d: d.update(countries=["NO", "NO"]), "countries.#2", "“NO” stands twice in this list, first in line"),
    ],
)
def test_a_mistake_is_told_with_its_key_and_reason(change: Callable[[dict], object], key: str, reason: str) -> None:
    content = written.data()
    change(content)

    assert any(f": {key}: {reason}" in line for line in told(written.text(content))), told(written.text(content))


def test_the_line_is_the_one_in_the_file() -> None:
    text = written.text(written.data())
    lines = text.replace("component: water", "component: air", 1).splitlines()

    line = lines.index("  component: air") + 1
    assert told("\n".join(lines)) == [
        f"other.yaml:{line}: themes.boats.component: components has no “air”. It has: water."
    ]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file() -> None:
    content = written.data()
    content["countries"] = ["Norway"]
    del content["themes"][1]["name"]
    content["steps"][0]["stage"] = "end"

    keys = [line.split(": ")[1] for line in told(written.text(content))]
    assert keys == ["countries.#1", "steps.meet.stage", "themes.bridges.name"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "other.yaml:1: It has to be a set of keys, and is empty."),
        ("themes:\n  - a\n b: c\n", "other.yaml:3: This is not YAML:"),
        ("a: \x07\n", "other.yaml:1: Here stands a character that YAML does not allow."),
        ("a: 1\nb: &word 2\n", "other.yaml:2: Anchors (&name, *name) are not used here"),
        ("a: 1\nb: !!python/object:os.system x\n", "other.yaml:2: Tags are not used here"),
        ("a: 1\n---\nb: 2\n", "other.yaml:2: A second document starts here"),
        ("? [a, b]\n: c\n", "other.yaml:1: A key has to be a plain word."),
        ("[" * 200_000, "other.yaml:1: It is nested more than 12 deep."),
        ("a" * (yaml_lines.MOST_BYTES + 1), "other.yaml:1: The file is larger than 1,000,000 bytes."),
    ],
)
def test_text_that_is_not_a_programme_at_all(text: str, said: str) -> None:
    assert told(text)[0].startswith(said)


def test_a_key_that_stands_twice_is_told_not_replaced() -> None:
    text = written.text(written.data()) + "languages: [en]\n"

    last = len(text.splitlines())
    first = text.splitlines().index("languages:") + 1
    assert told(text) == [f"other.yaml:{last}: languages: This key stands twice here, first in line {first}."]


def test_norway_and_norwegian_need_no_quotes() -> None:
    text = written.text(written.data()).replace("- 'NO'", "- NO").replace("- en\n", "- en\n- no\n")
    text = text.replace("en: Boats", "en: Boats\n    no: Båter")

    assert "- NO" in text
    assert all(line.endswith("This language is missing.") for line in told(text))
    assert not any("boats" in line for line in told(text))


def test_a_place_is_named_by_its_id() -> None:
    assert doctest.testmod(problems).attempted
    assert not doctest.testmod(problems).failed
