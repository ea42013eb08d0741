"""Evidence beside surveys: documents and facts, conversations and statements, resources, culture; all as one file."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from learnin.assessment.models import (
    Conversation,
    CultureProfile,
    Fact,
    Participants,
    Resource,
    Source,
    Statement,
)
from learnin.assessment.operations import plan
from learnin.assessment.queries import evidence
from learnin.journal.models import Entry
from tests.assessment import made_plan as made
from tests.cast import NOW
from tests.world import PDF

ROOMS = ("sources", "conversations", "experts", "resources", "culture")
LAPTOPS = {"kind": "devices", "name": "Laptops", "quantity": "1200.50", "unit": "pieces", "as_of": "2026-09-01",
           "source": "Register of the ministry"}  # fmt: skip


def url(name, *args):
    return reverse(f"assessment:{name}", args=args)


def verbs(word):
    return list(Entry.objects.filter(verb__startswith=word).order_by("pk").values_list("verb", flat=True))


def test_a_document_comes_in_with_its_file(cast, as_):
    found, client = made.assessment(cast), as_(cast.member)
    sent = {"assessment": found.pk, "title": "Statistics", "publisher": "Office", "year": 2025,
            "file": SimpleUploadedFile("stat.pdf", PDF)}  # fmt: skip
    assert client.post(url("add_source", "RS"), sent).status_code == 302
    source = Source.objects.get()
    file = reverse("journal:file", args=[source.attachment_id])
    assert file in client.get(url("source", source.pk)).content.decode()
    assert b"".join(client.get(file)) == PDF
    assert b"".join(as_(cast.chair).get(file)) == PDF
    assert as_(cast.partner).get(file).status_code == 404
    assert as_(cast.stranger).get(file).status_code == 404


def test_a_file_that_is_not_taken_is_refused_in_words(cast, as_):
    found = made.assessment(cast)
    sent = {"assessment": found.pk, "title": "Program", "file": SimpleUploadedFile("x.exe", b"MZ" + b"0" * 99)}
    assert as_(cast.member).post(url("add_source", "RS"), sent).status_code == 422
    assert not Source.objects.exists()


def test_only_an_open_assessment_takes_a_document_in(cast, as_):
    found = made.assessment(cast)
    plan.close(found, by=cast.chair, now=NOW)
    client = as_(cast.member)
    assert client.post(url("add_source", "RS"), {"assessment": found.pk, "title": "Late"}).status_code == 422
    assert url("add_source", "RS") not in client.get(url("sources", "RS")).content.decode()


def test_a_fact_is_written_down_changed_and_taken_away(cast, as_):
    source, client = made.source(made.assessment(cast), cast), as_(cast.member)
    fact = {"text": "One school in nine has no connection", "page": "p. 12", "dimension": "resources",
            "theme": "distance-learning", "component": "technology"}  # fmt: skip
    client.post(url("add_fact", source.pk), fact)
    one = Fact.objects.get()
    page = client.get(url("source", source.pk)).content.decode()
    assert f'id="fact-{one.pk}"' in page
    assert "Resources, " in page
    client.post(url("fact", one.pk), {**fact, "page": "p. 13"})
    one.refresh_from_db()
    assert one.page == "p. 13"
    client.post(url("remove_fact", one.pk))
    assert not Fact.objects.exists()
    assert verbs("fact.") == ["fact.added", "fact.corrected", "fact.removed"]


def test_a_document_with_facts_stays(cast, as_):
    source, client = made.source(made.assessment(cast), cast), as_(cast.member)
    fact = made.fact(source, cast)
    said = client.post(url("remove_source", source.pk), follow=True).content.decode()
    assert "Facts were taken from this document" in said
    client.post(url("remove_fact", fact.pk))
    client.post(url("remove_source", source.pk))
    assert not Source.objects.exists()


def test_facts_are_narrowed_by_dimension_and_theme(cast, as_):
    source, client = made.source(made.assessment(cast), cast), as_(cast.member)
    made.fact(source, cast, "Ships arrive twice a week", dimension="resources")
    made.fact(source, cast, "Parents trust paper", dimension="culture", theme="distance-learning")
    page = client.get(url("sources", "RS"), {"dimension": "culture", "theme": "distance-learning"}).content.decode()
    assert "Parents trust paper" in page
    assert "Ships arrive" not in page
    assert "No fact is about this." in client.get(url("sources", "RS"), {"dimension": "expertise"}).content.decode()


def test_a_conversation_with_who_took_part_and_what_was_said(cast, as_):
    found, client = made.assessment(cast), as_(cast.member)
    sent = {"assessment": found.pk, "kind": "focus_group", "title": "Small schools", "held_on": "2026-11-20",
            "language": "sr", "guide": "What is hard?", "notes": "Eight came"}  # fmt: skip
    client.post(url("add_conversation", "RS"), sent)
    talk = Conversation.objects.get()
    client.post(url("note_participants", talk.pk), {"audience": "teachers", "number": 6})
    client.post(url("note_participants", talk.pk), {"audience": "teachers", "number": 8, "note": "two left early"})
    assert Participants.objects.get().number == 8
    said = {"text": "We share one laptop", "audience": "teachers", "dimension": "needs"}
    client.post(url("add_statement", talk.pk), said)
    one = Statement.objects.get()
    page = client.get(url("conversation", talk.pk)).content.decode()
    assert f'id="statement-{one.pk}"' in page
    assert "We share one laptop" in page
    assert "two left early" in page
    assert "In Serbian" in page
    client.post(url("statement", one.pk), {**said, "dimension": "resources"})
    one.refresh_from_db()
    assert one.dimension == "resources"
    refused = client.post(url("remove_conversation", talk.pk), follow=True).content.decode()
    assert "Statements were taken from this conversation" in refused
    client.post(url("remove_statement", one.pk))
    client.post(url("participants", Participants.objects.get().pk), {"number": 7})
    assert Participants.objects.get().number == 7
    client.post(url("remove_participants", Participants.objects.get().pk))
    client.post(url("correct_conversation", talk.pk), {**sent, "title": "Village schools"})
    talk.refresh_from_db()
    assert talk.title == "Village schools"
    client.post(url("remove_conversation", talk.pk))
    assert not Conversation.objects.exists()


def test_statements_are_narrowed_too(cast, as_):
    talk = made.conversation(made.assessment(cast), cast)
    made.statement(talk, cast)
    made.statement(talk, cast, "Nobody asks us", dimension="culture")
    page = as_(cast.chair).get(url("conversations", "RS"), {"dimension": "culture"}).content.decode()
    assert "Nobody asks us" in page
    assert "one laptop" not in page


def test_a_resource_says_of_what_from_when_and_from_where(cast, as_):
    client = as_(cast.member)
    without = client.post(url("add_resource", "RS"), {**LAPTOPS, "unit": ""})
    assert without.status_code == 422
    assert "Say of what: 1,200.5 of which unit?" in without.content.decode()
    client.post(url("add_resource", "RS"), LAPTOPS)
    one = Resource.objects.get()
    page = client.get(url("resources", "RS")).content.decode()
    assert f'id="resource-{one.pk}"' in page
    assert "1,200.5 pieces" in page
    assert "Register of the ministry" in page
    assert "Laptops" not in client.get(url("resources", "RS"), {"kind": "budget"}).content.decode()
    client.post(url("resource", one.pk), {**LAPTOPS, "quantity": "1.900.000,75"})
    one.refresh_from_db()
    assert one.quantity == Decimal("1900000.75")
    doubtful = client.post(url("resource", one.pk), {**LAPTOPS, "quantity": "1.200"}).content.decode()
    assert "“How much?”: “1.200” can be read in two ways. Write 1200 or 1.2" in doubtful
    client.post(url("remove_resource", one.pk))
    assert not Resource.objects.exists()
    assert verbs("resource.") == ["resource.added", "resource.corrected", "resource.removed"]


def test_the_cultural_profile_is_written_and_changed(cast, as_):
    client = as_(cast.member)
    assert "not written yet" in client.get(url("culture", "RS")).content.decode()
    client.post(url("write_culture", "RS"), {"scripts": "Cyrillic and Latin", "norms": "Teachers stand"})
    client.post(url("write_culture", "RS"), {"scripts": "Cyrillic and Latin", "norms": "Teachers sit"})
    assert CultureProfile.objects.get().norms == "Teachers sit"
    assert "Teachers sit" in client.get(url("culture", "RS")).content.decode()
    assert verbs("culture.") == ["culture.written", "culture.written"]


def test_every_piece_has_an_address_of_its_own_that_leads_to_it(cast, as_):
    found, client = made.assessment(cast), as_(cast.member)
    source, talk = made.source(found, cast), made.conversation(found, cast)
    client.post(url("add_resource", "RS"), LAPTOPS)
    for one in (made.fact(source, cast), made.statement(talk, cast), Resource.objects.get()):
        page, _hash, anchor = evidence.address(one).partition("#")
        assert f'id="{anchor}"' in client.get(page).content.decode()


def test_the_workbook_holds_everything_and_no_formula(cast, as_):
    found, client = made.assessment(cast), as_(cast.member)
    source, talk = made.source(found, cast), made.conversation(found, cast)
    fact = made.fact(source, cast, '=HYPERLINK("http://example.org")')
    made.statement(talk, cast)
    client.post(url("add_resource", "RS"), LAPTOPS)
    answer = client.get(url("evidence_file", "RS"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    facts, said, resources = book["Facts"], book["Statements"], book["Resources"]
    assert facts["A2"].value == '=HYPERLINK("http://example.org")'
    assert facts["A2"].data_type == "s"
    assert facts["J2"].value.endswith(evidence.address(fact))
    assert [said["A2"].value, said["B2"].value] == ["We share one laptop", "Teachers"]
    assert [resources["B2"].value, resources["E2"].value] == ["Laptops", 1200.5]
    assert resources["G2"].is_date


@pytest.mark.parametrize("room", [*ROOMS, "evidence_file"])
@pytest.mark.parametrize(("player", "status"), [("member", 200), ("partner", 403), ("stranger", 404)])
def test_who_sees_it(cast, as_, room, player, status):
    assert as_(getattr(cast, player)).get(url(room, "RS")).status_code == status


def test_nothing_of_another_country_is_reached(cast, as_):
    source = made.source(made.assessment(cast), cast)
    fact, client = made.fact(source, cast), as_(cast.stranger)
    for page in (url("source", source.pk), url("fact", fact.pk), url("add_fact", source.pk)):
        assert client.get(page).status_code == 404
    assert client.post(url("remove_fact", fact.pk)).status_code == 404
    assert Fact.objects.exists()
