"""One title by one reporter many times over is a series: it is told once along the series, not each with each."""

from dataclasses import replace
from datetime import date

from learnin.compute.relations import Described, Register, pairs

YEARS = range(2001, 2009)
COURSES = [
    Described(f"course {year}", "UA", ("Korean Language",), reporter="KOICA", begins=date(year, 1, 1), budget=year * 9)
    for year in YEARS
]
OTHERS = [Described(f"school {number}", "UA", (f"New roof of school {number}",)) for number in range(20)]


def _pairs(*records: Described) -> list[tuple[object, object]]:
    return [
        (one.first, one.second) for one in pairs(Register.of([*OTHERS, *records]), 0.4) if "school" not in one.first
    ]


def test_each_is_told_to_go_with_the_next_one() -> None:
    assert _pairs(*reversed(COURSES)) == [(f"course {year}", f"course {year + 1}") for year in YEARS[:-1]]


def test_three_are_no_series() -> None:
    assert len(_pairs(*COURSES[:3])) == 3


def test_two_that_are_equal_stand_next_to_each_other() -> None:
    twin = replace(COURSES[3], key="course 2004, again")
    assert ("course 2004", "course 2004, again") in _pairs(*COURSES, twin)


def test_another_reporter_or_title_is_told_of_as_before() -> None:
    joint = replace(COURSES[3], key="course, by the university", reporter="State University")
    found = _pairs(*COURSES, joint)
    assert ("course 2004", "course, by the university") in found
    assert len(found) > len(COURSES)


def test_who_asks_for_one_record_is_told_of_all() -> None:
    """A draft has few neighbours, and whoever writes it should see what stands there."""
    draft = Described("draft", "UA", ("Korean Language",), reporter="KOICA")
    assert len(Register.of([*OTHERS, *COURSES]).related(draft)) == len(COURSES)
