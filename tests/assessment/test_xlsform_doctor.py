"""Every problem the doctor knows: found in a small workbook, told with its place, mended where a machine may."""

import pytest
from django.utils import translation

from learnin.assessment import problems as words
from learnin.assessment.formats import doctor, xlsform
from learnin.assessment.formats.convert import NotConvertible, convert
from learnin.assessment.formats.doctor.expressions import FUNCTIONS
from learnin.assessment.formats.workbook import Book, Sheet
from tests.assessment.books import book, sheet

PLAIN = "text|a|A"
YN = ("yn|yes|Yes", "yn|no|No")
TWO = "type|name|label::English (en)|label::Română (ro)"
SETTINGS = {"form_title": "T", "form_id": "t", "version": "1"}


def ill(*rows, **more):
    return book(PLAIN, *rows, **more)


# A workbook with the problem, then where it stands (sheet, row), then how it may be mended.
ILLS = {
    "survey_missing": (Book({"notes": sheet("notes", "a", "b"), "more": sheet("more", "a", "b")}), ("", 0), ""),
    "sheet_misspelt": (
        Book({"surveys": sheet("surveys", "type|name|label", PLAIN), "_x": sheet("_x", "a", "b")}),
        ("surveys", 0),
        "safe",
    ),
    "column_missing": (book("text|A", columns="type|label"), ("survey", 1), ""),
    "column_same": (ill("text|b|B|${a} = '1'|", columns="type|name|label|relevant|relevance"), ("survey", 1), "safe"),
    "column_twice": (ill("text|b|B|x", columns="type|name|label|name [D]"), ("survey", 1), ""),
    "column_nameless": (ill("text|b|B|x", columns="type|name|label|[D]"), ("survey", 1), ""),
    "column_misspelt": (ill("text|b|B|${a} = '1'", columns="type|name|label|relevent"), ("survey", 1), "asked"),
    "column_unknown": (ill("text|b|B|x", columns="type|name|label|priority"), ("survey", 1), ""),
    "column_with_spaces": (
        ill("select_one yn|b|B", choices=("yn|yes|Yes|x",), choice_columns="list_name|name|label|my filter"),
        ("choices", 1),
        "",
    ),
    "setting_missing": (ill(settings={"form_title": "T", "form_id": "t"}), ("settings", 2), "safe"),
    "default_language_missing": (book("text|a|A|A", columns=TWO), ("settings", 2), "asked"),
    "default_language_unknown": (
        book("text|a|A|A", columns=TWO, settings=SETTINGS | {"default_language": "english"}),
        ("settings", 2),
        "asked",
    ),
    "language_two_names": (
        book(
            "select_one yn|b|B",
            columns="type|name|label::English",
            choices=("yn|yes|Yes",),
            choice_columns="list_name|name|label::English (en)",
        ),
        ("choices", 1),
        "asked",
    ),
    "spaces": (ill("text|b |B"), ("survey", 3), "safe"),
    "quotes_curly": (ill("text|b|B|${a} = ‘1’", columns="type|name|label|relevant"), ("survey", 3), "safe"),
    "expression_broken": (ill("text|b|B|(${a} = '1'", columns="type|name|label|relevant"), ("survey", 3), ""),
    "function_of_an_app": (
        ill("calculate|b||duration()", columns="type|name|label|calculation"),
        ("survey", 3),
        "asked",
    ),
    "function_renamed": (ill("text|b|B|empty(${a})", columns="type|name|label|relevant"), ("survey", 3), "safe"),
    "function_unknown": (ill("text|b|B|sorcery(${a})", columns="type|name|label|relevant"), ("survey", 3), ""),
    "reference_misspelt": (ill("text|b|B|${A} = '1'", columns="type|name|label|relevant"), ("survey", 3), "safe"),
    "reference_to_nothing": (ill("text|b|B|${nowhere} = '1'", columns="type|name|label|relevant"), ("survey", 3), ""),
    "type_missing": (ill("|b|B"), ("survey", 3), ""),
    "type_alias": (ill("string|b|B"), ("survey", 3), "safe"),
    "type_case": (ill("Text|b|B"), ("survey", 3), "safe"),
    "type_deaf": (ill("simserial|b|"), ("survey", 3), ""),
    "type_misspelt": (ill("intger|b|B"), ("survey", 3), "asked"),
    "type_retired": (ill("set form title|Ours|", settings=None), ("survey", 3), "safe"),
    "type_unknown": (ill("hologram|b|B"), ("survey", 3), ""),
    "type_vendor": (ill("caseid|b|"), ("survey", 3), "asked"),
    "list_unnamed": (ill("select_one|b|B"), ("survey", 3), ""),
    "begin_never_ends": (ill("begin group|g|G", "text|b|B"), ("survey", 3), "asked"),
    "end_of_another": (ill("begin group|g|G", "text|b|B", "end repeat||"), ("survey", 5), "asked"),
    "end_without_begin": (ill("end group||"), ("survey", 3), "safe"),
    "audit_named": (ill("audit|log|"), ("survey", 3), "safe"),
    "name_bad": (
        ill("text|how old|B", "text|c|C|${how old} > 1", columns="type|name|label|relevant"),
        ("survey", 3),
        "asked",
    ),
    "name_missing": (ill("text||How old?"), ("survey", 3), "safe"),
    "name_twice": (ill("text|a|B"), ("survey", 3), "asked"),
    "name_twice_and_named": (
        ill("begin group|g|G|", "text|a|B|", "end group|||", "text|c|C|${a} = '1'", columns="type|name|label|relevant"),
        ("survey", 4),
        "asked",
    ),
    "name_twice_elsewhere": (ill("begin group|g|G", "text|a|B", "end group||"), ("survey", 4), ""),
    "label_missing": (ill("text|b|"), ("survey", 3), ""),
    "label_twice": (ill("text|b|A"), ("survey", 3), ""),
    "note_required": (ill("note|b|B|yes", columns="type|name|label|required"), ("survey", 3), "asked"),
    "calculation_missing": (ill("calculate|b|"), ("survey", 3), "asked"),
    "translation_missing": (book("text|a|A|", "text|b|B|B", columns=TWO), ("survey", 2), ""),
    "list_misspelt": (ill("select_one YN|b|B", choices=YN), ("survey", 3), "safe"),
    "list_missing": (ill("select_one colours|b|B", choices=YN), ("survey", 3), ""),
    "list_unused": (ill(choices=YN), ("choices", 2), ""),
    "yes_no_missing": (ill("select_one yes_no|b|B"), ("survey", 3), "safe"),
    "choice_label_missing": (ill("select_one yn|b|B", choices=("yn|yes|", "yn|no|No")), ("choices", 2), "asked"),
    "choice_label_twice": (ill("select_one yn|b|B", choices=("yn|yes|Yes", "yn|no|Yes")), ("choices", 3), ""),
    "choice_nameless": (ill("select_one yn|b|B", choices=("yn||Yes", "yn|no|No")), ("choices", 2), "asked"),
    "choice_twice": (ill("select_one yn|b|B", choices=("yn|yes|Yes", "yn|yes|yes")), ("choices", 3), "safe"),
    "choice_twice_differs": (
        ill("select_one yn|b|B", choices=("yn|yes|Yes", "yn|yes|Of course")),
        ("choices", 3),
        "asked",
    ),
    "choice_with_spaces": (ill("select_multiple yn|b|B", choices=("yn|oh yes|Yes",)), ("choices", 2), "asked"),
    "choice_without_list": (ill("select_one yn|b|B", choices=(*YN, "|perhaps|Perhaps")), ("choices", 4), ""),
}


