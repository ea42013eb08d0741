"""Answers from paper: a workbook made from the questionnaire, problems by cell, and never the same answer twice."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from learnin.assessment.formats import entry_workbook
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.submission_xml import shape, tree, values
from learnin.assessment.models import Round, Submission
from learnin.assessment.operations import instruments
from learnin.journal.models import Entry
from tests.assessment import made_frames
from tests.assessment import made_rounds as made
from tests.assessment.books import book
from tests.cast import NOW

BOOK = book(
    "text|name|Your name|yes", "integer|age|Age", "select_one yn|online|Online?", "select_multiple sub|subjects|Which?",
    "begin_group|more|More", "date|day|Day", "decimal|share|Share", "end_group||",
    "begin_repeat|child|Child", "text|first|First name", "end_repeat||", "image|photo|Photo",
    columns="type|name|label|required",
    choices=("yn|yes|Yes", "yn|no|No", "sub|m|Maths", "sub|s|Sport", "sub|a|Art"),
    settings={"form_title": "Teachers", "form_id": "paper", "version": "1"},
)  # fmt: skip


@pytest.fixture
def round_(cast):
    asked = instruments.add_instrument(cast.home, book=BOOK, by=cast.chair, now=NOW)
    instruments.publish_version(asked.versions.get(), name="1", by=cast.chair, now=NOW)
    return made.asked(
        cast, now=timezone.now(), instrument=asked, kind=Round.Kind.SAMPLE, sample=made_frames.sample(cast)
    )


def filled(content: bytes, *rows: dict[str, object]) -> SimpleUploadedFile:
    """The workbook with these rows typed in."""
    found = load_workbook(io.BytesIO(content))
    sheet = found["answers"]
    names = [cell.value for cell in sheet[1]]
    for number, row in enumerate(rows, start=3):
        for name, value in row.items():
            if name not in names:
                names.append(name)
                sheet.cell(1, len(names), name)
            sheet.cell(number, names.index(name) + 1, value)
    out = io.BytesIO()
    found.save(out)
    return SimpleUploadedFile("answers.xlsx", out.getvalue())


def test_the_workbook_has_a_column_for_what_can_be_typed_and_lists_for_choices(cast, as_, round_):
    content = as_(cast.chair).get(reverse("assessment:entry_workbook", args=[round_.pk])).content
    sheet = load_workbook(io.BytesIO(content))["answers"]
    names = [cell.value for cell in sheet[1]]
    assert names == ["invitation_number", "name", "age", "online", "subjects", "day", "share"]
    assert [cell.value for cell in sheet[2]][1:3] == ["Your name", "Age"]
    assert [str(one.sqref) for one in sheet.data_validations.dataValidation] == ["D3:D5002"]
    page = as_(cast.chair).get(reverse("assessment:round_entry", args=[round_.pk])).content.decode()
    assert "Photo" in page
    assert "First name" in page


def test_rows_come_in_once_and_count_for_their_invitations(cast, as_, round_):
    client, address = as_(cast.chair), reverse("assessment:round_entry", args=[round_.pk])
    empty = client.get(reverse("assessment:entry_workbook", args=[round_.pk])).content
    one = round_.invitations.order_by("number")[0]
    rows = (
        {"invitation_number": f"{round_.pk}-{one.number}", "name": "Ana <b>", "age": 41, "online": "Yes",
         "subjects": "maths; Art", "day": "2026-11-20", "share": "0,5"},
        {"name": "Ben", "online": "no"},
        {"name": "Ben", "online": "no"},
    )  # fmt: skip
    preview = client.post(address, {"file": filled(empty, *rows)})
    assert preview.status_code == 200
    assert "Take in 3 answers" in preview.content.decode()
    assert not Submission.objects.exists()
    packed = preview.context["packed"]
    assert client.post(address, {"accept": packed}).url == reverse("assessment:round", args=[round_.pk])
    assert Submission.objects.filter(round=round_, channel="entry").count() == 3
    kept = Submission.objects.get(invitation=one)
    form = shape(kept.version.xform)
    assert values(tree(bytes(kept.xml)), form.repeats) | {"meta": None} == {
        "name": "Ana <b>", "age": "41", "online": "yes", "subjects": "m a",
        "more": {"day": "2026-11-20", "share": "0.5"}, "photo": "", "meta": None,
    }  # fmt: skip
    one.refresh_from_db()
    assert one.disposition == "complete"
    assert Entry.objects.get(verb="round.entered").after["answers"] == 3
    client.post(address, {"accept": packed})
    again = client.post(address, {"file": filled(empty, *rows)})
    assert "3 of them are here already" in again.content.decode()
    assert Submission.objects.filter(round=round_).count() == 3
    more = client.post(address, {"file": filled(empty, *rows, {"name": "Ceca"})})
    assert more.context["new"] == 1


def test_numbers_are_read_as_people_write_them(cast, as_, round_):
    client, address = as_(cast.chair), reverse("assessment:round_entry", args=[round_.pk])
    empty = client.get(reverse("assessment:entry_workbook", args=[round_.pk])).content
    rows = (
        {"name": "Ana", "age": "1 200", "share": "1.200,5"},
        {"name": "Ben", "age": "1.200", "share": 1.375},
        {"name": "Ceca", "age": 41.0, "share": "12,5"},
    )
    packed = client.post(address, {"file": filled(empty, *rows)}).context["packed"]
    client.post(address, {"accept": packed})
    found = Submission.objects.filter(round=round_).order_by("pk")
    said = [values(tree(bytes(one.xml)), shape(one.version.xform).repeats) for one in found]
    told = {one["name"]: (one["age"], one["more"]["share"]) for one in said}
    assert told == {"Ana": ("1200", "1200.5"), "Ben": ("1200", "1.375"), "Ceca": ("41", "12.5")}
    doubtful = client.post(address, {"file": filled(empty, {"name": "Dan", "share": "1.200"})})
    assert [(one.column, one.said) for one in doubtful.context["problems"]] == [("share", "1.200")]
    assert "This can mean two numbers" in doubtful.content.decode()


def test_problems_stand_by_their_cell_and_nothing_comes_in(cast, as_, round_):
    client, address = as_(cast.chair), reverse("assessment:round_entry", args=[round_.pk])
    empty = client.get(reverse("assessment:entry_workbook", args=[round_.pk])).content
    done = round_.invitations.order_by("number")[0]
    done.__class__.objects.filter(pk=done.pk).update(answered_at=timezone.now(), disposition="complete")
    rows = (
        {"age": "many", "online": "perhaps"},
        {"name": "Ana", "age": 1.5, "subjects": "Maths; Magic", "day": "yesterday", "share": "half"},
        {"name": "Ben", "invitation_number": "999"},
        {"name": "Ceca", "invitation_number": str(done.number)},
        {"name": "Dan", "colour": "red"},
    )
    answer = client.post(address, {"file": filled(empty, *rows)})
    assert answer.status_code == 422
    found = {(one.row, one.column) for one in answer.context["problems"]}
    assert found == {
        (1, "colour"), (3, "name"), (3, "age"), (3, "online"), (4, "age"), (4, "subjects"), (4, "day"), (4, "share"),
        (5, "invitation_number"), (6, "invitation_number"),
    }  # fmt: skip
    assert "This is none of the choices" in answer.content.decode()
    wrong = client.post(address, {"file": SimpleUploadedFile("x.xlsx", b"nothing")})
    assert "no workbook made from the questionnaire" in wrong.content.decode()
    assert client.post(address, {"accept": "made up"}).status_code == 302
    assert not Submission.objects.exists()


@pytest.mark.parametrize(("player", "status"), [("chair", 200), ("member", 403), ("partner", 403), ("stranger", 404)])
def test_who_may_bring_in_answers(cast, as_, round_, player, status):
    for page in ("round_entry", "entry_workbook"):
        assert as_(getattr(cast, player)).get(reverse(f"assessment:{page}", args=[round_.pk])).status_code == status


def test_ids_follow_what_a_row_says_and_equal_rows_stay_two():
    asked = definition(BOOK)
    content = filled(entry_workbook.write(asked), {"name": "Ana"}, {"name": "Ana"}, {"name": "Ben"}).read()
    rows = entry_workbook.read(content, asked).rows
    ids = entry_workbook.instance_ids(rows, place="1")
    assert len(set(ids)) == 3
    assert ids == entry_workbook.instance_ids(rows, place="1")
    assert not set(ids) & set(entry_workbook.instance_ids(rows, place="2"))
    assert ids[2] == entry_workbook.instance_ids(rows[2:], place="1")[0]


def test_an_id_never_leads_to_the_invitation_where_answers_are_not_tied():
    rows = [entry_workbook.Row(3, "7", {"name": "Ana"}), entry_workbook.Row(4, "8", {"name": "Ana"})]
    swapped = [entry_workbook.Row(3, "8", {"name": "Ana"}), entry_workbook.Row(4, "7", {"name": "Ana"})]
    ids = entry_workbook.instance_ids(rows, place="1", is_tied=False)
    assert ids == entry_workbook.instance_ids(swapped, place="1", is_tied=False)
    assert len(set(ids)) == 2
    assert set(ids).isdisjoint(entry_workbook.instance_ids(rows, place="1"))
