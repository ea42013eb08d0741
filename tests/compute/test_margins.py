"""Groups of a run are protected from their counts alone: nobody works a withheld one out from all that is shown."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnin.compute.disclosure import (
    DEFAULT,
    EVERYBODY,
    CannotProtect,
    Cell,
    Group,
    Why,
    attack,
    of_groups,
    protected,
)
from tests.compute.test_disclosure import laws

TABLES = ((), ("place",), ("sex",), ("school",), ("place", "school"))
Person = dict[str, str]


def cell(**values: str) -> Cell:
    """A group by its values."""
    return frozenset(values.items())


def counted(people: list[Person], keys: list[Cell]) -> list[Group]:
    """The groups of people; each comes from a school of its own and stands for seven."""
    found = Counter(key for one in people for key in keys if key <= frozenset(one.items()))
    return [Group(key, found[key], found[key], 7.0 * found[key]) for key in keys]


def keys_of(people: list[Person]) -> list[Cell]:
    """All groups that somebody is in."""
    told = [frozenset((column, one[column]) for column in table) for table in TABLES for one in people]
    return list(dict.fromkeys(told))


@st.composite
def questions(draw: st.DrawFn) -> list[list[Group]]:
    """Questions that not everybody answered, of the same people."""
    places, schools = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    chance = np.random.default_rng(draw(st.integers(0, 2**32)))
    size = draw(st.integers(1, 120))
    columns = {
        "place": chance.choice(places, size, p=chance.dirichlet(np.ones(places))),
        "sex": chance.choice(2, size, p=[0.9, 0.1]),
        "school": chance.choice(schools, size, p=chance.dirichlet(np.ones(schools))),
    }
    people = [{name: str(values[at]) for name, values in columns.items()} for at in range(size)]
    keys = keys_of(people)
    shares = draw(st.lists(st.sampled_from([1.0, 0.95, 0.5]), min_size=1, max_size=4))
    return [counted([one for one in people if chance.random() <= share], keys) for share in shares]


@laws
@given(questions())
def test_nobody_works_a_withheld_group_out(asked: list[list[Group]]) -> None:
    for groups, withheld in zip(asked, protected(asked), strict=True):
        tables = of_groups(groups)
        for one in groups:
            if one.cell not in withheld or not one.n:
                continue
            known = attack(tables, withheld, one.cell)
            assert known.n[1] >= one.n + 0.99 or len(withheld) == len(groups)
            if withheld[one.cell] is not Why.COMPLEMENT and len(withheld) < len(groups):
                assert known.n[0] <= one.n - 0.99
                assert known.n[1] >= DEFAULT.least_answers - 0.01


@laws
@given(questions())
def test_small_groups_are_withheld_and_a_second_question_agrees(asked: list[list[Group]]) -> None:
    twice = protected([asked[0], asked[0]])
    assert twice[0] == twice[1]
    for one in asked[0]:
        assert (twice[0].get(one.cell) in {Why.FEW_ANSWERS, Why.FEW_PSUS}) == (DEFAULT.why(one.n, one.psus) is not None)


def test_a_split_that_hides_nobody_stays_whole() -> None:
    people = [{"place": "N" if at < 30 else "S", "sex": "f", "school": "1"} for at in range(34)]
    (withheld,) = protected([counted(people, [EVERYBODY, cell(place="N"), cell(place="S"), cell(sex="f")])])
    assert withheld == {cell(place="N"): Why.COMPLEMENT, cell(place="S"): Why.FEW_ANSWERS}


def test_without_complements_the_group_is_known() -> None:
    people = [{"place": "N" if at < 30 else "S"} for at in range(34)]
    south = cell(place="S")
    tables = of_groups(counted(people, [EVERYBODY, cell(place="N"), south]))
    assert attack(tables, {south}, south).n == pytest.approx((4.0, 4.0))


def test_a_question_withholds_what_the_one_most_people_answered_withholds() -> None:
    keys = [EVERYBODY, *(cell(place=name) for name in "NSEW")]
    everybody = [{"place": name} for name, size in zip("NSEW", (40, 3, 9, 8), strict=True) for _one in range(size)]
    fewer = [one for at, one in enumerate(everybody) if one["place"] != "W" or at % 2]
    first, second = protected([counted(everybody, keys), counted(fewer, keys)])
    assert first.keys() <= second.keys()


@pytest.mark.parametrize(
    "groups",
    [
        [Group(cell(place="N"), 9, 9, 9.0)],
        [Group(EVERYBODY, 9, 9, 9.0), Group(cell(place="N", sex="f", school="1"), 9, 9, 9.0)],
        [Group(EVERYBODY, 9, 9, 9.0), Group(cell(place="N"), 8, 8, 8.0), Group(cell(place="S"), 8, 8, 8.0)],
    ],
)
def test_groups_that_cannot_be_are_refused(groups: list[Group]) -> None:
    with pytest.raises(CannotProtect):
        of_groups(groups)
