"""Items picked from the bank become a workbook that other tools accept."""

import shutil
from pathlib import Path

import pytest
from lxml import etree
from pyxform.validators import odk_validate
from pyxform.xls2xform import convert

from learnin.assessment import bank_reader
from learnin.assessment.formats import bank
from learnin.assessment.formats.bank import Bank
from learnin.assessment.formats.workbook import Book
from tests.assessment import written_bank

ALL = ("en", "ru", "ro", "sr", "sr-latn", "tr", "ka")
CONSENT = {"en": "We ask about boats.", "sr": "Питамо о чамцима."}


@pytest.fixture(name="boats", scope="module")
def small() -> Bank:
    return bank.read(written_bank.files(written_bank.shared(), written_bank.boats()))


def xform(book: Book) -> tuple[str, list[str]]:
    """The form that the workbook makes, and what the converter warns of."""
    warnings: list[str] = []
    sheets = {name: [dict(row) for row in sheet.rows] for name, sheet in book.sheets.items()}
    return convert(sheets, warnings=warnings).xform, warnings


def rows(book: Book) -> list[tuple[str, str]]:
    """Type and name of every row."""
    return [(row["type"], row.get("name", "")) for row in book.survey.rows]


def row(book: Book, name: str) -> dict[str, str]:
    """The row with this name."""
    return dict(next(row for row in book.survey.rows if row.get("name") == name))


def test_statements_below_one_question_share_a_page(boats: Bank) -> None:
    book = bank.book(boats, ["b_sail", "b_row"], languages=["en"], title="Boats", form_id="boats")

    assert rows(book) == [
        ("start", "start"),
        ("end", "end"),
        ("deviceid", "deviceid"),
        ("begin_group", "boats"),
        ("begin_group", "boats_page_1"),
        ("select_one often_dk", "b_sail"),
        ("select_one often_dk", "b_row"),
        ("end_group", ""),
        ("end_group", ""),
    ]
    page = row(book, "boats_page_1")
    assert (page["label::English (en)"], page["appearance"]) == ("How often?", "field-list")
    assert "hint::English (en)" not in row(book, "b_sail")


def test_a_statement_alone_has_its_question_as_hint(boats: Bank) -> None:
    book = bank.book(boats, ["b_row"], languages=["en", "sr-latn"], title="Boats", form_id="boats")

    assert row(book, "b_row") == {
        "type": "select_one often_dk",
        "name": "b_row",
        "label::English (en)": "I row.",
        "label::Srpski (sr-Latn)": "Veslam.",
        "hint::English (en)": "How often?",
        "hint::Srpski (sr-Latn)": "Koliko često?",
    }


def test_only_the_answers_in_use_come_along(boats: Bank) -> None:
    book = bank.book(boats, ["b_age", "b_sail"], languages=["en"], title="Boats", form_id="boats")

    assert [(row["list_name"], row["name"]) for row in book.choices.rows] == [
        ("b_have", "boat"),
        ("b_have", "oar"),
        ("b_have", "none"),
        ("often_dk", "1"),
        ("often_dk", "2"),
        ("often_dk", "98"),
    ]


def test_the_item_that_decides_comes_along_before(boats: Bank) -> None:
    book = bank.book(boats, ["b_dream", "b_age"], languages=["en"], title="Boats", form_id="boats")

    assert [name for _, name in rows(book) if name.startswith("b_")] == ["b_have", "b_dream", "b_age"]
    assert row(book, "b_age")["relevant"] == "selected(${b_have}, 'boat') or selected(${b_have}, 'oar')"
    assert row(book, "b_dream")["relevant"] == "${b_have} != '' and not(selected(${b_have}, 'boat'))"
    assert row(book, "b_have")["required"] == "yes"
    assert boats.personal(["b_dream", "b_age"]) == ("b_age",)


