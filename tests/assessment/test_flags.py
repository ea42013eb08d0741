"""What may be wrong with an answer is flagged when it is worked out; docs/methods/quality-flags.md has the numbers."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import TestCase

from learnin.assessment import areas, flag_words
from learnin.assessment.formats import answer_checks, constraints
from learnin.assessment.formats.definition import definition
from learnin.assessment.models import Flag, FrameUnit, Submission
from learnin.assessment.operations import answers, flags
from learnin.assessment.operations.submissions import receive
from tests.assessment import books
from tests.assessment import made_data as made
from tests.cast import NOW, Cast

DOC = Path(__file__).parents[2] / "docs/methods/quality-flags.md"
TODAY = date(2026, 11, 23)


def kinds(of: Submission) -> set[str]:
    return set(of.flags.values_list("kind", flat=True))


def test_a_usual_answer_has_no_flag(cast: Cast) -> None:
    assert kinds(made.answer(made.round_(cast))) == set()


def test_the_same_answers_are_flagged_whoever_sent_them(cast: Cast) -> None:
    of = made.round_(cast)
    first = made.answer(of, "uuid:1")
    second = made.answer(of, "uuid:2", begun=NOW + timedelta(hours=2))
    other = made.answer(of, "uuid:3", size="121")
    assert kinds(first) == set()
    flag = second.flags.get()
    assert (flag.kind, flag.detail) == ("duplicate", {"why": "answers", "others": [first.pk]})
    assert kinds(other) == set()


def test_the_same_device_at_the_same_time_is_flagged(cast: Cast) -> None:
    of = made.round_(cast)
    made.answer(of, "uuid:1", device="phone 7")
    second = made.answer(of, "uuid:2", size="121", device="phone 7")
    assert second.flags.get().detail["why"] == "device"


def test_too_quick_is_less_than_a_second_for_each_answer(cast: Cast) -> None:
    of = made.round_(cast)
    flag = made.answer(of, seconds=11).flags.get()
    assert flag.kind == "too_quick"
    assert flag.detail == {"seconds": 11.0, "limit": 13.0, "middle": None, "answers": 13}
    assert kinds(made.answer(of, "uuid:2", size="77", seconds=13)) == set()


def test_too_quick_is_less_than_a_tenth_of_the_middle(cast: Cast) -> None:
    of = made.round_(cast)
    for number in range(20):
        made.answer(of, f"uuid:{number}", size=str(number + 1), seconds=1800)
    flag = made.answer(of, "uuid:quick", size="99", seconds=179).flags.get()
    assert flag.detail == {"seconds": 179.0, "limit": 180.0, "middle": 1800.0, "answers": 13}
    assert kinds(made.answer(of, "uuid:fine", size="98", seconds=181)) == set()


def test_the_same_answer_in_every_row_is_flagged(cast: Cast) -> None:
    beliefs = "".join(f"<belief_{n}>2</belief_{n}>" for n in range(1, 7))
    flag = made.answer(made.round_(cast), beliefs=beliefs).flags.get()
    assert (flag.kind, flag.path, flag.detail) == ("straight", "belief_1", {"rows": 6, "value": "2"})


def test_a_place_abroad_is_flagged_and_one_near_the_border_is_not(cast: Cast) -> None:
    of = made.round_(cast)
    abroad = made.answer(of, "uuid:1", where="41.7 44.8 0 5").flags.get()  # Tbilisi
    assert abroad.kind == "place"
    assert abroad.detail["km"] > 1000
    assert kinds(made.answer(of, "uuid:2", size="5", where="44.80 20.46 0 5")) == set()  # Belgrade
    assert kinds(made.answer(of, "uuid:3", size="6", where="43.0 22.85 0 5")) == set()  # a few km across the border


def test_every_country_of_the_map_knows_its_capital() -> None:
    capitals = {
        "RS": (44.8, 20.46),
        "GE": (41.72, 44.79),
        "UA": (50.45, 30.52),
        "MD": (47.01, 28.86),
        "TR": (39.93, 32.86),
    }
    for code, (latitude, longitude) in capitals.items():
        assert areas.outside_km(code, latitude, longitude) == 0
        assert areas.outside_km(code, -30.0, 0.0) > 3000
    assert areas.outside_km("ZZ", 0.0, 0.0) == 0


@pytest.mark.parametrize(
    ("code", "area", "there", "elsewhere"),
    [
        ("UA", "Львівська область", (49.84, 24.03), (50.00, 36.23)),  # Lviv, Kharkiv
        ("UA", "КИЇВ", (50.45, 30.52), (49.84, 24.03)),
        ("GE", "კახეთი", (41.92, 45.47), (42.27, 42.70)),  # Telavi, Kutaisi
        ("MD", "Raionul Orhei", (47.38, 28.82), (47.01, 28.86)),
        ("RS", "Сремски округ", (44.97, 19.61), (43.32, 21.90)),  # Sremska Mitrovica, Niš
        ("TR", "İzmir", (38.42, 27.14), (39.93, 32.86)),
    ],
)
def test_an_area_is_known_by_its_name_in_any_script(code, area, there, elsewhere) -> None:
    assert areas.outside_part_km(code, area, *there) == 0
    assert areas.outside_part_km(code, area, *elsewhere) > flags.NEAR_KM


def test_of_an_area_that_no_part_or_more_than_one_is_called_nothing_is_said() -> None:
    for code, area in (("UA", "North"), ("UA", ""), ("UA", "область"), ("KZ", "Алматы"), ("ZZ", "Lviv")):
        assert areas.outside_part_km(code, area, 0.0, 0.0) == 0


@pytest.mark.parametrize(("where", "is_flagged"), [("43.32 21.90 0 5", True), ("44.97 19.61 0 5", False)])
def test_a_place_outside_the_area_of_the_unit_is_flagged(cast: Cast, where: str, is_flagged: bool) -> None:
    of, asked = made.sampled_round(cast)
    FrameUnit.objects.filter(pk=asked.unit.unit_id).update(area="Сремски округ")
    found = made.answer(of, where=where, invitation=asked).flags.filter(kind="place")  # Niš, Sremska Mitrovica
    assert [flag.detail["area"] for flag in found] == (["Сремски округ"] if is_flagged else [])
    for flag in found:
        assert flag.detail["km"] > 100
        assert "outside the area of the unit: Сремски округ" in flag_words.said(flag)


def test_a_broken_rule_is_flagged_at_its_question(cast: Cast) -> None:
    of = made.round_(cast)
    found = made.answer(of, size="6000", kind="island")
    flagged = {flag.path: flag.detail["rule"] for flag in found.flags.all()}
    assert flagged == {"school/size": ". > 0 and . < 5000", "school/kind": "choice"}


def test_looking_again_raises_nothing_twice_and_keeps_verdicts(cast: Cast) -> None:
    of = made.round_(cast)
    made.answer(of, size="6000")
    flag = Flag.objects.get()
    flags.settle(flag, verdict="fine", comment="A very large school", by=cast.chair, now=NOW)
    flags.check_round(of.pk, by=cast.chair, now=NOW)
    assert Flag.objects.get().verdict == "fine"


def test_a_try_of_a_draft_is_never_flagged(cast: Cast) -> None:
    of = made.round_(cast)
    receive(of, xml=made.xml(size="6000"), channel="web", is_test=True, now=NOW)
    with TestCase.captureOnCommitCallbacks(execute=True):
        answers.work_out(by=None, now=NOW)
    assert Flag.objects.count() == 0


@pytest.mark.parametrize(
    ("constraint", "value", "kept"),
    [
        (". >= 0 and . <= 120", "121", False),
        (". >= 0 and . <= 120", "120", True),
        (".>0 or .=-1", "-1", True),
        ("(. > 0 and . < 5) or . = 99", "99", True),
        ("(. > 0 and . < 5) or . = 99", "98", False),
        (". <= today()", "2026-11-24", False),
        (". <= today()", "2026-11-23", True),
        (". != 'none'", "none", False),
        (". > ${least}", "1", None),
        ("regex(., '[a-z]+')", "1", None),
        (". > 0", "many", None),
        ("", "1", None),
        (". >", "1", None),
        ("(. > 0", "1", None),
        (". > 0 . < 1", "1", None),
    ],
)
def test_only_what_the_value_alone_decides_is_decided(constraint: str, value: str, kept: bool | None) -> None:
    assert constraints.keeps(constraint, value, today=TODAY) is kept


def test_blocks_are_statements_that_stand_together_on_one_scale() -> None:
    scale = tuple(f"agree|{n}|{n}" for n in range(1, 4))
    rows = tuple(f"select_one agree|q{n}|Q{n}" for n in range(1, 6))
    asked = definition(books.book(*rows, "text|t|T", *(f"select_one agree|r{n}|R" for n in range(4)), choices=scale))
    data = {f"q{n}": "1" for n in range(1, 6)} | {f"r{n}": "1" for n in range(4)}
    assert [one.path for one in answer_checks.straight(asked, data)] == ["q1"]
    assert list(answer_checks.straight(asked, data | {"q3": "2"})) == []
    yes_no = definition(books.book(*rows, choices=scale[:2]))
    assert list(answer_checks.straight(yes_no, data)) == []


def test_a_grid_over_several_pages_is_flagged_once() -> None:
    scale = tuple(f"agree|{n}|{n}" for n in range(1, 4))
    pages = [
        (f"begin_group|p{page}|", f"note|n{page}|How far?", *(f"select_one agree|q{page}_{n}|Q" for n in range(1, 5)))
        for page in range(1, 4)
    ]
    asked = definition(books.book(*(row for page in pages for row in (*page, "end_group||")), choices=scale))
    same = {f"p{page}": {f"q{page}_{n}": "2" for n in range(1, 5)} for page in range(1, 4)}
    assert [(one.path, one.detail) for one in answer_checks.straight(asked, same)] == [
        ("p1/q1_1", {"rows": 12, "value": "2"})
    ]
    last_differs = same | {"p3": {f"q3_{n}": str(1 + n % 3) for n in range(1, 5)}}
    assert [one.detail["rows"] for one in answer_checks.straight(asked, last_differs)] == [8]
    middle_differs = same | {"p2": {"q2_1": "1", "q2_2": "3"}}
    assert list(answer_checks.straight(asked, middle_differs)) == [], "four alike on a page are few"
    passed_over = same | {"p2": {}}
    assert [one.detail["rows"] for one in answer_checks.straight(asked, passed_over)] == [8]


ROOM = books.book(
    "integer|staff|Staff|", "begin_group|school|School|", "integer|men|Men|. <= ${staff}",
    "integer|women|Women|. <= ../../staff and . != ../men", "end_group|||", "begin_repeat|lesson|Lesson|",
    "integer|pupils|Pupils|", "integer|girls|Girls|. <= ../pupils",
    "integer|late|Late|. <= ${pupils} and . <= ${staff}", "end_repeat|||", "integer|total|Total|. >= ${pupils}",
    "text|word|Word|. != '${staff}' or . = ${staff}",
    columns="type|name|label|constraint",
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "broken"),
    [
        ({"staff": "5", "school": {"men": "6", "women": "2"}}, {"school/men"}),
        ({"staff": "5", "school": {"men": "2", "women": "6"}}, {"school/women"}),
        ({"staff": "5", "school": {"men": "2", "women": "2"}}, {"school/women"}),
        ({"staff": "5", "school": {"men": "2", "women": "3"}}, set()),
        ({"school": {"men": "6"}}, set()),  # nobody said how many there are
        ({"lesson": [{"pupils": "9", "girls": "4"}, {"pupils": "3", "girls": "4"}]}, {"lesson[2]/girls"}),
        ({"staff": "2", "lesson": [{"pupils": "9", "late": "3"}]}, {"lesson[1]/late"}),
        ({"total": "1", "lesson": [{"pupils": "9"}]}, set()),  # which of the lessons is meant, nobody can say
        ({"staff": "5", "word": "5"}, set()),
    ],
)
def test_a_constraint_may_speak_of_other_answers(data, broken) -> None:
    found = answer_checks.out_of_range(definition(ROOM), data, today=TODAY)
    assert {one.path for one in found} == broken


def test_the_page_of_the_method_says_the_numbers_that_are_used() -> None:
    text = DOC.read_text(encoding="utf-8")
    numbers = {
        "share": flags.QUICK_SHARE, "answers before": flags.QUICK_LEAST, "second for each": flags.QUICK_SECONDS,
        "km": flags.NEAR_KM, "rows": answer_checks.LEAST_ROWS, "points": answer_checks.LEAST_POINTS,
        "given": answer_checks.LEAST_ANSWERS,
    }  # fmt: skip
    told = {name: float(value) for name, value in re.findall(r"^\| `([a-z ]+)` \| ([\d.]+) \|", text, re.MULTILINE)}
    assert told == numbers
