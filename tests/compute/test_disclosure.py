"""Disclosure in tables: the worked table, and an attack that knows every shown number and never pins a withheld one."""

from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from learnin.compute.disclosure import (
    Answers,
    CannotProtect,
    Cell,
    Protection,
    Rules,
    Tables,
    Why,
    attack,
    protect,
    tabulated,
)
from tests.compute.worked import number, table

LINES = ("Place", "Sex", "Respondents", "Why", "At least", "At most")
VALUES = {
    "district": ["a1", "a2", "b1", "c1", "c2"],
    "region": ["A", "A", "B", "C", "C"],
    "sex": ["f", "m"],
    "stays": ["yes", "no", "silent"],
    "blends": ["1", "2", "3"],
}
WITHIN = {"district": "region"}
DOMAINS = [(), ("region",), ("district",), ("sex",), ("region", "sex"), ("district", "sex")]
laws = settings(deadline=None, max_examples=25)


@st.composite
def surveys(draw: st.DrawFn, *, questions: int = 1) -> list[Answers]:
    """Respondents with places, answers, weights and schools, and some tables of one or two questions."""
    n = draw(st.integers(1, 60))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    lean = draw(st.floats(0.2, 3))  # from even to very uneven tables, where small cells are
    picked = {
        key: generator.choice(len(VALUES[key]), n, p=generator.dirichlet([lean] * len(VALUES[key])))
        for key in ("district", "sex", "stays", "blends")
    }
    picked["region"] = picked["district"]
    columns = {key: [VALUES[key][place] for place in places] for key, places in picked.items()}
    weights = np.round(generator.uniform(1, 30, n), 6)
    schools = [
        f"{place}{school}" for place, school in zip(columns["district"], generator.integers(0, 6, n), strict=True)
    ]
    shown = draw(st.lists(st.sampled_from(DOMAINS), min_size=1, max_size=4, unique=True))
    return [
        Answers(columns, schools, weights, [one for domain in shown for one in (domain, (*domain, question))])
        for question in ("stays", "blends")[:questions]
    ]


class Outsider:
    """Knows every shown number and which values there are. Built apart from the code it attacks."""

    def __init__(self, answers: list[Answers], withheld: set[Cell]) -> None:
        self.places = [key for key in ("region", "district", "sex", "stays", "blends") if _uses(answers, key)]
        columns = answers[0].columns
        seen = {key: sorted({*columns[key]}) for key in self.places}
        parents = {*zip(columns["district"], columns["region"], strict=True)}
        self.people = [
            dict(zip(self.places, values, strict=True))
            for values in product(*seen.values())
            if not {"district", "region"} <= {*self.places}
            or (values[self.places.index("district")], values[self.places.index("region")]) in parents
        ]
        self.rows = [frozenset((key, columns[key][row]) for key in self.places) for row in range(len(answers[0].psus))]
        self.weights = np.asarray(answers[0].weights)
        tables = {frozenset(table) for one in answers for table in one.tables}
        cells = {frozenset((key, person[key]) for key in one) for one in tables for person in self.people}
        self.shown = sorted(cells - withheld, key=sorted)

    def members(self, cell: Cell) -> np.ndarray:
        """Which kinds of people belong to a cell."""
        return np.array([cell <= person.items() for person in self.people], float)

    def count(self, cell: Cell, what: np.ndarray) -> float:
        """The true number in a cell."""
        return float(sum(one for row, one in zip(self.rows, what, strict=True) if cell <= row))

    def learns(self, cell: Cell, what: np.ndarray) -> tuple[float, float]:
        """The smallest and the largest number that fit what is shown."""
        known = np.array([self.members(one) for one in self.shown]).reshape(len(self.shown), len(self.people))
        told = np.array([self.count(one, what) for one in self.shown])
        ends = []
        for sign in (1, -1):
            found = linprog(sign * self.members(cell), A_eq=known, b_eq=told, method="highs")
            ends.append(sign * found.fun if found.status == 0 else np.inf)
            assert found.status in {0, 3}, found.message
        return ends[0], ends[1]


def _uses(answers: list[Answers], key: str) -> bool:
    return any(key in table for one in answers for table in one.tables)


