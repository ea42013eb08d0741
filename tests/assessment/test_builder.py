"""A draft is built on a page, question by question, and what the builder does not know stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.forms.building import BUILT
from learnin.assessment.models import Version
from learnin.assessment.operations import building, instruments
from learnin.journal.models import Entry
from tests.assessment.books import book
from tests.cast import NOW

EN, RO = "English (en)", "Română (ro)"
DRAFT = book(
    "start|start", "begin_group|school|School|Școala", "text|place|Place|Loc||multiline", "integer|rooms|Rooms|Săli",
    "end_group", "select_one yn|net|Internet?|Internet?", "calculate|twice||||||${rooms} * 2",
    "text|why|Why?|De ce?|${net} = 'no' and ${rooms} > 3",
    columns=f"type|name|label::{EN}|label::{RO}|relevant|appearance|made_by|calculation",
    choices=("yn|yes|Yes|Da", "yn|no|No|Nu"), choice_columns=f"list_name|name|label::{EN}|label::{RO}",
    settings={"form_title": "Schools", "form_id": "schools", "default_language": EN},
)  # fmt: skip
PLACE, ROOMS, NET, WHY = 4, 5, 7, 9


@pytest.fixture
def draft(cast):
    return instruments.add_instrument(cast.home, book=DRAFT, by=cast.chair, now=NOW).versions.get()


def url(name, *args):
    return reverse(f"assessment:{name}", args=args)


def asked(draft):
    draft.refresh_from_db()
    return definition(Book.from_json(draft.book))


def sent_form(client, there):
    """What a browser would send back unchanged."""
    form = client.get(there).context["form"]
    data = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in data.items() if value not in (None, False)}


def save(client, there, **changes):
    return client.post(there, {**sent_form(client, there), **changes})


def test_the_outline_shows_every_question_in_order_and_leads_to_each(cast, as_, draft):
    page = as_(cast.chair).get(url("builder", draft.pk)).content.decode()
    assert page.index("Place") < page.index("Rooms") < page.index("Internet?") < page.index("Why?")
    for row in (PLACE, ROOMS, NET, WHY):
        assert url("builder_question", draft.pk, row) in page
        assert as_(cast.chair).get(url("builder_question", draft.pk, row)).status_code == 200


def test_only_those_who_edit_may_build(cast, as_, draft):
    for name in ("builder", "builder_add", "builder_languages"):
        for who, status in ((cast.member, 403), (cast.partner, 403), (cast.stranger, 404)):
            assert as_(who).get(url(name, draft.pk)).status_code == status
    for name in ("question", "move", "place", "group", "open_group", "remove", "choices"):
        for who, status in ((cast.member, 403), (cast.stranger, 404)):
            assert as_(who).post(url(f"builder_{name}", draft.pk, NET)).status_code == status


def test_saving_a_question_unchanged_changes_nothing(cast, as_, draft):
    before = draft.book
    for row in (3, PLACE, ROOMS, NET, 8, WHY):
        assert save(as_(cast.chair), url("builder_question", draft.pk, row)).status_code == 302
    for row in (NET,):
        assert save(as_(cast.chair), url("builder_choices", draft.pk, row)).status_code == 302
    draft.refresh_from_db()
    assert draft.book == before


def test_words_name_and_whether_it_must_be_answered_change_and_the_rest_stays(cast, as_, draft):
    there = url("builder_question", draft.pk, ROOMS)
    save(as_(cast.chair), there, label_0="How many rooms?", hint_1="Toate", name="n_rooms", required="on")
    rooms = asked(draft).question("n_rooms")
    assert (rooms.labels, rooms.hints) == ({EN: "How many rooms?", RO: "Săli"}, {RO: "Toate"})
    assert rooms.required == "yes"
    assert asked(draft).question("why").relevant == "${net} = 'no' and ${n_rooms} > 3"
    assert asked(draft).question("place").appearance == "multiline"
    assert "made_by" in draft.book["survey"]["columns"]
    assert Entry.objects.filter(verb="instrument.written", by=cast.chair).exists()


def test_a_simple_condition_is_chosen_and_a_complex_one_kept_as_an_expression(cast, as_, draft):
    client, there = as_(cast.chair), url("builder_question", draft.pk, NET)
    save(client, there, if_question="rooms", if_how="is_not", if_value="0")
    assert asked(draft).question("net").relevant == "${rooms} != 0"
    assert client.get(there).context["form"]["if_question"].value() == "rooms"
    save(client, there, if_question="")
    assert asked(draft).question("net").relevant == ""
    assert save(client, there, if_question="rooms", if_value="").status_code == 422
    why = url("builder_question", draft.pk, WHY)
    assert client.get(why).context["form"]["expression"].value() == "${net} = 'no' and ${rooms} > 3"
    save(client, why, expression="")
    save(client, why, if_question="net", if_how="is", if_value="no")
    assert asked(draft).question("why").relevant == "${net} = 'no'"


def test_a_personal_question_is_marked_and_unmarked_and_follows_its_name(cast, as_, draft):
    client, there = as_(cast.chair), url("builder_question", draft.pk, PLACE)
    save(client, there, is_personal="on")
    save(client, there, name="home")
    draft.instrument.refresh_from_db()
    assert draft.instrument.personal_names == ["home"]
    data = sent_form(client, there)
    data.pop("is_personal")
    client.post(there, data)
    draft.instrument.refresh_from_db()
    assert draft.instrument.personal_names == []


def test_a_question_is_added_below_another_and_a_choice_gets_its_choices(cast, as_, draft):
    client = as_(cast.chair)
    there = url("builder_add", draft.pk) + f"?after={PLACE}"
    new = {"kind": "select_multiple", "label": "Which?", "name": "subjects"}
    answer = client.post(there, {**sent_form(client, there), **new})
    assert answer["Location"] == url("builder_choices", draft.pk, PLACE + 1)
    assert [one.name for one in asked(draft).questions][1:4] == ["place", "subjects", "rooms"]
    assert asked(draft).question("subjects").parents == ("school",)
    choices = answer["Location"]
    save(client, choices, name_0="maths", label_0_0="Mathematics", label_0_1="Matematică")
    save(client, choices, name_1="art", label_1_0="Art")
    assert [one.name for one in asked(draft).lists["subjects"]] == ["maths", "art"]
    assert draft.xform
    save(client, choices, place_0="9", name_2="music", label_2_0="Music", place_2="1")
    assert [one.name for one in asked(draft).lists["subjects"]] == ["music", "art", "maths"]
    save(client, choices, name_1="")
    assert [one.name for one in asked(draft).lists["subjects"]] == ["music", "maths"]
    for wrong in ({"name_2": "music"}, {"name_2": "two words"}, {"label_2_0": "Nameless"}):
        assert save(client, choices, **wrong).status_code == 422


@pytest.mark.parametrize("kind", BUILT)
def test_each_type_can_be_added(cast, as_, draft, kind):
    client, there = as_(cast.chair), url("builder_add", draft.pk)
    client.post(there, {**sent_form(client, there), "kind": kind, "label": "New", "name": "new_one"})
    assert asked(draft).questions[-1].type == kind
    assert asked(draft).questions[-1].labels == {EN: "New"}


def test_a_name_that_is_taken_or_odd_is_refused(cast, as_, draft):
    client, there = as_(cast.chair), url("builder_add", draft.pk)
    for name, said in (("rooms", "called rooms already"), ("two words", "begins with a letter")):
        answer = client.post(there, {**sent_form(client, there), "kind": "text", "label": "New", "name": name})
        assert answer.status_code == 422
        assert said in answer.content.decode()


def test_questions_move_are_grouped_and_taken_out(cast, as_, draft):
    client = as_(cast.chair)

    def seen():
        draft.refresh_from_db()
        return {"seen": building.seen(draft)}

    client.post(url("builder_move", draft.pk, ROOMS), {**seen(), "way": "up"})
    assert [one.name for one in asked(draft).questions][1:3] == ["rooms", "place"]
    client.post(url("builder_place", draft.pk, NET), {**seen(), "into": "3"})
    assert asked(draft).question("net").parents == ("school",)
    there = url("builder_group", draft.pk, 4)
    client.post(there, {**sent_form(client, there), "label": "Size", "name": "size"})
    assert asked(draft).question("rooms").parents == ("school", "size")
    client.post(url("builder_open_group", draft.pk, 4), seen())
    assert asked(draft).question("rooms").parents == ("school",)
    there = url("builder_remove", draft.pk, 5)
    assert "Take out “place”" in client.get(there).content.decode()
    assert asked(draft).question("place") is not None
    client.post(there, seen())
    assert asked(draft).question("place") is None
    assert Entry.objects.filter(verb="instrument.taken-out", by=cast.chair).exists()


def test_what_others_speak_of_stays_and_the_page_says_who(cast, as_, draft):
    there = url("builder_remove", draft.pk, NET)
    answer = save(as_(cast.chair), there)
    assert answer.status_code == 422
    assert "Other questions speak of it" in answer.content.decode()
    assert asked(draft).question("net") is not None


def test_a_page_that_is_out_of_date_changes_nothing(cast, as_, draft):
    client, there = as_(cast.chair), url("builder_question", draft.pk, ROOMS)
    old = sent_form(client, there)
    save(client, url("builder_question", draft.pk, PLACE), label_0="Where?")
    answer = client.post(there, {**old, "label_0": "Lost?"})
    assert answer.status_code == 422
    assert "Somebody changed the draft" in answer.content.decode()
    assert asked(draft).question("rooms").labels[EN] == "Rooms"
    client.post(url("builder_move", draft.pk, ROOMS), {"seen": old["seen"], "way": "up"})
    assert [one.name for one in asked(draft).questions][1:3] == ["place", "rooms"]


def test_what_the_region_asks_everywhere_is_translated_and_nothing_else(cast, as_, draft):
    draft.instrument.core_names = ["net"]
    draft.instrument.save()
    client, there = as_(cast.chair), url("builder_question", draft.pk, NET)
    assert save(client, there, label_1="Aveți internet?").status_code == 302
    assert asked(draft).question("net").labels[RO] == "Aveți internet?"
    always = {"if_question": "rooms", "if_value": "1"}
    for change in ({"label_0": "Fast internet?"}, {"name": "web"}, {"required": "on"}, always):
        answer = save(client, there, **change)
        assert answer.status_code == 422
        assert "The region asks this everywhere" in answer.content.decode()
    choices = url("builder_choices", draft.pk, NET)
    assert save(client, choices, label_0_1="Da, avem").status_code == 302
    assert save(client, choices, name_0="").status_code == 422
    assert save(client, choices, label_0_0="Yes, always").status_code == 422
    client.post(url("builder_place", draft.pk, NET), {"seen": building.seen(draft), "into": "3"})
    assert asked(draft).question("net").parents == ()


def test_an_uploaded_workbook_cannot_change_what_the_region_asks_either(cast, as_, draft):
    draft.instrument.core_names = ["net"]
    draft.instrument.save()
    file = SimpleUploadedFile("other.xlsx", xlsform.write(book("text|other|Other", settings={"form_id": "schools"})))
    answer = as_(cast.chair).post(url("replace_draft", draft.pk), {"file": file})
    assert answer.status_code == 422
    assert "The region asks this everywhere" in answer.content.decode()
    assert asked(draft).question("net") is not None


def test_languages_come_get_another_name_and_go(cast, as_, draft):
    client, there = as_(cast.chair), url("builder_languages", draft.pk)

    def seen():
        draft.refresh_from_db()
        return {"seen": building.seen(draft)}

    client.post(there, {**seen(), "language": "Türkçe (tr)"})
    assert asked(draft).languages == (EN, RO, "Türkçe (tr)")
    client.post(there, {**seen(), "language": "Türkçe (tr)", "name": "Turkish (tr)"})
    assert asked(draft).languages == (EN, RO, "Turkish (tr)")
    client.post(url("builder_remove_language", draft.pk), {**seen(), "language": "Turkish (tr)"})
    assert asked(draft).languages == (EN, RO)
    again = client.post(there, {**seen(), "language": RO})
    assert again.status_code == 422
    client.post(url("builder_remove_language", draft.pk), {**seen(), "language": EN})
    assert asked(draft).languages == (EN, RO)


def test_a_published_version_is_not_built(cast, as_, draft):
    instruments.publish_version(draft, name="1", by=cast.chair, now=NOW)
    answer = save(as_(cast.chair), url("builder_question", draft.pk, ROOMS), label_0="Too late")
    assert answer.status_code == 422
    assert "This version is published" in answer.content.decode()
    assert Version.objects.get().book == DRAFT.as_json()


def test_a_row_that_asks_nothing_is_not_found(cast, as_, draft):
    for row in (1, 6, 99):
        assert as_(cast.chair).get(url("builder_question", draft.pk, row)).status_code == 404
    assert as_(cast.chair).get(url("builder_choices", draft.pk, ROOMS)).status_code == 404
