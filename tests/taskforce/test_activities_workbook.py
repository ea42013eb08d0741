"""The matrix goes out as a workbook and comes back: problems by cell, a preview, and nothing twice."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from learnin.journal.models import Entry
from learnin.people.models import Country
from learnin.taskforce.models import ActivityCopy
from learnin.taskforce.operations import activities as operations
from tests.taskforce.test_activities_sent import written

IMPORT = "taskforce:activities_import"


@pytest.fixture
def activity(cast):
    made = written(cast)
    places = Country.objects.filter(code__in=["AL", "AM", "AZ", "RS"]).order_by("code")
    operations.send(made, countries=places, by=cast.regional, now=timezone.now())
    return made


def downloaded(client):
    return load_workbook(BytesIO(client.get(reverse("taskforce:activities_file")).content))


def row_of(book, code):
    return next(row[0].row for row in book["matrix"].iter_rows(min_row=2) if row[0].value == code)


def fill(book, code, answer, note=None):
    row = row_of(book, code)
    book["matrix"].cell(row=row, column=3, value=answer)
    book["matrix"].cell(row=row, column=4, value=note)


def upload(client, book):
    out = BytesIO()
    book.save(out)
    return client.post(reverse(IMPORT), {"file": SimpleUploadedFile("matrix.xlsx", out.getvalue())})


def accept(client, answer):
    packed = answer.content.decode().split('name="accept" value="')[1].split('"')[0]
    return client.post(reverse(IMPORT), {"accept": packed})


def test_the_workbook_offers_the_answers_where_a_country_was_invited(cast, as_, activity):
    sheet = downloaded(as_(cast.regional))["matrix"]
    cells = {str(area) for rule in sheet.data_validations.dataValidation for area in rule.sqref.ranges}
    assert len(cells) == 4
    assert sheet.cell(row=1, column=3).value == f"{activity.pk}: {activity.title}"


def test_nothing_changes_until_the_preview_is_accepted_and_nothing_twice(cast, as_, activity):
    client = as_(cast.regional)
    book = downloaded(client)
    fill(book, "AL", "Took part", "Two came")
    fill(book, "AM", "Declined", "Exams")
    answer = upload(client, book)
    assert "No answer becomes Took part" in answer.content.decode()
    assert not ActivityCopy.objects.exclude(state="").exists()
    assert accept(client, answer).status_code == 302
    states = {copy.country_id: (copy.state, copy.note, copy.reason) for copy in activity.copies.all()}
    assert states["AL"] == ("attended", "Two came", "")
    assert states["AM"] == ("declined", "", "Exams")
    assert states["AZ"] == ("", "", "")
    lines = Entry.objects.count()
    assert "Nothing: the answers are as the workbook says." in upload(client, book).content.decode()
    assert "Nothing:" in upload(client, downloaded(client)).content.decode()
    assert Entry.objects.count() == lines


def test_problems_are_named_by_their_cell(cast, as_, activity):
    client = as_(cast.regional)
    book = downloaded(client)
    fill(book, "AL", "maybe")
    fill(book, "AM", "Declined")
    fill(book, "GE", "Took part")
    rows = {code: row_of(book, code) for code in ("AL", "AM", "GE", "TR")}
    book["matrix"].cell(row=rows["TR"], column=1, value="QQ")
    answer = upload(client, book)
    text = answer.content.decode()
    assert answer.status_code == 422
    for cell in (f"C{rows['AL']}", f"D{rows['AM']}", f"C{rows['GE']}", f"A{rows['TR']}"):
        assert f">{cell}<" in text
    assert "“maybe” is not in the list" in text
    assert not ActivityCopy.objects.exclude(state="").exists()


def test_an_old_preview_is_refused_when_a_country_answered_in_between(cast, as_, activity):
    client = as_(cast.regional)
    book = downloaded(client)
    fill(book, "RS", "Takes part")
    answer = upload(client, book)
    operations.answer(activity.copies.get(country="RS"), state="planned", by=cast.chair, now=timezone.now())
    accept(client, answer)
    assert activity.copies.get(country="RS").answered_by == cast.chair


def test_a_file_that_is_no_workbook_is_refused(cast, as_, activity):
    file = SimpleUploadedFile("matrix.xlsx", b"PK not really")
    answer = as_(cast.regional).post(reverse(IMPORT), {"file": file})
    assert answer.status_code == 422
    assert "not an Excel workbook" in answer.content.decode()
