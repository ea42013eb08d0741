"""The first stage: from an empty country to sealed minutes that open in Word and in a PDF reader.

In English and Georgian, with scripts and without. Elements are found by what they do, never by their words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import icalendar
import pytest
from docx import Document
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from learnin.taskforce.formats.composition_workbook import COLUMNS
from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.hands import send, today, write_day
from tests.browser.looking import Visitor, look
from tests.browser.site import SECONDS_OF_POST, Site, wait_for

A_MEETING_AWAY = 2  # days; more than one, since the country's day may be one ahead of ours
OBJECTIONS = 3  # days that members have, as a new task force begins
WRONG = {"H3": "no address at all", "K4": "excellent"}  # an e-mail address and a level of English
LATER = """
from datetime import timedelta
from django.db.models import DateTimeField
from learnin.taskforce.models import Meeting
meeting = Meeting.objects.get(pk={pk})
for field in Meeting._meta.fields:
    moment = getattr(meeting, field.attname)
    if isinstance(field, DateTimeField) and moment:
        setattr(meeting, field.attname, moment - timedelta(days={days}))
meeting.save()
"""


@dataclass(frozen=True)
class Words:
    """What people write in one language."""

    names: tuple[str, ...]
    meeting: str
    item: str
    decision: str
    action: str


ENGLISH = Words(
    names=("Maria Codreanu", "Ion Rusu", "Elena Munteanu", "Victor Ceban", "Ana Rotaru", "Sergiu Botnaru"),
    meeting="Schools without a connection",
    item="How every school gets a connection",
    decision="Each school in the north gets a second connection before the end of March.",
    action="Call the three districts that have no plan",
)
GEORGIAN = Words(
    names=("ნინო ბერიძე", "გიორგი მაისურაძე", "მარიამ კაპანაძე", "ლევან გელაშვილი", "თამარ ლომიძე", "დავით წიკლაური"),
    meeting="სკოლები ინტერნეტის გარეშე",
    item="როგორ მიიღებს ყველა სკოლა ინტერნეტს",
    decision="ყველა მთიანი სკოლა მარტის ბოლომდე მიიღებს მეორე კავშირს.",
    action="დარეკეთ სამ რაიონში, რომლებსაც გეგმა არ აქვთ",
)


@dataclass
class Stage:
    """One country, its coordinator in front of a browser, and the languages of its papers."""

    site: Site
    region: Page
    code: str
    language: str
    chosen: str
    papers: set[str]
    words: Words
    lead: Visitor
    folder: Path
    invited: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Where the coordinator is."""
        return self.lead.page

    @property
    def home(self) -> str:
        """The task force of the country."""
        return f"/c/{self.code}/taskforce/"

    def see(self, *, status: int = 200) -> None:
        """Nothing is wrong with the page that stands there now."""
        look(self.lead, language=self.language, status=status)

    def follow(self, ending: str) -> None:
        """Click the link that leads there."""
        with self.page.expect_navigation():
            self.page.locator(f"main a[href$='{ending}']").first.click()

    def press(self, ending: str) -> None:
        """Press the button that does this."""
        with self.page.expect_navigation():
            self.page.locator(f"main form[action$='{ending}'] button").first.click()

    def save(self, link: Locator) -> Path:
        """Download what the link gives."""
        with self.page.expect_download() as told:
            link.click()
        kept = self.folder / told.value.suggested_filename
        told.value.save_as(kept)
        return kept


# country, language of pages, scripts, the language that is chosen for papers (none: worked out), and what comes of it
WAYS = {
    "en-scripts": ("MD", "en", True, "", "ro"),
    "en-plain": ("BA", "en", False, "sr-latn", "sr-Latn"),
    "ka-scripts": ("AM", "ka", True, "ka", "ka"),
    "ka-plain": ("GE", "ka", False, "", "ka"),
}


@pytest.fixture(params=WAYS.values(), ids=WAYS)
def stage(
    request: pytest.FixtureRequest,
    learnin: Site,
    visitors: Visitors,
    signed_in: Callable[[str], Visitor],
    tmp_path: Path,
) -> Stage:
    """A country without a task force, and somebody who begins."""
    code, language, has_scripts, chosen, papers = request.param
    lead = visitors.come(java_script_enabled=has_scripts, locale=language, accept_downloads=True)
    words = GEORGIAN if language == "ka" else ENGLISH
    return Stage(learnin, signed_in("rena").page, code, language, chosen, {papers, "en"}, words, lead, tmp_path)


