"""Terms of reference, agenda and list of attendance as files, in the language one asks for."""

import io
from datetime import date, timedelta

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from learnin.taskforce.models import HandOverTask
from learnin.taskforce.operations import agenda, composition, meetings
from tests.cast import NOW
from tests.taskforce import made


def words(answer):
    content = answer.content
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in file.paragraphs), *cells])


def says(answer, *wanted):
    text = "".join(words(answer).split())
    return [one for one in wanted if "".join(one.split()) not in text] == []


def terms(client, form, language="en", code="RS"):
    return client.get(reverse(f"taskforce:terms_{form}", args=[code]), {"language": language})


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_terms_say_what_is_known(cast, as_, form):
    force = made.full(cast)
    HandOverTask.objects.create(task_force=force, text="Run the portal", goes_to="The institute", condition="Staff")
    composition.add_seat(force, constituency="parents", title="Second parents’ seat", by=cast.regional, now=NOW)
    answer = terms(as_(cast.member), form)
    assert answer.status_code == 200
    assert says(
        answer, "Terms of reference", "Ministerial order 114", "3 March 2026", "Serbia", "Sitter 3", "Open", "4 to 12",
        "Take part in regional activities", "within 3 days", "Run the portal", "The institute", "Second parents’ seat",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_terms_speak_georgian(cast, as_, form):
    force = made.elsewhere(cast)
    answer = terms(as_(cast.stranger), form, "ka", code="GE")
    assert answer["Content-Language"] == "ka"
    assert says(answer, "საქართველო", "რეგიონულ აქტივობებში მონაწილეობა", "3 მარტი", force.established_by)
    if form == "pdf":
        assert PdfReader(io.BytesIO(answer.content)).trailer["/Root"]["/Lang"] == "ka"
    else:
        assert docx.Document(io.BytesIO(answer.content)).core_properties.language == "ka-GE"


def test_the_language_is_chosen_on_a_page(cast, as_):
    made.task_force(cast)
    said = as_(cast.member).get(reverse("taskforce:terms", args=["RS"])).content.decode()
    assert '<option value="sr" selected' in said
    assert reverse("taskforce:terms_pdf", args=["RS"]) in said
    overview = as_(cast.member).get(reverse("taskforce:composition", args=["RS"])).content.decode()
    assert reverse("taskforce:terms", args=["RS"]) in overview


def test_an_unknown_language_is_the_readers(cast, as_):
    made.task_force(cast)
    assert terms(as_(cast.member), "docx", "xx")["Content-Language"] == "en"


@pytest.mark.parametrize(("player", "status"), [("member", 200), ("partner", 403), ("stranger", 404)])
@pytest.mark.parametrize("name", ["terms", "terms_docx"])
def test_who_gets_the_terms(cast, as_, player, status, name):
    made.task_force(cast)
    assert as_(getattr(cast, player)).get(reverse(f"taskforce:{name}", args=["RS"])).status_code == status


def test_there_are_no_terms_before_the_task_force(cast, as_):
    assert as_(cast.chair).get(reverse("taskforce:terms", args=["RS"])).status_code == 404


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_agenda_and_attendance_of_a_planned_meeting(cast, as_, form):
    force, leads = made.full(cast), {"by": cast.chair, "now": NOW}
    begins = NOW + timedelta(days=9)
    meeting = meetings.plan(
        force, title="Next steps", starts_at=begins, ends_at=begins + timedelta(hours=2), place="Room 204", **leads
    )
    agenda.add_item(meeting, title="Which findings first", kind="decision", minutes_planned=25, **leads)
    client = as_(cast.member)
    paper = client.get(reverse(f"taskforce:agenda_{form}", args=[meeting.pk]))
    assert says(paper, "Agenda of meeting 1", "Next steps", "Which findings first", "25", "Room 204", "10:00 to 12:00")
    composition_ = client.get(reverse(f"taskforce:attendance_{form}", args=[meeting.pk]))
    assert says(composition_, "Attendance at meeting 1", "Sitter 6", "Signature", "Guests", "2 December 2026")
    assert begins.date() == date(2026, 12, 2)
