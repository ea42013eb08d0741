"""From a real workbook to files for statisticians: published, answered without a connection, reviewed, taken along.

What pandas and pyreadstat read in the end is what was typed.
"""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser import household
from tests.browser.conftest import Visitors
from tests.browser.household import EVERYBODY, PEOPLE, Answered, Cell
from tests.browser.looking import HEIGHTS, PHONE, Visitor, look, shoot
from tests.browser.site import Site, wait_for

ON_A_PHONE = {"viewport": {"width": PHONE, "height": HEIGHTS[PHONE]}}
SECONDS_TO_KEEP = 20
SECONDS_TO_ARRIVE = 20
TITLE = "Households of Arvenia"
ASKED = frozenset({"text", "integer", "select_one", "select_multiple", "geopoint"})
ROOM = {"SPSS": 120, "Stata": 32_000}  # bytes of the words of a choice
COUNT = """
import json
from django.utils import timezone
from learnin.assessment.models import Submission
from learnin.assessment.operations.answers import work_out
work_out(by=None, now=timezone.now())  # what the worker does every minute
found = Submission.objects.filter(round={round}).order_by("pk")
print("found", json.dumps([[one.channel, one.state, one.instance_id] for one in found]))
"""
IS_KEPT = """async () => {
  const { formUrl } = document.querySelector("li-form").dataset;
  const names = (await caches.keys()).filter((one) => one.startsWith("learnin-form:"));
  if (!names.length || !navigator.serviceWorker.controller) return false;
  const kept = (await (await caches.open(names[0])).keys()).map((one) => new URL(one.url).pathname);
  return [location.pathname, new URL(formUrl, location.href).pathname].every((one) => kept.includes(one))
    && ["form-engine", "form-", "style-"].every((part) => kept.some((one) => one.includes(part)));
}"""
REACHES = "() => fetch('/accessibility/?now', { cache: 'no-store' }).then(() => true, () => false)"


@pytest.mark.skipif(not household.BOOK.exists(), reason=f"The real questionnaires do not stand there: {household.BOOK}")
def test_what_was_typed_without_a_connection_is_what_statisticians_read(
    visitors: Visitors, signed_in: Callable[[str], Visitor], learnin: Site, tmp_path: Path
) -> None:
    coordinator = signed_in("tomas")
    page = coordinator.page
    bring_in(coordinator)
    for source, target in (("english", "french"), ("french", "english")):
        translate(page, source, target)
    publish(page)
    round, link = plan(page)
    answered = answer_without_a_connection(visitors, page, round, link)
    arrived(learnin, round, state="received")
    review(page, round)
    (kept,) = arrived(learnin, round, state="approved")
    files = {kind: take(page, round, kind, tmp_path) for kind in ("xlsx", "csv", "sav", "dta")}
    codebook = Codebook.read(files["xlsx"])
    for tables in (
        read_workbook(files["xlsx"], codebook),
        read_csv(files["csv"]),
        read_coded(files["sav"], codebook, "SPSS", pyreadstat.read_sav),
        read_coded(files["dta"], codebook, "Stata", pyreadstat.read_dta),
    ):
        compare(tables, codebook, answered, key=kept)


def bring_in(coordinator: Visitor) -> None:
    """Upload the workbook; let the doctor repair what is safe."""
    page = coordinator.page
    page.goto("/c/XA/questionnaires/")
    page.get_by_role("button", name="Bring in a questionnaire").click()
    page.locator("[name=file]").set_input_files(household.BOOK)
    page.locator("[name=title]").fill(TITLE)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_role("heading", name="What was found")).to_be_visible()
    page.get_by_role("button", name="Repair", exact=True).click()
    expect(page.get_by_text("Repaired. Problems that are left:")).to_be_visible()
    look(coordinator, language="en")
    page.get_by_role("link", name=TITLE).click()


def translate(page: Page, source: str, target: str) -> None:
    """Write the texts that this language lacks: nothing is published before."""
    page.get_by_role("link", name="Translate").click()
    page.locator("[name=source]").select_option(source)
    page.locator("[name=target]").select_option(target)
    page.locator("[name=show]").select_option("missing")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("textarea").first).to_be_visible()
    for number in range(page.locator("textarea").count()):
        page.locator(f"[name=text-{number}]").fill(f"{target} {number + 1}")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("There is no text in this state.")).to_be_visible()
    page.get_by_role("link", name=TITLE).click()  # back to where one came from
    expect(page.get_by_role("link", name="Translate")).to_be_visible()


def publish(page: Page) -> None:
    """Under the name that is offered."""
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("is published.")).to_be_visible()


