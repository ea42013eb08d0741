"""The composition goes out as a workbook and comes back: problems by cell, a preview, and nothing twice."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from learnin.journal.models import Entry
from learnin.taskforce.formats import composition_workbook as workbook
from learnin.taskforce.models import Sitting, TaskForce
from tests.taskforce import made

ADDRESS = "taskforce:workbook_import"


def downloaded(client):
    answer = client.get(reverse("taskforce:workbook_file", args=["RS"]))
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.content))


def upload(client, book, **more):
    out = BytesIO()
    book.save(out)
    file = SimpleUploadedFile("composition.xlsx", out.getvalue())
    return client.post(reverse(ADDRESS, args=["RS"]), {"file": file, **more})


def column(name):
    return workbook.COLUMNS.index(name) + 1


def fill(book, row, **cells):
    for name, value in cells.items():
        book["composition"].cell(row=row, column=column(name), value=value)


def accept(client, answer):
    packed = answer.content.decode().split('name="accept" value="')[1].split('"')[0]
    return client.post(reverse(ADDRESS, args=["RS"]), {"accept": packed})


@pytest.fixture
def client(cast, as_):
    made.task_force(cast)
    return as_(cast.regional)


def test_the_workbook_has_drop_downs_and_every_seat(client):
    sheet = downloaded(client)["composition"]
    assert sheet.max_row == 1 + TaskForce.objects.get().seats.count()
    lists = {
        area.min_col
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
        for area in rule.sqref.ranges
    }
    assert {column("constituency"), column("english"), column("area"), column("deputy")} <= lists


def test_errors_are_named_by_cell_and_nothing_is_applied(client):
    book = downloaded(client)
    fill(book, 2, name="Nova", english="D9", email="nova")
    fill(book, 3, constituency="Nonsense")
    answer = upload(client, book)
    text = answer.content.decode()
    assert answer.status_code == 422
    english = chr(ord("A") + column("english") - 1)
    assert f"{english}2" in text
    assert "“D9” is not in the list" in text
    assert "“nova” is not an e-mail address" in text
    assert "“Nonsense” is not in the list" in text
    assert not Sitting.objects.exists()


def test_nothing_changes_until_the_preview_is_accepted(client):
    book = downloaded(client)
    fill(book, 2, name="Nova", english="B2", nominated_on="2026-03-03", appointed_on="2026-03-05")
    answer = upload(client, book)
    assert "New in the seat: Nova" in answer.content.decode()
    assert not Sitting.objects.exists()
    assert accept(client, answer).status_code == 302
    assert Sitting.objects.get().appointed_on.isoformat() == "2026-03-05"


def test_the_same_file_a_second_time_changes_nothing(client):
    book = downloaded(client)
    fill(book, 2, name="Nova", english="B2", nominated_on="2026-03-03", appointed_on="2026-03-05", deputy="No")
    fill(book, 9, number=1, constituency=book["composition"].cell(2, column("constituency")).value, seat="Seat")
    fill(book, 9, deputy="Yes", name="Vice", seat=book["composition"].cell(2, column("seat")).value)
    accept(client, upload(client, book))
    lines = Entry.objects.count()
    answer = upload(client, book)
    assert "Nothing: the task force is as the workbook says." in answer.content.decode()
    assert Entry.objects.count() == lines
    assert Sitting.objects.filter(ended_on=None).count() == 2


def test_another_name_ends_the_old_term(client, cast):
    made.seated(TaskForce.objects.get().seats.get(number=1), "Old", cast)
    book = downloaded(client)
    fill(book, 2, name="New")
    answer = upload(client, book)
    assert "Old gives way to New" in answer.content.decode()
    accept(client, answer)
    assert Sitting.objects.get(name="Old").ended_on is not None
    assert Sitting.objects.get(name="New").ended_on is None


def test_an_old_preview_is_refused_when_somebody_worked_in_between(client, cast):
    book = downloaded(client)
    fill(book, 2, name="Nova")
    answer = upload(client, book)
    made.seated(TaskForce.objects.get().seats.get(number=1), "Nova", cast)
    accept(client, answer)
    assert Sitting.objects.count() == 1


def test_a_file_that_is_no_workbook_is_refused(client):
    file = SimpleUploadedFile("composition.xlsx", b"PK not really")
    answer = client.post(reverse(ADDRESS, args=["RS"]), {"file": file})
    assert answer.status_code == 422
    assert "not an Excel workbook" in answer.content.decode()


def test_a_preview_of_another_country_is_not_accepted(client, cast, as_):
    made.elsewhere(cast)
    book = downloaded(client)
    fill(book, 2, name="Nova")
    packed = upload(client, book).content.decode().split('name="accept" value="')[1].split('"')[0]
    as_(cast.stranger).post(reverse(ADDRESS, args=["GE"]), {"accept": packed})
    assert not Sitting.objects.exists()


def test_a_formula_in_a_name_comes_back_as_text(client, cast):
    made.seated(TaskForce.objects.get().seats.get(number=1), "=1+1", cast)
    sheet = downloaded(client)["composition"]
    cell = sheet.cell(2, column("name"))
    assert (cell.value, cell.data_type) == ("=1+1", "s")
