"""Reports, slides and the workbook of results tell the same numbers as programs get, and none that is withheld."""

import io
from datetime import timedelta
from typing import Any

import docx
import openpyxl
import pytest
from django.db.models import F
from django.urls import reverse
from pptx import Presentation
from pypdf import PdfReader

from learnin.assessment.models import Assessment, Estimate, Finding, Report, Run
from learnin.assessment.operations import findings
from learnin.assessment.operations import reading as rules
from learnin.assessment.queries import estimates, result_tables
from learnin.assessment.queries.marked import marked
from learnin.journal.models import Entry
from tests.assessment import made_findings, made_indicators, made_plan, made_weights
from tests.assessment.test_estimates import computed
from tests.assessment.test_estimates_api import fetch
from tests.assessment.test_reading import LINES
from tests.cast import NOW, Cast, as_

pytestmark = pytest.mark.django_db
SECRET = 0.8671  # of three people, who could be recognised
FORMATS = ("docx", "pdf", "pptx", "xlsx")


class Found:
    """An agreed finding on three numbers: one sure, one of people who chose to answer, one hidden."""

    def __init__(self, cast: Cast) -> None:
        self.assessment: Assessment = made_plan.assessment(cast)
        self.run: Run = made_findings.run(self.assessment, cast)
        sure = made_findings.indicator(self.assessment, cast)
        self.sure: Estimate = made_findings.number(sure, self.run, cast)
        few: dict[str, Any] = {"estimate": SECRET, "n": 3, "n_psu": 2, "key": "place=island", "by": "place"}
        self.hidden: Estimate = made_findings.number(
            sure, self.run, cast, domain={"place": "island"}, ci_low=0.811, ci_high=0.893, **few
        )
        size = made_findings.indicator(self.assessment, cast, code="size", labels={"en": "Pupils"}, unit="number")
        self.open: Estimate = made_findings.number(
            size, self.run, cast, is_probability=False, estimate=21.4, ci_low=20.1, ci_high=22.7
        )
        self.run.estimates.update(order=F("order") + 1)  # programs begin after 0
        numbers = [self.sure, self.hidden, self.open]
        self.finding: Finding = made_findings.one(cast, assessment=self.assessment, numbers=numbers)
        made_findings.agreed(cast, self.finding)


@pytest.fixture
def found(cast: Cast) -> Found:
    """What is reported."""
    return Found(cast)


def get(cast: Cast, found: Found, kind: str, **asked: Any) -> Any:
    """The file that a member takes along."""
    return take(cast.member, found.assessment, kind, **asked)


def page(cast: Cast, found: Found) -> Any:
    """The page of the report."""
    return as_(cast.member).get(reverse("assessment:report", args=[found.assessment.pk]))


def take(who: Any, assessment: Assessment, kind: str, **asked: Any) -> Any:
    """Press a button of the page, and follow to the file."""
    name = "take_tables" if kind == "xlsx" else "report"
    plain = {"format": kind, "language": "en"}
    return as_(who).post(reverse(f"assessment:{name}", args=[assessment.pk]), plain | asked, follow=True)


def of_word(content: bytes) -> str:
    """All words of a Word file, its charts and their sheets among them."""
    file = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    inside = [
        part.blob.decode()
        for part in file.part.package.iter_parts()
        if str(part.partname).startswith("/word/charts") and part.blob
    ]
    return "\n".join([*(one.text for one in file.paragraphs), *cells, *inside])