def _known_too_well(answers: list[Answers], found: Protection) -> list[object]:
    """Withheld cells that an outsider knows better than the rules allow, with what is known."""
    outsider = Outsider(answers, {*found.withheld})
    ones = np.ones(len(outsider.rows))
    broken = []
    for cell, why in found.withheld.items():
        n, total = outsider.count(cell, ones), outsider.count(cell, outsider.weights)
        (least, most), (lightest, heaviest) = outsider.learns(cell, ones), outsider.learns(cell, outsider.weights)
        is_unknown = most - least >= 1 - 1e-5 and heaviest > lightest
        if why is not Why.COMPLEMENT:
            span, weighed = found.rules.of_respondents(int(n)), found.rules.of_total(total)
            is_unknown &= least <= max(n - span.down, 0) + 1e-5 and most >= n + span.up - 1e-5
            is_unknown &= lightest <= total - weighed.down + 1e-4 and heaviest >= total + weighed.up - 1e-4
        if not is_unknown:
            broken.append((sorted(cell), why, n, (least, most), total, (lightest, heaviest)))
    return broken


@laws
@given(surveys())
def test_nobody_works_out_a_withheld_cell(answers: list[Answers]) -> None:
    found = protect(tabulated(answers, within=WITHIN))
    assert _known_too_well(answers, found) == []


@laws
@given(surveys(questions=2))
def test_one_question_does_not_tell_what_another_hides(answers: list[Answers]) -> None:
    found = protect(tabulated(answers, within=WITHIN))
    assert _known_too_well(answers, found) == []


@laws
@given(surveys(), st.integers(2, 8), st.integers(1, 4), st.floats(0.05, 0.6))
def test_the_lines_of_a_country_hold_too(answers: list[Answers], least: int, psus: int, span: float) -> None:
    rules = Rules(least_answers=least, least_psus=psus, span=span)
    assert _known_too_well(answers, protect(tabulated(answers, within=WITHIN), rules=rules)) == []


@laws
@given(surveys(questions=2))
def test_every_cell_that_the_rule_names_is_withheld_and_no_other_has_that_reason(answers: list[Answers]) -> None:
    tables = tabulated(answers, within=WITHIN)
    withheld = protect(tables).withheld
    for cell, n, psus, is_shown in zip(tables.cells, tables.n, tables.psus, tables.is_shown, strict=True):
        why = withheld.get(cell)
        if is_shown and 0 < n < 5:
            assert why is Why.FEW_ANSWERS
        elif is_shown and 0 < psus < 3:
            assert why is Why.FEW_PSUS
        else:
            assert why in {None, Why.COMPLEMENT}
        assert is_shown or why in {None, Why.COMPLEMENT}


@laws
@given(surveys(), st.randoms(use_true_random=False))
def test_the_order_of_respondents_changes_nothing(answers: list[Answers], chance) -> None:
    one = answers[0]
    order = list(range(len(one.psus)))
    chance.shuffle(order)
    turned = Answers(
        {key: [values[row] for row in order] for key, values in one.columns.items()},
        [one.psus[row] for row in order],
        np.asarray(one.weights)[order],
        one.tables,
    )
    assert protect(tabulated([one], within=WITHIN)).withheld == protect(tabulated([turned], within=WITHIN)).withheld


@laws
@given(surveys())
def test_our_attack_learns_what_the_outsider_learns(answers: list[Answers]) -> None:
    tables = tabulated(answers, within=WITHIN)
    withheld = {*protect(tables).withheld}
    outsider = Outsider(answers, withheld)
    for cell in sorted(withheld, key=sorted)[:3]:
        known = attack(tables, withheld, cell)
        assert known.n == pytest.approx(outsider.learns(cell, np.ones(len(outsider.rows))), abs=1e-5)
        assert known.total == pytest.approx(outsider.learns(cell, outsider.weights), abs=1e-4)


def _worked() -> tuple[Tables, list[dict[str, str]]]:
    rows = table("disclosure.md", *LINES)
    each = [(row["Place"], row["Sex"]) for row in rows for _one in range(int(row["Respondents"]))]
    columns = {"place": [place for place, _sex in each], "sex": [sex for _place, sex in each]}
    shown = [(), ("place",), ("sex",), ("place", "sex")]
    return tabulated([Answers(columns, range(len(each)), [10] * len(each), shown)]), rows