def found(made, code):
    return [problem for problem in doctor.examine(made) if problem.code == code]


def test_each_problem_the_doctor_knows_has_its_case_its_words_and_no_other():
    assert set(ILLS) == set(doctor.CODES)
    assert set(words.WORDS) == {*doctor.CODES, "not_convertible"}
    assert set(doctor.CODES) >= doctor.REPAIRABLE


@pytest.mark.parametrize("code", doctor.CODES)
def test_the_problem_is_found_where_it_stands_and_told_in_words(code):
    made, (where, row), mending = ILLS[code]
    first = found(made, code)[0]
    assert (first.sheet, first.row, first.repair) == (where, row, mending)
    with translation.override("en"):
        said = words.told(first)
    assert said
    assert "%(" not in said
    assert str(words.WORDS[code].do)


@pytest.mark.parametrize("code", sorted(doctor.REPAIRABLE))
def test_its_repair_mends_it_and_only_it(code):
    made = ILLS[code][0]
    mended = doctor.repair(made, {code})
    assert mended != made
    assert not [problem for problem in found(mended, code) if problem.repair]
    assert doctor.repair(mended, {code}) == mended


@pytest.mark.parametrize("code", sorted(doctor.REPAIRABLE))
def test_what_is_mended_converts(code):
    mended = doctor.repair(ILLS[code][0], doctor.REPAIRABLE)
    try:
        xform = convert(mended, form_id="t", version="1", title="T").xform
    except NotConvertible as refused:
        pytest.fail(f"{code}: {refused}")
    assert "<h:html" in xform


