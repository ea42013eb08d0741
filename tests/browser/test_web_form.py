"""The web form in Chromium: real questionnaires, people on phones, and days without a connection."""

import re
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pyxform.xls2xform import convert

from tests.browser import questionnaires
from tests.browser.looking import HEIGHTS, PHONE, Visitor, Watch, look, shoot
from tests.browser.questionnaires import Arrived, Desk
from tests.browser.site import ROOT, wait_for

CORPUS = ROOT.parent / "shared" / "data" / "forms"
MILLISECONDS = 15_000
SECONDS_TO_KEEP = 20
PIXEL = questionnaires.blank_media('jr://images/a.png"')["a.png"]
PLOTS = b"name,label,village,plant_phase\n" + b"".join(
    b"plot,Plot,%s,%d\n" % (one, year) for one in (b"first", b"second") for year in range(2022, 2029)
)
FILES = {"pyxform-ucl-biomass-en-sw.xlsx": {"ULC_Biomass_Plots.csv": PLOTS}}
REFUSED_BY_VALIDATE = {"ipa-likert.xlsx": "it calls device-info(), which ODK Validate does not know either"}

TEACHERS = (Path(__file__).parent / "teachers_form.md").read_text(encoding="utf-8")

# Answers every question that the form still refuses, as somebody would who tries until it is accepted.
ANSWER_ALL = """() => {
  const { form } = document.querySelector("li-form");
  const tries = {
    text: ["a", "1", "12", "555123456", "0555123456", "+995555123456", "a@example.org", "2020", "https://example.org"],
    integer: ["20", "1", "0", "2", "5", "12", "20", "30", "45", "100", "2020", "5000", "100000"],
    decimal: ["1", "0", "0.5", "2", "10", "37", "100"],
    date: ["2020-05-17", "2026-01-31", "1985-02-03", "2030-01-01"],
    time: ["10:00:00.000+00:00"],
    datetime: ["2020-05-17T10:00:00.000+00:00"],
    place: ["41.7151 44.8271 0 5"],
    places: ["41.7 44.8 0 0;41.8 44.9 0 0;41.7 44.8 0 0"],
    trigger: [true],
    range: ["1", "2", "5"],
    image: [new File([new Uint8Array([1])], "a.png", { type: "image/png" })],
    file: [new File([new Uint8Array([1])], "a.bin", { type: "application/octet-stream" })],
  };
  const values = (item) => {
    const all = item.options.map((one) => one.value);
    if (item.kind === "one") return all;
    if (item.kind === "many") return [...all.map((one) => [one]), all.slice(0, 2), all.slice(0, 3)];
    return item.kind === "rank" ? [all] : tries[item.kind] ?? [];
  };
  for (let round = 0; round < 40; round++) {
    const { refused } = form;
    if (!refused.length) return [];
    for (const item of refused)
      for (const value of values(item)) {
        item.value = value;
        if (!item.problem) break;
      }
  }
  return form.refused.map((item) => item.where);
}"""


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A place where questionnaires lie open."""
    with questionnaires.desk() as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A small screen, in English where nothing else is said."""
    opened: list[BrowserContext] = []

    def pick_up(**options: Any) -> BrowserContext:
        wanted = {"viewport": {"width": PHONE, "height": HEIGHTS[PHONE]}, "locale": "en-GB"}
        context = browser.new_context(**wanted | options)
        context.set_default_timeout(MILLISECONDS)
        opened.append(context)
        return context

    yield pick_up
    for context in opened:
        context.close()