def plan(page: Page) -> tuple[int, str]:
    """A round that is open to anyone: its number, and its link."""
    page.goto("/c/XA/collection/plan/")
    page.locator("[name=title]").fill(TITLE)
    page.locator("[name=instrument]").select_option(label=TITLE)
    page.locator("[name=kind][value=open]").check()
    today = timezone.now().date()
    for name, day in (("opens_on", today - timedelta(days=1)), ("closes_on", today + timedelta(days=7))):
        for part in ("day", "month", "year"):
            page.locator(f"[name={name}-{part}]").fill(str(getattr(day, part)))
    page.get_by_role("button", name="Plan the round").click()
    page.wait_for_url(re.compile(r"/rounds/\d+/$"))
    return int(page.url.rstrip("/").rpartition("/")[2]), page.locator(".li-copy__text").inner_text()


def answer_without_a_connection(visitors: Visitors, page: Page, round: int, link: str) -> Answered:
    """Opened online once; answered, sent, closed and opened again without a connection; it goes when there is one."""
    phone = visitors.come(**ON_A_PHONE).page
    context = phone.context
    phone.goto(link)
    expect(phone.locator("li-form[data-ready]")).to_be_visible()
    wait_for(lambda: bool(phone.evaluate(IS_KEPT)), SECONDS_TO_KEEP, "the worker does not keep the page")

    context.set_offline(True)
    (worker,) = context.service_workers
    assert not phone.evaluate(REACHES)
    assert not worker.evaluate(REACHES)
    expect(phone.locator(".li-offline")).to_contain_text("No connection.")
    answered = household.answer(phone)
    phone.get_by_role("button", name="Send answers").click()
    expect(phone.get_by_role("heading", name="Your answers wait on this phone")).to_be_visible()
    phone.close()

    phone = context.new_page()
    phone.goto(link)
    expect(phone.locator(".li-offline")).to_contain_text("waiting to be sent: 1")
    shoot(phone, "from-form-to-file-waiting", PHONE)
    page.goto(f"/rounds/{round}/answers/")
    expect(page.get_by_role("heading", name="No answers yet")).to_be_visible()

    context.set_offline(False)
    expect(phone.locator(".li-offline")).to_be_hidden(timeout=SECONDS_TO_ARRIVE * 1000)
    phone.reload()
    expect(phone.locator("li-form[data-ready]")).to_be_visible()
    expect(phone.locator(".li-offline")).to_be_hidden()
    return answered


def arrived(learnin: Site, round: int, *, state: str) -> list[str]:
    """The one answer that the server keeps."""
    said = learnin.manage("shell", "-c", COUNT.format(round=round))
    found = json.loads(said.partition("found ")[2].splitlines()[0])
    assert [one[:2] for one in found] == [["web", state]]
    return [one[2] for one in found]


def review(page: Page, round: int) -> None:
    """It was quicker than anybody reads, and always said the same: look at the flags, then approve it from the list."""
    page.goto(f"/rounds/{round}/answers/")
    page.locator("main table a").first.click()
    flags = page.get_by_role("link", name="Say what you found")
    expect(flags).to_have_count(4)
    for left in (3, 2, 1, 0):
        flags.first.click()
        page.locator("[name=verdict][value=fine]").check()
        page.get_by_role("button", name="Note what you found").click()
        expect(flags).to_have_count(left)
    page.goto(f"/rounds/{round}/answers/")
    page.locator("[name=answer]").check()
    page.get_by_role("button", name="Approve those ticked").click()
    expect(page.get_by_text("1 answer approved.")).to_be_visible()


def take(page: Page, round: int, kind: str, folder: Path) -> Path:
    """The file that the page hands out."""
    page.goto(f"/rounds/{round}/exports/")
    page.locator(f"[name=format][value={kind}]").check()
    page.locator("[name=scope][value=approved]").check()
    with page.expect_download() as handed:
        page.get_by_role("button", name="Take along").click()
    path = folder / f"{kind}-{handed.value.suggested_filename}"
    handed.value.save_as(path)
    return path


# ---- reading the files again: tables of text, whatever they were written as

Tables = dict[str, pandas.DataFrame]


