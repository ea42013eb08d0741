"""Another programme works without a line of code: its own components, seats, steps and themes."""

from pathlib import Path

import pytest

from learnin.programme import reader
from learnin.programme.fields import ProgrammeIdField
from tests.programme import written


@pytest.fixture(autouse=True)
def _rivers(tmp_path: Path, settings) -> None:
    settings.PROGRAMME_FILE = str(written.file(tmp_path, written.data()))


def test_its_content_is_what_the_product_reads() -> None:
    programme = reader.current()

    assert (programme.name, programme.region) == ("Rivers", "The valley")
    assert [(one.id, one.chip, one.description) for one in programme.components] == [
        ("water", "technology", "What flows.")
    ]
    assert [step.name for step in programme.steps_of("taskforce")] == ["Meet"]
    assert programme.steps_of("assessment") == ()


def test_forms_offer_its_themes_and_nothing_of_learnin() -> None:
    offered = ProgrammeIdField(kind="theme").formfield()

    assert [id for id, _ in offered.choices if id] == ["boats", "bridges"]


def test_it_is_read_once() -> None:
    assert reader.current() is reader.current()
