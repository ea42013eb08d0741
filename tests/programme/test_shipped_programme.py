"""LearnIn's own programme is whole, in every language of the interface, in the letters of that language."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.utils import translation

from learnin.people.formats import places
from learnin.people.operations.places import PLACES_FILE
from learnin.programme import reader
from learnin.programme.formats.definition import Programme
from learnin.programme.formats.items import Item, Kind, Text
from tests.letters import LETTERS

# Names that keep their Latin letters in every script.
PROPER = re.compile(r"LearnIn|UNICEF|TVET|EMIS|IT\b")


@pytest.fixture(name="programme")
def shipped() -> Programme:
    return reader.read(reader.SHIPPED)


def texts(programme: Programme) -> Iterator[tuple[str, Text]]:
    """Every name and sentence, with its place."""
    yield from (("name", programme.names), ("description", programme.descriptions), ("region", programme.regions))
    for kind in Kind:
        for item in programme.items(kind):
            yield f"{kind} {item.id} name", item.names
            if item.descriptions:
                yield f"{kind} {item.id} description", item.descriptions


def test_it_holds_what_the_terms_of_reference_ask(programme: Programme) -> None:
    assert [component.id for component in programme.components] == ["pedagogy", "policy", "technology"]
    assert len(programme.constituencies) == 6
    assert len(programme.mandate_points) == 5
    assert [dimension.id for dimension in programme.dimensions] == [
        "needs", "culture", "priorities", "resources", "expertise",
    ]  # fmt: skip
    assert " ".join(programme.countries) == "AL AM AZ BY BA BG HR GE GR KZ XK KG MD ME MK RO RS TJ TR TM UA UZ"
    assert (programme.task_force.members_least, programme.task_force.members_most) == (4, 12)


def test_its_countries_are_the_ones_we_have_places_of(programme: Programme) -> None:
    known = places.read(PLACES_FILE.read_text("utf-8"))

    assert {place.code for place in known} == set(programme.countries)


def test_every_stage_has_steps(programme: Programme) -> None:
    assert [len(programme.steps_of(stage.id)) for stage in programme.stages] == [5, 5, 3, 3, 9, 3]


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_every_text_stands_in_every_language_in_its_own_letters(programme: Programme, code: str) -> None:
    letters = re.compile(f"[{LETTERS[code]}0-9 .,:;()/-]+")
    strange = {
        place: text.words.get(code, "missing")
        for place, text in texts(programme)
        if not letters.fullmatch(PROPER.sub("", text.words.get(code, "")) or " ") or code not in text.words
    }
    assert not strange


def test_no_two_of_a_kind_share_a_name(programme: Programme) -> None:
    for kind in Kind:
        for code in programme.languages:
            names = [item.names.in_language(code) for item in programme.items(kind)]
            assert len(set(names)) == len(names), (kind, code)


def test_sentences_end_with_a_full_stop_and_names_do_not(programme: Programme) -> None:
    for place, text in texts(programme):
        for words in text.words.values():
            assert words.endswith(".") == place.endswith("description"), (place, words)


def test_serbian_latin_is_made_from_the_cyrillic(programme: Programme) -> None:
    with translation.override("sr-latn"):
        assert programme.components[1].name == "Politika i uprava"
        assert str(programme.item("supporter", "unicef-country-office")) == "Kancelarija UNICEF-a u zemlji"


@pytest.mark.parametrize(
    ("code", "name"),
    [("en", "Technology"), ("ka", "ტექნოლოგია"), ("ro", "Tehnologie"), ("tr-cy", "Teknoloji"), ("sq", "Technology")],
)
def test_names_follow_the_reader_and_fall_back_to_english(programme: Programme, code: str, name: str) -> None:
    with translation.override(code):
        assert programme.components[2].name == name


def test_without_a_language_names_are_english(programme: Programme) -> None:
    with translation.override(None):
        assert programme.components[0].name == "Pedagogy"


def test_an_item_is_found_by_its_id(programme: Programme) -> None:
    found = programme.item(Kind.THEME, "connectivity")

    assert isinstance(found, Item)
    assert programme.item("theme", "no-such-theme") is None
