"""Each relation has its name, and its reasons can be said."""

from dataclasses import replace
from datetime import date

import pytest

from learnin.compute.relations import SENTENCES, Described, Reason, Register, Relation, in_english, overlaps, pairs

SCHOOLS = Described(
    1,
    country="RS",
    titles=("Reconstruction of primary schools in Zlatibor district",),
    descriptions=("Roofs, heating and toilets of twelve primary schools are renewed, and ramps are built.",),
    reporter="UNICEF",
    organisations=(("funding", "European Union"),),
    begins=date(2021, 3, 1),
    ends=date(2023, 2, 28),
    budget=1_250_000.0,
    currency="EUR",
    places=frozenset({"RS-16"}),
    themes=frozenset({"infrastructure"}),
    audiences=frozenset({"students"}),
)


def _one(*records: Described) -> object:
    found = list(pairs(Register.of(records), 0.0))
    assert len(found) == 1
    return found[0]


def _relation(other: Described) -> Relation:
    found = _one(SCHOOLS, other)
    return found.relation  # type: ignore[attr-defined, no-any-return]


def test_one_record_twice_is_the_same() -> None:
    assert _relation(replace(SCHOOLS, key=2, descriptions=(), budget=None)) == Relation.SAME


def test_one_activity_of_two_reporters_is_joint() -> None:
    assert _relation(replace(SCHOOLS, key=2, reporter="Ministarstvo prosvete")) == Relation.JOINT


def test_an_identifier_that_both_have_is_enough() -> None:
    one, other = (replace(SCHOOLS, key=key, identifiers=frozenset({"XM-DAC-41122-1"})) for key in (1, 2))
    found = _one(one, replace(other, titles=("Reconstruction of schools, Zlatibor",), reporter="EU"))
    assert found.relation == Relation.JOINT  # type: ignore[attr-defined]
    assert found.reasons[0] == Reason("identifier", {"identifiers": ("XM-DAC-41122-1",)})  # type: ignore[attr-defined]


def test_the_next_phase_is_a_phase() -> None:
    title = "Reconstruction of primary schools in Zlatibor district, phase 2"
    later = replace(SCHOOLS, key=2, titles=(title,), begins=date(2023, 6, 1), ends=date(2025, 5, 31), budget=900_000.0)
    assert _relation(later) == Relation.PHASE


def test_the_same_work_elsewhere_is_a_site() -> None:
    title = "Reconstruction of primary schools in Pomoravlje district"
    other = replace(SCHOOLS, key=2, titles=(title,), places=frozenset({"RS-13"}), budget=1_100_000.0)
    assert _relation(other) == Relation.SITE


def test_another_text_with_the_same_codes_is_an_overlap() -> None:
    other = replace(
        SCHOOLS, key=2, titles=("Warm classrooms: insulation and boilers",), descriptions=(), reporter="GIZ",
        organisations=(), budget=80_000.0, begins=date(2022, 1, 1), ends=date(2022, 12, 31),
    )  # fmt: skip
    assert _relation(other) == Relation.OVERLAP
    assert [(one.first, one.second, one.days) for one in overlaps([SCHOOLS, other])] == [(1, 2, 365)]


@pytest.mark.parametrize(
    "change",
    [
        {"places": frozenset({"RS-13"})},
        {"themes": frozenset({"curriculum"})},
        {"audiences": frozenset({"parents"})},
        {"begins": date(2024, 1, 1), "ends": date(2024, 6, 1)},
        {"country": "ME"},
        {"titles": SCHOOLS.titles},
    ],
)
def test_an_overlap_needs_region_audience_theme_time_and_another_text(change: dict[str, object]) -> None:
    other = replace(SCHOOLS, key=2, titles=("Warm classrooms: insulation and boilers",))
    assert len(overlaps([SCHOOLS, other])) == 1
    assert overlaps([SCHOOLS, replace(other, **change)]) == []


def test_who_shares_more_comes_first() -> None:
    near = replace(SCHOOLS, key=2, titles=("Warm classrooms",))
    far = replace(SCHOOLS, key=3, titles=("Meals for all",), places=frozenset({"RS-16", "RS-13", "RS-00"}))
    found = overlaps([SCHOOLS, far, near])
    assert {found[0].first, found[0].second} == {1, 2}
    assert found[0].rank > found[1].rank


def test_a_romanian_and_an_english_record_of_one_project_meet() -> None:
    romanian = replace(
        SCHOOLS, key="ro", country="RO",
        titles=("Formarea cadrelor didactice pentru educatie digitala in judetul Salaj",),
        descriptions=(), places=frozenset({"RO-SJ"}), reporter="Ministerul Educației",
    )  # fmt: skip
    english = replace(
        romanian, key="en", titles=("Training of teachers in digital education, Salaj county",), reporter="UNICEF",
        organisations=(("implementing", "Ministry of Education"),),
    )  # fmt: skip
    others = [
        replace(romanian, key=number, titles=(title,), places=frozenset({"RO-CJ"}), budget=10_000.0 * number)
        for number, title in enumerate(
            ["Reabilitarea drumului judetean", "Centru de sanatate", "Sprijin pentru IMM"], 1
        )
    ]
    found = Register.of([romanian, *others]).related(english, 0.0)
    assert found[0].second == "ro"
    assert found[0].score > 0.4
    codes = {reason.code: reason for reason in found[0].reasons}
    assert {"teacher", "education", "digital"} <= {*codes["title_meaning"].values["concepts"]}  # type: ignore[misc]
    assert "titles that mean the same" in in_english(codes["title_meaning"])


def test_every_reason_can_be_said() -> None:
    other = replace(SCHOOLS, key=2, titles=("Reconstruction of primary schools in Zlatibor district 2",), reporter="EU")
    reasons = _one(SCHOOLS, other).reasons  # type: ignore[attr-defined]
    assert reasons
    for reason in reasons:
        assert reason.code in SENTENCES
        assert "{" not in in_english(reason)


def test_budgets_however_far_apart_are_compared() -> None:
    """One divided by the other is nothing to a machine: 5e-324 / 2e8."""
    assert _relation(replace(SCHOOLS, key=2, budget=5e-324, descriptions=())) == Relation.SAME


def test_one_file_that_tells_two_amounts_tells_two_activities() -> None:
    here = replace(SCHOOLS, source="budget.xlsx")
    again = replace(here, key=2, budget=950_000.0)
    assert _one(here, again).relation == Relation.SITE  # type: ignore[attr-defined]
    for change in ({"budget": 1_250_300.0}, {"budget": None}, {"currency": "USD"}, {"source": "other.xlsx"}):
        told = _one(here, replace(again, **change))  # type: ignore[arg-type]
        assert told.relation == Relation.SAME  # type: ignore[attr-defined]
    assert _one(here, replace(again, reporter="EU")).relation == Relation.JOINT  # type: ignore[attr-defined]


def test_a_draft_with_a_title_alone_finds_its_like_and_nobody_abroad() -> None:
    register = Register.of([SCHOOLS, replace(SCHOOLS, key=2, country="ME")])
    draft = Described("draft", country="RS", titles=("Reconstruction of primary schools Zlatibor",))
    assert [found.second for found in register.related(draft)] == [1]
    assert register.candidates(draft) == [1]
    assert register.candidates(draft, across=True) == [1, 2]
    assert register.related(Described("nothing")) == []
