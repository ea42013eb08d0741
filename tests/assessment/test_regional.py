"""An assessment of the whole region: written once, a copy with the core in each country, and how far each is."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.workbook import Book, Sheet
from learnin.assessment.models import Assessment, Instrument, RegionalAssessment
from learnin.assessment.operations import regional as operations
from learnin.assessment.queries import regional as regional_queries
from learnin.journal.models import Entry, Notice
from learnin.people.roles import Kind
from tests import cast as players
from tests.assessment import made_plan as made
from tests.cast import NOW

FORM = {"title": "How the region teaches", "purpose": "To compare", "starts_on": "2026-12-01", "ends_on": "2027-06-30"}
CORE = Book(
    {
        "survey": Sheet(
            "survey",
            ("type", "name", "label"),
            (
                {"type": "begin_group", "name": "you", "label": "You"},
                {"type": "integer", "name": "years", "label": "Years of teaching"},
                {"type": "end_group"},
                {"type": "text", "name": "need", "label": "What do you need?"},
            ),
        )
    }
)


def url(name, *args):
    return reverse(f"assessment:{name}", args=args)


def workbook(book):
    """The questionnaire as somebody uploads it."""
    return SimpleUploadedFile("core.xlsx", xlsform.write(book))


def written(cast, *, core=CORE):
    told = {"title": FORM["title"], "purpose": "To compare", "starts_on": made.BEGINS, "ends_on": made.ENDS}
    return operations.write(**told, core=core, by=cast.regional, now=NOW)


def test_the_region_writes_one_and_nobody_hears_of_it(cast, as_):
    client = as_(cast.regional)
    assert client.post(url("write_regional"), FORM).status_code == 302
    found = RegionalAssessment.objects.get()
    assert "How the region teaches" in client.get(url("regional_assessments")).content.decode()
    assert "No country has a copy yet" in client.get(url("regional", found.pk)).content.decode()
    assert not Assessment.objects.exists()
    assert not Notice.objects.filter(kind="assessment.received").exists()


def test_each_chosen_country_gets_its_copy_and_its_leads_hear_of_it(cast, as_):
    coordinator = players.person("Tomas")
    players.role(coordinator, Kind.ASSESSMENT_COORDINATOR, cast.home)
    found, client = written(cast), as_(cast.regional)
    assert client.post(url("send_regional", found.pk), {"countries": ["RS", "GE"]}).status_code == 302
    copies = Assessment.objects.filter(regional=found).order_by("country")
    assert [copy.country_id for copy in copies] == ["GE", "RS"]
    told = Notice.objects.filter(kind="assessment.received").values_list("person", flat=True)
    assert set(told) == {cast.chair.pk, cast.stranger.pk, coordinator.pk}
    assert Entry.objects.filter(verb="regional_assessment.received", country=cast.home).exists()
    page = as_(cast.chair).get(url("assessments", "RS")).content.decode()
    assert "How the region teaches" in page
    assert "Copy of a regional assessment" in page


def test_a_copy_has_the_core_questionnaire_as_its_draft(cast, as_):
    found = written(cast)
    as_(cast.regional).post(url("send_regional", found.pk), {"countries": ["RS"]})
    instrument = Instrument.objects.get(country=cast.home)
    assert instrument.core_names == ["years", "need"]
    draft = instrument.versions.get()
    assert draft.published_at is None
    assert Book.from_json(draft.book) == CORE
    assert "<integer" not in draft.xform
    assert "Years of teaching" in draft.xform, "devices can show it"


def test_without_a_core_a_copy_has_no_questionnaire(cast, as_):
    found = written(cast, core=None)
    as_(cast.regional).post(url("send_regional", found.pk), {"countries": ["RS"]})
    assert Assessment.objects.get().regional == found
    assert not Instrument.objects.exists()


def test_a_country_gets_one_copy_only(cast, as_):
    found, client = written(cast), as_(cast.regional)
    client.post(url("send_regional", found.pk), {"countries": ["RS"]})
    again = client.post(url("send_regional", found.pk), {"countries": ["RS"]})
    assert again.status_code == 422
    assert Assessment.objects.count() == 1


def test_a_change_leaves_the_copies_as_they_are(cast, as_):
    found, client = written(cast), as_(cast.regional)
    client.post(url("send_regional", found.pk), {"countries": ["RS"]})
    client.post(url("correct_regional", found.pk), FORM | {"title": "Another title"})
    found.refresh_from_db()
    assert found.title == "Another title"
    assert Assessment.objects.get().title == "How the region teaches"
    refused = client.post(url("correct_regional", found.pk), FORM | {"core": workbook(CORE)})
    assert refused.status_code == 422
    assert "it can no longer change" in refused.content.decode()


def test_the_core_comes_in_as_a_workbook(cast, as_):
    client = as_(cast.regional)
    client.post(url("write_regional"), FORM | {"core": workbook(CORE)})
    found = RegionalAssessment.objects.get()
    assert Book.from_json(found.core).survey.rows == CORE.survey.rows
    page = client.get(url("regional", found.pk)).content.decode()
    assert "<strong>2</strong> questions that every country asks" in page
    assert "years, need" in page


SICK = CORE.with_sheet(
    CORE.survey.with_rows(
        (
            {"type": "integer", "name": "years", "label": "Years of teaching "},
            {"type": "text", "name": "need", "label": "What do you need?"},
            {"type": "text", "name": "need", "label": "What else do you need?"},
        )
    )
)


def test_a_core_goes_through_the_import_doctor(cast, as_):
    client = as_(cast.regional)
    answer = client.post(url("write_regional"), FORM | {"core": workbook(SICK)})
    found = RegionalAssessment.objects.get()
    assert answer.url == url("regional_core", found.pk)
    page = client.get(answer.url).content.decode()
    assert "survey, row 4" in page
    assert "stop it" in client.get(url("regional", found.pk)).content.decode()
    refused = client.post(url("send_regional", found.pk), {"countries": ["RS"]})
    assert refused.status_code == 422
    assert "Look at them and repair them first" in refused.content.decode()
    assert not Assessment.objects.exists()
    assert client.post(url("repair_core", found.pk), {"code": "name_twice"}).url == answer.url
    found.refresh_from_db()
    assert len(set(regional_queries.core_names(found))) == 3
    assert client.get(answer.url).context["look"].errors == []
    assert Entry.objects.filter(verb="regional_assessment.core-repaired").count() == 1
    mended = client.get(url("core_workbook", found.pk))
    assert xlsform.read(mended.content, "core.xlsx").survey.rows == Book.from_json(found.core).survey.rows
    assert client.post(url("send_regional", found.pk), {"countries": ["RS"]}).status_code == 302


def test_a_core_that_countries_have_is_repaired_by_nobody(cast, as_):
    found, client = written(cast), as_(cast.regional)
    client.post(url("send_regional", found.pk), {"countries": ["RS"]})
    answer = client.post(url("repair_core", found.pk), follow=True)
    assert "it can no longer change" in answer.content.decode()
    assert "Repair this" not in answer.content.decode()


def test_another_core_is_examined_too(cast, as_):
    found, client = written(cast), as_(cast.regional)
    answer = client.post(url("correct_regional", found.pk), FORM | {"core": workbook(SICK)})
    assert answer.url == url("regional_core", found.pk)
    assert client.post(url("correct_regional", found.pk), FORM).url == url("regional", found.pk)


@pytest.mark.parametrize("name", ["regional_core", "core_workbook", "repair_core"])
def test_who_may_look_at_a_core(cast, as_, name):
    found = written(cast)
    method = "post" if name == "repair_core" else "get"
    assert getattr(as_(cast.chair), method)(url(name, found.pk)).status_code == 404
    assert getattr(as_(cast.regional), method)(url(name, found.pk)).status_code in (200, 302)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"no workbook", "not an Excel workbook"),
        (xlsform.write(Book({"survey": Sheet("survey", ("type",), ({"type": "end_group"},))})), "asks nothing"),
    ],
)
def test_a_file_without_questions_is_refused(cast, as_, sent, said):
    file = SimpleUploadedFile("core.xlsx", sent)
    answer = as_(cast.regional).post(url("write_regional"), FORM | {"core": file})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not RegionalAssessment.objects.exists()


def test_the_region_sees_how_far_each_country_is(cast, as_):
    found = written(cast, core=None)
    (home, _away) = operations.send(found, countries=[cast.home, cast.elsewhere], by=cast.regional, now=NOW)
    made.answer(made.round_(made.instrument(home, cast), cast, opens_at=timezone.now()))
    page = as_(cast.regional).get(url("regional", found.pk)).content.decode().split('id="copies"')[1]
    georgia, serbia = (" ".join(row.split()) for row in page.split("<tr>")[2:4])
    assert "Serbia" in serbia
    assert "Published</strong>" in serbia
    assert ">1<" in serbia
    assert "Georgia" in georgia
    assert "Not published</strong>" in georgia


@pytest.mark.parametrize("player", ["chair", "member", "partner", "stranger"])
def test_no_country_opens_the_regions_pages(cast, as_, player):
    found, client = written(cast), as_(getattr(cast, player))
    for page in (url("regional_assessments"), url("write_regional"), url("regional", found.pk)):
        assert client.get(page).status_code == 404
    assert client.post(url("send_regional", found.pk), {"countries": ["RS"]}).status_code == 404


def test_it_stands_beside_the_activities_in_the_bar(cast, as_):
    page = as_(cast.regional).get(reverse("home:region")).content.decode()
    assert f'href="{url("regional_assessments")}"' in page