@dataclass(frozen=True)
class Codebook:
    """What the workbook says of the columns: the names and numbers that SPSS and Stata know them by."""

    columns: pandas.DataFrame
    choices: dict[tuple[str, str], dict[int, tuple[str, str]]]

    @classmethod
    def read(cls, workbook: Path) -> "Codebook":
        """From its sheets."""
        sheets = read_sheets(workbook, ["columns", "choices"])
        choices: dict[tuple[str, str], dict[int, tuple[str, str]]] = {}
        for table, column, name, number, label in sheets["choices"].itertuples(index=False, name=None):
            if number:
                choices.setdefault((table, column), {})[int(number)] = (name, label)
        return cls(sheets["columns"], choices)

    @property
    def tables(self) -> list[str]:
        """The main table, then those of the repeats."""
        return list(self.columns["table"].unique())

    def asked(self) -> set[str]:
        """Columns of answers, without those that are parts of another."""
        of = self.columns
        return set(of[of["type"].isin(ASKED) & ~of["kind"].isin(["flag", "decimal"])]["column"])

    def ticks(self, column: str) -> list[str]:
        """The columns of the single choices of a question with several."""
        of = self.columns
        return [one for one in of[of["kind"] == "flag"]["column"] if one.rpartition("/")[0] == column]


def read_sheets(path: Path, names: list[str] | None = None) -> Tables:
    """Sheets of a workbook, each cell as text."""
    read: Tables = pandas.read_excel(path, sheet_name=names, dtype=str, keep_default_na=False, engine="openpyxl")
    return read


def read_workbook(path: Path, codebook: Codebook) -> Tables:
    """The sheets of values."""
    sheets = read_sheets(path)
    values = [sheet for name, sheet in sheets.items() if name.startswith("values")]
    return dict(zip(codebook.tables, values, strict=True))


def read_csv(path: Path) -> Tables:
    """A ZIP with one file for each table."""
    with zipfile.ZipFile(path) as files:
        return {
            Path(name).stem: pandas.read_csv(files.open(name), dtype=str, keep_default_na=False, encoding="utf-8-sig")
            for name in files.namelist()
        }


def read_coded(path: Path, codebook: Codebook, program: str, read: Callable[..., tuple[Any, Any]]) -> Tables:
    """A ZIP with one file for each table: numbers back to the choices they stand for, whose words are checked."""
    tables: Tables = {}
    with zipfile.ZipFile(path) as files:
        files.extractall(path.parent / program)
    for file in sorted((path.parent / program).iterdir()):
        frame, about = read(file)
        known = codebook.columns[codebook.columns["table"] == file.stem]
        assert list(frame.columns) == list(known[program])
        for column, variable in zip(known["column"], known[program], strict=True):
            numbers = codebook.choices.get((file.stem, column), {})
            words = {int(number): label for number, label in about.variable_value_labels.get(variable, {}).items()}
            assert words == {number: cut(label, ROOM[program]) for number, (_name, label) in numbers.items()}
            names = {number: name for number, (name, _label) in numbers.items()}
            frame[variable] = [as_text(value, names) for value in frame[variable].tolist()]
        tables[file.stem] = frame.set_axis(known["column"], axis="columns")
    return tables


def cut(label: str, room: int) -> str:
    """As much of the words of a choice as the program keeps."""
    return label.encode()[:room].decode(errors="ignore").rstrip()


def as_text(value: Any, names: dict[int, str]) -> str:
    """A value as it was sent."""
    if pandas.isna(value):
        return ""
    if isinstance(value, int | float):
        whole = int(value)
        return names.get(whole) or str(whole if whole == value else value)
    return str(value)


def compare(tables: Tables, codebook: Codebook, answered: Answered, *, key: str) -> None:
    """Each answer as it was given, nothing that was not said, and in each repeat a row for everybody."""
    assert sorted(tables) == sorted(codebook.tables)
    for name, (repeat, path) in zip(codebook.tables, [("", ""), *household.REPEATS.items()], strict=True):
        rows = [f"{key}/{path}[{turn}]" for turn in range(1, PEOPLE + 1)] if repeat else [key]
        assert list(tables[name]["KEY"]) == rows
        assert not repeat or set(tables[name]["PARENT_KEY"]) == {key}
    cells = cells_of(tables)
    asked = codebook.asked()
    assert {cell: text for cell, text in cells.items() if cell[0] in asked} == answered.all
    assert {cell: cells.get(cell) for cell in household.WORKED_OUT} == household.WORKED_OUT
    for (column, row), said in answered.all.items():
        ticks = {one.rpartition("/")[2]: cells[one, row] for one in codebook.ticks(column)}
        assert ticks == {choice: str(int(choice in said.split())) for choice in ticks}


def cells_of(tables: Tables) -> dict[Cell, str]:
    """Every cell in which something stands."""
    found: dict[Cell, str] = {}
    for table in tables.values():
        for one in table.to_dict("records"):
            turn = re.search(r"\[(\d+)\]$", one["KEY"])
            row = int(turn[1]) if turn else EVERYBODY
            found |= {(str(column), row): text for column, text in one.items() if text}
    return found
