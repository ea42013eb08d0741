"""The question bank that ships is whole: every item in every language, in its own letters, short and findable."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.checks import Error
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.utils import translation

from learnin.assessment import apps, bank_reader
from learnin.assessment.formats.bank import Bank, BankUnreadable
from learnin.programme import reader
from learnin.programme.formats.items import Text
from tests.assessment import written_bank
from tests.house.rules import ROOT
from tests.letters import LETTERS
from tests.programme import written

# Names that keep their Latin letters in every script.
PROPER = re.compile(r"Wi-Fi|\{\w+\}")
THE_SAME_WORD = {("importance4 3", "ro")}
NAMED = (
    "teachers", "specialists", "students-lower-secondary", "students-upper-secondary", "students-vocational", "parents",
    "principals", "ministry-staff", "local-administration",
)  # fmt: skip


@pytest.fixture(name="bank", scope="module")
def shipped() -> Bank:
    return bank_reader.current()


def texts(bank: Bank) -> Iterator[tuple[str, Text]]:
    """Every text that people read, with its place."""
    yield from bank.words.items()
    for scale in bank.scales:
        if scale.lead:
            yield f"{scale.id} lead", scale.lead
        yield from ((f"{scale.id} {choice.value}", choice.text) for choice in scale.choices)
    for module in bank.modules:
        yield module.id, module.name
        for item in module.items:
            yield item.id, item.text
            if item.hint:
                yield f"{item.id} hint", item.hint
            if item.scale and item.scale.id == item.id:
                yield from ((f"{item.id} {choice.value}", choice.text) for choice in item.scale.choices)


def test_it_holds_enough_to_choose_from(bank: Bank) -> None:
    assert len(bank.by_id) >= 120
    assert len(bank.modules) >= 14
    assert sum(len(module.items) for module in bank.modules) == len(bank.by_id)


def test_everything_it_names_is_in_the_programme(bank: Bank) -> None:
    assert bank_reader.not_in_programme(bank, reader.read(reader.SHIPPED)) == {}


def test_every_dimension_component_and_population_has_items(bank: Bank) -> None:
    programme = reader.read(reader.SHIPPED)
    assert [one.id for one in programme.dimensions if not bank.items(dimension=one.id)] == []
    assert [one.id for one in programme.components if not bank.items(component=one.id)] == []
    assert [one.id for one in programme.themes if not bank.items(theme=one.id)] == []
    assert [one for one in NAMED if len(bank.items(population=one)) < 10] == []


@pytest.mark.parametrize("code", LETTERS)
def test_every_text_stands_in_every_language_in_its_own_letters(bank: Bank, code: str) -> None:
    letters = re.compile(f"[{LETTERS[code]}0-9 .,;?()’-]*")
    strange = {
        place: text.words.get(code, "missing")
        for place, text in texts(bank)
        if not letters.fullmatch(PROPER.sub("", text.words.get(code, "missing: "))) or code not in text.words
    }
    assert strange == {}
    assert code in bank.columns


def test_nothing_was_left_in_english(bank: Bank) -> None:
    same = {
        (place, code)
        for place, text in texts(bank)
        for code, words in text.words.items()
        if code != "en" and words.casefold() == text.words["en"].casefold()
    }
    assert same == THE_SAME_WORD


def test_texts_are_short_enough_for_a_phone(bank: Bank) -> None:
    assert [place for place, text in texts(bank) for words in text.words.values() if len(words) > 160] == []
    assert [place for place, text in texts(bank) if len(text.words["en"].split()) > 20] == []


def test_no_two_items_ask_the_same(bank: Bank) -> None:
    for code in bank.columns:
        asked = Counter(item.text.words[code] for item in bank.by_id.values())
        assert [text for text, times in asked.items() if times > 1] == [], code


def test_the_answers_of_an_item_differ(bank: Bank) -> None:
    scales = {item.scale.id: item.scale for item in bank.by_id.values() if item.scale}
    for scale in scales.values():
        for code in bank.columns:
            said = [choice.text.words[code] for choice in scale.choices]
            assert len(set(said)) == len(said) >= 2, (scale.id, code)


def test_a_question_ends_alike_in_every_language(bank: Bank) -> None:
    ends = {item.id: {words[-1] if words[-1] in "?." else "" for words in item.text.words.values()}
            for item in bank.by_id.values()}  # fmt: skip
    assert {id: end for id, end in ends.items() if len(end) > 1} == {}


def test_every_scale_is_used(bank: Bank) -> None:
    used = {item.scale.id for item in bank.by_id.values() if item.scale}
    assert [scale.id for scale in bank.scales if scale.id not in used] == []


def test_a_statement_has_the_question_it_answers(bank: Bank) -> None:
    statements = [item for item in bank.by_id.values() if item.text.words["en"].endswith(".")]
    assert len(statements) > 80
    assert [item.id for item in statements if not item.is_statement] == []


def test_who_a_person_is_counts_as_personal_and_need_not_be_said(bank: Bank) -> None:
    personal = {item.id for item in bank.by_id.values() if item.is_personal}
    assert {"back_age", "back_sex", "back_years", "expt_email", "cult_home_language"} <= personal
    assert [id for id in personal if bank.by_id[id].is_required] == []
    assert bank.personal(["tdes_goal", "back_age"]) == ("back_age",)


def test_only_what_others_depend_on_is_required(bank: Bank) -> None:
    needed = {item.asked_if.item for item in bank.by_id.values() if item.asked_if}
    assert {item.id for item in bank.by_id.values() if item.is_required} == needed


def test_items_are_found_by_what_they_are_about(bank: Bank) -> None:
    found = bank.items(population="parents", dimension="priorities", component="pedagogy", theme="parents")
    assert [item.id for item in found] == ["psup_wish"]
    assert bank.items() == tuple(bank.by_id.values())
    assert bank.items(theme="typewriters") == ()


def test_texts_follow_the_reader_and_serbian_latin_is_made(bank: Bank) -> None:
    with translation.override("sr-latn"):
        assert str(bank.by_id["sacc_quiet"].text) == "Kod kuće imam mirno mesto za učenje."
    with translation.override("ka"):
        assert str(bank.modules[0].name) == "სწავლის დაგეგმვა"


def test_it_is_read_once() -> None:
    assert bank_reader.current() is bank_reader.current()


def test_the_guide_counts_what_is_there(bank: Bank) -> None:
    guide = (ROOT / "docs/guide/question-bank.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .+ \| (\d+) \|$", guide, re.M)
    assert [(id, int(number)) for id, number in rows] == [(one.id, len(one.items)) for one in bank.modules]
    assert f"{len(bank.by_id)} items in {len(bank.modules)} modules" in guide


def test_a_broken_file_is_found_at_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = written_bank.boats()
    del module["items"][0]["text"]["sr"]
    for name, content in written_bank.files(written_bank.shared(), module).items():
        (tmp_path / name).write_text(content, "utf-8")
    monkeypatch.setattr(bank_reader, "SHIPPED", tmp_path)

    with pytest.raises(
        SystemCheckError, match=r"assessment\.E001.*items\.b_sail\.text\.sr: This language is missing\."
    ):
        call_command("check")


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "shared.yaml").write_bytes(b"\n\xff")

    with pytest.raises(BankUnreadable, match=r"shared\.yaml:2: The file is not UTF-8 text\."):
        bank_reader.read(tmp_path)


def test_another_programme_is_told_what_it_lacks(tmp_path: Path, settings) -> None:
    settings.PROGRAMME_FILE = str(written.file(tmp_path, written.data()))

    told = apps.bank_is_sound(None)
    assert not [message for message in told if isinstance(message, Error)]
    assert any("does not have: component pedagogy, " in message.msg for message in told)
