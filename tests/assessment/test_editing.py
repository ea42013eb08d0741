"""Changing a questionnaire's workbook: what is touched changes, everything else stays letter by letter."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnin.assessment.formats import editing, xlsform
from learnin.assessment.formats.columns import Columns
from learnin.assessment.formats.definition import Question, definition
from learnin.assessment.formats.editing import CannotEdit, Condition, NewChoice
from learnin.assessment.formats.editing.rows import edges
from learnin.assessment.formats.workbook import Book, Sheet
from tests.assessment.books import book, corpus, sheet

IN_TWO = "type|name|label::English (en)|label::Română (ro)|relevant|appearance"
TWO = book(
    "begin_group|school|School|Școala", "text|name|Name|Nume", "integer|rooms|Rooms|Săli|${name} != ''",
    "end_group", "select_one yn|net|Internet?|Internet?||minimal",
    columns=IN_TWO, choices=("yn|yes|Yes|Da|1", "other|x|X|X|9", "yn|no|No|Nu|2"),
    choice_columns="list_name|name|label::English (en)|label::Română (ro)|weight",
    settings={"form_title": "Schools", "form_id": "schools", "default_language": "English (en)"},
)  # fmt: skip


def rows_of(blocks):
    for name, inside in blocks:
        if inside is None:
            yield {"type": "text", "name": name, "label": name}
        else:
            yield {"type": "begin_group", "name": name}
            yield from rows_of(inside)
            yield {"type": "end_group"}


NAMES = st.integers(0, 999).map(lambda number: f"q{number}")
BLOCKS = st.recursive(
    st.lists(st.tuples(NAMES, st.none()), max_size=4),
    lambda inner: st.lists(st.tuples(NAMES, st.none() | inner), max_size=4),
    max_leaves=12,
)
BOOKS = BLOCKS.map(lambda blocks: Book({"survey": Sheet("survey", ("type", "name", "label"), tuple(rows_of(blocks)))}))


def counted(one):
    return Counter(tuple(sorted(row.items())) for row in one.survey.rows)


def is_balanced(one):
    depth = 0
    for edge in edges(one.survey):
        depth += {"begin": 1, "end": -1}.get(edge, 0)
        assert depth >= 0
    return depth == 0


def movable(one):
    return [at + 2 for at, edge in enumerate(edges(one.survey)) if edge != "end"]


@settings(deadline=None)
@given(BOOKS, st.data())
def test_moving_keeps_every_row_and_every_group_whole(one, data):
    if not movable(one):
        return
    row = data.draw(st.sampled_from(movable(one)))
    goal = data.draw(st.sampled_from([0, *movable(one)]))
    up = data.draw(st.booleans())
    for act in (lambda: editing.move(one, row, up=up), lambda: editing.place(one, row, into=goal)):
        try:
            moved, now = act()
        except CannotEdit:
            continue
        assert counted(moved) == counted(one)
        assert is_balanced(moved)
        assert moved.survey.rows[now - 2] == one.survey.rows[row - 2]


@settings(deadline=None)
@given(BOOKS, st.data())
def test_adding_and_taking_out_again_and_grouping_and_ungrouping_change_nothing(one, data):
    rows = movable(one)
    after = data.draw(st.sampled_from([0, *rows]))
    added, at = editing.add(one, [{"type": "note", "name": "new_one", "label": "New"}], after=after)
    assert editing.remove(added, at) == one
    if rows:
        row = data.draw(st.sampled_from(rows))
        grouped = editing.group(one, row, {"type": "begin_group", "name": "new_one"})
        assert is_balanced(grouped)
        assert editing.ungroup(grouped, row) == one


def test_a_question_moves_past_its_neighbour_out_of_its_group_and_into_another():
    up, row = editing.move(TWO, 4, up=True)
    assert [one.name for one in definition(up).questions] == ["rooms", "name", "net"]
    assert row == 3
    out, row = editing.move(TWO, 4, up=False)
    assert definition(out).question("rooms").parents == ()
    assert row == 5
    inside, row = editing.place(TWO, 6, into=2)
    assert definition(inside).question("net").parents == ("school",)
    with pytest.raises(CannotEdit) as refused:
        editing.move(TWO, 2, up=True)
    assert refused.value.code == "at_the_edge"


def test_what_others_speak_of_is_not_taken_out():
    with pytest.raises(CannotEdit) as refused:
        editing.remove(TWO, 3)
    assert (refused.value.code, refused.value.values) == ("referred", {"names": "name"})
    left = editing.remove(TWO, 2)
    assert [one.name for one in definition(left).outline] == ["net"]


def test_another_name_is_followed_wherever_it_is_spoken_of():
    renamed = editing.rename(TWO, 3, "school_name")
    assert definition(renamed).question("rooms").relevant == "${school_name} != ''"
    for name, code in (("rooms", "name_taken"), ("two words", "bad_name"), ("2nd", "bad_name")):
        with pytest.raises(CannotEdit) as refused:
            editing.rename(TWO, 3, name)
        assert refused.value.code == code


def test_words_go_into_the_column_of_their_language():
    changed = editing.change(
        TWO, 6, texts={("label", "Română (ro)"): "Aveți internet?", ("hint", "Română (ro)"): "La școală"}
    )
    question = definition(changed).question("net")
    assert question.labels == {"English (en)": "Internet?", "Română (ro)": "Aveți internet?"}
    assert question.hints == {"Română (ro)": "La școală"}
    assert "hint::Română (ro)" in changed.survey.columns
    assert (
        editing.change(changed, 6, texts={("hint", "Română (ro)"): ""}).survey.rows[4].keys()
        == TWO.survey.rows[4].keys()
    )


def test_a_sheet_that_parts_languages_with_one_colon_goes_on_doing_so():
    old = book("text|a|A|Aa", columns="type|name|label:English|label:French", settings={})
    changed = editing.add_language(old, "German")
    assert changed.survey.columns[-2:] == ("label:German", "hint:German")
    changed = editing.change(changed, 2, texts={("label", "German"): "Ah"})
    assert definition(changed).question("a").labels == {"English": "A", "French": "Aa", "German": "Ah"}


def test_choices_change_move_come_and_go_and_keep_their_other_columns():
    listed = definition(TWO).lists["yn"]
    same = [NewChoice(one.name, one.labels, one.row) for one in listed]
    assert editing.set_choices(TWO, "yn", same) is TWO
    more = editing.set_choices(TWO, "yn", [*reversed(same), NewChoice("na", {"English (en)": "Not known"})])
    assert [one.name for one in definition(more).lists["yn"]] == ["no", "yes", "na"]
    assert [one.columns for one in definition(more).lists["yn"]] == [{"weight": "2"}, {"weight": "1"}, {}]
    assert more.choices.rows[1] == TWO.choices.rows[1]
    assert definition(editing.set_choices(TWO, "yn", same[:1])).lists.keys() == {"yn", "other"}
    fresh = editing.set_choices(book("text|a|A"), "new", [NewChoice("x", {"default": "X"})])
    assert definition(fresh).lists["new"][0].labels == {"default": "X"}


def test_a_language_comes_gets_another_name_and_goes():
    with_three = editing.add_language(TWO, "Türkçe (tr)")
    assert definition(with_three).languages == ("English (en)", "Română (ro)", "Türkçe (tr)")
    renamed = editing.rename_language(TWO, "English (en)", "English")
    assert definition(renamed).languages == ("English", "Română (ro)")
    assert definition(renamed).default_language == "English"
    assert editing.rename_language(renamed, "English", "English (en)") == TWO
    assert definition(editing.remove_language(TWO, "Română (ro)")).languages == ("English (en)",)
    for act, code in (
        (lambda: editing.remove_language(TWO, "English (en)"), "last_language"),
        (lambda: editing.add_language(TWO, "Română (ro)"), "language_there"),
        (lambda: editing.rename_language(TWO, "Română (ro)", "English (en)"), "language_there"),
        (lambda: editing.remove_language(TWO, "Shqip"), "no_such_language"),
    ):
        with pytest.raises(CannotEdit) as refused:
            act()
        assert refused.value.code == code


def test_columns_that_name_no_language_get_one():
    named = editing.rename_language(book("text|a|A"), "default", "English (en)")
    assert definition(named).languages == ("English (en)",)
    assert definition(named).question("a").labels == {"English (en)": "A"}


@pytest.mark.parametrize(
    ("expression", "kind", "condition"),
    [
        ("${net} = 'yes'", "select_one", Condition("net", "is", "yes")),
        ("${net} != 'yes'", "select_one", Condition("net", "is_not", "yes")),
        ("${rooms} = 5", "integer", Condition("rooms", "is", "5")),
        ("selected(${many}, 'a')", "select_multiple", Condition("many", "contains", "a")),
        ('contains(${name}, "it\'s")', "text", Condition("name", "contains", "it's")),
    ],
)
def test_a_simple_condition_is_read_and_written_the_same(expression, kind, condition):
    assert editing.read_condition(expression) == condition
    assert editing.write_condition(condition, kind) == expression


@pytest.mark.parametrize(
    "expression", ["", "${a} = 'x' or ${b} = 'y'", "${a} > 3", "not(selected(${a}, 'x'))", "${a} = ${b}"]
)
def test_what_is_more_complex_stays_an_expression(expression):
    assert editing.read_condition(expression) is None


def test_every_real_questionnaire_stays_as_it_was_but_for_the_label_that_changed():
    for file in corpus():
        one = xlsform.read(file.read_bytes(), file.name)
        asked = definition(one)
        question = next(it for it in asked.outline if isinstance(it, Question) and it.labels)
        language = next(iter(question.labels))
        changed = editing.change(one, question.row, texts={("label", language): "Another word"})
        again = xlsform.read(xlsform.write(changed), file.name)
        assert again == changed, file.name
        assert definition(changed).outline[asked.outline.index(question)].labels[language] == "Another word"
        differing = [
            (name, at, column)
            for name, page in one.sheets.items()
            for at, row in enumerate(page.rows)
            for column in page.columns
            if row.get(column) != changed.sheets[name].rows[at].get(column)
        ]
        assert len(differing) == 1, file.name
        assert {name: page.columns for name, page in changed.sheets.items()} == {
            name: page.columns for name, page in one.sheets.items()
        }


def test_every_real_questionnaire_stays_the_same_when_nothing_is_changed():
    for file in corpus():
        one = xlsform.read(file.read_bytes(), file.name)
        asked, columns = definition(one), Columns(one.survey)
        for question in asked.questions:
            texts = {("label", language): text for language, text in question.labels.items()}
            texts |= {("hint", language): text for language, text in question.hints.items()}
            values = {"relevant": question.relevant, "required": question.required}
            values["name"] = columns.value(one.survey.rows[question.row - 2], "name")
            assert editing.change(one, question.row, values=values, texts=texts) is one
        for name, choices in asked.lists.items():
            same = [NewChoice(it.name, it.labels, it.row) for it in choices]
            assert editing.set_choices(one, name, same) == one


def test_questions_come_behind_those_that_are_there_and_a_group_takes_in_its_own():
    other = book(
        "begin_group|school|School|Școala", "begin_group|name|Page|Pagina", "text|street|Street|Strada", "end_group",
        "end_group", "select_one yn|water|Water?|Apă?",
        columns=IN_TWO, choices=("yn|a|A|A",), choice_columns="list_name|name|label::English (en)|label::Română (ro)",
        settings={"default_language": "English (en)"},
    )  # fmt: skip
    whole = definition(editing.append(TWO, other, {one: one for one in definition(TWO).languages}))
    assert whole.question("street").parents == ("school", "name_2")
    assert whole.question("water").list_name == "yn_2"
    assert [one.name for one in whole.lists["yn_2"]] == ["a"]
    assert whole.lists["yn"] == definition(TWO).lists["yn"]
    plain = definition(editing.append(book("text|a|A"), other, {"English (en)": "default"}))
    assert plain.question("street").labels == {"default": "Street"}
    assert plain.languages == ("default",)


def test_what_is_left_out_leaves_no_empty_group():
    assert [one.name for one in definition(editing.without(TWO, {"name", "rooms"})).outline] == ["net"]


def test_cells_without_a_key_stay_without_one():
    assert sheet("survey", "type|name", "text|a").rows == ({"type": "text", "name": "a"},)
    assert "label" not in editing.change(book("text|a|"), 2, texts={("label", "default"): ""}).survey.rows[0]