def converted(form: Path | str) -> str:
    """The XForm of a workbook, or of a table written here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the workbook reader, about fonts and headers
        kind = {"file_type": ".md"} if isinstance(form, str) else {}
        return str(convert(form, validate=False, **kind).xform)


def lay(desk: Desk, name: str, xform: str) -> str:
    """Put a questionnaire on the desk; its address."""
    desk.forms[name] = xform
    desk.media[name] = questionnaires.blank_media(xform)
    return f"{desk.address}/form/{name}/"


def opened(context: BrowserContext, address: str, desk: Desk) -> Visitor:
    """Somebody opens the link and waits until the questionnaire is there."""
    page = context.new_page()
    visitor = Visitor(page, Watch(desk.address).over(context))
    page.goto(address)
    expect(page.locator("li-form[data-ready]")).to_be_visible()
    return visitor


def is_kept_here(page: Page) -> None:
    """Wait until the worker keeps everything that the page is made of."""
    asked = """async () => {
          const names = (await caches.keys()).filter((one) => one.startsWith("learnin-form:"));
          if (!names.length || !navigator.serviceWorker.controller) return false;
          const kept = (await (await caches.open(names[0])).keys()).map((one) => new URL(one.url).pathname);
          return [location.pathname, location.pathname + "form.xml"].every((one) => kept.includes(one))
            && ["form-engine", "form-", "style-"].every((part) => kept.some((one) => one.includes(part)));
        }"""
    wait_for(lambda: bool(page.evaluate(asked)), SECONDS_TO_KEEP, "the worker does not keep the page")


def go_next(page: Page) -> None:
    """Press Next."""
    page.get_by_role("button", name="Next").click()


def answered(arrived: Arrived) -> etree._Element:
    """What came in, as a tree."""
    return etree.fromstring(arrived.xml)


def said(arrived: Arrived, path: str) -> list[str]:
    """The answers to one question."""
    return [one.text or "" for one in answered(arrived).findall(path)]


def instance_id(arrived: Arrived) -> str:
    """The name of an answer."""
    found = answered(arrived).xpath("//*[local-name()='instanceID']")
    return str(found[0].text)


def corpus() -> list[Any]:
    """Every real questionnaire, also those that no converter takes."""
    return sorted(CORPUS.glob("*.xls*")) or [pytest.param(None, marks=pytest.mark.skip(reason=f"no {CORPUS}"))]


@pytest.mark.parametrize("book", corpus(), ids=lambda book: book.name if book else "none")
def test_a_real_questionnaire_loads_speaks_and_is_sent(
    book: Path, desk: Desk, phone: Callable[..., BrowserContext]
) -> None:
    if book.name in REFUSED_BY_VALIDATE:
        pytest.skip(REFUSED_BY_VALIDATE[book.name])
    try:
        xform = converted(book)
    except Exception as problem:  # each converter trouble is a class of its own
        pytest.skip(f"pyxform does not convert it: {problem}")
    address = lay(desk, "real", xform)
    desk.media["real"] |= FILES.get(book.name, {})
    visitor = opened(phone(), address, desk)
    page = visitor.page
    languages: list[str] = page.evaluate("document.querySelector('li-form').form.languages.map((one) => one.name)")
    for number in range(len(languages) if len(languages) > 1 else 0):
        entry = page.locator(".govuk-language-navigation__list-item").nth(number)
        if entry.locator("button").count():
            entry.locator("button").click()
        spoken = page.evaluate("document.querySelector('li-form').form.language")
        assert spoken == languages[number]
    added = page.evaluate(
        """() => document.querySelector("li-form").pages.filter((page) => page.kind === "turns").map((page) => {
          page.item.add();
          return [page.item.name, page.item.children.length];
        })"""
    )
    assert page.evaluate(ANSWER_ALL) == []
    page.evaluate("document.querySelector('li-form').show('review')")
    page.locator("form button[type=submit]").click()
    page.wait_for_function("() => document.querySelector('li-form').ended")
    for _look in range(200):
        if not desk.arrived:
            page.wait_for_timeout(50)
    page.wait_for_function("() => document.querySelector('li-form').waiting.length === 0")
    assert len({instance_id(one) for one in desk.arrived}) == 1
    sent, asked = answered(desk.arrived[0]), etree.fromstring(xform.encode())
    model = asked.find(".//{http://www.w3.org/2002/xforms}instance")[0]
    assert (sent.tag.split("}")[-1], sent.get("id"), sent.get("version")) == (
        model.tag.split("}")[-1],
        model.get("id"),
        model.get("version"),
    )
    assert re.fullmatch(r"uuid:[0-9a-f-]{36}", instance_id(desk.arrived[0]))
    for name, count in added:
        assert len(sent.xpath(f"//*[local-name()='{name}']")) >= count
    assert visitor.watch.found(here=page.url, status=200) == []


def test_a_teacher_answers_on_a_phone(desk: Desk, phone: Callable[..., BrowserContext]) -> None:
    """Error, language, a question that appears, turns, a picture, a place; then all of it arrives."""
    context = phone(permissions=["geolocation"], geolocation={"latitude": 41.7151, "longitude": 44.8271})
    visitor = opened(context, lay(desk, "teachers", converted(TEACHERS)), desk)
    page = visitor.page
    expect(page.locator(".li-progress")).to_have_text(re.compile(r"Question 1 of \d+"))
    expect(page.locator(".govuk-hint")).to_have_text("Choose the answer that fits you best.")
    page.get_by_text("More about this question").click()
    expect(page.locator(".govuk-details__text").first).to_have_text(
        "A mixed lesson has parts in class and parts online."
    )
    page.get_by_text("More about this question").click()
    look(visitor, language="en")
    shoot(page, "web-form-question", PHONE)

    go_next(page)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page).to_have_title(re.compile(r"^Error: Question 1"))
    page.locator(".govuk-error-summary a").click()
    expect(page.get_by_role("radio", name="Not at all")).to_be_focused()
    look(visitor, language="en")
    shoot(page, "web-form-error", PHONE)

    page.get_by_role("button", name="ქართული").click()
    expect(page.locator("html")).to_have_attribute("lang", "ka")
    expect(page.locator("h1")).to_have_text("მზად ვარ, დავგეგმო გაკვეთილი.")
    look(visitor, language="ka")
    shoot(page, "web-form-question-ka", PHONE)
    page.get_by_role("button", name="English").click()

    page.get_by_text("Not at all").click()
    go_next(page)
    page.get_by_label("What would help you?").fill("Time & <quiet>")
    go_next(page)
    page.get_by_label("Years as a teacher").fill("twelve")
    go_next(page)
    expect(page.locator(".govuk-error-message")).to_have_text(re.compile("Enter a whole number, like 12"))
    page.get_by_label("Years as a teacher").fill("99")
    go_next(page)
    expect(page.locator(".govuk-error-message")).to_have_text(re.compile("Enter at most 60 years"))
    page.get_by_label("Years as a teacher").fill("12")
    go_next(page)

    page.get_by_label("Town or village").fill("Gori")
    expect(page.get_by_label("Which other?")).to_have_count(0)
    page.get_by_text("Something else").click()
    page.get_by_label("Which other?").fill("Paper")
    look(visitor, language="en")
    shoot(page, "web-form-list", PHONE)
    go_next(page)

    for name, pupils in (("5a", "21"), ("6b", "19")):
        page.get_by_label("Name of the class").fill(name)
        go_next(page)
        page.get_by_label("Pupils in it").fill(pupils)
        go_next(page)
        if name == "5a":
            page.get_by_role("button", name="Add another").click()
    expect(page.locator("main")).to_contain_text("Entered so far: 2")
    look(visitor, language="en")
    shoot(page, "web-form-turns", PHONE)
    go_next(page)

    page.get_by_label("Day").fill("31")
    page.get_by_label("Month").fill("2")
    page.get_by_label("Year").fill("2019")
    go_next(page)
    expect(page.locator(".govuk-error-message")).to_have_text(re.compile("Enter a day that exists"))
    page.get_by_label("Month").fill("3")
    go_next(page)
    page.get_by_role("button", name="Move up: Something else").click()
    look(visitor, language="en")
    shoot(page, "web-form-rank", PHONE)
    go_next(page)
    page.locator("input[type=file]").set_input_files({"name": "class.png", "mimeType": "image/png", "buffer": PIXEL})
    expect(page.locator("main")).to_contain_text("class.png")
    look(visitor, language="en")
    go_next(page)
    page.get_by_role("button", name="Use the place where I am").click()
    expect(page.locator("main")).to_contain_text("Place: 41.7151, 44.8271")
    look(visitor, language="en")
    shoot(page, "web-form-place", PHONE)
    go_next(page)
    page.get_by_text("I have read this").click()
    go_next(page)

    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    expect(page.locator("main")).to_contain_text("31 March 2019")
    look(visitor, language="en")
    shoot(page, "web-form-review", PHONE)
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    look(visitor, language="en")

    (arrived,) = desk.arrived
    assert answered(arrived).attrib["version"] == "3"
    for path, value in {
        "planning/ready": ["not"],
        "planning/why": ["Time & <quiet>"],
        "years": ["12"],
        "school/tools": ["other"],
        "school/other": ["Paper"],
        "class/name": ["5a", "6b"],
        "class/pupils": ["21", "19"],
        "since": ["2019-03-31"],
        "best": ["video other platform"],
        "agree": ["OK"],
    }.items():
        assert said(arrived, path) == value, path
    assert said(arrived, "where")[0].split()[:2] == ["41.7151", "44.8271"]
    assert list(arrived.files.values()) == [PIXEL]
    assert said(arrived, "photo") == list(arrived.files)


def test_an_answer_given_without_a_connection_arrives_once(desk: Desk, phone: Callable[..., BrowserContext]) -> None:
    """Opened once online; answered, sent and closed offline; the next day it is still there, and goes when it can."""
    context = phone()
    address = lay(desk, "teachers", converted(TEACHERS))
    page = opened(context, address, desk).page
    is_kept_here(page)

    desk.is_reachable = False
    context.set_offline(True)
    expect(page.locator(".li-offline")).to_contain_text("No connection.")
    page.get_by_text("Mostly").click()
    page.wait_for_timeout(700)  # an answer is kept a moment after it was given
    page.close()

    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Go on where you stopped")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("radio", name="Mostly")).to_be_checked()
    assert page.evaluate(ANSWER_ALL) == []
    page.evaluate("document.querySelector('li-form').show('review')")
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", name="Your answers wait on this phone")).to_be_visible()
    expect(page.locator(".li-offline")).to_contain_text("waiting to be sent: 1")
    shoot(page, "web-form-offline", PHONE)
    page.close()

    page = context.new_page()
    page.goto(address)
    expect(page.locator(".li-offline")).to_contain_text("waiting to be sent: 1")
    assert desk.arrived == []

    desk.is_reachable = True
    context.set_offline(False)
    expect(page.locator(".li-offline")).to_be_hidden(timeout=MILLISECONDS)
    page.wait_for_timeout(500)
    (arrived,) = desk.arrived
    assert said(arrived, "planning/ready") == ["mostly"]


def test_an_answer_survives_a_new_release_and_a_new_version(desk: Desk, phone: Callable[..., BrowserContext]) -> None:
    """What was begun on version 3 is finished and sent as version 3."""
    context = phone()
    address = lay(desk, "teachers", converted(TEACHERS))
    page = opened(context, address, desk).page
    is_kept_here(page)
    page.get_by_text("Partly").click()
    page.wait_for_timeout(700)
    page.close()

    desk.release = " II"
    desk.forms["teachers"] = converted(TEACHERS.replace("| teachers | 3 |", "| teachers | 4 |"))
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".li-bar__place")).to_have_text("Questionnaire teachers II")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("radio", name="Partly")).to_be_checked()
    assert page.evaluate(ANSWER_ALL) == []
    page.evaluate("document.querySelector('li-form').show('review')")
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    page.get_by_role("button", name="Fill in another one").click()
    expect(page.locator(".li-progress")).to_contain_text("Question 1 of")
    assert [answered(one).get("version") for one in desk.arrived] == ["3"]


def test_a_sent_answer_can_be_corrected_under_a_new_name(desk: Desk, phone: Callable[..., BrowserContext]) -> None:
    """The engine's way: a new instanceID, and the old one named as replaced."""
    page = opened(phone(), lay(desk, "teachers", converted(TEACHERS)), desk).page
    before, after = page.evaluate(
        """async () => {
          const { form } = document.querySelector("li-form");
          form.top.children[1].value = "12";
          const before = await form.answer();
          await form.correct(await form.parts());
          form.top.children[1].value = "13";
          return [before, await form.answer()];
        }"""
    )
    root = etree.fromstring(after["xml"].encode())
    assert root.findtext("years") == "13"
    assert root.xpath("string(//*[local-name()='deprecatedID'])") == before["instanceID"]
    assert root.xpath("string(//*[local-name()='instanceID'])") == after["instanceID"] != before["instanceID"]


