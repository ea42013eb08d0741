"""Questionnaires come in, are looked over and mended, published in versions, and never change after that."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from learnin.assessment import bank_reader
from learnin.assessment.formats import xlsform
from learnin.assessment.models import Instrument, Version
from learnin.assessment.operations import instruments as operations
from learnin.journal.models import Entry, Job
from learnin.journal.operations import jobs
from learnin.journal.queries.entries import told
from learnin.kit.refusal import Refusal
from learnin.people.roles import Kind
from tests.assessment.books import book
from tests.cast import HOME, NOW, person, role
from tests.house.addresses import content

GOOD = book(
    "text|school|School|Школа", "select_one yn|net|Internet?|Интернет?",
    columns="type|name|label::English (en)|label::Српски (sr)",
    choices=("yn|yes|Yes|Да", "yn|no|No|Не"), choice_columns="list_name|name|label::English (en)|label::Српски (sr)",
    settings={"form_title": "Schools", "form_id": "schools", "version": "1", "default_language": "English (en)"},
)  # fmt: skip
ILL = book("text|school|School", "select_one yes_no|net|Internet?", "set form title|Our form|", "caseid|case|")


def uploaded(made, name="schools.xlsx"):
    return SimpleUploadedFile(name, xlsform.write(made))


def add(client, made, **data):
    return client.post(reverse("assessment:add_instrument", args=[HOME]), {"file": uploaded(made), **data})


def brought_in(cast, made=GOOD):
    return operations.add_instrument(cast.home, book=made, by=cast.chair, now=NOW).versions.get()


def published(cast, made=GOOD, name="1"):
    return operations.publish_version(brought_in(cast, made), name=name, by=cast.chair, now=NOW)


def url(name, of):
    return reverse(f"assessment:{name}", args=[of.pk])


def test_a_workbook_comes_in_and_becomes_a_draft(cast, as_):
    answer = add(as_(cast.chair), GOOD)
    version = Version.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == url("version", version)
    assert (version.instrument.title, version.instrument.form_id) == ("Schools", "schools")
    assert 'id="schools"' in version.xform
    assert not version.is_published
    assert version.source.name == "schools.xlsx"
    assert Entry.objects.filter(verb="instrument.added", country=cast.home, by=cast.chair).exists()
    assert Job.objects.filter(name__endswith="validate_version", ids={"version_pk": version.pk}).exists()


def test_members_see_questionnaires_and_cannot_change_them_strangers_see_nothing(cast, as_):
    version = brought_in(cast)
    for name in (
        "instrument",
        "version",
        "version_problems",
        "version_differences",
        "version_workbook",
        "version_xform",
    ):
        of = version.instrument if name == "instrument" else version
        assert as_(cast.chair).get(url(name, of)).status_code == 200
        assert as_(cast.member).get(url(name, of)).status_code == 200
        assert as_(cast.partner).get(url(name, of)).status_code == 403
        assert as_(cast.stranger).get(url(name, of)).status_code == 404
    for name in ("repair_draft", "replace_draft", "begin_draft", "publish_version", "ask_validator", "add_medium"):
        assert as_(cast.member).post(url(name, version)).status_code == 403
        assert as_(cast.stranger).post(url(name, version)).status_code == 404
    page = as_(cast.member).get(url("version", version)).content.decode()
    assert "Publish" not in page.split("<main", 1)[1].replace("Published", "")


def test_the_assessment_coordinator_may_bring_one_in(cast, as_):
    coordinator = person("Vera")
    role(coordinator, Kind.ASSESSMENT_COORDINATOR, cast.home)
    assert add(as_(coordinator), GOOD).status_code == 302


def test_the_list_leads_to_both_versions_and_an_empty_one_says_what_comes(cast, as_):
    there = reverse("assessment:instruments", args=[HOME])
    assert "There is no questionnaire yet" in as_(cast.member).get(there).content.decode()
    version = published(cast)
    operations.begin_draft_from(version, by=cast.chair, now=NOW)
    page = as_(cast.member).get(there).content.decode()
    assert "Schools" in page
    assert page.count("/versions/") == 2


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"no workbook", "schools.xlsx", "not an Excel workbook"),
        (b"", "schools.xlsx", "empty"),
        (xlsform.write(book("text|a|A")), "schools.docx", "docx"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(cast, as_, content, name, said):
    file = SimpleUploadedFile(name, content)
    answer = as_(cast.chair).post(reverse("assessment:add_instrument", args=[HOME]), {"file": file})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Instrument.objects.exists()


def test_a_form_id_stands_once_in_a_country_and_again_in_another(cast, as_):
    brought_in(cast)
    answer = add(as_(cast.chair), GOOD)
    assert answer.status_code == 422
    assert "has the form id schools already" in answer.content.decode()
    operations.add_instrument(cast.elsewhere, book=GOOD, by=cast.stranger, now=NOW)
    nameless = book("text|a|A", settings={"form_title": "Schools"})
    made = operations.add_instrument(cast.home, book=nameless, by=cast.chair, now=NOW)
    assert made.form_id == "schools_2"


def test_the_doctor_names_each_problem_with_its_place_and_mends_with_one_click(cast, as_):
    client = as_(cast.chair)
    there = add(client, ILL)["Location"]
    version = Version.objects.get()
    assert version.xform == ""
    page = client.get(there).content.decode()
    assert "survey, row 3" in page.replace("\n", " ")
    assert "The list of yes and no is missing" in page
    assert "A type that only one vendor&#x27;s app knows" in page or "one vendor's app knows" in page
    client.post(url("repair_draft", version))
    version.refresh_from_db()
    codes = {problem["code"] for problem in version.problems}
    assert "yes_no_missing" not in codes
    assert "type_vendor" in codes  # changes something, so it is asked for by name
    assert version.xform == ""
    client.post(url("repair_draft", version), {"code": "type_vendor"})
    version.refresh_from_db()
    assert version.xform
    assert client.get(url("version_workbook", version)).status_code == 200
    sheet = load_workbook(io.BytesIO(client.get(url("version_workbook", version)).content))["survey"]
    assert "hidden" in {row[0].value for row in sheet.iter_rows()}
    assert Entry.objects.filter(verb="instrument.repaired").count() == 2


def test_a_repair_that_nobody_knows_changes_nothing(cast, as_):
    version = brought_in(cast, ILL)
    before = version.book
    answer = as_(cast.chair).post(url("repair_draft", version), {"code": "no_such"}, follow=True)
    version.refresh_from_db()
    assert version.book == before
    assert "nothing to repair" in answer.content.decode()


def test_the_draft_is_uploaded_again(cast, as_):
    version = brought_in(cast, ILL)
    answer = as_(cast.chair).post(url("replace_draft", version), {"file": uploaded(GOOD)})
    version.refresh_from_db()
    assert answer.status_code == 302
    assert version.xform
    assert version.instrument.versions.count() == 1


def test_the_preview_speaks_each_language(cast, as_):
    version = brought_in(cast)
    client = as_(cast.member)
    assert "Internet?" in client.get(url("version", version)).content.decode()
    serbian = client.get(url("version", version), {"language": "Српски (sr)"}).content.decode()
    assert "Интернет?" in serbian
    assert 'lang="sr"' in serbian


def test_a_version_is_published_under_a_name_that_is_used_once(cast, as_):
    version = brought_in(cast)
    client = as_(cast.chair)
    assert client.get(url("publish_version", version)).status_code == 200
    assert client.post(url("publish_version", version), {"name": "two words"}).status_code == 422
    client.post(url("publish_version", version), {"name": "2026a"})
    version.refresh_from_db()
    assert version.is_published
    assert 'version="2026a"' in version.xform
    client.post(url("begin_draft", version))
    draft = version.instrument.versions.get(published_at=None)
    assert draft.number == 2
    answer = client.post(url("publish_version", draft), {"name": "2026a"})
    assert answer.status_code == 422
    assert "was published before" in answer.content.decode()
    client.post(url("publish_version", draft), {"name": "2026b"})
    assert version.instrument.versions.exclude(published_at=None).count() == 2


def test_what_does_not_convert_is_not_published_and_says_why(cast, as_):
    version = brought_in(cast, ILL)
    answer = as_(cast.chair).post(url("publish_version", version), {"name": "1"})
    version.refresh_from_db()
    assert answer.status_code == 422
    assert "The converter says" in answer.content.decode()
    assert not version.is_published


def test_no_operation_changes_a_published_version(cast):
    version = published(cast)
    kept = Version.objects.filter(pk=version.pk).values().get()
    tries = [
        lambda: operations.replace_draft(version, book=ILL, by=cast.chair, now=NOW),
        lambda: operations.write_draft(version, book=ILL, by=cast.chair, now=NOW),
        lambda: operations.repair_draft(version, by=cast.chair, now=NOW),
        lambda: operations.publish_version(version, name="2", by=cast.chair, now=NOW),
        lambda: operations.add_medium(version, file=io.BytesIO(b"a,b\n"), name="a.csv", by=cast.chair, now=NOW),
    ]
    for attempt in tries:
        with pytest.raises(Refusal):
            attempt()
    operations.begin_draft_from(version, by=cast.chair, now=datetime(2027, 1, 1, tzinfo=UTC))
    with pytest.raises(operations.DraftThere):
        operations.begin_draft_from(version, by=cast.chair, now=NOW)
    assert Version.objects.filter(pk=version.pk).values().get() == kept
    assert not version.media.exists()


def test_files_go_with_the_draft_and_into_the_next_one(cast, as_):
    shown = book("note|a|Look|apple.csv", columns="type|name|label|image")
    version = brought_in(cast, shown)
    client = as_(cast.chair)
    assert "apple.csv" in client.get(url("version", version)).content.decode()
    answer = client.post(url("add_medium", version), {"file": SimpleUploadedFile("apple.csv", b"a,b\n1,2\n")})
    assert answer.status_code == 302
    medium = version.media.get()
    again = client.post(url("add_medium", version), {"file": SimpleUploadedFile("apple.csv", b"a,b\n1,2\n")})
    assert again.status_code == 422
    refused = client.post(url("add_medium", version), {"file": SimpleUploadedFile("a.exe", b"MZ")})
    assert refused.status_code == 422
    file = reverse("journal:file", args=[medium.attachment_id])
    assert content(as_(cast.member).get(file)) == b"a,b\n1,2\n"
    assert as_(cast.stranger).get(file).status_code == 404
    operations.publish_version(version, name="1", by=cast.chair, now=NOW)
    client.post(reverse("assessment:remove_medium", args=[medium.pk]))
    assert version.media.count() == 1  # published: stays
    draft = operations.begin_draft_from(version, by=cast.chair, now=NOW)
    client.post(reverse("assessment:remove_medium", args=[draft.media.get().pk]))
    assert draft.media.count() == 0
    assert version.media.count() == 1


def test_a_long_list_outside_goes_out_as_the_file_devices_look_for(cast):
    far = book(
        "select_one region|region|Region", "select_one_external town|town|Town",
        columns="type|name|label|choice_filter", choices=("region|r1|North",),
    )  # fmt: skip
    rows = far.survey.rows
    far = far.with_sheet(far.survey.with_rows((rows[0], {**rows[1], "choice_filter": "region=${region}"})))
    towns = book("town|t1|Tirana|r1", columns="list_name|name|label|region").survey
    far = far.with_sheet(type(towns)("external_choices", towns.columns, towns.rows))
    version = published(cast, far)
    with version.media.get(name="itemsets.csv").attachment.file.open() as file:
        assert "t1" in file.read().decode()


def test_what_changed_is_told_with_what_it_means_for_the_data(cast, as_):
    version = published(cast)
    draft = operations.begin_draft_from(version, by=cast.chair, now=NOW)
    changed = book(
        "integer|school|School|Школа", "text|town|Town|Град",
        columns="type|name|label::English (en)|label::Српски (sr)",
        settings={"form_title": "Schools", "form_id": "schools", "default_language": "English (en)"},
    )  # fmt: skip
    operations.replace_draft(draft, book=changed, by=cast.chair, now=NOW)
    page = as_(cast.member).get(url("version_differences", draft)).content.decode()
    for words in ("Question added: town", "Question removed: net", "New column", "Column ends", "Meaning changes"):
        assert words in page
    same = as_(cast.member).get(url("version_differences", draft), {"other": draft.pk})
    assert same.status_code == 200
    assert "What changed since 1" in as_(cast.chair).get(url("publish_version", draft)).content.decode()


def test_each_channel_says_what_will_not_work_there(cast, as_):
    made = book("audio|voice|Say", "begin repeat|kids|Kids", "text|kid|Name", "end repeat||")
    page = as_(cast.member).get(url("version", brought_in(cast, made))).content.decode()
    assert "Sounds and films cannot be recorded: voice" in page
    assert "Groups that are answered several times: kids" in page
    assert "ODK Collect: everything works." in " ".join(page.split())


def test_a_questionnaire_says_what_it_is_about(cast, as_):
    client, version = as_(cast.chair), brought_in(cast)
    there = reverse("assessment:instrument_dimensions", args=[version.instrument_id])
    assert as_(cast.member).get(there).status_code == 403
    assert as_(cast.stranger).get(there).status_code == 404
    assert client.post(there, {"dimensions": ["expertise", "needs"]}).url == url("instrument", version.instrument)
    assert client.post(there, {"dimensions": ["nonsense"]}).status_code == 422
    for page in (url("instrument", version.instrument), reverse("assessment:instruments", args=[HOME])):
        assert "Needs, Expertise" in as_(cast.member).get(page).content.decode()
    (line,) = told(Entry.objects.filter(verb="instrument.dimensions-said"))
    assert [(change.before, change.after) for change in line.changes] == [("–", "Needs, Expertise")]
    client.post(there, {"dimensions": ["needs", "expertise"]})
    assert Entry.objects.filter(verb="instrument.dimensions-said").count() == 1, "nothing changed"


def test_questions_of_the_bank_suggest_what_a_questionnaire_is_about(cast, as_):
    item = bank_reader.current().items(dimension="resources")[0]
    version = brought_in(cast, book(f"text|{item.id}|Words", "text|own|Own words"))
    there = reverse("assessment:instrument_dimensions", args=[version.instrument_id])
    assert as_(cast.chair).get(there).context["form"]["dimensions"].value() == ["resources"]
    assert not version.instrument.dimensions.exists(), "until somebody says it"


def test_the_validator_looks_in_the_background(cast, as_):
    version = brought_in(cast)
    job = Job.objects.get(name__endswith="validate_version")
    assert jobs.run(job.pk)
    version.refresh_from_db()
    assert version.validation in {"passed", "unavailable"}
    as_(cast.chair).post(url("ask_validator", version))
    assert Job.objects.filter(name__endswith="validate_version").count() == 2


def test_a_draft_that_changes_often_waits_once_for_the_validator(cast):
    version, other = brought_in(cast), brought_in(cast, book("text|other|Other?"))
    jobs_of = Job.objects.filter(name__endswith="validate_version", ids={"version_pk": version.pk}).order_by("pk")
    for label in ("One", "Two", "Three"):
        operations.write_draft(version, book=book(f"text|place|{label}"), by=cast.chair, now=NOW)
    (waiting,) = jobs_of
    assert Job.objects.filter(name__endswith="validate_version", ids={"version_pk": other.pk}).count() == 1
    assert jobs.run(waiting.pk)
    version.refresh_from_db()
    assert "Three" in version.xform
    assert version.validation in {"passed", "unavailable"}
    operations.write_draft(version, book=book("text|place|Four"), by=cast.chair, now=NOW)
    assert jobs_of.all().count() == 2


def test_what_the_validator_said_of_an_older_draft_is_dropped(cast):
    version = brought_in(cast)
    job = Job.objects.get(name__endswith="validate_version")
    Version.objects.filter(pk=version.pk).update(xform="<broken/>", validation="")
    assert jobs.run(job.pk)
    version.refresh_from_db()
    assert version.validation in {"failed", "unavailable"}  # it looked at what stands there now
