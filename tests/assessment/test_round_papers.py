"""What leaves a round on paper and as files: letters with QR and PIN, lists to visit, texts for SMS."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from learnin.assessment.access.collection import invited_token
from learnin.assessment.models import Round
from learnin.assessment.operations import enumerators
from learnin.assessment.operations import invitations as operations
from learnin.assessment.operations.samples import draw_people
from learnin.assessment.queries import invitations as queries
from learnin.assessment.queries import round_papers
from tests.assessment import made_answers, made_frames
from tests.assessment import made_rounds as made


@pytest.fixture
def round_(cast):
    return made.asked(cast, now=timezone.now())


def test_letters_are_a_tagged_pdf_for_those_without_an_answer(cast, as_, round_):
    done, one = round_.invitations.order_by("number")[:2]
    made.answered(done, now=timezone.now())
    type(one).objects.filter(pk=one.pk).update(language="ka")
    letters = round_papers.printed_letters(round_, 1)
    assert len(letters) == 11
    assert (letters[0].number, letters[0].language.code) == (f"{round_.pk}-{one.number}", "ka")
    assert [letter.language.code for letter in letters[1:]] == ["sr"] * 10
    assert len({letter.code for letter in letters}) == 11
    answer = as_(cast.chair).get(reverse("assessment:printed_letters", args=[round_.pk, 1]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert as_(cast.chair).get(reverse("assessment:printed_letters", args=[round_.pk, 101])).status_code == 404


def test_sms_has_phone_and_link_of_those_without_an_answer(cast, as_, round_):
    done, one, stopped = round_.invitations.order_by("number")[:3]
    round_.invitations.filter(pk__in=[done.pk, one.pk, stopped.pk]).update(phone="+381 11 / 12-34")
    made.answered(done, now=timezone.now())
    operations.opt_out(stopped, now=timezone.now())
    content = as_(cast.chair).get(reverse("assessment:round_sms", args=[round_.pk])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content), delimiter=";"))
    assert rows[0] == ["phone", "text"]
    assert [row[0] for row in rows[1:]] == ["+381111234"]
    assert made.behind(re.search(r"https?://\S+/a/\S+/", rows[1][1])[0]) == one


def test_the_list_of_an_enumerator_holds_only_theirs(cast, as_, round_):
    mira = enumerators.add_enumerator(round_, name="Mira", by=cast.chair, now=timezone.now())
    operations.assign(round_, enumerator=mira, areas=["North"], by=cast.chair, now=timezone.now())
    client = as_(cast.chair)
    content = client.get(reverse("assessment:enumerator_units_xlsx", args=[mira.pk])).content
    rows = list(load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    theirs = round_.invitations.filter(enumerator=mira)
    assert {row[0] for row in rows[1:]} == {f"{round_.pk}-{one.number}" for one in theirs}
    assert {row[2] for row in rows[1:]} == {"North"}
    others = client.get(reverse("assessment:round_units_xlsx", args=[round_.pk])).content
    assert len(list(load_workbook(io.BytesIO(others)).active.iter_rows())) == 13 - theirs.count()
    for address in ("enumerator_units_pdf", "round_units_pdf"):
        of = mira.pk if "enumerator" in address else round_.pk
        assert client.get(reverse(f"assessment:{address}", args=[of])).content.startswith(b"%PDF-")
    assert as_(cast.member).get(reverse("assessment:enumerator_units_xlsx", args=[mira.pk])).status_code == 403
    assert as_(cast.stranger).get(reverse("assessment:enumerator_units_xlsx", args=[mira.pk])).status_code == 404


def test_a_list_of_everybody_is_pasted_and_nobody_is_asked_twice(cast, as_):
    found = made.planned(cast, kind=Round.Kind.CENSUS, now=timezone.now())
    client, address = as_(cast.chair), reverse("assessment:list_people", args=[found.pk])
    lines = "Ana; ana@example.org; ; Serbian\nBen\tben@example.org\t+381 1\nAna; ana@example.org; ; Serbian\n\n"
    assert client.post(address, {"people": lines}).status_code == 302
    asked = list(found.invitations.order_by("number").values_list("number", "name", "email", "phone", "language"))
    assert asked == [(1, "Ana", "ana@example.org", "", "sr"), (2, "Ben", "ben@example.org", "+381 1", "")]
    again = client.post(address, {"people": lines})
    assert "Everybody on this list is here already" in again.content.decode()
    assert client.post(address, {"people": ""}).status_code == 422
    csv_file = SimpleUploadedFile("people.csv", b"Ime,E-mail\nCeca,ceca@example.org\n")
    assert client.post(address, {"people": "", "file": csv_file}).status_code == 302
    assert found.invitations.get(number=3).email == "ceca@example.org"
    nothing = SimpleUploadedFile("people.csv", b"Colour,Taste\nred,sour\n")
    assert "No heading says Name" in client.post(address, {"people": "", "file": nothing}).content.decode()


def test_only_the_right_kind_of_round_takes_a_list_or_a_sample(cast, round_):
    with pytest.raises(operations.WrongKind):
        operations.make_from_list(round_, people=[{"name": "Ana"}], by=cast.chair, now=timezone.now())
    instrument = made_answers.instrument(cast.home, by=cast.chair, form_id="others")
    everybody = made.planned(cast, kind=Round.Kind.CENSUS, instrument=instrument, now=timezone.now())
    with pytest.raises(operations.WrongKind):
        operations.make_from_sample(everybody, by=cast.chair, now=timezone.now())


def test_people_of_the_second_stage_are_asked_themselves(cast):
    now = timezone.now()
    sample = made_frames.sample(cast, take=2)
    found = made.planned(cast, sample=sample, kind=Round.Kind.SAMPLE, now=now)
    with pytest.raises(operations.NobodyToAsk):
        operations.make_from_sample(found, by=cast.chair, now=now)
    unit = sample.units.filter(reserve_for=None).order_by("order")[0]
    people = [{"name": f"Teacher {n}", "email": f"t{n}@example.org"} for n in range(9)]
    drawn = draw_people(unit, people=people, by=cast.chair, now=now)
    operations.make_from_sample(found, by=cast.chair, now=now)
    assert {one.person for one in found.invitations.select_related("person")} == set(drawn)
    with pytest.raises(operations.NobodyToAsk):
        operations.make_from_sample(found, by=cast.chair, now=now)


def test_the_language_of_the_letters_is_found_by_any_of_its_names():
    said = ("sr", "Serbian", "српски", "Türkçe", "грузинский", "română", "Klingon", "")
    assert [queries.letter_language(name) for name in said] == ["sr", "sr", "sr", "tr", "ka", "ro", "", ""]


def test_links_are_signed(round_):
    one, other = round_.invitations.order_by("number")[:2]
    assert made.behind(f"/a/{invited_token(one)}/") == one
    nonce, _dot, signature = invited_token(other).partition(".")
    assert (nonce, len(signature)) == (other.nonce, 43)