def of_pdf(content: bytes) -> str:
    """All words of a PDF."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def of_slides(content: bytes) -> str:
    """All words of slides, with notes and the numbers of charts."""
    said = []
    for page in Presentation(io.BytesIO(content)).slides:
        said += [shape.text_frame.text for shape in page.shapes if shape.has_text_frame]
        charts = [shape.chart for shape in page.shapes if shape.has_chart]
        said += [str([*chart.plots[0].categories, *chart.plots[0].series[0].values]) for chart in charts]
        said.append(page.notes_slide.notes_text_frame.text if page.has_notes_slide else "")
    return "\n".join(said)


READ = {"docx": of_word, "pdf": of_pdf, "pptx": of_slides}


@pytest.mark.parametrize("name", READ)
def test_files_tell_the_numbers_and_none_that_is_withheld(cast: Cast, found: Found, name: str) -> None:
    answer = get(cast, found, name, language="en")
    assert answer["Content-Disposition"].endswith(f'-en.{name}"')
    said = READ[name](answer.content)
    for told in ("Teachers need time to plan", "38%", "34 to 42", "21.4", "Moderate evidence", "⊘"):
        assert told in said
    assert "robability sample" in said
    for hidden in ("87%", "0.867", "81 to 89", "0.811"):
        assert hidden not in said


def test_the_report_has_its_parts(cast: Cast, found: Found) -> None:
    file = docx.Document(io.BytesIO(get(cast, found, "docx", language="en").content))
    headings = [one.text for one in file.paragraphs if one.style.name.startswith("Heading")]
    for part in ("Summary", "Findings", "Needs", "How these numbers were made", "How to read the numbers"):
        assert part in headings
    heads = [[cell.text for cell in table.rows[0].cells] for table in file.tables]
    (errors,) = [table for table, head in zip(file.tables, heads, strict=True) if "deff" in head]
    assert [cell.text for cell in errors.rows[1].cells][1:3] == ["0.38", "0.02"]
    assert [cell.text for cell in errors.rows[1].cells][-2:] == ["0.34", "0.42"]
    names = " ".join(one.text for one in file.paragraphs)
    assert f"Agreed by: {cast.member}, {cast.chair}" in names


def test_the_annex_tells_the_lines_that_the_country_drew(cast: Cast, found: Found) -> None:
    rules.change(cast.home, **LINES, reason="A small country.", by=cast.chair, now=NOW)
    file = docx.Document(io.BytesIO(get(cast, found, "docx", language="en").content))
    said = " ".join(one.text for one in file.paragraphs)
    assert "Not shown: fewer than 5 answers or fewer than 2 sampled units." in said
    assert "Withheld: fewer than 3 people" in said


def test_a_pdf_in_another_language_says_so(cast: Cast, found: Found) -> None:
    file = PdfReader(io.BytesIO(get(cast, found, "pdf", language="ka").content))
    assert file.trailer["/Root"]["/Lang"] == "ka"
    assert "pdfuaid:part" in file.trailer["/Root"]["/Metadata"].get_data().decode()


def test_only_the_findings_that_are_chosen_stand_in_it(cast: Cast, found: Found) -> None:
    draft = made_findings.one(cast, assessment=found.assessment, numbers=[found.sure], text="Still a draft")
    plain = of_word(get(cast, found, "docx", language="en").content)
    assert "Still a draft" not in plain
    wanted = of_word(get(cast, found, "docx", language="en", findings=[draft.pk]).content)
    assert "Still a draft" in wanted
    assert "Teachers need time to plan" not in wanted
    findings.withdraw(draft, reason="Wrong", by=cast.chair, now=NOW)
    assert "Still a draft" not in page(cast, found).content.decode()
    assert "Teachers need time to plan (Agreed; English)" in page(cast, found).content.decode()
    assert get(cast, found, "docx", findings=[draft.pk]).status_code == 422


def test_a_table_has_notes_only_where_there_is_one_and_a_slide_the_meaning_of_its_sign(
    cast: Cast, found: Found
) -> None:
    def heads() -> list[str]:
        content = get(cast, found, "docx", findings=[finding.pk]).content
        return [cell.text for cell in docx.Document(io.BytesIO(content)).tables[1].rows[0].cells]

    finding = made_findings.one(cast, assessment=found.assessment, numbers=[found.sure], text="One sure number")
    assert heads() == ["Indicator", "Estimate", "Interval, 95%", "Answers"]
    assert "≈" not in of_slides(get(cast, found, "pptx", findings=[finding.pk]).content)
    found.run.estimates.filter(pk=found.sure.pk).update(n=30)
    assert heads()[-1] == "Note"
    slides = of_slides(get(cast, found, "pptx", findings=[finding.pk]).content)
    assert "≈ Unreliable: few answers or a wide interval" in slides


def rows_of(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The tables of a workbook, sheet by sheet."""
    told = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        _title, _empty, heads, *rows = sheet.iter_rows(values_only=True)
        told[sheet.title] = [dict(zip(heads, row, strict=True)) for row in rows]
    return told


