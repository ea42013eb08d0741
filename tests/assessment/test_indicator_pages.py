"""Indicators are added, looked at and retired on pages; analysts may, members see, strangers find nothing."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learnin.assessment.models import Indicator, Round
from learnin.assessment.operations import indicators
from learnin.assessment.queries import indicator_files
from learnin.journal.models import Entry
from learnin.people import operations as people
from tests.assessment import made_indicators
from tests.assessment.made_indicators import assessment_of
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
SHARE = {"name": "Sure of it", "code": "sure", "values": ["2", "3"], "direction": "low", "concern": "40"}


@pytest.fixture
def round_(cast: Cast) -> Round:
    """A round in which two schools have answered."""
    return made_indicators.surveyed(cast, every=6)


def url(round_: Round, name: str, *, question: str = "", kind: str = "share") -> str:
    """A page of the assessment."""
    more = f"?about={round_.instrument_id}/{question}&kind={kind}" if question else ""
    return reverse(f"assessment:{name}", args=[assessment_of(round_).pk]) + more


def test_an_indicator_is_added(cast: Cast, round_: Round) -> None:
    page = url(round_, "add_indicator", question="belief_1")
    assert as_(cast.chair).get(page).status_code == 200
    answer = as_(cast.chair).post(page, SHARE)
    made = Indicator.objects.get()
    assert answer.url == reverse("assessment:indicator", args=[made.pk])
    assert made.definition == {"kind": "share", "question": "belief_1", "values": ["2", "3"]}
    assert (made.labels, made.direction, made.concern, made.unit) == ({"en": "Sure of it"}, "low", 0.4, "share")
    assert Entry.objects.filter(verb="indicator.added").count() == 1


@pytest.mark.parametrize(
    ("question", "kind", "said", "definition"),
    [
        ("size", "mean", {}, {"kind": "mean", "question": "size"}),
        ("size", "quantile", {"at": "50"}, {"kind": "quantile", "question": "size", "at": 0.5}),
        (
            "belief_1",
            "index",
            {"questions": ["belief_1", "belief_2"], "reversed": ["belief_2"], "needed": "1"},
            {
                "kind": "index", "questions": ["belief_1", "belief_2"], "reversed": ["belief_2"], "needed": 1,
                "least": 1, "most": 3,
            },
        ),
        ("tools", "multi", {"values": ["book"]}, {"kind": "multi", "question": "tools", "values": ["book"]}),
        (
            "size",
            "ratio",
            {"top": "${size}", "bottom": "${belief_1}"},
            {"kind": "ratio", "top": "${size}", "bottom": "${belief_1}"},
        ),
        (
            "size",
            "derived",
            {"expression": "${size} > 9", "as": "share", "concern": "12,5 %"},
            {"kind": "derived", "expression": "${size} > 9", "as": "share"},
        ),
    ],
)  # fmt: skip
def test_each_kind_has_its_form(
    cast: Cast, round_: Round, question: str, kind: str, said: dict[str, Any], definition: dict[str, Any]
) -> None:
    page = url(round_, "add_indicator", question=question, kind=kind)
    as_(cast.chair).post(page, {"name": "It", "code": "it", **said})
    assert Indicator.objects.get().definition == definition


def test_a_look_at_the_answers_keeps_nothing(cast: Cast, round_: Round) -> None:
    answer = as_(cast.chair).post(url(round_, "add_indicator", question="belief_1"), {**SHARE, "look": "1"})
    assert answer.status_code == 200
    assert (answer.context["look"].answers, answer.context["look"].valid) == (2, 2)
    assert not Indicator.objects.exists()


@pytest.mark.parametrize(
    ("kind", "question", "said", "field"),
    [
        ("share", "belief_1", {"values": []}, "values"),
        ("share", "belief_1", {"code": "Not A Code"}, "code"),
        ("ratio", "size", {"top": "${size} +", "bottom": "${size}"}, "top"),
        ("ratio", "size", {"top": "${size}", "bottom": "${name}"}, "top"),
        ("derived", "size", {"expression": "${size}", "as": "share"}, "expression"),
        ("derived", "size", {"expression": "${size}", "as": "mean", "concern": "12 %"}, "concern"),
        ("mean", "size", {"concern": "1.200"}, "concern"),
    ],
)
def test_what_makes_no_sense_is_told_beside_its_field(
    cast: Cast, round_: Round, kind: str, question: str, said: dict[str, Any], field: str
) -> None:
    page = url(round_, "add_indicator", question=question, kind=kind)
    answer = as_(cast.chair).post(page, {"name": "It", "code": "it", "values": ["2"], **said})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize(("question", "kind"), [("size", "share"), ("tools", "share"), ("kind", "mean")])
def test_a_kind_that_does_not_suit_the_question_is_refused(cast: Cast, round_: Round, question: str, kind: str) -> None:
    answer = as_(cast.chair).get(url(round_, "add_indicator", question=question, kind=kind))
    assert "kind" in answer.context["form"].errors


def test_a_code_is_used_once(cast: Cast, round_: Round) -> None:
    made_indicators.indicator(round_, cast)
    answer = as_(cast.chair).post(url(round_, "add_indicator", question="belief_2"), SHARE)
    assert "code" in answer.context["form"].errors


def test_an_indicator_is_changed_retired_and_brought_back(cast: Cast, round_: Round) -> None:
    made = made_indicators.indicator(round_, cast, labels={"en": "Sure", "sr": "Сигурни"})
    as_(cast.chair).post(reverse("assessment:indicator", args=[made.pk]), {**SHARE, "values": ["3"]})
    made.refresh_from_db()
    assert made.definition["values"] == ["3"]
    assert made.labels == {"en": "Sure of it", "sr": "Сигурни"}
    as_(cast.chair).post(reverse("assessment:retire_indicator", args=[made.pk]))
    made.refresh_from_db()
    assert made.retired_by == cast.chair
    as_(cast.chair).post(reverse("assessment:bring_back_indicator", args=[made.pk]))
    made.refresh_from_db()
    assert made.retired_at is None


def test_a_line_in_percent_comes_back_in_another_language(cast: Cast, round_: Round) -> None:
    made = made_indicators.indicator(round_, cast, labels={"en": "Sure"})
    page, chair = reverse("assessment:indicator", args=[made.pk]), as_(cast.chair)
    assert chair.post(page, {**SHARE, "concern": "33.3%", "severe": "0,29"}).status_code == 302
    made.refresh_from_db()
    assert (made.concern, made.severe) == (0.333, 0.0029)
    people.choose_language(cast.chair, language="ka", by=cast.chair, now=NOW)
    chair = as_(cast.chair)
    shown = chair.get(page).content.decode()
    stands = dict(re.findall(r'name="(concern|severe)" value="(.*?)"', shown))
    assert stands == {"concern": "33,3", "severe": "0,29"}
    assert chair.post(page, {**SHARE, **stands}).status_code == 302
    made.refresh_from_db()
    assert (made.concern, made.severe) == (0.333, 0.0029)


def test_people_are_split_by_a_question_inside_another(cast: Cast, round_: Round) -> None:
    outer = made_indicators.grouping(round_, cast, code="region", kind="frame", name="Region")
    said = {"about": "question/kind", "name": "Place", "code": "place", "missing": "town", "within": outer.pk}
    as_(cast.chair).post(url(round_, "add_grouping"), said)
    made = assessment_of(round_).groupings.get(code="place")
    assert (made.name, made.within, made.missing) == ("kind", outer, ["town"])
    as_(cast.chair).post(reverse("assessment:remove_grouping", args=[made.pk]))
    assert list(assessment_of(round_).groupings.all()) == [outer]


@pytest.mark.parametrize("name", ["add_indicator", "import_indicators", "add_grouping"])
def test_who_may_and_who_may_not(cast: Cast, round_: Round, name: str) -> None:
    page = url(round_, name)
    assert [as_(who).get(page).status_code for who in (cast.chair, cast.member, cast.stranger)] == [200, 403, 404]


@pytest.mark.parametrize("name", ["indicators", "results", "indicators_xlsx"])
def test_members_see(cast: Cast, round_: Round, name: str) -> None:
    made_indicators.indicator(round_, cast)
    page = url(round_, name)
    found = [as_(who).get(page).status_code for who in (cast.chair, cast.member, cast.partner, cast.stranger)]
    assert found == [200, 200, 403, 404]


def test_a_member_sees_no_answers_on_the_page_of_an_indicator(cast: Cast, round_: Round) -> None:
    made = made_indicators.indicator(round_, cast)
    assert as_(cast.member).get(reverse("assessment:indicator", args=[made.pk])).context["look"] is None


def sheet(content: bytes) -> Any:
    """The sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(content))


