"""A questionnaire on paper: numbers, boxes, lines, tables of statements, and where to go on."""

import io

import docx
import pytest
from django.urls import reverse

from learnin.assessment.formats import skips, xlsform
from learnin.assessment.formats.definition import definition
from learnin.assessment.models import Version
from learnin.assessment.operations import assembling, instruments
from learnin.assessment.queries import questionnaire_paper
from learnin.kit import documents
from tests.assessment.books import book, corpus
from tests.cast import NOW
from tests.house.addresses import content

ASKED = book(
    "note|hello|Good day||", "select_one yn|net|Is there internet?||", "integer|speed|How fast?|${net} = 'yes'|",
    "select_multiple many|use|What do you use?|selected(${net}, 'yes')|", "calculate|twice|||${speed} * 2",
    "text|why|Why not?|${net} = 'no'|", "begin_repeat|class|Class||", "text|cname|Name||", "end_repeat",
    "select_one scale|s1|I like it.||", "select_one scale|s2|I use it in ${cname}.||",
    "text|last|${net}? Why?|${speed} > 3|",
    columns="type|name|label|relevant|calculation",
    choices=("yn|yes|Yes", "yn|no|No", "many|a|A computer", "many|b|A phone", "scale|1|Never", "scale|2|Often"),
)  # fmt: skip


@pytest.fixture
def draft(cast):
    return instruments.add_instrument(cast.home, book=ASKED, by=cast.chair, now=NOW).versions.get()


def blocks(version, language="default"):
    return questionnaire_paper.paper(version, language).blocks


def kinds(version, kind):
    return [one for one in blocks(version) if isinstance(one, kind)]


@pytest.mark.parametrize(
    ("expression", "rule"),
    [
        ("${a} = 'x'", skips.Rule("a", ("x",))),
        ("${a} != 'x'", skips.Rule("a", ("x",), is_none_of=True)),
        ("selected(${a}, 'x') or selected(${a}, 'y')", skips.Rule("a", ("x", "y"))),
        (
            "${a} != '' and not(selected(${a}, 'x') or selected(${a}, 'y'))",
            skips.Rule("a", ("x", "y"), is_none_of=True),
        ),
        ("${a} = 'x' or ${b} = 'x'", None),
        ("${a} > 3", None),
        ("not(${a} != 'x')", None),
    ],
)
def test_rules_are_read_from_what_the_bank_and_people_write(expression, rule):
    assert skips.read_rule(expression) == rule


def test_questions_are_numbered_notes_and_calculations_are_not(draft):
    assert [(one.number, one.text) for one in kinds(draft, documents.Numbered)] == [
        ("1.", "Is there internet?"),
        ("2.", "How fast?"),
        ("3.", "What do you use?"),
        ("4.", "Why not?"),
        ("5.", "Name"),
        ("8.", "(answer to question 1)? Why?"),
    ]
    assert "Good day" in [one.text for one in kinds(draft, documents.Paragraph)]


def test_answers_say_where_to_go_on_and_questions_say_who_answers(draft):
    net, use = kinds(draft, documents.Boxes)
    assert net.options == ("Yes", "No  →  go on with question 4")
    assert (net.is_many, use.is_many) == (False, True)
    notes = {one.number: one.notes for one in kinds(draft, documents.Numbered)}
    assert notes["2."] == ("Only if the answer to question 1 is “Yes”.",)
    assert notes["4."] == ("Only if the answer to question 1 is “No”.",)
    assert notes["8."] == ("Only in some cases: 2 > 3",)


def test_an_answer_after_which_nothing_comes_says_so_and_another_rule_is_never_jumped_over():
    asked = definition(
        book(
            "select_one yn|a|A|", "text|b|B|${a} = 'yes'", "text|c|C|${b} = 'x' or ${a} = 'yes'",
            columns="type|name|label|relevant", choices=("yn|yes|Yes", "yn|no|No"),
        )
    )  # fmt: skip
    assert skips.Skips(asked).jumps(asked.questions[0]) == {"no": asked.questions[2]}
    shorter = definition(
        book(
            "select_one yn|a|A|", "begin_group|g|G|${a} = 'yes'", "text|b|B|", "text|c|C|${b} = 'x'", "end_group",
            columns="type|name|label|relevant", choices=("yn|yes|Yes", "yn|no|No"),
        )
    )  # fmt: skip
    assert skips.Skips(shorter).jumps(shorter.questions[0]) == {"no": None}


def test_statements_on_one_scale_stand_in_a_table_and_a_repeat_has_a_sheet_for_each(draft):
    (table,) = kinds(draft, documents.Table)
    assert table.columns == ("Tick one answer in each row", "Never", "Often")
    assert [row[0] for row in table.rows] == ["6. I like it.", "7. I use it in (answer to question 5)."]
    said = [one.text for one in kinds(draft, documents.Paragraph)]
    assert "Fill in one sheet for each: Class" in said
    assert "Here a sheet ends. Take another one, or go on." in said


def test_the_paper_comes_as_word_and_pdf_in_the_chosen_language(cast, as_):
    made = assembling.assemble_instrument(
        cast.home, title="Teachers", item_ids=["back_age"], languages=["en", "sr"], by=cast.chair, now=NOW
    )
    version = Version.objects.get(instrument=made)
    serbian = definition(instruments.Book.from_json(version.book)).languages[1]
    answer = as_(cast.member).get(reverse("assessment:paper_docx", args=[version.pk]), {"language": serbian})
    assert "-sr.docx" in answer["Content-Disposition"]
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(content(answer))).paragraphs)
    assert "1.\t" in text
    assert any("а" <= letter <= "я" for letter in text)
    printed = as_(cast.member).get(reverse("assessment:paper_pdf", args=[version.pk]))
    assert content(printed).startswith(b"%PDF")
    for name in ("paper_docx", "paper_pdf"):
        assert as_(cast.partner).get(reverse(f"assessment:{name}", args=[version.pk])).status_code == 403
        assert as_(cast.stranger).get(reverse(f"assessment:{name}", args=[version.pk])).status_code == 404


def test_every_real_questionnaire_can_be_printed(cast):
    made = instruments.add_instrument(cast.home, book=book("text|a|A"), by=cast.chair, now=NOW)
    version = made.versions.get()
    for file in corpus():
        version.book = xlsform.read(file.read_bytes(), file.name).as_json()
        asked = definition(instruments.Book.from_json(version.book))
        for language in asked.languages:
            paper = questionnaire_paper.paper(version, language)
            numbered = [one for one in paper.blocks if isinstance(one, documents.Numbered)]
            rows = [
                row for one in paper.blocks if isinstance(one, documents.Table) and one.is_to_tick for row in one.rows
            ]
            shown = [one for one in asked.questions if not one.is_silent and one.type != "note"]
            assert len(numbered) <= len(shown) <= len(numbered) + len(rows), file.name
        assert documents.docx(paper, "en")
