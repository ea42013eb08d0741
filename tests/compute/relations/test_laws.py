"""What holds for all records: who is compared with whom, and in which order they came, changes nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.compute.folding import SERBIAN_LATIN, sounds
from learnin.compute.relations import Described, Register, pairs
from learnin.compute.relations.described import Related
from learnin.compute.relations.features import NAMES, SIGNS, features
from learnin.compute.relations.weights import shipped
from tests.compute.relations.made import records, registers

few = settings(max_examples=25, deadline=None)  # each example lays several registers
CYRILLIC = "".join(SERBIAN_LATIN)[:33].replace("ѐ", "").replace("ѝ", "")


def _told(found: Related) -> tuple[object, ...]:
    return found.first, found.second, found.score, found.same, found.relation


def _all(register: Register) -> list[tuple[object, ...]]:
    return [_told(found) for found in pairs(register, 0.0)]


@few
@given(registers())
def test_a_pair_has_no_order(found: list[Described]) -> None:
    tables = Register.of(found).tables
    one, other = np.zeros(len(found) - 1, dtype=np.int64), np.arange(1, len(found))
    assert np.array_equal(features(tables, one, tables, other), features(tables, other, tables, one))


@few
@given(registers())
def test_every_feature_lies_between_nothing_and_one(found: list[Described]) -> None:
    tables = Register.of(found).tables
    i, j = np.triu_indices(len(found), 1)
    values = features(tables, i, tables, j)
    assert np.isfinite(values).all()
    assert values.min() >= 0
    assert values.max() <= 1


@few
@given(registers(), st.randoms(use_true_random=False))
def test_it_does_not_matter_in_which_order_records_came(found: list[Described], chance: object) -> None:
    other = list(found)
    chance.shuffle(other)  # type: ignore[attr-defined]
    assert _all(Register.of(other)) == _all(Register.of(found))


@few
@given(registers(3))
def test_adding_and_letting_go_equals_beginning_again(found: list[Described]) -> None:
    grown = Register.of(found[:2])
    _all(grown)
    for record in found[2:]:
        grown.add(record)
    assert _all(grown) == _all(Register.of(found))
    grown.discard(found[0].key)
    grown.discard("nobody")
    assert _all(grown) == _all(Register.of(found[1:]))


@few
@given(registers())
def test_a_saved_register_says_the_same(found: list[Described]) -> None:
    register = Register.of(found)
    assert _all(Register.load(register.save())) == _all(register)


@few
@given(registers())
def test_a_record_is_scored_as_it_is_among_all_pairs(found: list[Described]) -> None:
    register = Register.of(found)
    every = {frozenset((one.first, one.second)): one for one in pairs(register, 0.0)}
    for record in found:
        for one in register.related(record, 0.0):
            other = every.get(frozenset((one.first, one.second)))
            if other is not None:
                assert one.score >= other.score - 1e-6  # one record has fewer rivals than all together


@few
@given(registers(), st.sampled_from([0.05, 0.4, 0.7]))
def test_leaving_hopeless_pairs_early_changes_nothing_that_is_told(found: list[Described], least: float) -> None:
    register = Register.of(found)
    every = [one for one in _all(register) if one[2] >= least]  # type: ignore[operator]
    early = [_told(one) for one in pairs(register, least)]
    assert [one[:3] + one[4:] for one in early] == [one[:3] + one[4:] for one in every]
    for one, other in zip(early, every, strict=True):
        assert one[3] == other[3] or max(one[3], other[3]) < least  # type: ignore[type-var]


@few
@given(records(1), st.sampled_from(NAMES), st.floats(0, 1))
def test_more_of_a_feature_never_speaks_the_other_way(record: Described, name: str, more: float) -> None:
    tables = Register.of([record, replace(record, key=2)]).tables
    values = features(tables, np.array([0]), tables, np.array([1]))
    raised = values.copy()
    at = NAMES.index(name)
    raised[0, at] = min(1, values[0, at] + more)
    for before, after in zip(shipped().log_odds(values), shipped().log_odds(raised), strict=True):
        assert (after[0] - before[0]) * SIGNS[name] >= 0


@given(st.text(CYRILLIC + CYRILLIC.upper() + " ", max_size=40))
def test_both_serbian_alphabets_are_one_text(text: str) -> None:
    latin = "".join(SERBIAN_LATIN.get(letter.lower(), letter) for letter in text)
    assert sounds(latin) == sounds(text)


@few
@given(registers())
def test_contributions_add_up_to_the_score_unless_it_is_one_activity(found: list[Described]) -> None:
    start = shipped().related_start
    for one in pairs(Register.of(found), 0.0):
        chance = 1 / (1 + np.exp(-start - sum(part.log_odds for part in one.contributions)))
        assert one.score == pytest.approx(max(chance, one.score if one.score == one.same else 0), abs=1e-4)
        assert one.score >= chance - 1e-4
