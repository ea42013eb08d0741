"""A small register beside a large one weighs words as the large one does."""

from learnin.compute.relations import Described, Register

LARGE = [Described(number, "RS", (f"School meals in village {number}",)) for number in range(40)]
NEW = Described("new", "RS", ("Robotics clubs in Niš",))
DRAFT = Described("draft", "RS", ("Robotics clubs of Niš",))


def test_what_stands_beside_is_compared_as_if_it_stood_inside() -> None:
    large = Register.of(LARGE)
    small = Register(beside=large)
    small.add(NEW)
    [beside] = small.related(DRAFT)
    [inside] = Register.of([*LARGE, NEW]).related(DRAFT)
    assert (beside.second, beside.relation) == (inside.second, inside.relation)
    assert abs(beside.score - inside.score) < 0.05
    assert small.weights is large.weights
    assert small.tables.rarity is large.tables.rarity
