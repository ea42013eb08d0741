"""From the answers of the example country to a report: every file tells the number that programs get.

The story's teachers have answered, their answers are weighted and its indicators computed. A member writes a
finding on one of the numbers, and takes it along as Word, PDF and slides.
"""

import io
import json
from typing import Any

import docx
from playwright.sync_api import Page, expect
from pptx import Presentation
from pypdf import PdfReader

from tests.browser.conftest import Visitors
from tests.browser.looking import DESK, PHONE, look, shoot
from tests.browser.signing_in import by_code
from tests.browser.site import Site

TEXT = "Teachers want to learn how to assess online"
FIND = """
import json
from datetime import timedelta
from learnin.assessment.models import Estimate, Run
from learnin.people.models import Person
from learnin.people.operations import tokens
from django.utils import timezone
run = Run.objects.filter(assessment__country='XA', state='done').order_by('-number')[0]
by = Person.objects.get(email='petra@arvenia.example')
now = timezone.now()
_made, secret = tokens.make_token(name='Journey', expires_on=(now + timedelta(days=2)).date(), by=by, now=now)
print('found', json.dumps([run.assessment_id, run.pk, secret]))
"""


def test_a_finding_is_reported_with_the_number_that_programs_get(learnin: Site, visitors: Visitors) -> None:
    assessment, run, secret = json.loads(learnin.manage("shell", "-c", FIND).partition("found ")[2].splitlines()[0])
    visitor = visitors.come()
    page = visitor.page
    by_code(page, "petra@arvenia.example", learnin.letters)
    number = first_share(page, run, secret)
    page.goto(f"/assessments/{assessment}/findings/add/?indicator={number['indicator']}&level={number['level']}")
    page.locator("[name=text]").fill(TEXT)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name=TEXT)).to_be_visible()

    page.goto(f"/assessments/{assessment}/report/")
    for box in page.locator("[name=findings]").all():
        box.uncheck()
    page.get_by_label(TEXT).check()
    page.locator("select[name=language]").select_option("en")
    shoot(page, "from-answers-to-report", DESK, PHONE)
    look(visitor, language="en")
    said = f"{number['estimate']:.0%}", f"{number['ci_low']:.0%}"[:-1] + " to " + f"{number['ci_high']:.0%}"[:-1]
    for button, read in (("for Word", of_word), ("as PDF", of_pdf), ("slides", of_slides)):
        told = read(taken(page, f"Download {button}"))
        assert all(one in told for one in (TEXT, *said)), button


def first_share(page: Page, run: int, secret: str) -> dict[str, Any]:
    """The first share of everybody that rests on enough answers, as programs get it."""
    asked = page.request.get(f"/api/runs/{run}/estimates", headers={"Authorization": f"Bearer {secret}"})
    found = asked.json()["items"]
    whole = [one for one in found if not one["domain"] and one["unit"] == "share" and one["n"] and one["n"] >= 50]
    return next(one for one in whole if one["is_probability"] and 0.1 < one["estimate"] < 0.9)


def taken(page: Page, button: str) -> bytes:
    """The file that a button hands out."""
    with page.expect_download() as handed:
        page.get_by_role("button", name=button).click()
    return handed.value.path().read_bytes()


def of_word(content: bytes) -> str:
    """The words of a Word file."""
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in file.paragraphs), *cells])


def of_pdf(content: bytes) -> str:
    """The words of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def of_slides(content: bytes) -> str:
    """The words of slides and their notes."""
    pages = Presentation(io.BytesIO(content)).slides
    said = [shape.text_frame.text for page in pages for shape in page.shapes if shape.has_text_frame]
    return "\n".join([*said, *(page.notes_slide.notes_text_frame.text for page in pages if page.has_notes_slide)])
