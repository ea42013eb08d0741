"""Every real questionnaire beside the project leaves in every kind of file, whatever its names and languages are."""

from pathlib import Path
from typing import Any

import polars
import pyreadstat
import pytest
from lxml import etree

from learnin.assessment.formats import tables, xlsform
from learnin.assessment.formats.definition import Definition, Question, definition
from learnin.assessment.formats.exports import codebook, csv_files, excel, frames
from learnin.assessment.formats.tables import Record
from tests.assessment import books

VALUES = {"integer": "7", "decimal": "2.5", "range": "3", "date": "2026-11-23", "geopoint": "44.8 20.5 1 2"}


def value(asked: Definition, question: Question) -> str:
    """Some answer to the question."""
    choices = asked.choices(question)
    return choices[-1].name if choices else VALUES.get(question.type, "текст")


def answered(asked: Definition) -> dict[str, Any]:
    """An answer to every question, each repeat answered twice."""
    data: dict[str, Any] = {}
    repeats = {group.path for group in asked.repeats}
    for question in asked.questions:
        if question.keeps_answer:
            nodes = [data]
            for at, name in enumerate(question.parents, start=1):
                is_repeat = "/".join(question.parents[:at]) in repeats
                inside = [node.setdefault(name, [{}, {}] if is_repeat else {}) for node in nodes]
                nodes = [turn for one in inside for turn in one] if is_repeat else inside
            for node in nodes:
                node[question.name] = value(asked, question)
    return data


def test_every_real_questionnaire_leaves_in_every_kind_of_file(tmp_path: Path) -> None:
    for at, path in enumerate(books.corpus()):
        asked = definition(xlsform.read(path.read_bytes(), path.name))
        laid = tables.layout([asked], with_personal=True, note="Open link: not a sample")
        records = [Record("uuid:1", (), answered(asked)), Record("uuid:2", (), {})]
        folder = tmp_path / str(at)
        for kind, write in (("sav", frames.sav), ("dta", frames.dta), ("parquet", frames.parquet)):
            (folder / kind).mkdir(parents=True)
            write(laid, iter(records), folder / kind)
        excel.workbook(laid, iter(records), folder / "a.xlsx")
        assert len(b"".join(csv_files.zip_file(laid, iter(records)))) > 100
        etree.fromstring(codebook.ddi(laid))
        for table in laid.tables:
            whole = polars.read_parquet(folder / "parquet" / f"{table.name}.parquet")
            spss, _about = pyreadstat.read_sav(folder / "sav" / f"{table.name}.sav")
            stata, _about = pyreadstat.read_dta(folder / "dta" / f"{table.name}.dta")
            assert len(whole) == len(spss) == len(stata)
            assert whole.width == spss.shape[1] == stata.shape[1] == len(table.columns)
            assert not table.repeat or len(whole) >= 2, (path.name, table.name)
            for column in table.columns:
                if column.kind == "integer" and column.question == column.name:
                    assert set(whole[column.name].drop_nulls()) <= {7}


def test_the_corpus_has_repeats() -> None:
    found = [definition(xlsform.read(path.read_bytes(), path.name)) for path in books.corpus()]
    if not any(asked.repeats for asked in found):
        pytest.fail("no questionnaire with repeats")