def uploaded(book: Any) -> SimpleUploadedFile:
    """A workbook on its way back."""
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("indicators.xlsx", out.getvalue())


def test_a_workbook_goes_out_and_comes_back_unchanged(cast: Cast, round_: Round) -> None:
    made_indicators.indicator(round_, cast, concern=0.4, direction="low")
    content = indicator_files.workbook(assessment_of(round_))
    found = indicator_files.incoming(assessment_of(round_), content)
    assert (found.problems, found.added, found.changed) == ((), (), ())


def test_a_workbook_is_seen_first_and_then_taken_over(cast: Cast, round_: Round) -> None:
    made_indicators.indicator(round_, cast)
    book = sheet(as_(cast.chair).get(url(round_, "indicators_xlsx")).content)
    page = book["indicators"]
    headings = [cell.value for cell in page[1]]
    page.append([cell.value for cell in page[2]])
    page.cell(3, headings.index("code") + 1, "other")
    page.cell(2, headings.index("name::en") + 1, "Quite sure")
    seen = as_(cast.chair).post(url(round_, "import_indicators"), {"file": uploaded(book)})
    assert (seen.context["incoming"].added, seen.context["incoming"].changed) == (("other",), ("sure",))
    assert Indicator.objects.count() == 1
    as_(cast.chair).post(url(round_, "import_indicators"), {"accept": seen.context["packed"]})
    assert dict(Indicator.objects.values_list("code", "labels__en")) == {"other": "Sure of it", "sure": "Quite sure"}