def test_a_refused_answer_stays_with_the_words_of_the_server(desk: Desk, phone: Callable[..., BrowserContext]) -> None:
    desk.says = (409, "This round is closed.")
    page = opened(phone(), lay(desk, "teachers", converted(TEACHERS)), desk).page
    assert page.evaluate(ANSWER_ALL) == []
    page.evaluate("document.querySelector('li-form').show('review')")
    page.get_by_role("button", name="Send answers").click()
    expect(page.get_by_role("heading", name="Your answers were not accepted")).to_be_visible()
    expect(page.locator("main")).to_contain_text("This round is closed.")
    page.reload()
    expect(page.locator(".li-offline")).to_contain_text("Not accepted, kept on this phone: 1.")
    page.get_by_text("Show what is kept on this phone").click()
    with page.expect_download() as copy:
        page.get_by_role("button", name="Save a copy").click()
    assert b"<agree>OK</agree>" in Path(copy.value.path()).read_bytes()
    desk.says = (201, "Kept")
    page.get_by_role("button", name="Try to send now").click()
    expect(page.locator(".li-offline")).to_be_hidden()
    assert len(desk.arrived) == 1


def test_the_worker_keeps_nothing_of_the_rest_of_the_site(desk: Desk, phone: Callable[..., BrowserContext]) -> None:
    page = opened(phone(), lay(desk, "teachers", converted(TEACHERS)), desk).page
    is_kept_here(page)
    page.evaluate("fetch('/elsewhere/').then(() => 0, () => 0)")
    kept = page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(async (name) =>
          (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
    )
    assert kept
    strange = [path for path in kept if not path.startswith(("/form/teachers/", "/static/"))]
    assert strange == []
    assert not any(path.endswith(("submission", "worker.js")) for path in kept)
