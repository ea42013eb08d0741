"""Approved minutes are sealed: one changed byte in the record or in a document breaks the seal."""

import io
import json
import subprocess
import sys
from contextlib import suppress
from functools import partial
from io import StringIO
from pathlib import Path
from textwrap import dedent

import docx
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from learnin.journal.models import Attachment, Document, Entry, Notice
from learnin.kit.refusal import Refusal
from learnin.taskforce import notices
from learnin.taskforce.models import Decision, Meeting, MinutesDocument, Objection, Sitting
from learnin.taskforce.operations import meetings, minutes, seal
from learnin.taskforce.queries import record
from learnin.taskforce.queries.seal import verify
from tests.taskforce import made_minutes
from tests.taskforce.test_minutes_draft import OTHER_ROOMS


def page(client, meeting):
    return client.get(reverse("taskforce:seal", args=[meeting.pk])).content.decode()


def fresh(meeting):
    return Meeting.objects.select_related("task_force__country", "approved_by").get(pk=meeting.pk)


def path_of(document):
    return Path(document.attachment.file.path)


def squeezed(text):
    return "".join(text.split())


def test_approval_seals_everything(cast, as_):
    meeting = made_minutes.objected(cast)
    minutes.answer(meeting.objections.get(), answer="Eight.", by=cast.chair, now=made_minutes.SENT)
    answer = as_(cast.chair).post(reverse("taskforce:approve_minutes", args=[meeting.pk]), follow=True)
    assert "approved and sealed" in answer.content.decode()
    meeting = fresh(meeting)
    assert meeting.register_number == f"RS/MIN/{timezone.now().year}/001"
    assert len(meeting.seal) == 64
    files = {(one.language, one.format) for one in meeting.documents.all()}
    assert files == {("sr", "docx"), ("sr", "pdf"), ("en", "docx"), ("en", "pdf")}
    assert verify(meeting) == []
    assert "The seal holds" in page(as_(cast.member), meeting)


def test_the_record_holds_the_whole_meeting(cast):
    kept = made_minutes.sealed(cast).record
    assert kept["agenda"][0]["notes"] == made_minutes.NOTES.replace("\r\n", "\n")
    assert kept["quorum"] == {"filled": 6, "needed": 4, "present": 5, "is_met": True}
    assert [one["presence"] for one in kept["attendance"]] == ["room"] * 5 + ["excused"]
    decision = kept["decisions"][0]
    assert (decision["text"], decision["for"], decision["against"], decision["abstentions"]) == (
        made_minutes.TEXT, 3, 1, 1,
    )  # fmt: skip
    assert kept["actions"][0]["number"] == "RS/2026/001"
    assert kept["objections"][0]["answer"] == "Eight: see the list."
    assert kept["approval"]["approved_by"] == cast.chair.name


def test_the_documents_say_what_was_decided(cast):
    for one in made_minutes.sealed(cast).documents.all():
        content = path_of(one).read_bytes()
        if one.format == "docx":
            file = docx.Document(io.BytesIO(content))
            cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
            text = "\n".join([*(line.text for line in file.paragraphs), *cells])
        else:
            reader = PdfReader(io.BytesIO(content))
            assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
            assert reader.trailer["/Root"]["/Lang"] == {"sr": "sr-Cyrl", "en": "en"}[one.language]
            assert "/StructTreeRoot" in reader.trailer["/Root"]
            text = "".join(sheet.extract_text() for sheet in reader.pages)
        place = {"sr": "Србија", "en": "Serbia"}[one.language]
        wanted = (made_minutes.TEXT, "RS/2026/D001", "RS/MIN/2026/001", "Publish the 18 findings", "Sitter 3", place)
        assert [words for words in wanted if squeezed(words) not in squeezed(text)] == []


def test_the_documents_carry_the_fingerprint_of_the_record(cast):
    meeting = made_minutes.sealed(cast)
    for one in meeting.documents.filter(format="pdf"):
        text = "".join(sheet.extract_text() for sheet in PdfReader(path_of(one)).pages)
        assert record.fingerprint(meeting.record) in squeezed(text)