def test_a_clean_workbook_has_no_problem_and_is_left_alone():
    clean = book(PLAIN, "select_one yn|b|B", choices=YN)
    assert doctor.examine(clean) == ()
    assert doctor.repair(clean, doctor.REPAIRABLE) == clean


def test_safe_repairs_do_what_is_safe_and_ask_for_the_rest():
    made = ill("string|b|B", "caseid|c|")
    mended = doctor.repair(made)
    assert [row["type"] for row in mended.survey.rows] == ["text", "text", "caseid"]


def test_yes_and_no_come_in_the_languages_of_the_workbook_with_the_values_its_expressions_ask_for():
    made = book(
        "select_one yes_no|a|A|A|", "text|b|B|B|${a} = 1",
        columns="type|name|label::English (en)|label::Română (ro)|relevant",
    )  # fmt: skip
    rows = doctor.repair(made, {"yes_no_missing"}).choices.rows
    assert [dict(row) for row in rows] == [
        {"list_name": "yes_no", "name": "1", "label::English (en)": "Yes", "label::Română (ro)": "Da"},
        {"list_name": "yes_no", "name": "0", "label::English (en)": "No", "label::Română (ro)": "Nu"},
    ]


def test_a_new_name_is_followed_wherever_the_old_one_was_used():
    made, _place, _mending = ILLS["name_bad"]
    rows = doctor.repair(made, {"name_bad"}).survey.rows
    assert rows[1]["name"] == "how_old"
    assert rows[2]["relevant"] == "${how_old} > 1"


def test_the_second_of_two_like_choices_gives_its_words_to_the_first():
    made = book(
        "select_one yn|a|A|A", columns=TWO, choices=("yn|yes|Yes|", "yn|yes||Da", "yn|no|No|Nu"),
        choice_columns="list_name|name|label::English (en)|label::Română (ro)",
    )  # fmt: skip
    rows = [dict(row) for row in doctor.repair(made, {"choice_twice"}).choices.rows if row]
    assert rows[0] == {"list_name": "yn", "name": "yes", "label::English (en)": "Yes", "label::Română (ro)": "Da"}
    assert len(rows) == 2


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("choice-label(${b}, ${b})", "jr:choice-name(${b}, '${b}')"),
        ("empty(${a}) or ${a} = 'x'", "(string-length(${a}) = 0) or ${a} = 'x'"),
    ],
)
def test_other_names_of_functions_are_written_in_ours(said, meant):
    made = ill("text|b|B|", f"calculate|c||{said}", columns="type|name|label|calculation")
    assert doctor.repair(made, {"function_renamed"}).survey.rows[2]["calculation"] == meant


def test_the_number_of_the_round_counts_from_where_the_question_stands():
    made = book(
        "begin repeat|kids|Kids|", "begin group|g|G|", "calculate|n||index()", "end group|||", "end repeat|||",
        columns="type|name|label|calculation",
    )  # fmt: skip
    assert doctor.repair(made, {"function_renamed"}).survey.rows[2]["calculation"] == "position(../..)"


def test_words_in_brackets_are_no_functions():
    made = ill("text|b|B|Other (please say)|", columns="type|name|label|default|relevant")
    assert not found(made, "function_unknown")
    assert "selected" in FUNCTIONS


def test_a_row_that_is_switched_off_is_passed_over():
    made = ill("hologram|b|B|yes", columns="type|name|label|disabled")
    assert not found(made, "type_unknown")


def test_problems_are_kept_and_found_again():
    problem = doctor.examine(ILLS["type_vendor"][0])[0]
    assert doctor.Problem.from_json(problem.as_json()) == problem


def test_every_unreadable_file_is_told_in_words():
    codes = [
        "not_a_workbook",
        "too_large",
        "too_many_sheets",
        "too_many_rows",
        "too_many_columns",
        "too_many_cells",
        "long_cell",
    ]
    with translation.override("en"):
        for code in codes:
            assert "%(" not in words.unread(xlsform.NotReadable(code, most=1, sheet="survey", row=2))


def test_settings_are_made_where_there_were_none():
    made = doctor.repair(
        Book({"survey": Sheet("survey", ("type", "name", "label"), ({"type": "text", "name": "a", "label": "A"},))})
    )
    assert dict(made.settings) == {"form_title": "Questionnaire", "form_id": "questionnaire", "version": "1"}
