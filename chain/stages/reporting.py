"""The report as Word and PDF and all numbers as a workbook, written into a folder and opened again."""

import io

from django.utils import timezone, translation

from chain.walk import Made, Walk
from learnin.assessment.queries import estimates, reports, result_tables
from learnin.kit import documents


def report(walk: Walk) -> Made:
    """Write the three files, and look into each."""
    with translation.override("en"):
        chosen = reports.chosen(walk.assessment, ())
        paper = reports.report(walk.assessment, chosen, today=timezone.localdate())
        run = estimates.current(walk.assessment)
        if run is None:
            raise RuntimeError("no run is there")
        files = {
            "report.docx": documents.docx(paper, "en"),
            "report.pdf": documents.pdf(paper, "en"),
            "results.xlsx": result_tables.workbook(run),
        }
    for name, content in files.items():
        (walk.folder / name).write_bytes(content)
    texts = [one.finding.text() for one in chosen]
    word, rows = _word(walk), _rows(walk)
    return {
        "report": ", ".join(files),
        "findings read again in the Word file": sum(any(text in line for line in word) for text in texts),
        "rows of the workbook": rows,
        "kB of PDF": round((walk.folder / "report.pdf").stat().st_size / 1000),
    }


def _word(walk: Walk) -> list[str]:
    import docx

    opened = docx.Document(str(walk.folder / "report.docx"))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in opened.paragraphs), *cells]


def _rows(walk: Walk) -> int:
    import openpyxl

    if not (walk.folder / "report.pdf").read_bytes().startswith(b"%PDF-"):
        raise RuntimeError("the PDF is none")
    book = openpyxl.load_workbook(io.BytesIO((walk.folder / "results.xlsx").read_bytes()), read_only=True)
    return sum(sheet.max_row or 0 for sheet in book)