def test_problems_are_told_by_row_and_column(cast: Cast, round_: Round) -> None:
    made_indicators.indicator(round_, cast)
    book = sheet(indicator_files.workbook(assessment_of(round_)))
    page = book["indicators"]
    headings = {cell.value: cell.column_letter for cell in page[1]}
    wrong = {
        "code": "No Code", "dimension": "nowhere", "concern": "many", "questionnaire": "none",
        "definition": "not json", "name::en": "",
    }  # fmt: skip
    for heading, value in wrong.items():
        page[f"{headings[heading]}2"] = value
    found = indicator_files.incoming(assessment_of(round_), uploaded(book).read())
    assert {(one.row, one.column) for one in found.problems} == {(2, headings[heading]) for heading in wrong}
    assert found.rows == ()


def test_questions_of_the_bank_bring_theirs_once(cast: Cast, round_: Round) -> None:
    assert indicators.add_from_bank(assessment_of(round_), by=cast.chair, now=NOW) == 0  # it asks none of the bank
    as_(cast.chair).post(url(round_, "indicators_from_bank"))
    assert not Indicator.objects.exists()


def test_results_are_asked_for_and_shown(cast: Cast, round_: Round, settings: Any) -> None:
    made_indicators.indicator(round_, cast)
    answer = as_(cast.chair).post(url(round_, "compute_results"))
    assert answer.url == url(round_, "results")
    assert as_(cast.chair).get(url(round_, "results")).context["standing"].is_computing