def test_what_an_answer_may_be_is_said(boats: Bank) -> None:
    book = bank.book(boats, ["b_age"], languages=["en", "sr"], title="Boats", form_id="boats")

    age, have = row(book, "b_age"), row(book, "b_have")
    assert (age["constraint"], age["hint::English (en)"]) == (". >= 0 and . <= 90", "In years.")
    assert age["constraint_message::Српски (sr)"] == "реч 0 90 range"
    assert have["constraint"] == "not((selected(., 'none')) and count-selected(.) > 1)"
    assert have["hint::Српски (sr)"] == boats.words["choose_all"].words["sr"]


def test_consent_comes_first(boats: Bank) -> None:
    book = bank.book(
        boats, ["b_row"], languages=["sr-latn", "en"], title="Čamci", form_id="boats", consent=CONSENT
    )  # fmt: skip

    assert rows(book)[3:7] == [
        ("begin_group", "before"),
        ("note", "before_text"),
        ("acknowledge", "agree"),
        ("end_group", ""),
    ]
    assert row(book, "before_text")["label::Srpski (sr-Latn)"] == "Pitamo o čamcima."
    assert row(book, "agree")["required"] == "yes"


def test_the_settings_say_what_it_is(boats: Bank) -> None:
    book = bank.book(boats, ["b_row"], languages=["sr", "en"], title="Чамци", form_id="boats")

    assert book.settings == {"form_title": "Чамци", "form_id": "boats", "default_language": "Српски (sr)"}
    assert "version" in book.sheets["settings"].columns
    assert Book.from_json(book.as_json()) == book


@pytest.mark.parametrize(
    "wrong", [{"item_ids": ["b_swim"]}, {"languages": ["fi"]}, {"consent": {"en": "We ask.", "ru": "Мы спрашиваем."}}]
)
def test_what_the_bank_has_not_is_refused(boats: Bank, wrong: dict[str, object]) -> None:
    asked: dict[str, object] = {"item_ids": ["b_row"], "languages": ["en", "sr"], "title": "Boats", "form_id": "boats"}
    with pytest.raises(KeyError):
        bank.book(boats, **{**asked, **wrong})


def test_a_page_never_holds_more_than_six_statements() -> None:
    shipped = bank_reader.current()
    book = bank.book(shipped, shipped.by_id, languages=["en"], title="All", form_id="all")

    sizes: list[int] = []
    on_page = False
    for kind, name in rows(book):
        if "_page_" in name:
            on_page = True
            sizes.append(0)
        elif kind == "end_group":
            on_page = False
        elif on_page:
            sizes[-1] += 1
    assert (min(sizes), max(sizes)) == (2, 6)


def test_the_whole_bank_converts_in_every_language() -> None:
    shipped = bank_reader.current()
    book = bank.book(shipped, shipped.by_id, languages=ALL, title="All", form_id="all", consent=dict.fromkeys(ALL, "X"))
    form, warnings = xform(book)

    assert [warning for warning in warnings if "Srpski (sr-Latn)" not in warning] == []  # a script, which it knows not
    tree = etree.fromstring(form.encode())
    languages = [one.get("lang") for one in tree.iter("{*}translation")]
    assert languages == [shipped.columns[code] for code in ALL]
    assert len(tree.findall(".//{*}bind")) > len(shipped.by_id)


@pytest.mark.skipif(not shutil.which("java"), reason="ODK Validate needs Java, and there is none here")
def test_modules_in_two_languages_pass_the_independent_validator(tmp_path: Path) -> None:
    shipped = bank_reader.current()
    modules = ("teach_growth", "student_access", "background")
    ids = [item.id for name in modules for item in shipped.module(name).items]
    book = bank.book(
        shipped, ids, languages=["ka", "en"], title="Survey", form_id="survey", consent={"en": "X", "ka": "ა"}
    )
    form, warnings = xform(book)
    path = tmp_path / "survey.xml"
    path.write_text(form, "utf-8")

    assert warnings == []
    assert odk_validate.check_xform(str(path)) == []
