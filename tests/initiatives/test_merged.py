"""One record out of two, and back: laws that hold for all records and choices."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from learnin.initiatives.formats.merged import PARTS, From, merged, undone
from learnin.initiatives.formats.record import Identifier, Party, Record, Role, Text
from tests.initiatives import made

PARTIES = [Party(made.organisation(name), role) for name in "AB" for role in (Role.FUNDING, Role.IMPLEMENTING)]
SAYS = {
    "identifier": st.sampled_from(["", "X-1", "X-2"]),
    "titles": st.sampled_from([(), (Text("One", "en"),), (Text("Jedan", "sr"),)]),
    "parties": st.lists(st.sampled_from(PARTIES), unique=True, max_size=3).map(tuple),
    "themes": st.lists(st.sampled_from(["a", "b", "c"]), unique=True, max_size=3).map(tuple),
    "sdg": st.sampled_from([(), ("4.c",)]),
    "identifiers": st.lists(st.sampled_from([Identifier("N-1"), Identifier("N-2")]), max_size=2, unique=True).map(
        tuple
    ),
}
RECORDS = st.fixed_dictionaries(SAYS).map(lambda says: Record(**says))


@given(RECORDS, RECORDS, st.dictionaries(st.sampled_from(list(PARTS)), st.sampled_from(From)))
def test_undoing_gives_back_any_record(first: Record, second: Record, chosen: dict[str, From]) -> None:
    after = merged(first, second, chosen)
    assert undone(after, first, after) == first


@given(RECORDS, RECORDS)
def test_both_loses_nothing_and_doubles_nothing(first: Record, second: Record) -> None:
    after = merged(first, second, {})
    assert set(after.themes) == {*first.themes, *second.themes}
    assert len(after.themes) == len(set(after.themes))
    assert set(after.parties) == {*first.parties, *second.parties}
    known = {one.value for one in after.identifiers} | {first.identifier}
    assert {second.identifier, *(one.value for one in (*first.identifiers, *second.identifiers))} <= known | {""}


@given(RECORDS, RECORDS)
def test_all_from_the_second_is_the_second_but_for_its_numbers(first: Record, second: Record) -> None:
    after = merged(first, second, dict.fromkeys(PARTS, From.SECOND))
    assert replace(after, identifier="", identifiers=()) == replace(second, identifier="", identifiers=())
