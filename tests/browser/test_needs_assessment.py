"""The second stage: from the question bank to answers, and a reminder that goes only to those who have not answered.

A real register of schools, a stratified two-stage sample proportional to size, letters by a real mail server. The
register has no e-mail addresses: the schools that were drawn give the lists of their teachers, as the second stage.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import signing_in
from tests.browser.conftest import Visitors
from tests.browser.hands import send, today, write_day
from tests.browser.looking import DESK, HEIGHTS, PHONE, Visitor, look, shoot
from tests.browser.site import ROOT, SECONDS_OF_POST, Site, text_of, wait_for

REGISTER = ROOT.parent / "shared" / "data" / "frames" / "ua_schools.csv"
COUNTRY = "/c/UA/"
ROWS, CLOSED = 16_434, 311  # of the register
STRATA = ("Регіон", "Сільський")  # region, and whether the school is in a village
SCHOOLS, TAKE = 200, 2
MODULE, ITEMS = "teach_confidence", ("back_school", "back_place")
LINK = re.compile(r"^http\S+/a/\S+/$", re.MULTILINE)
ON_A_PHONE = {"viewport": {"width": PHONE, "height": HEIGHTS[PHONE]}}
SECONDS_TO_IMPORT = 30


@dataclass
class Work:
    """The coordinator of a country in front of a browser, and the teachers who are asked."""

    site: Site
    visitors: Visitors
    lead: Visitor
    teachers: list[str] = field(default_factory=list)

    @property
    def page(self) -> Page:
        """Where the coordinator is."""
        return self.lead.page

    def see(self, name: str = "") -> None:
        """Nothing is wrong with the page that stands there now; a picture is kept where it has a name."""
        if name:
            shoot(self.page, f"needs-{name}", DESK, PHONE)
        look(self.lead, language="en")

    def follow(self, ending: str) -> None:
        """Click the link that leads there."""
        go(self.page, self.page.locator(f"main a[href$='{ending}']").first)

    def letters(self, address: str) -> list[str]:
        """What came for this address, oldest first: subject and text."""
        return [f"{one['Subject']}\n{text_of(one)}" for one in self.site.letters.to(address)]


def go(page: Page, what: Locator) -> None:
    """Click what leads to another page."""
    with page.expect_navigation():
        what.click()


@pytest.mark.skipif(not REGISTER.exists(), reason=f"the real register of schools is not here: {REGISTER}")
def test_from_the_question_bank_to_a_reminder(
    learnin: Site, visitors: Visitors, signed_in: Callable[[str], Visitor]
) -> None:
    work = Work(learnin, visitors, visitors.come())
    signing_in.appointed(work.page, signed_in("rena").page, "UA", "en", learnin.letters)
    assemble(work)
    publish(work)
    bring_in_the_register(work)
    draw_schools(work)
    draw_teachers(work)
    round_page = plan(work)
    links = invite(work, round_page)
    answer(work, links[0])
    answer_without_scripts(work, links[1])
    read_answers(work, round_page)
    follow_up(work, round_page)
    remind(work)


def assemble(work: Work) -> None:
    """One module of the bank and two single questions, in English and Romanian."""
    page = work.page
    page.goto(f"{COUNTRY}questionnaires/")
    work.follow("/questionnaires/pick/")
    page.locator("[name=population]").select_option("teachers")
    send(page, "population")
    page.locator(f"[name=modules][value={MODULE}]").check()
    page.locator(f"fieldset:has([name=items][value={ITEMS[0]}]) summary").click()
    for item in ITEMS:
        page.locator(f"[name=items][value={item}]").check()
    page.locator("[name=title]").fill("What teachers need")
    page.locator("[name=languages][value=en]").check()
    page.locator("[name=languages][value=ro]").check()
    work.see()
    send(page, "title")
    expect(page).to_have_url(re.compile(r"/versions/\d+/builder/$"))
    expect(page.locator("[aria-labelledby=languages] li")).to_have_text([re.compile("English"), re.compile("Română")])
    work.see("builder")


def publish(work: Work) -> None:
    """From the builder to a version that people can answer."""
    page = work.page
    page.goto(page.url.replace("builder/", "publish/"))
    work.see()
    send(page, "name")
    expect(page.locator("main")).to_contain_text("is published")
    work.see()


def bring_in_the_register(work: Work) -> None:
    """Its columns are guessed; region and village make strata; closed schools are set aside."""
    page = work.page
    page.goto(f"{COUNTRY}samples/")
    work.follow("/samples/bring-in/")
    page.locator("[name=title]").fill("Register of schools")
    page.locator("[name=file]").set_input_files(REGISTER)
    send(page, "file")
    open_result(work)
    expect(page.locator("main [name=size]")).to_have_value("Ліцензовані обсяги")
    for heading in STRATA:
        page.locator(f"[name=strata][value='{heading}']").check()
    work.see()
    send(page, "name")
    work.see()
    go(page, page.locator("main form button").last)
    open_result(work)
    main = page.locator("main")
    expect(main).to_contain_text(f"{ROWS:,}")
    expect(main).to_contain_text(f"{ROWS - CLOSED:,}")
    work.see()


def open_result(work: Work) -> None:
    """A job does the work: its page says how far it is, and leads to what it made."""
    button = work.page.locator("main a.govuk-button")
    expect(button).to_be_visible(timeout=SECONDS_TO_IMPORT * 1000)
    go(work.page, button)


def draw_schools(work: Work) -> None:
    """200 schools, proportional to size in each stratum: first what it would draw, then the draw."""
    page = work.page
    work.follow("/draw/")
    page.locator("[name=title]").fill("Teachers of 200 schools")
    page.locator("[name=method][value=pps]").check()
    page.locator("[name=size]").fill(str(SCHOOLS))
    for heading in STRATA:
        page.locator(f"[name=strata][value='{heading}']").check()
    page.locator("[name=allocation]").select_option("proportional")
    page.locator("[name=take]").fill(str(TAKE))
    send(page, "size")
    expect(page.locator("main")).to_contain_text(f"{SCHOOLS} units in all")
    work.see()
    go(page, page.get_by_role("button", name="Draw this sample"))
    expect(page).to_have_url(re.compile(r"/samples/\d+/$"))
    expect(page.locator("main")).to_contain_text(f"{SCHOOLS} units")
    work.see("sample")
    go(page, page.get_by_role("link", name="Draw it again and compare"))
    expect(page.locator("main")).to_contain_text("The same units came out again")


def draw_teachers(work: Work) -> None:
    """Two of the schools gave the list of their teachers: the lot picks from each."""
    page = work.page
    sample = page.url.partition("?")[0]
    page.goto(sample)
    places = page.get_by_role("link", name="Draw people here")
    schools = [str(one.get_attribute("href")) for one in places.all()[:2]]
    for number, school in enumerate(schools, start=1):
        page.goto(school)
        staff = [f"Teacher {number}{letter}; teacher-{number}{letter}@school.example" for letter in "abc"]
        page.locator("[name=people]").fill("\n".join(staff))
        if number == 1:
            work.see()
        send(page, "people")
        rows = page.locator("main tbody tr")
        expect(rows).to_have_count(TAKE)
        work.teachers += re.findall(r"teacher-\S+@school\.example", page.locator("main tbody").inner_text())
    work.see()
    assert len(set(work.teachers)) == TAKE * len(schools)
    page.goto(sample)
    expect(page.get_by_role("link", name=f"{TAKE} people drawn")).to_have_count(len(schools))


def plan(work: Work) -> str:
    """A round for the sample, open from today. Returns its address."""
    page = work.page
    page.goto(f"{COUNTRY}collection/")
    work.follow("/collection/plan/")
    page.locator("[name=title]").fill("Teachers of Ukraine")
    page.locator("[name=instrument]").select_option(label="What teachers need")
    page.locator("[name=kind][value=sample]").check()
    page.locator("[name=sample]").select_option(label="Teachers of 200 schools")
    write_day(page, "opens_on", today() - timedelta(days=1))
    write_day(page, "closes_on", today() + timedelta(days=21))
    page.locator("[name=target]").fill("4")
    page.locator("[name=reminders]").fill("7, 14")
    work.see()
    send(page, "title")
    expect(page).to_have_url(re.compile(r"/rounds/\d+/$"))
    work.see()
    return page.url


def invite(work: Work, round_page: str) -> list[str]:
    """Invitations are made, letters leave, and each teacher gets a link of their own."""
    page = work.page
    go(page, page.get_by_role("button", name="Make the invitations"))
    expect(page.locator("[aria-labelledby=asked]")).to_contain_text(str(len(work.teachers)))
    assert not any(work.letters(address) for address in work.teachers)
    work.see("round")
    go(page, page.get_by_role("button", name="Send the invitations"))
    for address in work.teachers:
        wait_for(lambda to=address: bool(work.letters(to)), SECONDS_OF_POST, f"no invitation came to {address}")
    page.goto(round_page)
    work.see()
    found = [LINK.search(work.letters(address)[0]) for address in work.teachers]
    links = [one[0] for one in found if one]
    assert len(set(links)) == len(work.teachers)
    return links


def answer(work: Work, link: str) -> None:
    """A teacher, on a phone, reads Romanian for a moment and answers in English."""
    visitor = work.visitors.come(**ON_A_PHONE)
    page = visitor.page
    page.goto(link)
    look(visitor, language="en")
    shoot(page, "needs-invited", PHONE)
    go(page, page.get_by_role("button", name="Begin"))
    expect(page.locator("li-form[data-ready]")).to_be_visible()
    page.get_by_role("button", name="Română").click()
    expect(page.locator("html")).to_have_attribute("lang", "ro")
    page.get_by_role("button", name="English").click()
    look(visitor, language="en")
    shoot(page, "needs-question", PHONE)
    sending = page.get_by_role("button", name="Send answers")
    while not sending.is_visible():
        for group in page.locator("li-form fieldset:has([type=radio])").all():
            group.locator("[type=radio]").nth(1).check(force=True)
        page.get_by_role("button", name="Next").click()
    look(visitor, language="en")
    shoot(page, "needs-review", PHONE)
    sending.click()
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    look(visitor, language="en")
    page.goto(link)
    expect(page.locator("main")).to_contain_text("We have your answer")


def answer_without_scripts(work: Work, link: str) -> None:
    """Another teacher, whose old phone runs no scripts, answers on the plain page."""
    visitor = work.visitors.come(java_script_enabled=False, **ON_A_PHONE)
    page = visitor.page
    page.goto(link)
    go(page, page.get_by_role("button", name="Begin"))
    go(page, page.get_by_role("link", name="Answer on the plain page"))
    look(visitor, language="en")
    shoot(page, "needs-plain", PHONE)
    for group in page.locator("main fieldset:has([type=radio])").all():
        group.locator("[type=radio]").nth(2).check()
    go(page, page.get_by_role("button", name="Send answers"))
    expect(page.get_by_role("heading", name="Your answers were sent")).to_be_visible()
    look(visitor, language="en")


def read_answers(work: Work, round_page: str) -> None:
    """From the round to its answers: one by web form, one by the plain page."""
    page = work.page
    page.goto(round_page)
    work.follow("/answers/")
    expect(page.locator("main tbody tr")).to_have_count(2)
    work.see("answers")


def follow_up(work: Work, round_page: str) -> None:
    """The board counts both answers, and knows who is silent."""
    page = work.page
    page.goto(round_page)
    work.follow("/follow-up/")
    expect(page.locator("main")).to_contain_text("2 of 4")
    expect(page.locator(".li-dots__all")).to_contain_text("50%")
    work.see("board")
    work.follow("/without-answer/")
    for address in work.teachers[:2]:
        expect(page.locator("main")).not_to_contain_text(address)
    work.see()
    page.go_back()


def remind(work: Work) -> None:
    """Only those who have not answered get a reminder."""
    page = work.page
    go(page, page.get_by_role("button", name="Remind all of them"))
    done, silent = work.teachers[:2], work.teachers[2:]
    for address in silent:
        wait_for(lambda to=address: len(work.letters(to)) == 2, SECONDS_OF_POST, f"no reminder came to {address}")
        assert "Reminder" in work.letters(address)[1]
    assert [len(work.letters(address)) for address in done] == [1, 1]
    page.reload()
    work.see()
