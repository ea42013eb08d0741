"""Questions of the bank become a questionnaire, and more of them come into its draft."""

import pytest
from django.urls import reverse

from learnin.assessment import bank_reader
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Instrument, Version
from learnin.assessment.operations import assembling, instruments
from learnin.journal.models import Entry
from learnin.kit.refusal import Refusal
from tests.assessment.books import book
from tests.cast import HOME, NOW

PICK = ("assessment:pick_questions", [HOME])


def asked(version):
    return definition(Book.from_json(version.book))


def pick(client, query="", **data):
    given = {"title": "Teachers", "languages": ["ro", "en"], **data}
    return client.post(reverse(PICK[0], args=PICK[1]) + query, given)


def test_modules_and_single_questions_become_a_draft_in_the_chosen_languages(cast, as_):
    answer = pick(as_(cast.chair), modules=["teach_online"], items=["back_age"], audience="teachers")
    version = Version.objects.get()
    assert answer["Location"] == reverse("assessment:builder", args=[version.pk])
    bank = bank_reader.current()
    names = {one.name for one in asked(version).questions}
    assert {item.id for item in bank.module("teach_online").items} <= names
    assert "back_age" in names
    assert asked(version).languages == ("Română (ro)", "English (en)")
    assert version.xform
    assert version.problems == []
    made = version.instrument
    assert (made.title, made.form_id, made.audience) == ("Teachers", "teachers", "teachers")
    assert made.personal_names == ["back_age"]
    about = {bank.item(name).dimension for name in names if bank.item(name)}
    assert {one.dimension for one in made.dimensions.all()} == about
    assert Entry.objects.filter(verb="instrument.assembled", country=cast.home, by=cast.chair).exists()


def test_the_page_shows_what_fits_the_people_and_the_dimension(cast, as_):
    url = reverse(PICK[0], args=PICK[1])
    whole = as_(cast.chair).get(url).content.decode()
    assert "module-teach_online" in whole
    assert "module-parent_support" in whole
    some = as_(cast.chair).get(f"{url}?population=parents").content.decode()
    assert "module-teach_online" not in some
    assert "module-parent_support" in some
    assert as_(cast.chair).get(f"{url}?population=nobody").status_code == 200


def test_a_whole_module_means_what_the_filter_shows_of_it(cast, as_):
    pick(as_(cast.chair), "?population=parents&dimension=", modules=["background"])
    bank = bank_reader.current()
    fit = {item.id for item in bank.items(population="parents") if item.module == "background"}
    names = {one.name for one in asked(Version.objects.get()).questions}
    assert fit < {item.id for item in bank.module("background").items}
    assert names & {item.id for item in bank.module("background").items} == {item.id for item in bank.with_needed(fit)}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Pick at least one question"),
        ({"items": ["back_age"], "languages": []}, "Choose: Languages"),
        ({"items": ["back_age"], "title": ""}, "Fill in: Title"),
        ({"items": ["never"]}, "never"),
        ({"items": ["back_age"], "languages": ["xx"]}, "xx"),
    ],
)
def test_what_is_not_picked_or_not_there_is_refused_and_what_was_ticked_stays(cast, as_, data, said):
    answer = pick(as_(cast.chair), **data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    if data.get("items") == ["back_age"]:
        assert 'id="item-back_age" checked' in page
    assert not Instrument.objects.exists()


def test_only_those_who_edit_the_assessment_pick_questions(cast, as_):
    for client, status in ((cast.member, 403), (cast.partner, 403), (cast.stranger, 404)):
        assert as_(client).get(reverse(PICK[0], args=PICK[1])).status_code == status
        assert pick(as_(client), items=["back_age"]).status_code == status
    assert not Instrument.objects.exists()


def test_more_questions_come_into_a_draft_once_into_their_own_group(cast, as_):
    pick(as_(cast.chair), items=["tonl_live"], languages=["en"])
    version = Version.objects.get()
    url = reverse("assessment:add_from_bank", args=[version.pk])
    assert "in the draft already" in as_(cast.chair).get(url).content.decode()
    answer = as_(cast.chair).post(url, {"modules": ["teach_online"], "items": ["back_age"]})
    assert answer["Location"] == reverse("assessment:builder", args=[version.pk])
    version.refresh_from_db()
    names = [one.name for one in asked(version).questions]
    bank = bank_reader.current()
    assert names.count("tonl_live") == 1
    assert {item.id for item in bank.module("teach_online").items} <= set(names)
    assert [one.name for one in asked(version).groups].count("teach_online") == 1
    assert asked(version).languages == ("English (en)",)
    assert version.xform
    version.instrument.refresh_from_db()
    assert version.instrument.personal_names == ["back_age"]
    again = as_(cast.chair).post(url, {"items": ["back_age"]})
    assert again.status_code == 422
    assert "all of these questions already" in again.content.decode()


def test_every_module_comes_behind_an_uploaded_questionnaire_and_devices_can_show_it(cast):
    made = instruments.add_instrument(cast.home, book=book("text|a|A"), by=cast.chair, now=NOW)
    version = made.versions.get()
    every = [item.id for item in bank_reader.current().by_id.values()]
    assembling.add_items(version, item_ids=every[:60], by=cast.chair, now=NOW)
    grown = assembling.add_items(version, item_ids=every, by=cast.chair, now=NOW)
    assert set(every) <= {one.name for one in asked(grown).questions}
    assert grown.xform


def test_a_published_version_takes_nothing_in(cast, as_):
    pick(as_(cast.chair), items=["back_age"], languages=["en"])
    version = instruments.publish_version(Version.objects.get(), name="1", by=cast.chair, now=NOW)
    with pytest.raises(Refusal):
        assembling.add_items(version, item_ids=["tonl_live"], by=cast.chair, now=NOW)
    url = reverse("assessment:add_from_bank", args=[version.pk])
    assert as_(cast.chair).post(url, {"items": ["tonl_live"]}).status_code == 422
