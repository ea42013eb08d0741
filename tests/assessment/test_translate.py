"""Questionnaires are translated side by side or by file, checked by another, and published when nothing is missing."""

import io
import re
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from learnin.assessment.formats import words, xlsform
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import WordState
from learnin.assessment.operations import instruments
from learnin.journal.models import Entry
from learnin.people.roles import Kind
from tests.assessment.books import book, corpus
from tests.cast import NOW, person, role
from tests.house.addresses import content

EN, RO = "English (en)", "Română (ro)"
DRAFT = book(
    "begin_group|school|School|Școala||", "text|place|Place||Where?|", "end_group",
    "select_one yn|net|Internet?|Internet?||",
    columns=f"type|name|label::{EN}|label::{RO}|hint::{EN}|hint::{RO}",
    choices=("yn|yes|Yes|Da", "yn|no|No|", "unused|x|X|"), choice_columns=f"list_name|name|label::{EN}|label::{RO}",
    settings={"form_title": "Schools", "form_id": "schools", "default_language": EN},
)  # fmt: skip
LABEL, HINT, NO = "survey/label/school/place", "survey/hint/school/place", "choices/label/yn/no"


@pytest.fixture
def draft(cast):
    return instruments.add_instrument(cast.home, book=DRAFT, by=cast.chair, now=NOW).versions.get()


@pytest.fixture
def vera(cast):
    """Somebody who only translates."""
    translator = person("Vera")
    role(translator, Kind.TRANSLATOR, cast.home)
    return translator


def url(name, draft):
    return reverse(f"assessment:{name}", args=[draft.pk])


def asked(draft):
    draft.refresh_from_db()
    return definition(Book.from_json(draft.book))


def bench(client, draft, **query):
    return client.get(url("translate", draft), query).context["listed"].object_list


def save(client, draft, texts=None, query="", **ticks):
    """Send the page back with some texts changed."""
    entries = bench(client, draft)
    data = {"key": [one.word.key for one in entries]}
    for at, one in enumerate(entries):
        data |= {f"was-{at}": one.target, f"text-{at}": (texts or {}).get(one.word.key, one.target)}
    return client.post(url("translate", draft) + query, {**data, **ticks})


def states(client, draft):
    return {one.word.key: one.state for one in bench(client, draft)}


def test_every_text_stands_beside_its_translation_with_its_state(vera, as_, draft):
    found = {one.word.key: (one.source, one.target, one.state) for one in bench(as_(vera), draft)}
    assert found == {
        "survey/label/school": ("School", "Școala", "check"),
        LABEL: ("Place", "", "missing"),
        HINT: ("Where?", "", "missing"),
        "survey/label/net": ("Internet?", "Internet?", "check"),
        "choices/label/yn/yes": ("Yes", "Da", "check"),
        NO: ("No", "", "missing"),
    }
    assert [one.word.key for one in bench(as_(vera), draft, show="missing")] == [LABEL, HINT, NO]
    assert [one.source for one in bench(as_(vera), draft, source=RO, target=EN)] == ["Școala", "Internet?", "Da"]


def back(client, draft, **query):
    page = client.get(url("translate", draft), query).content.decode()
    return re.search(r'href="([^"]+)" class="govuk-back-link"', page)[1]


def test_the_way_back_leads_to_where_the_reader_came_from(cast, vera, as_, draft):
    chair, pages = as_(cast.chair), ("builder", "builder_languages", "version")
    for name in pages:
        assert f"?from={name}" in chair.get(url(name, draft)).content.decode()
        assert back(chair, draft, **{"from": name}) == url(name, draft)
        assert back(as_(vera), draft, **{"from": name}) == url("version", draft), "who may not build is not led there"
    assert back(chair, draft) == url("builder", draft)
    for foreign in ("https://bad.example/", "//bad.example", "frames"):
        assert back(chair, draft, **{"from": foreign}) == url("builder", draft)


def test_the_way_back_stays_while_one_works(cast, as_, draft):
    client = as_(cast.chair)
    where = {"from": "version", "source": EN, "target": RO}
    answer = client.post(f"{url('translate', draft)}?{urlencode(where)}", {})
    assert dict(parse_qsl(urlsplit(answer.url).query)) == where
    page = client.get(url("translate", draft), where).content.decode()
    assert '<input type="hidden" name="from" value="version">' in page


