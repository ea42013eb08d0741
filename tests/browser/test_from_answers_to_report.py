"""From the answers of the example country to a report: every file tells the number that programs get.

The story's teachers have answered. Their answers are weighted in four steps, an indicator is made of a question and
computed; a member writes a finding on its number, two agree; the report leaves as Word, PDF, slides and tables, and
anonymous answers as open data, which tell the same. Where R is installed it computes the published numbers again.
"""

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from playwright.sync_api import Page, expect
from pptx import Presentation
from pypdf import PdfReader

from tests.browser.conftest import Visitors
from tests.browser.hands import send
from tests.browser.looking import DESK, PHONE, Visitor, look, shoot
from tests.browser.signing_in import by_code
from tests.browser.site import Site

TEXT = "Teachers of this survey say who uses a phone to teach"
WEIGHTS, CODE, NAME = "Teachers by area, again", "journey_share", "Journey share"
SECONDS_TO_COMPUTE = 120
FIND = """
import json
from datetime import timedelta
from learnin.assessment.formats import indicator
from learnin.assessment.models import Run
from learnin.assessment.queries import analysis
from learnin.people.models import Person
from learnin.people.operations import tokens
from django.utils import timezone
run = Run.objects.filter(assessment__country='XA', state='done').order_by('-number')[0]
asked = next(one.round for one in run.rounds.order_by('-answers') if one.is_probability)
used = {name for one in run.assessment.indicators.all() for name in indicator.read(one.definition).names}
known = analysis.measured(asked.instrument)
of = next(name for name in used if name in known and known[name].is_choice and len(known[name].choices) > 2)
by = Person.objects.get(email='petra@arvenia.example')
now = timezone.now()
_made, secret = tokens.make_token(name='Journey', expires_on=(now + timedelta(days=2)).date(), by=by, now=now)
values = list(known[of].choices)[:2]
print('found', json.dumps([run.assessment_id, asked.pk, f'{asked.instrument_id}/{of}', values, secret]))
"""


@dataclass
class Work:
    """Who leads the assessment and who writes, each in front of a browser; what they work on."""

    lead: Visitor
    member: Visitor
    assessment: int
    round: int
    about: str
    values: list[str]
    secret: str
    run: int = 0

    def see(self, who: Visitor, name: str = "") -> None:
        """Nothing is wrong with the page that stands there now; a picture is kept where it has a name."""
        if name:
            shoot(who.page, f"report-{name}", DESK, PHONE)
        look(who, language="en")


def test_from_answers_to_a_report_with_the_number_that_programs_get(
    learnin: Site, visitors: Visitors, tmp_path: Path
) -> None:
    told = json.loads(learnin.manage("shell", "-c", FIND).partition("found ")[2].splitlines()[0])
    work = Work(visitors.come(), visitors.come(), *told)
    by_code(work.lead.page, "marko@arvenia.example", learnin.letters)
    by_code(work.member.page, "petra@arvenia.example", learnin.letters)
    weigh(work)
    measure(work)
    compute(work)
    number = told_to_programs(work)
    agree(work, number)
    said = written(number)
    report(work, said)
    tables(work, number)
    files = open_data(work, number)
    run_in_r(files, tmp_path)


def weigh(work: Work) -> None:
    """Four steps, each looked at before it is taken; the new set is in use."""
    page = work.lead.page
    page.goto(f"/rounds/{work.round}/weights/")
    if page.get_by_text("Throw them away").count():  # somebody began them in the story
        page.get_by_text("Throw them away").click()
        press(page, "Throw the steps away")
    press(page, "Begin")
    step(work, "base", lambda: page.locator("main input[type=radio][name=inside][value=drawn]").check())
    step(work, "non-response", lambda: choose(page, "classes"))
    step(work, "totals", lambda: choose(page, "raking"))
    step(work, "limit", lambda: page.locator("main input[type=radio][name=method][value=median]").check())
    page.locator("main [name=name]").fill(WEIGHTS)
    work.see(work.lead, "weights")
    send(page, "name")
    expect(page.locator("main")).to_contain_text(WEIGHTS)
    page.goto(f"/rounds/{work.round}/weights/")
    expect(page.locator("main")).to_contain_text(WEIGHTS)


