"""From a table of initiatives to an agreement: who plans the same finds each other, and acts on it.

A partner brings in a table and writes one more initiative by hand; what looks like it comes up before it is kept. The
chair has pairs looked for, names an overlap by keys and asks both parties; one answers by the link of its letter, the
other on the page. What they agree is an action point, the coverage counts what came in, and IATI tells who is related.
"""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import openpyxl
from lxml import etree
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitors
from tests.browser.hands import enter, send, tab_to, today, write_day
from tests.browser.looking import Visitor, look
from tests.browser.sights import SPOKEN
from tests.browser.signing_in import by_code
from tests.browser.site import SECONDS_OF_POST, Site, text_of, wait_for

FUND, OTHER = "Fund for Schools (example)", "Teaching in blended classes"  # of the story; the other is UNICEF's
OTHER_NUMBER, OTHERS_ADDRESS = "XM-DAC-41122-XA-12", "marko@arvenia.example"
PARTNERS_ADDRESS = "olena@arvenia.example"
BROUGHT = ("Mixed lessons for hill schools", "Mixed lessons for hill schools, second year")
WRITTEN, NUMBER = "Mixed lessons for all hill schools", "XA-REG-2201-73"
AREA, THEME = "XA-TO", "blended-learning"
TEXT = "One calendar of courses for the teachers of Torin, so that nobody is invited twice."
LINK = re.compile(r"^http\S+/answer-agreement/\S+answer=accept$", re.MULTILINE)
SECONDS_TO_FIND = 60
HEADINGS = ("Our ref.", "Title", "Organisation", "Area", "Start", "End", "Themes", "Audiences")


@dataclass
class Stage:
    """Who sits in front of which browser."""

    partner: Visitor
    chair: Visitor
    site: Site

    def see(self, who: Visitor) -> None:
        """Nothing is wrong with the page that stands there now."""
        look(who, language=SPOKEN["olena"] if who is self.partner else "en")


def come(learnin: Site, visitors: Visitors, *, scripts: bool = True) -> Stage:
    """The partner and the chair, signed in."""
    partner, chair = (visitors.come(java_script_enabled=scripts) for _who in range(2))
    by_code(partner.page, PARTNERS_ADDRESS, learnin.letters)
    by_code(chair.page, "ana@arvenia.example", learnin.letters)
    return Stage(partner, chair, learnin)


def test_from_a_table_to_an_agreement(learnin: Site, visitors: Visitors) -> None:
    stage = come(learnin, visitors)
    before = covered(stage)
    bring_in(stage)
    write_one_more(stage)
    look_for_pairs(stage)
    pair = name_overlap(stage)
    agreement = propose(stage, pair)
    answer_by_letter(stage, visitors)
    assert OTHER_NUMBER not in related_in_iati(stage, NUMBER)  # one party alone agrees on nothing
    answer_on_page(stage, agreement)
    action_stands(stage, agreement)
    assert covered(stage) == tuple(number + len(BROUGHT) + 1 for number in before)
    assert OTHER_NUMBER in related_in_iati(stage, NUMBER)
    assert NUMBER in related_in_iati(stage, OTHER_NUMBER)


def test_what_is_likely_and_related_without_scripts(learnin: Site, visitors: Visitors) -> None:
    stage = come(learnin, visitors, scripts=False)
    page = stage.partner.page
    title = "Tablets for village schools in winter"
    begin_to_write(page, title, "XA-REG-2201-74", area="XA-KA", theme="devices", audience="students-primary")
    with page.expect_popup() as opened:
        page.locator("#likely button").click()
    expect(opened.value.locator("main a[href^='/initiatives/']").first).to_contain_text("Tablets for village schools")
    opened.value.close()
    arrive(page, lambda: page.locator("[name=texts-0-title]").press("Enter"))
    expect(page.locator("h1")).to_contain_text(title)
    stage.see(stage.partner)
    look_for_pairs(stage)
    chair = stage.chair.page
    chair.goto("/c/XA/initiatives/pairs/?band=sure")
    press(chair, chair.locator("main table a", has_text=title).first)
    stage.see(stage.chair)
    press(chair, chair.locator("button[name=verdict][value=phase]"))
    chair.goto("/c/XA/initiatives/pairs/?band=judged")
    expect(chair.locator("main table tr", has_text=title)).to_have_count(1)
    stage.see(stage.chair)