def test_only_those_who_translate_reach_the_workbench(cast, vera, as_, draft):
    for name in ("translate", "words_xlsx", "words_po", "words_import"):
        for who, status in (
            (vera, 200),
            (cast.chair, 200),
            (cast.member, 403),
            (cast.partner, 403),
            (cast.stranger, 404),
        ):
            assert as_(who).get(url(name, draft)).status_code == status
    assert as_(cast.member).post(url("translate", draft)).status_code == 403
    assert as_(vera).get(reverse("assessment:builder", args=[draft.pk])).status_code == 403
    assert url("translate", draft) in as_(vera).get(url("version", draft)).content.decode()


def test_many_texts_are_saved_at_once_and_the_rest_stays(vera, as_, draft):
    save(as_(vera), draft, {LABEL: "Locul", HINT: "Unde?\r\nLa școală"})
    place = asked(draft).question("place")
    assert (place.labels[RO], place.hints[RO]) == ("Locul", "Unde?\nLa școală")
    assert asked(draft).question("net").labels == {EN: "Internet?", RO: "Internet?"}
    assert states(as_(vera), draft)[LABEL] == "check"
    assert set(WordState.objects.values_list("key", "by", "source_text")) == {
        (LABEL, vera.pk, "Place"), (HINT, vera.pk, "Where?"),
    }  # fmt: skip
    assert Entry.objects.filter(verb="instrument.translated", by=vera).count() == 1
    save(as_(vera), draft)
    assert Entry.objects.filter(verb="instrument.translated", by=vera).count() == 1


def test_letters_that_no_workbook_can_hold_are_left_out(vera, as_, draft):
    save(as_(vera), draft, {LABEL: "Lo\x00cul\x0b"})
    assert asked(draft).question("place").labels[RO] == "Locul"


def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten(cast, vera, as_, draft):
    old = {"key": [LABEL, HINT], "was-0": "", "text-0": "Al meu", "was-1": "", "text-1": "Unde?"}
    save(as_(cast.chair), draft, {LABEL: "Al lor"})
    page = as_(vera).post(url("translate", draft), old, follow=True).content.decode()
    assert "1 text was changed by somebody else meanwhile" in page
    assert asked(draft).question("place").labels[RO] == "Al lor"
    assert asked(draft).question("place").hints[RO] == "Unde?"


def test_another_checks_what_somebody_translated_and_the_page_says_who(cast, vera, as_, draft):
    save(as_(vera), draft, {LABEL: "Locul"})
    page = as_(vera).post(url("translate", draft), {"checked": [LABEL]}, follow=True).content.decode()
    assert "Let somebody else check" in page
    assert states(as_(vera), draft)[LABEL] == "check"
    as_(cast.chair).post(url("translate", draft), {"checked": [LABEL, "survey/label/net", NO, "nothing"]})
    found = states(as_(vera), draft)
    assert (found[LABEL], found["survey/label/net"], found[NO]) == ("done", "done", "missing")
    (one,) = [entry for entry in bench(as_(vera), draft) if entry.word.key == LABEL]
    assert one.by == "Chair"


def test_who_is_alone_checks_for_oneself(cast, as_, draft):
    save(as_(cast.chair), draft, {LABEL: "Locul"})
    as_(cast.chair).post(url("translate", draft), {"checked": [LABEL]})
    assert states(as_(cast.chair), draft)[LABEL] == "done"


def test_a_source_that_changes_makes_its_translation_stale_until_somebody_looks(cast, vera, as_, draft):
    client = as_(vera)
    save(client, draft, {LABEL: "Locul"})
    as_(cast.chair).post(url("translate", draft), {"checked": [LABEL]})
    there = reverse("assessment:builder_question", args=[draft.pk, 3])
    form = as_(cast.chair).get(there).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    as_(cast.chair).post(there, {**data, "label_0": "Which place?"})
    assert states(client, draft)[LABEL] == "stale"
    assert states(client, draft)["survey/label/school"] == "check"
    assert [one.word.key for one in bench(client, draft, show="stale")] == [LABEL]
    save(client, draft, fits=[LABEL])
    assert states(client, draft)[LABEL] == "check"
    assert asked(draft).question("place").labels == {EN: "Which place?", RO: "Locul"}