def test_from_appointed_seats_to_sealed_minutes(stage: Stage) -> None:
    arrive(stage)
    establish(stage)
    choose_the_language_of_papers(stage)
    bring_in_the_workbook(stage)
    meeting = plan_and_invite(stage)
    letters_reach_calendars(stage)
    later(stage, meeting, days=A_MEETING_AWAY)
    hold(stage)
    record(stage)
    send_minutes(stage, meeting)
    later(stage, meeting, days=OBJECTIONS + 1)
    approve(stage)
    papers_open(stage)


def arrive(stage: Stage) -> None:
    """The region asks a coordinator into the country; who accepts is signed in."""
    signing_in.appointed(stage.page, stage.region, stage.code, stage.language, stage.site.letters)


def establish(stage: Stage) -> None:
    """From the page that says there is none, to one with open seats."""
    page = stage.page
    page.goto(stage.home)
    stage.see()
    stage.follow("/taskforce/establish/")
    stage.see()
    write_day(page, "established_on", today() - timedelta(days=30))
    page.locator("[name=established_by]").fill("Order 114")
    send(page, "established_by")
    expect(page).to_have_url(stage.home)
    stage.see()


def choose_the_language_of_papers(stage: Stage) -> None:
    """Where the country's own is not the one that is wanted."""
    if stage.chosen:
        page = stage.page
        stage.follow("/taskforce/about/")
        page.locator("[name=documents_language]").select_option(stage.chosen)
        send(page, "documents_language")
        expect(page).to_have_url(stage.home)


def bring_in_the_workbook(stage: Stage) -> None:
    """Two cells are wrong and named; corrected, a preview; accepted, everybody sits."""
    page = stage.page
    page.goto(f"{stage.home}import/")
    empty = stage.save(page.locator("main a[href$='/composition.xlsx']"))
    names = fill_in(stage, empty)
    upload(stage, wrong_copy(empty))
    assert page.locator("main tbody th").all_inner_texts() == list(WRONG)
    stage.see(status=422)
    upload(stage, empty)
    expect(page.locator("main tbody tr")).to_have_count(len(names))
    stage.see()
    page.goto(stage.home)
    expect(page.locator("main")).not_to_contain_text(names[0])  # nothing changed by looking
    upload(stage, empty)
    send(page, "accept")
    expect(page).to_have_url(stage.home)
    for name in names:
        expect(page.locator("main")).to_contain_text(name)
    stage.see()
    upload(stage, empty)
    expect(page.locator("main [name=accept]")).to_have_count(0)  # the same file changes nothing


def fill_in(stage: Stage, file: Path) -> list[str]:
    """A name, an address and the days for every seat."""
    book = load_workbook(file)
    sheet = book["composition"]
    lines = range(2, sheet.max_row + 1)
    names = list(stage.words.names[: len(lines)])
    assert len(names) == len(lines) >= 4
    stage.invited = [f"seat{line}@{stage.code.lower()}.example" for line in lines]
    for line, name, address in zip(lines, names, stage.invited, strict=True):
        put(sheet, line, "name", name)
        put(sheet, line, "email", address)
        put(sheet, line, "english", "B2")
        put(sheet, line, "nominated_on", today() - timedelta(days=25))
        put(sheet, line, "appointed_on", today() - timedelta(days=20))
    book.save(file)
    return names


def wrong_copy(file: Path) -> Path:
    """The same workbook with two cells that nobody can take."""
    book = load_workbook(file)
    for cell, said in WRONG.items():
        book["composition"][cell] = said
    wrong = file.with_name("wrong.xlsx")
    book.save(wrong)
    return wrong


def upload(stage: Stage, file: Path) -> None:
    """Show what the workbook would change."""
    stage.page.goto(f"{stage.home}import/")
    stage.page.locator("main [name=file]").set_input_files(file)
    send(stage.page, "file")


def plan_and_invite(stage: Stage) -> int:
    """A meeting with one item; then letters to everybody. Returns the meeting's number in its address."""
    page = stage.page
    page.goto(f"/c/{stage.code}/meetings/")
    stage.follow("/meetings/plan/")
    stage.see()
    page.locator("[name=title]").fill(stage.words.meeting)
    write_day(page, "day", today() + timedelta(days=A_MEETING_AWAY))
    page.locator("[name=begins]").fill("10:00")
    page.locator("[name=ends]").fill("12:00")
    send(page, "begins")
    with page.expect_navigation():
        page.locator("main a").filter(has_text=stage.words.meeting).first.click()
    found = re.search(r"/meetings/(\d+)/$", page.url)
    assert found, page.url
    stage.follow("/agenda/")
    page.locator("[name=title]").fill(stage.words.item)
    page.locator("[name=kind][value=decision]").check()
    page.locator("[name=minutes_planned]").fill("30")
    send(page, "minutes_planned")
    expect(page.locator("main")).to_contain_text(stage.words.item)
    stage.see()
    stage.press("/invite/")
    expect(page.locator("main form[action$='/invite/']")).to_have_count(0)
    stage.see()
    return int(found[1])