def test_the_page_works_out_what_is_withheld_and_what_can_be_learnt() -> None:
    tables, rows = _worked()
    withheld = protect(tables).withheld
    assert {len(cell) for cell in withheld} == {2}
    for row in rows:
        cell = frozenset({("place", row["Place"]), ("sex", row["Sex"])})
        assert str(withheld.get(cell, "-")) == row["Why"]
        if cell in withheld:
            known = attack(tables, withheld, cell)
            assert known.n == pytest.approx((number(row["At least"]), number(row["At most"])))
            assert known.total == pytest.approx((10 * known.n[0], 10 * known.n[1]))


def test_without_complements_the_cell_is_known() -> None:
    tables, _rows = _worked()
    man = frozenset({("place", "South"), ("sex", "m")})
    assert attack(tables, {man}, man).n == pytest.approx((3, 3))


def test_hidden_cells_cost_nothing_and_need_no_complement() -> None:
    tables, _rows = _worked()
    north = {cell for cell in tables.cells if ("place", "North") in cell and len(cell) == 2}
    found = protect(tables, hidden=north).withheld
    assert not north & {*found}
    assert Counter(found.values()) == {Why.FEW_ANSWERS: 1, Why.COMPLEMENT: 1}


def test_a_small_region_takes_a_second_one_along_in_every_question() -> None:
    region = ["A"] * 3 + ["B"] * 20 + ["C"] * 40
    stays, blends = ["yes", "no", "yes"] + ["yes", "no"] * 30, ["1", "2", "1"] + ["1", "2"] * 30
    columns = {"region": region, "district": region, "stays": stays, "blends": blends}
    sets = [
        Answers(columns, range(63), [1] * 63, [(), ("region",), (question,), ("region", question)])
        for question in ("stays", "blends")
    ]
    found = protect(tabulated(sets))
    assert found.withheld[frozenset({("region", "A")})] is Why.FEW_ANSWERS
    assert found.withheld[frozenset({("region", "B")})] is Why.COMPLEMENT
    assert _known_too_well(sets, found) == []


def test_one_school_is_too_few() -> None:
    columns = {"region": ["A"] * 30 + ["B"] * 30 + ["C"] * 40}
    schools = [1] * 30 + [*range(2, 32)] + [*range(40, 80)]
    found = protect(tabulated([Answers(columns, schools, [1] * 100, [(), ("region",)])])).withheld
    assert found[frozenset({("region", "A")})] is Why.FEW_PSUS
    assert [*found.values()].count(Why.COMPLEMENT) == 1


def test_many_combinations_keep_only_those_that_somebody_is_in() -> None:
    generator = np.random.default_rng(3)
    columns = {f"c{at}": [str(one) for one in generator.integers(0, 6, 300)] for at in range(6)}
    shown = [(), *((name,) for name in columns), ("c0", "c1")]
    tables = tabulated([Answers(columns, range(300), [1] * 300, shown)])
    assert tables.groups.size <= 300
    withheld = {*protect(tables).withheld}
    for cell in withheld:
        least, most = attack(tables, withheld, cell).n
        assert most - least >= 1 - 1e-5


@pytest.mark.parametrize(
    "sets",
    [
        [Answers({"a": "xy"}, "12", [1, 1], [("b",)])],
        [Answers({"a": "xy"}, "1", [1, 1], [("a",)])],
        [Answers({"a": "xy"}, "12", [1, -1], [("a",)])],
        [Answers({"a": "xxx", "b": "112"}, "123", [1, 1, 1], [("a", "b")])],
        [Answers({"a": "xy"}, "12", [1, 1], [("a",)]), Answers({"a": "xx"}, "12", [1, 1], [("a",)])],
    ],
    ids=["no such column", "lengths", "weight", "lies within two", "disagree"],
)
def test_tables_that_cannot_be_are_refused(sets: list[Answers]) -> None:
    with pytest.raises(CannotProtect):
        tabulated(sets, within={"a": "b"})


@pytest.mark.parametrize("wrong", [{"least_answers": 0}, {"least_psus": 0}, {"span": 0.0}, {"span": 1.1}])
def test_rules_that_cannot_be_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        Rules(**wrong)