def choose(page: Page, method: str) -> None:
    """A method, by the area of the list."""
    page.locator(f"main input[type=radio][name=method][value={method}]").check()
    page.locator("main input[type=checkbox][name=by][value$=Area]").check()


def step(work: Work, name: str, decide: Callable[[], None]) -> None:
    """Choose, see what that does, take it."""
    page = work.lead.page
    expect(page).to_have_url(re.compile(rf"/weighting/\d+/{name}/"))
    decide()
    press(page, "Show what it does")
    work.see(work.lead)
    press(page, "Take this step and go on")


def press(page: Page, words: str) -> None:
    """The button that says so, which leads to another page."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=words, exact=True).first.click()


def measure(work: Work) -> None:
    """A share of a question, made by hand."""
    page = work.lead.page
    page.goto(f"/assessments/{work.assessment}/indicators/add/")
    page.locator("main [name=about]").select_option(work.about)
    page.locator("main [name=kind][value=share]").check()
    press(page, "Go on")
    for value in work.values:
        page.locator(f"main [name=values][value='{value}']").check()
    page.locator("main [name=name]").fill(NAME)
    page.locator("main [name=code]").fill(CODE)
    page.locator("main [name=dimension]").select_option("needs")
    page.locator("main [name=direction]").select_option("high")
    press(page, "Look at the answers first")
    work.see(work.lead, "indicator")
    press(page, "Save")
    expect(page.locator("main")).to_contain_text(NAME)


def compute(work: Work) -> None:
    """The worker does it; the page says when."""
    page = work.lead.page
    results = f"/assessments/{work.assessment}/results/"
    page.goto(results)
    expect(page.locator("main")).to_contain_text("Another set of weights is in use.")
    before = page.locator("main").inner_text()
    press(page, "Compute again")
    page.get_by_role("link", name="How far it is").click()
    expect(page.locator("[role=status]")).to_contain_text("The results are ready.", timeout=SECONDS_TO_COMPUTE * 1000)
    page.goto(results)
    expect(page.locator("main")).not_to_have_text(before)
    expect(page.locator("main")).to_contain_text(NAME)
    work.see(work.lead)


def told_to_programs(work: Work) -> dict[str, Any]:
    """The share of everybody, as programs get it."""
    page = work.member.page
    asked = {"headers": {"Authorization": f"Bearer {work.secret}"}}
    runs = page.request.get(f"/api/assessments/{work.assessment}/runs", **asked).json()["items"]
    work.run = max(runs, key=lambda one: one["number"])["id"]
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        piece = f"?cursor={cursor}" if cursor else ""
        told = page.request.get(f"/api/runs/{work.run}/estimates{piece}", **asked).json()
        found, cursor = found + told["items"], told["next"]
    return next(one for one in found if one["indicator"] == CODE and not one["domain"])


def agree(work: Work, number: dict[str, Any]) -> None:
    """The member writes a finding on it; both say they agree; the task force does."""
    page = work.member.page
    page.goto(f"/assessments/{work.assessment}/findings/add/?indicator={number['indicator']}&level={number['level']}")
    page.locator("[name=text]").fill(TEXT)
    press(page, "Save")
    address = page.get_by_role("link", name=TEXT).first.get_attribute("href") or page.url
    for who in (work.member, work.lead):
        who.page.goto(address)
        who.page.get_by_role("button", name="Say what you think").or_(
            who.page.get_by_role("link", name="Say what you think")
        ).first.click()
        who.page.locator("[name=stance][value=agrees]").check()
        send(who.page, "stance")
    press(work.lead.page, "The task force agrees")
    expect(work.lead.page.locator("main")).to_contain_text("Agreed")
    work.see(work.lead, "finding")


def written(number: dict[str, Any]) -> tuple[str, str, str]:
    """The finding, its number and its interval, as pages write them."""
    ends = f"{number['ci_low']:.0%}"[:-1], f"{number['ci_high']:.0%}"[:-1]
    return TEXT, f"{number['estimate']:.0%}", " to ".join(ends)


def report(work: Work, said: tuple[str, str, str]) -> None:
    """Word, PDF and slides hold the agreed finding with its number; the page says who took them."""
    page = work.member.page
    page.goto(f"/assessments/{work.assessment}/report/")
    for box in page.locator("[name=findings]").all():
        box.uncheck()
    page.get_by_label(TEXT).check()
    page.locator("select[name=language]").select_option("en")
    work.see(work.member, "report")
    for button, read in (("for Word", of_word), ("as PDF", of_pdf), ("slides", of_slides)):
        told = read(taken(page, f"Download {button}"))
        assert all(one in told for one in said), button
    page.goto(f"/assessments/{work.assessment}/report/")
    expect(page.locator("main aside")).to_contain_text("Petra")


def tables(work: Work, number: dict[str, Any]) -> None:
    """The workbook has the number with all its digits."""
    page = work.member.page
    page.goto(f"/assessments/{work.assessment}/results/")
    book = openpyxl.load_workbook(io.BytesIO(taken(page, "All tables (Excel)")))
    for sheet in book.worksheets:
        _title, _empty, heads, *rows = sheet.iter_rows(values_only=True)
        found = [dict(zip(heads, row, strict=True)) for row in rows]
        mine = [row for row in found if row.get("Code") == CODE and row.get("Group") == "Everybody"]
        if mine:
            (row,) = mine
            wanted = [number[key] for key in ("estimate", "ci_low", "ci_high", "n")]
            assert [row[key] for key in ("Estimate", "Interval from", "Interval to", "Answers")] == wanted
            return
    pytest.fail(f"no sheet has {CODE}")


def open_data(work: Work, number: dict[str, Any]) -> dict[str, bytes]:
    """The check is read, the file opened, published, and fetched again by somebody who is not signed in."""
    page = work.lead.page
    page.goto(f"/assessments/{work.assessment}/open-data/")
    page.locator("main [name=language]").select_option("en")
    work.see(work.lead, "open-data-start")
    press(page, "Make and check")
    page.get_by_role("link", name="How far it is").click()
    expect(page.locator("[role=status]")).to_contain_text("The check is on the page", timeout=SECONDS_TO_COMPUTE * 1000)
    page.go_back()
    page.reload()
    expect(page.locator("main")).to_contain_text("Nobody stands out in this file")
    work.see(work.lead, "open-data")
    with page.expect_download() as handed:
        page.locator("main .li-files a").first.click()
    files = unzipped(handed.value.path().read_bytes())
    row = next(one for one in rows_of(files["published.csv"]) if one["indicator"] == CODE and not one["group"])
    for ours, theirs in (("estimate", "estimate"), ("ci_low", "ci_low"), ("ci_high", "ci_high"), ("answers", "n")):
        assert float(row[ours]) == number[theirs]
    answers = rows_of(files["answers.csv"])
    people = [(float(one["weight"]), float(one[CODE])) for one in answers if one[CODE]]
    share = sum(weight * yes for weight, yes in people) / sum(weight for weight, _yes in people)
    assert abs(share - float(row["in_file"])) < 1e-9
    press(page, "Publish for everybody")
    expect(page.locator("main")).to_contain_text("Published")
    return files


def run_in_r(files: dict[str, bytes], folder: Path) -> None:
    """The script of the open data, where R is installed; elsewhere it says that it was not run."""
    if not shutil.which("Rscript"):
        print("Rscript is not installed: reproduce.R was taken along, and not run")
        return
    for name, content in files.items():
        (folder / name).write_bytes(content)
    done = subprocess.run(["Rscript", "reproduce.R"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


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


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(content.decode())))
