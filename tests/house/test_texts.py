"""The rules that are read from texts: each is kept, each reports a planted fault, each lets fair work pass."""

import pytest

from tests.house.rulebook import code, data, docs, operations, pages
from tests.house.rules import Rule

BOOK = (*code.RULES, *operations.RULES, *data.RULES, *pages.RULES, *docs.RULES)
rules = pytest.mark.parametrize("rule", BOOK, ids=str)


@rules
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    assert rule.broken() == []


@rules
def test_a_planted_fault_is_reported(rule: Rule) -> None:
    assert [fault for fault in rule.faults if not list(rule.check(fault))] == []


@rules
def test_fair_work_passes(rule: Rule) -> None:
    assert [finding for fair in rule.fair for finding in rule.check(fair)] == []


@rules
def test_the_rule_looks_at_something_and_every_exception_is_needed(rule: Rule) -> None:
    assert list(rule.over())
    assert rule.out_of_date() == []
