"""Items of the question bank bring the indicators that make sense of them."""

import pytest

from learnin.assessment import bank_reader
from learnin.assessment.formats import bank, indicator
from learnin.assessment.formats.bank import BankUnreadable, Brought
from tests.assessment import written_bank

SHIPPED = bank_reader.current()
ALL = {one.code: one for one in bank.brought(SHIPPED, frozenset(SHIPPED.by_id))}


def brought(*names: str) -> list[Brought]:
    """What these items bring."""
    return list(bank.brought(SHIPPED, names))


def test_every_statement_on_a_scale_brings_one() -> None:
    silent = [item.id for item in SHIPPED.by_id.values() if item.is_statement and item.id not in ALL]
    assert silent == []


@pytest.mark.parametrize("one", ALL.values(), ids=ALL)
def test_what_is_brought_can_be_measured(one: Brought) -> None:
    definition = indicator.read(one.definition)
    known = {choice.value for name in definition.names for choice in getattr(SHIPPED.by_id[name].scale, "choices", ())}
    assert set(definition.values) | set(definition.missing) <= known


def test_agreement_is_the_share_that_agrees_without_those_who_do_not_know() -> None:
    (one,) = brought("tass_trust")
    assert one.definition == {"kind": "share", "question": "tass_trust", "values": ["4", "5"], "missing": ["98"]}
    assert (one.need, one.unit, one.dimension) == ("low", "share", "culture")


def test_an_item_may_turn_its_scale_round() -> None:
    (one,) = brought("sinf_power")
    assert (one.definition["values"], one.need) == (["3", "4", "5"], "high")


def test_whoever_chose_none_of_these_did_answer() -> None:
    (one,) = brought("tonl_tools")
    assert one.definition["kind"] == "multi"
    assert "none" in one.definition["values"]
    assert "missing" not in one.definition


@pytest.mark.parametrize("name", ["back_sex", "prio_first", "expt_may_ask", "not_of_the_bank"])
def test_what_says_who_somebody_is_or_is_a_text_brings_nothing(name: str) -> None:
    assert brought(name) == []


def test_an_index_comes_with_all_of_its_items() -> None:
    module = SHIPPED.module("teach_confidence")
    assert module is not None
    assert [one.code for one in brought(*module.index) if one.definition["kind"] == "index"] == ["teach_confidence"]
    assert not any(one.definition["kind"] == "index" for one in brought(*module.index[1:]))


def test_a_value_that_nobody_can_choose_is_told() -> None:
    data = written_bank.boats()
    data["items"][0]["indicator"] = {"values": ["7"]}
    with pytest.raises(BankUnreadable) as refused:
        bank.read(written_bank.files(written_bank.shared(), data))
    assert [str(problem).rpartition(": ")[2] for problem in refused.value.problems] == ["1, 2, 98."]


def test_an_item_says_more_than_its_scale_and_the_scale_more_than_the_type() -> None:
    shared, data = written_bank.shared(), written_bank.boats()
    shared["scales"][0]["indicator"] = {"kind": "share", "values": ["2"], "need": "low"}
    data["items"][1]["indicator"] = {"need": "high"}
    read = bank.read(written_bank.files(shared, data))
    found = {one.code: one for one in bank.brought(read, frozenset(read.by_id))}
    assert [(found[name].definition["kind"], found[name].need) for name in ("b_sail", "b_row", "b_have")] == [
        ("share", "low"),
        ("share", "high"),
        ("multi", ""),
    ]