def test_a_version_with_missing_texts_is_not_published_until_they_stand_or_the_language_goes(cast, as_, draft):
    client = as_(cast.chair)
    answer = client.post(url("publish_version", draft), {"name": "1"})
    assert answer.status_code == 422
    assert "Texts are missing: Română 3" in answer.content.decode()
    save(client, draft, {LABEL: "Locul", HINT: "Unde?", NO: "Nu"})
    assert client.post(url("publish_version", draft), {"name": "1"}).status_code == 302
    after = client.post(
        url("translate", draft), {"key": [LABEL], "was-0": "Locul", "text-0": "Prea târziu"}, follow=True
    )
    assert "This version is published" in after.content.decode()
    assert asked(draft).question("place").labels[RO] == "Locul"


def test_missing_counts_only_what_some_language_has_and_what_people_see():
    assert words.missing(definition(DRAFT)) == {RO: 3}
    assert words.missing(definition(book("text|a|", "text|b|B"))) == {}


def read(client, draft, name, content_, accept=True):
    """Bring a file back, look at the preview, and accept it."""
    there = url("words_import", draft) + f"?target={RO}"
    answer = client.post(there, {"file": SimpleUploadedFile(name, content_)})
    if accept and answer.context.get("packed"):
        client.post(there, {"accept": answer.context["packed"]})
    return answer


def test_a_workbook_goes_out_and_comes_back_once(vera, as_, draft):
    client = as_(vera)
    sheet = load_workbook(io.BytesIO(content(client.get(url("words_xlsx", draft)))))
    rows = list(sheet["words"].iter_rows(values_only=True))
    assert rows[0] == ("id", "source", "target", "state")
    assert (LABEL, "Place", None, "missing") in rows
    for row in sheet["words"].iter_rows(min_row=2):
        if row[0].value == LABEL:
            row[2].value = "Locul"
        if row[0].value == NO:
            row[1].value, row[2].value = "Not", "Nu"
    out = io.BytesIO()
    sheet.save(out)
    preview = read(client, draft, "words.xlsx", out.getvalue(), accept=False)
    assert [(entry.word.key, text) for entry, text in preview.context["changes"]] == [(LABEL, "Locul")]
    assert [line.key for line in preview.context["other"]] == [NO]
    assert RO not in asked(draft).question("place").labels
    read(client, draft, "words.xlsx", out.getvalue())
    assert asked(draft).question("place").labels[RO] == "Locul"
    again = read(client, draft, "words.xlsx", out.getvalue())
    assert again.context["changes"] == []
    assert "Nothing: the texts are as the file says" in again.content.decode()


def test_a_po_file_goes_out_and_comes_back_once(vera, as_, draft):
    client = as_(vera)
    file = content(client.get(url("words_po", draft))).decode()
    assert f'msgctxt "{HINT}"\nmsgid "Where?"\nmsgstr ""' in file
    filled = file.replace('msgid "Where?"\nmsgstr ""', 'msgid "Where?"\nmsgstr "Unde, „exact”?\\n"').encode()
    read(client, draft, "words.po", filled)
    assert asked(draft).question("place").hints[RO] == "Unde, „exact”?"
    assert read(client, draft, "words.po", filled).context["changes"] == []


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("words.xlsx", b"nothing", "no Excel workbook and no PO file"),
        ("words.po", b"\xff\xfe", "no PO file that can be read"),
        ("words.po", b'msgid ""\nmsgstr ""\n', "The file has no ids"),
        ("words.xlsx", xlsform.write(book("text|a|A")), "The file has no ids"),
    ],
)
def test_a_file_that_is_not_ours_is_refused_in_words(vera, as_, draft, name, file, said):
    answer = read(as_(vera), draft, name, file)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_preview_of_another_language_or_a_forged_one_is_not_accepted(vera, as_, draft):
    there = url("words_import", draft)
    answer = as_(vera).post(there, {"accept": "forged"}, follow=True)
    assert "The preview is too old" in answer.content.decode()


def test_the_texts_of_every_real_questionnaire_go_out_and_come_back_the_same():
    for file in corpus():
        one = xlsform.read(file.read_bytes(), file.name)
        whole = definition(one)
        found = words.words(whole)
        assert len({it.key for it in found}) == len(found), file.name
        for language in whole.languages:
            texts = {it.key: it.texts.get(language, "") for it in found}
            assert words.with_words(one, language, texts) == one, file.name
            lines = [words.Line(it.key, it.texts[language], "x") for it in found if it.texts.get(language)]
            if lines:
                assert [it.key for it in words.read_po_file(words.write_po(lines, code="ro", title="T"))] == [
                    it.key for it in lines
                ]
