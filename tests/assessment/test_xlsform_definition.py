"""What a questionnaire asks is read from its workbook, compared with another version, and held against each channel."""

import pytest

from learnin.assessment.formats.channels import limits, works
from learnin.assessment.formats.columns import SAME_TYPE, SELECTS, kind
from learnin.assessment.formats.convert import convert
from learnin.assessment.formats.definition import definition, language_code, language_name
from learnin.assessment.formats.differences import differences
from tests.assessment.books import book

TWO = "type|name|label::English (en)|label::Română (ro)|relevant|required"
WHOLE = book(
    "begin_group|about|About you|Despre|",
    "select one from yn|teach|Do you teach?|Predai?||yes",
    "begin repeat|class|Class|Clasa|${teach} = 'yes'",
    "integer|pupils|Pupils|Elevi",
    "end repeat||",
    "end_group||",
    "calculate|total||",
    columns=TWO,
    choices=("yn|yes|Yes|Da|north", "yn|no|No||"),
    choice_columns="list_name|name|label::English (en)|label::Română (ro)|region",
    settings={"form_title": "Teachers", "form_id": "t", "version": "7", "default_language": "English (en)"},
)


def test_questions_stand_in_their_groups_and_repeats():
    asked = definition(WHOLE)
    assert [question.path for question in asked.questions] == ["about/teach", "about/class/pupils", "total"]
    assert asked.question("pupils").repeat == "about/class"
    assert asked.question("about/teach").is_required
    assert [(group.path, group.is_repeat) for group in asked.groups] == [("about", False), ("about/class", True)]
    assert [group.relevant for group in asked.repeats] == ["${teach} = 'yes'"]
    assert [one.depth for one in asked.outline] == [0, 1, 1, 2, 0]


def test_choices_keep_their_words_and_what_filters_look_at():
    asked = definition(WHOLE)
    yes, no = asked.choices(asked.question("teach"))
    assert yes.labels == {"English (en)": "Yes", "Română (ro)": "Da"}
    assert yes.columns == {"region": "north"}
    assert asked.text(no.labels, "Română (ro)") == "No"  # not translated yet: in the first language


def test_languages_have_names_and_codes():
    asked = definition(WHOLE)
    assert asked.languages == ("English (en)", "Română (ro)")
    assert (asked.language_of("ro"), asked.language_of("ka")) == ("Română (ro)", "English (en)")
    assert (language_code("Srpski (sr-Latn)"), language_name("Srpski (sr-Latn)")) == ("sr-Latn", "Srpski")
    assert (language_code("Local language"), language_name("Local language")) == ("", "Local language")
    assert (asked.title, asked.form_id, asked.version) == ("Teachers", "t", "7")


def test_columns_are_known_whichever_way_they_are_written():
    asked = definition(
        book(
            "text|a|A|Are you sure?|yes|. != ''|Not empty|pic.png",
            columns="type|name|label:English|hint:English|bind:required|bind:constraint|constraint message:English"
            "|media:image",
        )
    )
    question = asked.questions[0]
    assert (question.required, question.constraint) == ("yes", ". != ''")
    assert question.constraint_messages == {"English": "Not empty"}
    assert question.hints == {"English": "Are you sure?"}
    assert asked.media_names() == ("pic.png",)


@pytest.mark.parametrize("other", sorted(SAME_TYPE))
def test_another_name_of_a_type_asks_the_same(other):
    names = (other, kind(other).name)
    made = [book(f"{name}|a|A|1 + 1", columns="type|name|label|calculation") for name in names]
    written = [convert(one, form_id="f", version="1", title="T").xform for one in made]
    assert written[0] == written[1]


@pytest.mark.parametrize("other", sorted(set(SELECTS) - {"rank", "select_one_external"}))
def test_another_name_of_a_select_asks_the_same(other):
    choices = () if "file" in other else ("yn|yes|Yes", "yn|no|No")
    listed = "list.csv" if "file" in other else "yn"
    written = [
        convert(book(f"{said} {listed}|a|A", choices=choices), form_id="f", version="1", title="T").xform
        for said in (other, kind(f"{other} {listed}").name)
    ]
    assert written[0] == written[1]


def test_files_it_looks_into_are_named():
    asked = definition(
        book(
            "select_one_from_file schools.csv|a|A|", "calculate|b||pulldata('towns', 'x', 'y', 'z')", "csv-external|c||",
            columns="type|name|label|calculation",
        )
    )  # fmt: skip
    assert asked.external_files() == ("schools.csv", "towns.csv", "c.csv")


def said(old, new, **more):
    changes = differences(definition(old), definition(new)).changes
    return {(one.what, one.how, one.name, one.field): one.effect for one in changes}


YN = ("yn|yes|Yes", "yn|no|No")


@pytest.mark.parametrize(
    ("old", "new", "change", "effect"),
    [
        (book("text|a|A"), book("text|a|A", "text|b|B"), ("question", "added", "b", ""), "new_column"),
        (book("text|a|A"), book("text|a|A", "note|b|B"), ("question", "added", "b", ""), "same_column"),
        (book("text|a|A", "text|b|B"), book("text|a|A"), ("question", "removed", "b", ""), "column_goes_away"),
        (book("text|a|A"), book("integer|a|A"), ("question", "changed", "a", "type"), "values_change"),
        (book("text|a|A"), book("text|a|Better"), ("question", "changed", "a", "label"), "same_column"),
        (book("text|a|A"), book("begin group|g|G", "text|a|A", "end group||"), ("question", "changed", "a", "place"),
         "same_column"),
        (book("text|a|A"), book("begin repeat|g|G", "text|a|A", "end repeat||"), ("question", "changed", "a", "place"),
         "values_change"),
        (book("select_one yn|a|A", choices=YN), book("select_one yn|a|A", choices=(*YN, "yn|dk|Unsure")),
         ("choice", "added", "dk", ""), "same_column"),
        (book("select_one yn|a|A", choices=YN), book("select_one yn|a|A", choices=YN[:1]),
         ("choice", "removed", "no", ""), "values_change"),
        (book("select_one yn|a|A", choices=YN), book("select_one yn|a|A", choices=("yn|yes|Never", YN[1])),
         ("choice", "changed", "yes", "label"), "values_change"),
        (book("begin group|g|G", "text|a|A", "end group||"), book("begin repeat|g|G", "text|a|A", "end repeat||"),
         ("group", "changed", "g", "type"), "values_change"),
    ],
)  # fmt: skip
def test_each_change_says_what_it_does_to_the_data(old, new, change, effect):
    assert said(old, new)[change] == effect


def test_nothing_changed_is_nothing_told():
    assert differences(definition(WHOLE), definition(WHOLE)).changes == ()
    assert differences(definition(WHOLE), definition(WHOLE)).is_compatible


def test_a_language_that_comes_is_one_change():
    old = book("text|a|A", columns="type|name|label::English (en)")
    new = book("text|a|A|A", columns="type|name|label::English (en)|label::Română (ro)")
    assert list(said(old, new)) == [("language", "added", "Română (ro)", "")]


def test_channels_say_what_stops_and_what_works_less_well():
    asked = definition(
        book("audio|voice|V", "geopoint|where|W", "begin repeat|r|R", "text|t|T", "end repeat||", "text|u|Hello ${t}")
    )
    there = {(one.channel, one.code): one.stops for one in limits(asked)}
    assert there[("web", "recordings")]
    assert there[("plain", "repeats")]
    assert there[("paper", "filled_in_words")] is False
    assert ("collect", "recordings") not in there
    assert works(asked, "collect")
    assert not works(asked, "plain")
    assert works(definition(book("text|a|A")), "paper")