def test_one_byte_of_a_document_breaks_the_seal(cast, as_):
    meeting = fresh(made_minutes.sealed(cast))
    for document in meeting.documents.all():
        path = path_of(document)
        whole = path.read_bytes()
        for at in (0, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert verify(meeting) == [f"This document was changed: {document.attachment.name}"]
        said = page(as_(cast.member), meeting)
        assert "This seal is broken" in said
        assert "This document was changed" in said
        path.write_bytes(whole)
    assert verify(meeting) == []


def test_each_byte_of_the_record_matters(cast):
    meeting = fresh(made_minutes.sealed(cast))
    assert verify(meeting) == []
    written = record.canonical(meeting.record)
    tried = 0
    for at in range(0, len(written), 37):
        changed = bytearray(written)
        changed[at] ^= 1
        try:
            meeting.record = json.loads(changed.decode())
        except ValueError:
            continue  # no longer JSON: the database would not take it
        tried += 1
        assert verify(meeting) != []
    assert tried > 20


def test_a_changed_record_in_the_database_breaks_the_seal(cast):
    meeting = made_minutes.sealed(cast)
    kept = meeting.record
    kept["decisions"][0]["text"] = kept["decisions"][0]["text"].replace("осам", "осaм")
    Meeting.objects.filter(pk=meeting.pk).update(record=kept)
    assert "The record, the seal or the list of documents was changed." in verify(fresh(meeting))


def test_a_changed_seal_a_lost_document_and_a_changed_page_are_found(cast):
    meeting = made_minutes.sealed(cast)
    Decision.objects.filter(meeting=meeting).update(text="Something else")
    assert verify(fresh(meeting)) == ["What the pages show differs from the sealed record."]
    path_of(meeting.documents.first()).unlink()
    assert any("lost" in problem for problem in verify(fresh(meeting)))
    MinutesDocument.objects.filter(language="en", format="pdf").delete()
    assert any("missing: en, PDF" in problem for problem in verify(fresh(meeting)))
    Meeting.objects.filter(pk=meeting.pk).update(seal="0" * 64)
    assert "The journal keeps another seal for this meeting." in verify(fresh(meeting))


def test_the_command_tells_which_seal_is_broken(cast):
    meeting = made_minutes.sealed(cast)
    out = StringIO()
    call_command("verify_seals", country="RS", stdout=out)
    assert "RS/MIN/2026/001  holds" in out.getvalue()
    path = path_of(meeting.documents.first())
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    with pytest.raises(CommandError, match="1 of 1 seals are broken"):
        call_command("verify_seals", stdout=out)
    assert "RS/MIN/2026/001  BROKEN" in out.getvalue()
    call_command("verify_seals", country="GE", stdout=out)
    assert "0 seals hold" in out.getvalue()


def test_after_sealing_nothing_changes(cast):
    meeting = made_minutes.sealed(cast)
    told = {"by": cast.chair, "now": timezone.now()}
    asked = {name: partial(room, meeting, told) for name, room in OTHER_ROOMS.items()} | {
        "take back": lambda: minutes.take_back(meeting, **told),
        "object": lambda: minutes.object_to(meeting, text="Too late", **told),
        "answer": lambda: minutes.answer(meeting.objections.get(), answer="Other", **told),
        "approve": lambda: seal.approve(meeting, **told),
    }
    went_through = []
    for name, ask in asked.items():
        with suppress(Refusal):
            ask()
            went_through.append(name)
    assert went_through == []
    assert verify(fresh(meeting)) == []


def test_a_new_name_of_a_member_does_not_break_the_seal(cast):
    meeting = made_minutes.sealed(cast)
    Sitting.objects.filter(person=cast.member).update(name="Former member")
    assert verify(fresh(meeting)) == []


def test_numbers_follow_each_other_within_the_year(cast):
    first = made_minutes.sealed(cast)
    leads = {"by": cast.chair, "now": made_minutes.DAY}
    second = meetings.plan(
        first.task_force, title="Second", starts_at=made_minutes.DAY, ends_at=made_minutes.SENT, **leads
    )
    meetings.hold(second, **leads)
    meetings.note_attendance(second, presences={first.task_force.seats.first().pk: "online"}, **leads)
    minutes.send(second, by=cast.chair, now=made_minutes.SENT)
    assert seal.approve(second, by=cast.chair, now=made_minutes.OVER).register_number == "RS/MIN/2026/002"


def test_nothing_stays_half_sealed(cast):
    meeting = made_minutes.sent(cast)
    before = Attachment.objects.count()

    def refuse(**kwargs):
        raise RuntimeError("A receiver breaks")

    notices.minutes_sealed.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            seal.approve(meeting, by=cast.chair, now=made_minutes.OVER)
    finally:
        notices.minutes_sealed.disconnect(refuse)
    meeting = fresh(meeting)
    assert (meeting.seal, meeting.record, meeting.register_number) == ("", None, "")
    assert Attachment.objects.count() == before
    assert not MinutesDocument.objects.exists()


def test_who_hears_of_the_seal(cast):
    heard = []

    def hear(meeting, by, **kwargs):
        heard.append((meeting.register_number, by))

    notices.minutes_sealed.connect(hear)
    try:
        meeting = made_minutes.sealed(cast)
    finally:
        notices.minutes_sealed.disconnect(hear)
    assert heard == [("RS/MIN/2026/001", cast.chair)]
    assert Notice.objects.filter(kind="minutes.sealed", person=cast.member).count() == 1
    assert Entry.objects.get(verb="minutes.sealed").after == {"register": "RS/MIN/2026/001", "seal": meeting.seal}


def test_the_sealed_file_is_what_members_download(cast, as_):
    meeting = made_minutes.sealed(cast)
    client = as_(cast.member)
    answer = client.get(reverse("taskforce:minutes_pdf", args=[meeting.pk]) + "?language=en", follow=True)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert content == path_of(meeting.documents.get(language="en", format="pdf")).read_bytes()
    url = answer.redirect_chain[0][0]
    assert as_(cast.stranger).get(url).status_code == 404


def test_copies_go_on_the_shelf_once(cast, as_):
    meeting = made_minutes.sealed(cast)
    client, url = as_(cast.chair), reverse("taskforce:shelve_minutes", args=[meeting.pk])
    assert "Put on the shelf" in page(client, meeting)
    client.post(url)
    assert set(Document.objects.values_list("language", flat=True)) == {"sr", "en"}
    assert "on the shelf already" in client.post(url, follow=True).content.decode()
    assert "Put on the shelf" not in page(client, meeting)
    assert Document.objects.count() == 2
    assert Objection.objects.count() == 1


def test_anyone_can_compute_the_seal_as_the_docs_say(cast, tmp_path):
    meeting = made_minutes.sealed(cast)
    (tmp_path / "record.json").write_text(json.dumps(meeting.record))
    for one in meeting.documents.all():
        (tmp_path / f"minutes-{one.language}.{one.format}").write_bytes(path_of(one).read_bytes())
    told = (Path(__file__).parents[2] / "docs" / "admin" / "seals.md").read_text()
    begins = told.index("    import hashlib")
    code = dedent(told[begins : told.index("The record is the column")]).replace('"ka"', '"sr"')
    script = tmp_path / "by_hand.py"
    script.write_text(code)
    said = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == meeting.seal