def test_the_workbook_holds_every_number_as_programs_get_it(cast: Cast, found: Found) -> None:
    told = fetch(f"runs/{found.run.pk}/estimates", cast.member).json()["items"]
    sheets = rows_of(get(cast, found, "xlsx").content)
    (shown,) = [row for row in sheets["Needs"] if row["Code"] == "sure" and row["Group"] == "Everybody"]
    same = next(one for one in told if one["n"] == found.sure.n and one["estimate"] == found.sure.estimate)
    assert (shown["Estimate"], shown["Interval from"], shown["Interval to"], shown["Answers"]) == (
        same["estimate"], same["ci_low"], same["ci_high"], same["n"],
    )  # fmt: skip
    assert [one["Code"] for one in sheets["Codebook"]] == ["sure", "size"]


def test_the_workbook_tells_of_a_withheld_number_only_why(cast: Cast, found: Found) -> None:
    (row,) = [one for one in rows_of(get(cast, found, "xlsx").content)["Needs"] if one["Group"] == "island"]
    assert row["Sign"] == "⊘"
    assert row["Notes"].startswith("Withheld")
    kept = {"Round", "Code", "Indicator", "Split by", "Group", "Sign", "Notes"}
    assert {head for head, value in row.items() if value is not None} == kept


def test_numbers_of_an_open_link_have_no_interval(cast: Cast, found: Found) -> None:
    (row,) = [one for one in rows_of(get(cast, found, "xlsx").content)["Needs"] if one["Code"] == "size"]
    assert row["Estimate"] == 21.4
    assert row["Interval from"] is None
    assert row["Standard error"] is None
    assert row["Notes"].startswith("Not a probability sample")


def test_the_annex_tells_how_weights_were_made(cast: Cast) -> None:
    round_ = made_indicators.surveyed(cast)
    made_indicators.indicator(round_, cast)
    made_weights.made(round_, cast, is_in_use=True)
    run = computed(round_, cast)
    answer = take(cast.member, run.assessment, "docx")
    said = of_word(answer.content)
    for told in ("Weights, step by step", "Sum of the weights", "Response rate (AAPOR RR1)", "Sampling errors", "(≈)"):
        assert told in said
    everybody = marked(estimates.numbers(run))
    assert not any(one.mark.is_seen for one in everybody)  # twelve answers are too few
    assert result_tables.sheets(run)[1].rows[0][6] == "(≈)"


def test_before_anything_is_computed_there_is_a_report_and_no_workbook(cast: Cast) -> None:
    assessment = made_plan.assessment(cast)
    assert take(cast.member, assessment, "docx").status_code == 200
    assert take(cast.member, assessment, "xlsx").status_code == 404


@pytest.mark.parametrize("kind", FORMATS)
def test_members_take_it_strangers_find_nothing_and_the_journal_knows(cast: Cast, found: Found, kind: str) -> None:
    assert take(cast.stranger, found.assessment, kind).status_code == 404
    assert take(cast.partner, found.assessment, kind).status_code == 403
    assert not Report.objects.exists()
    taken = take(cast.member, found.assessment, kind)
    assert taken.status_code == 200
    made = Report.objects.get()
    file = reverse("assessment:report_file", args=[made.pk])
    assert as_(cast.member).get(file).status_code == 200
    assert as_(cast.chair).get(file).status_code == 404  # it would leave no line
    assert as_(cast.stranger).get(file).status_code == 404
    line = Entry.objects.get(verb="report.taken")
    assert (line.by, line.after["report_format"], line.after["number"]) == (cast.member, kind, found.run.number)
    assert str(cast.member) in page(cast, found).content.decode()
    Report.objects.update(made_at=made.made_at - timedelta(hours=1))
    assert as_(cast.member).get(file).status_code == 404


def test_a_get_of_the_tables_takes_nothing(cast: Cast, found: Found) -> None:
    assert as_(cast.member).get(reverse("assessment:take_tables", args=[found.assessment.pk])).status_code == 405
    assert not Report.objects.exists()
