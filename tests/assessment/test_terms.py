"""The terms of reference of an assessment as files, in the language one asks for."""

import io
from datetime import date

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from learnin.assessment.operations import plan
from tests.assessment import made_plan as made
from tests.cast import NOW


def words(answer):
    content = answer.content
    if content.startswith(b"%PDF"):
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(line.text for line in file.paragraphs), *cells])


def missing(answer, *wanted):
    text = "".join(words(answer).split())
    return [one for one in wanted if "".join(one.split()) not in text]


@pytest.fixture
def planned(cast):
    found = made.assessment(
        cast, purpose="To choose what comes first", mandate_points=["needs-assessment"], coordinator=cast.member
    )
    by = {"by": cast.chair, "now": NOW}
    plan.add_population(found, audience="teachers", method="sample", target=1500, note="Grades 5 to 9", **by)
    plan.add_milestone(found, text="Sample drawn", due_on=date(2027, 1, 15), **by)
    plan.protect(
        found, ethics="The board agreed", keep_answers_until=date(2029, 12, 31), keep_contacts_until=None, **by
    )
    return found


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_they_say_what_is_planned(as_, cast, planned, form):
    answer = as_(cast.member).get(reverse(f"assessment:assessment_terms_{form}", args=[planned.pk]))
    assert answer.status_code == 200
    assert not missing(
        answer, "Terms of reference", "How teachers teach", "Serbia", "2 November 2026", "To choose what comes first",
        "Lead the needs assessment", "Needs", "Teachers", "Survey of a sample", "1,500", "Grades 5 to 9",
        "Sample drawn", "15 January 2027", "The board agreed", "31 December 2029", "Member",
    )  # fmt: skip


def test_they_speak_another_language(as_, cast, planned):
    answer = as_(cast.member).get(reverse("assessment:assessment_terms_docx", args=[planned.pk]), {"language": "ka"})
    assert answer["Content-Language"] == "ka"
    assert not missing(answer, "საჭიროებები", "სერბეთი")


def test_the_language_is_chosen_on_a_page(as_, cast, planned):
    page = as_(cast.member).get(reverse("assessment:assessment_terms", args=[planned.pk])).content.decode()
    assert '<option value="sr" selected' in page
    assert reverse("assessment:assessment_terms_pdf", args=[planned.pk]) in page


@pytest.mark.parametrize(("player", "status"), [("member", 200), ("partner", 403), ("stranger", 404)])
def test_who_gets_them(as_, cast, planned, player, status):
    url = reverse("assessment:assessment_terms_docx", args=[planned.pk])
    assert as_(getattr(cast, player)).get(url).status_code == status
