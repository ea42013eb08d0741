"""Of a workbook with several sheets one sees which was taken, and may choose another."""

import io

import openpyxl
import pytest
from django.urls import reverse

from learnin.initiatives.models import HeadingMemory, Import, Initiative
from learnin.initiatives.operations import importing
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
RUNNING = [["Title", "Organisation", "Country", "Start"], ["Tablets for schools", "UNICEF Serbia", "RS", "2026-01-01"]]
PLANNED = [["Title", "Organisation"], ["Books for libraries", "Save the Children"]]
NOTES = [["These are only notes"]]


def workbook(**sheets: list[list[str]]) -> bytes:
    """A workbook with these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def brought(cast: Cast, content: bytes) -> Import:
    """A workbook whose columns have no meaning yet."""
    file = io.BytesIO(content)
    return importing.bring_in(cast.home, file=file, file_name="plan.xlsx", by=cast.chair, now=NOW)


def columns(source: Import, sheet: str = "") -> str:
    """The page of the columns, of a sheet where one is named."""
    url = reverse("initiatives:import_columns", args=[source.pk])
    return f"{url}?sheet={sheet}" if sheet else url


def said(cast: Cast, source: Import, sheet: str = "") -> None:
    """Somebody takes what the columns of a sheet seem to mean."""
    browser, address = as_(cast.chair), columns(source, sheet)
    form = browser.get(address).context["form"]
    sent = {name: field.initial or "" for name, field in form.fields.items() if name.startswith("column")}
    assert browser.post(address, sent).headers["Location"] == reverse("initiatives:import", args=[source.pk])
    source.refresh_from_db()


def test_the_page_says_which_sheet_was_taken_and_offers_the_others(cast: Cast) -> None:
    source = brought(cast, workbook(Planned=PLANNED, Running=RUNNING, Notes=NOTES))
    page = as_(cast.chair).get(columns(source)).content.decode()
    assert "Sheet <strong>Running</strong>" in page
    assert all(f'<option value="{name}"' in page for name in ("Planned", "Running", "Notes"))
    assert '<option value="Running" selected' in page


def test_another_sheet_is_chosen_and_read(cast: Cast) -> None:
    source = brought(cast, workbook(Planned=PLANNED, Running=RUNNING))
    page = as_(cast.chair).get(columns(source, "Planned")).content.decode()
    assert "Sheet <strong>Planned</strong>" in page
    assert "Books for libraries" in page
    said(cast, source, "Planned")
    assert source.sheet == "Planned"
    assert (
        "Sheet <strong>Planned</strong>"
        in as_(cast.chair).get(reverse("initiatives:import", args=[source.pk])).content.decode()
    )
    page = as_(cast.chair).get(columns(source)).content.decode()
    assert "Sheet <strong>Planned</strong>" in page
    said(cast, source, "Running")
    importing.apply(source, by=cast.chair, now=NOW)
    assert [str(one) for one in Initiative.objects.order_by("pk")] == ["Tablets for schools"]


def test_what_the_columns_meant_is_remembered_whatever_the_sheet_is_called(cast: Cast) -> None:
    said(cast, brought(cast, workbook(Planned=PLANNED, Running=RUNNING)), "Planned")
    assert HeadingMemory.objects.get().mapping["sheet"] == ""
    source = brought(cast, workbook(Plan=PLANNED, Now=RUNNING))
    assert "came in before" in as_(cast.chair).get(columns(source, "Plan")).content.decode()
    said(cast, source, "Plan")
    assert source.sheet == "Plan"


@pytest.mark.parametrize("sheet", ["Notes", "Nowhere"])
def test_a_sheet_without_a_table_is_told_and_the_other_is_shown(cast: Cast, sheet: str) -> None:
    source = brought(cast, workbook(Running=RUNNING, Notes=NOTES))
    answer = as_(cast.chair).get(columns(source, sheet), follow=True)
    assert answer.redirect_chain == [(columns(source), 302)]
    assert "Tablets for schools" in answer.content.decode()
    assert "govuk-notification-banner" in answer.content.decode()


def test_a_table_of_one_sheet_offers_none(cast: Cast) -> None:
    source = brought(cast, workbook(Running=RUNNING))
    assert 'name="sheet"' not in as_(cast.chair).get(columns(source)).content.decode()
    said(cast, source)
    assert source.sheet == ""