def letters_reach_calendars(stage: Stage) -> None:
    """What the mail server was given holds an event that calendars read."""
    for address in stage.invited:
        wait_for(lambda to=address: invitations(stage, to), SECONDS_OF_POST, f"no invitation came to {address}")
    (event,) = invitations(stage, stage.invited[0])[0].walk("VEVENT")
    assert stage.words.meeting in event["SUMMARY"]
    assert event["SEQUENCE"] == 0
    assert event.start.date() == today() + timedelta(days=A_MEETING_AWAY)


def invitations(stage: Stage, address: str) -> list[icalendar.Calendar]:
    """The requests that came for this address."""
    parts = [part for letter in stage.site.letters.to(address) for part in calendars(letter)]
    found = [icalendar.Calendar.from_ical(part.get_payload(decode=True)) for part in parts]
    return [one for one in found if one["METHOD"] == "REQUEST"]


def calendars(letter: EmailMessage) -> list[Any]:
    """The parts of a letter that a calendar reads."""
    return [part for part in letter.walk() if part.get_content_type() == "text/calendar"]


def later(stage: Stage, meeting: int, *, days: int) -> None:
    """So many days go by. The site lives in real time, so the meeting's own moments move into the past instead."""
    stage.site.manage("shell", "--no-imports", "--command", LATER.format(pk=meeting, days=days))
    stage.page.goto(f"/meetings/{meeting}/")


def hold(stage: Stage) -> None:
    """Begin, and note who came: all but one."""
    page = stage.page
    stage.press("/hold/")
    stage.follow("/attendance/")
    boxes = page.locator("main select[name^=seat_]")
    expect(boxes).to_have_count(len(stage.invited))
    for at, box in enumerate(boxes.all()):
        box.select_option("room" if at else "excused")
    stage.see()
    send(page, "guests")
    expect(page).to_have_url(re.compile(r"/meetings/\d+/$"))


def record(stage: Stage) -> None:
    """A decision by consent, and what follows from it."""
    page = stage.page
    with page.expect_navigation():
        page.locator("main a[href*='/decisions/?item=']").click()
    stage.see()
    page.locator("[name=text]").fill(stage.words.decision)
    page.locator("[name=method][value=consent]").check()
    send(page, "method")
    expect(page.locator("main")).to_contain_text(stage.words.decision)
    page.locator("[name=text]").fill(stage.words.action)
    page.locator("[name=seat]").select_option(index=0)
    write_day(page, "due_on", today() + timedelta(days=14))
    send(page, "seat")
    expect(page.locator("main table a[href*='/actions/']")).to_have_text(stage.words.action)
    stage.see()


def send_minutes(stage: Stage, meeting: int) -> None:
    """The draft goes to members, and waits: nobody approves while they may object."""
    page = stage.page
    page.goto(f"/meetings/{meeting}/minutes/")
    expect(page.locator("main")).to_contain_text(stage.words.decision)
    stage.see()
    stage.press("/minutes/send/")
    expect(page.locator("main form[action$='/minutes/send/']")).to_have_count(0)
    expect(page.locator("main form[action$='/minutes/approve/']")).to_have_count(0)
    stage.see()


def approve(stage: Stage) -> None:
    """Nobody objected: sealed, and the seal holds."""
    page = stage.page
    stage.press("/minutes/approve/")
    expect(page.locator("main form[action$='/minutes/approve/']")).to_have_count(0)
    stage.see()
    stage.follow("/seal/")
    expect(page.locator("main")).to_contain_text(f"{stage.code}/MIN/")
    expect(page.locator("main .govuk-warning-text")).to_have_count(0)
    stage.see()


def papers_open(stage: Stage) -> None:
    """Word and PDF, in the country's language and in English, with the decision's exact words."""
    links = stage.page.locator("main a[href^='/files/']").all()
    files = [stage.save(link) for link in links]
    words, pdfs = ([one for one in files if one.suffix == f".{form}"] for form in ("docx", "pdf"))
    assert len(words) == len(pdfs) == len(stage.papers)
    for file in words:
        paper = Document(str(file))
        assert stage.words.decision in "\n".join(text.strip() for text in paper.element.itertext())
    spoken = {read_pdf(file, stage.words.decision) for file in pdfs}
    assert spoken == stage.papers


def read_pdf(file: Path, decision: str) -> str:
    """The decision stands in the PDF, which is tagged. Returns its language."""
    reader = PdfReader(file)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "".join(decision.split()) in "".join(text.split())
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    return str(root["/Lang"])


def put(sheet: Any, line: int, column: str, value: object) -> None:
    """Write into one cell of the composition."""
    sheet.cell(line, COLUMNS.index(column) + 1, value)
