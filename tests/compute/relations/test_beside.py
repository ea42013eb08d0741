"""What came since the register was laid is compared beside it, and weighs words as it does."""

from learnin.compute.relations import Described, Register, pairs

OLD = [Described(number, "RS", (f"School meals in village {number}",)) for number in range(60)]
NEW = Described("new", "RS", ("Robotics clubs in Niš",))
DRAFT = Described("draft", "RS", ("Robotics clubs of Niš",))


def _grown(*more: Described) -> Register:
    """A register that was laid before these came."""
    register = Register.of(OLD)
    assert register.related(DRAFT) == []
    for record in more:
        register.add(record)
    return register


def test_what_came_since_is_compared_as_if_all_were_laid_anew() -> None:
    [beside] = _grown(NEW).related(DRAFT)
    [inside] = Register.of([*OLD, NEW]).related(DRAFT)
    assert (beside.second, beside.relation) == (inside.second, inside.relation)
    assert abs(beside.score - inside.score) < 0.05


def test_what_was_laid_is_not_laid_again_for_one_record() -> None:
    register = _grown()
    laid = register.tables
    register.add(NEW)
    register.related(DRAFT)
    assert register._sides()[0] is laid
    assert register._sides()[1].keys == ["new"]


def test_all_is_laid_anew_once_much_has_changed() -> None:
    many = [Described(f"new {number}", "RS", (f"Robotics clubs in Niš {number}",)) for number in range(10)]
    register = _grown(*many)
    [all_at_once] = register._sides()
    assert len(all_at_once.keys) == 70
    assert register.related(DRAFT) == Register.of([*OLD, *many]).related(DRAFT)


def test_what_changed_or_went_is_no_longer_found_as_it_was() -> None:
    register = _grown(NEW)
    register.add(Described("new", "RS", ("Puppet theatre in Bor",)))
    assert register.candidates(DRAFT) == []
    register.add(NEW)
    assert register.candidates(DRAFT) == ["new"]
    register.discard("new")
    assert register.candidates(DRAFT) == []
    register.discard(7)
    assert 7 not in register.candidates(Described("draft", "RS", ("School meals in village 7",)))
    assert len(register) == 59


def test_rivals_stand_on_both_sides() -> None:
    """A twin that came since takes the chance of being one activity from what is less close."""
    twin, near = Described("twin", "RS", ("Robotics clubs of Niš",)), Described("near", "RS", ("Robotics clubs Niš",))
    register = Register.of([*OLD, near])
    [alone] = register.related(DRAFT)
    register.add(twin)
    found = {one.second: one for one in register.related(DRAFT)}
    assert register._moved == {"twin"}
    assert found["near"].same < alone.same
    assert found["twin"].same > found["near"].same


def test_all_pairs_are_compared_as_if_begun_again() -> None:
    assert [*pairs(_grown(NEW))] == [*pairs(Register.of([*OLD, NEW]))]
