"""Weights are learned with the signs that they must have, and verdicts of people move them."""

import random
from dataclasses import replace

import numpy as np
import pytest

from learnin.compute.relations import Decision, Register, Relation, Weights, read, refit, shipped
from learnin.compute.relations.features import NAMES, SIGNS
from learnin.compute.relations.fitting import TooFewDecisions, calibrated, fitted
from learnin.compute.relations.weights import FILE
from make.relations import copies, made


def _decisions(count: int) -> list[Decision]:
    """Half of them copies, half of them strangers, as a reviewer would say."""
    chance, found = random.Random(4), made.records(count * 2)
    told = []
    for at in range(0, count, 2):
        told.append(Decision(found[at], copies.another(found[at], f"copy {at}", chance), Relation.JOINT))
        told.append(
            Decision(found[at + 1], replace(found[count + at], country=found[at + 1].country), Relation.UNRELATED)
        )
    return told


def _right(decisions: list[Decision], weights: Weights) -> int:
    """How many pairs are found related as people said."""
    found = (bool(Register.of([one.first], weights).related(one.second)) for one in decisions)
    return sum(said == (one.relation == Relation.JOINT) for said, one in zip(found, decisions, strict=True))


def test_verdicts_move_the_weights_and_leave_the_signs() -> None:
    decisions = _decisions(240)
    register = Register.of(one.first for one in decisions)
    moved = refit(decisions, register)
    assert not np.array_equal(moved.related, register.weights.related)
    assert read(moved.text("# moved\n")).related.shape == moved.related.shape
    for at, name in enumerate(NAMES):
        assert (moved.related[at] * SIGNS[name] >= 0).all()
    before, after = (_right(decisions[:60], weights) for weights in (register.weights, moved))
    assert after >= before


def test_few_verdicts_or_all_alike_are_refused() -> None:
    decisions = _decisions(240)
    register = Register.of(one.first for one in decisions)
    with pytest.raises(TooFewDecisions):
        refit(decisions[:199], register)
    with pytest.raises(TooFewDecisions):
        refit([replace(one, relation=Relation.SITE) for one in decisions], register)


def test_pairs_of_one_kind_teach_nothing() -> None:
    values = np.zeros((3, len(NAMES)), dtype=np.float32)
    with pytest.raises(ValueError, match="one kind"):
        fitted(values, np.array([True, True, True]))
    with pytest.raises(ValueError, match="one kind"):
        calibrated(np.zeros(3), np.array([False, False, False]))


def test_calibration_finds_how_far_log_odds_were_stretched() -> None:
    rng = np.random.default_rng(3)
    true = rng.normal(0, 2, 20_000)
    label = rng.random(20_000) < 1 / (1 + np.exp(-true))
    stretch, shift, rival = calibrated(true * 2 - 1, label)
    assert stretch == pytest.approx(0.5, abs=0.03)
    assert shift == pytest.approx(0.5, abs=0.06)
    assert rival == 0


def test_the_file_says_what_was_read_and_refuses_what_is_wrong() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert np.array_equal(read(shipped().text("")).related, shipped().related)
    with pytest.raises(ValueError, match="other features"):
        read(text.replace("related title_letters ", "related title_planted "))
    line = next(line for line in text.splitlines() if line.startswith("related numbers_apart"))
    with pytest.raises(ValueError, match="wrong way"):
        read(text.replace(line, "related numbers_apart" + " 1.0" * 6))