def table() -> bytes:
    """Two initiatives of the fund, and a row of which nobody knows what it is."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS)
    begins, ends = today() - timedelta(days=30), today() + timedelta(days=400)
    for number, title in enumerate((*BROUGHT, "")):
        told = (title, FUND, "Torin", begins.isoformat(), ends.isoformat(), "Blended learning", "Teachers")
        sheet.append((f"XA-REG-2201-{71 + number}" if title else "", *told))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bring_in(stage: Stage) -> None:
    """Say what the column means that nobody could guess, look at what would happen, let it happen."""
    page = stage.partner.page
    page.goto("/c/XA/initiatives/imports/add/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("main [name=file]").set_input_files({"name": "plan.xlsx", "mimeType": kind, "buffer": table()})
    send(page, "file")
    expect(page).to_have_url(re.compile(r"/initiative-imports/\d+/columns/$"))
    expect(page.locator("[name=column-0]")).to_have_value("")
    expect(page.locator("[name=column-1]")).to_have_value("title")
    stage.see(stage.partner)
    page.locator("[name=column-0]").select_option("identifier")
    page.locator("main [name=language]").select_option("en")
    send(page, "column-0")
    expect(page).to_have_url(re.compile(r"/initiative-imports/\d+/$"))
    new, _changed, _conflict, _same, bad, _elsewhere = page.locator("main dl").first.locator("dd").all_inner_texts()
    assert (new, bad) == ("2", "1")
    expect(page.locator("main table tbody tr")).to_have_count(1)  # of the bad row: what is wrong with it
    stage.see(stage.partner)
    press(page, page.locator("main form[action$='/apply/'] button"))
    stage.see(stage.partner)
    page.goto("/c/XA/initiatives/?words=hill")
    for title in BROUGHT:
        expect(page.get_by_role("link", name=title, exact=True)).to_have_count(1)


def write_one_more(stage: Stage) -> None:
    """Two that look like it come up while it is written; it is another one, and kept."""
    page = stage.partner.page
    begin_to_write(page, WRITTEN, NUMBER, area=AREA, theme=THEME, audience="teachers")
    for title in BROUGHT:
        expect(page.locator("#likely a").filter(has_text=title).first).to_be_visible()
    stage.see(stage.partner)
    arrive(page, lambda: page.locator("[name=texts-0-title]").press("Enter"))
    expect(page).to_have_url(re.compile(r"/initiatives/\d+/$"))
    expect(page.locator("h1")).to_contain_text(WRITTEN)
    stage.see(stage.partner)


def begin_to_write(page: Page, title: str, number: str, *, area: str, theme: str, audience: str) -> None:
    """The form of an initiative of the fund, filled in and not sent."""
    page.goto("/c/XA/initiatives/add/")
    expect(page.locator("main [name=reporter]")).to_have_value(re.compile("."))  # whom the partner represents
    page.locator("[name=texts-0-title]").fill(title)
    page.locator("[name=texts-0-language]").select_option("en")
    page.locator("main [name=identifier]").fill(number)
    page.locator("[name=places-0-area]").select_option(area)
    write_day(page, "actual_start", today() - timedelta(days=60))
    write_day(page, "planned_end", today() + timedelta(days=500))
    page.locator(f"[name=themes][value={theme}]").check()
    page.locator(f"[name=audiences][value={audience}]").check()
    page.locator("[name=components][value=pedagogy]").check()


def look_for_pairs(stage: Stage) -> None:
    """The worker does it; the page of the job says when."""
    page = stage.chair.page
    page.goto("/c/XA/initiatives/pairs/")
    press(page, page.locator("main form[action$='/pairs/find/'] button"))
    is_done = page.locator("[role=status]").get_by_text(re.compile("found, .* of them new"))
    if stage.chair.mirror:  # without scripts one looks again oneself
        wait_for(lambda: bool(page.reload() and is_done.count()), SECONDS_TO_FIND, "the pairs are not looked for")
    expect(is_done).to_be_visible(timeout=SECONDS_TO_FIND * 1000)


def name_overlap(stage: Stage) -> str:
    """From pair to pair by keys, until it is the one; then one more key. Returns its number."""
    page = stage.chair.page
    page.goto("/c/XA/initiatives/pairs/?band=overlaps")
    stage.see(stage.chair)
    tab_to(page, "main a[href^='/initiatives/pairs/']")
    enter(page)
    heads = page.locator("main table thead")
    for _other in range(40):
        if all(title in heads.inner_text() for title in (WRITTEN, OTHER)):
            break
        expect(page.locator("li-keys input[type=checkbox]")).to_be_checked()  # keys are there once it is
        arrive(page, lambda: page.keyboard.press("n"))
    expect(heads).to_contain_text(WRITTEN)
    stage.see(stage.chair)
    number = re.findall(r"/pairs/(\d+)/", page.url)[0]
    key = page.locator("button[name=verdict][value=overlap]").get_attribute("data-key") or ""
    expect(page.locator("li-keys input[type=checkbox]")).to_be_checked()
    arrive(page, lambda: page.keyboard.press(key))
    page.goto(f"/initiatives/pairs/{number}/")
    expect(page.locator(f"main a[href$='/agreements/propose/?pair={number}']")).to_be_visible()
    stage.see(stage.chair)
    return str(number)


def propose(stage: Stage, pair: str) -> str:
    """The list of overlaps leads to it; both parties are known, and are asked. Returns the address of the agreement."""
    page = stage.chair.page
    page.goto("/c/XA/initiatives/agreements/")
    stage.see(stage.chair)
    press(page, page.locator(f"main a[href$='/propose/?pair={pair}']"))
    asked = {box.input_value() for box in page.locator("main [name^=email_]").all()}
    assert {PARTNERS_ADDRESS, OTHERS_ADDRESS} <= asked
    for title in (WRITTEN, OTHER):
        expect(page.get_by_label(title)).to_be_checked()
    page.locator("[name=kind][value=align]").check()
    page.locator("main [name=text]").fill(TEXT)
    write_day(page, "due_on", today() + timedelta(days=60))
    page.locator("main [name=seat]").select_option(index=1)
    stage.see(stage.chair)
    send(page, "text")
    expect(page).to_have_url(re.compile(r"/agreements/\d+/$"))
    stage.see(stage.chair)
    return page.url


def letter_link(stage: Stage, address: str) -> str:
    """The link by which a party accepts, out of the letter with this text."""

    def found() -> list[str]:
        told = [text_of(letter) for letter in stage.site.letters.to(address)]
        return [link for text in told if TEXT in " ".join(text.split()) for link in LINK.findall(text)]

    wait_for(lambda: bool(found()), SECONDS_OF_POST, f"nobody asked {address}")
    return found()[-1]


def answer_by_letter(stage: Stage, visitors: Visitors) -> None:
    """The other party has no account in its browser: the link, one press, and it is recorded."""
    assert letter_link(stage, PARTNERS_ADDRESS)
    visitor = visitors.come()
    page = visitor.page
    page.goto(letter_link(stage, OTHERS_ADDRESS))
    expect(page.locator("main")).to_contain_text(TEXT)
    expect(page.locator("[name=answer][value=accept]")).to_be_checked()
    language = str(page.evaluate("() => document.documentElement.lang"))
    look(visitor, language=language)
    send(page, "answer")
    expect(page.locator("main .govuk-notification-banner")).to_be_visible()
    look(visitor, language=language)


def answer_on_page(stage: Stage, agreement: str) -> None:
    """The partner, signed in, answers for the organisation it represents."""
    page = stage.partner.page
    page.goto(agreement)
    stage.see(stage.partner)
    press(page, page.locator("main a[href^='/parties/'][href$='/answer/']"))
    stage.see(stage.partner)
    page.locator("[name=answer][value=accept]").check()
    send(page, "answer")
    expect(page).to_have_url(agreement)
    stage.see(stage.partner)


def action_stands(stage: Stage, agreement: str) -> None:
    """What is agreed is something to do, among all that the task force does."""
    page = stage.chair.page
    page.goto(agreement)
    stage.see(stage.chair)
    action = page.locator("main a[href^='/actions/']")
    number, address = action.inner_text(), action.get_attribute("href")
    press(page, action)
    expect(page.locator("main")).to_contain_text(WRITTEN)
    page.goto("/c/XA/actions/")
    expect(page.locator(f"main a[href='{address}']").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(number)


def covered(stage: Stage) -> tuple[int, int]:
    """How many the chair reads in the cell of the theme and the area, and beside the area on the map."""
    page = stage.chair.page
    page.goto("/c/XA/coverage/")
    cell = page.locator(f".li-heat a[href*='theme={THEME}'][href*='area={AREA}']")
    beside = page.locator("main section:has(#map) tr", has_text="Torin").locator("td").last
    return int(cell.inner_text()), int(beside.text_content() or "")


def related_in_iati(stage: Stage, number: str) -> list[str]:
    """The activities that the register, taken along as IATI, names as related to this one."""
    page = stage.chair.page
    page.goto("/c/XA/initiatives/take-along/")
    page.locator("[name=format][value=iati]").check()
    with page.expect_download() as handed:
        page.locator("main form:has([name=format]) button:not([type=button])").first.click()
    root = etree.fromstring(handed.value.path().read_bytes())
    (activity,) = root.xpath("iati-activity[iati-identifier = $number]", number=number)
    return [str(one) for one in activity.xpath("related-activity/@ref")]


def arrive(page: Page, do: Callable[[], None]) -> None:
    """Do what leads to another page."""
    with page.expect_navigation():
        do()


def press(page: Page, what: Locator) -> None:
    """A button or a link that leads to another page."""
    arrive(page, what.click)
