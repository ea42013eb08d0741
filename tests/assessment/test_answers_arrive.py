"""Every answer comes in by one function, exactly once, whatever way it took."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import TestCase

from learnin.assessment import notices
from learnin.assessment.models import Round, Submission
from learnin.assessment.operations import submissions
from learnin.assessment.operations.not_taken import DifferentFile, UnsafeName
from learnin.assessment.operations.submissions import Outcome, receive
from learnin.journal.models import Entry
from tests.assessment import made_answers as made
from tests.cast import NOW, Cast

LATER = NOW + timedelta(hours=3)


def test_an_answer_is_kept_byte_for_byte(cast: Cast) -> None:
    round_ = made.open_round(cast)
    xml = made.answer(id_="uuid:1")
    received = receive(round_, xml=xml, channel="web", device="phone 7", language="sr", now=NOW)
    kept = Submission.objects.get()
    assert received.outcome is Outcome.NEW
    assert received.submission == kept
    assert bytes(kept.xml) == xml
    told = (kept.instance_id, kept.root_id, kept.version.version, kept.channel, kept.device, kept.language)
    assert told == ("uuid:1", "uuid:1", "1", "web", "phone 7", "sr")
    assert (kept.round, kept.is_current, kept.has_all_files, kept.worked_out_at) == (round_, True, True, None)


def test_the_same_again_is_no_error_and_another_with_its_id_is(cast: Cast) -> None:
    round_ = made.open_round(cast)
    xml = made.answer(id_="uuid:1")
    receive(round_, xml=xml, channel="web", now=NOW)
    assert receive(round_, xml=xml, channel="collect", now=LATER).outcome is Outcome.SAME
    with pytest.raises(submissions.DifferentAnswer):
        receive(round_, xml=made.answer(id_="uuid:1", name="Bea"), channel="web", now=NOW)
    assert bytes(Submission.objects.get().xml) == xml


def test_without_an_id_the_bytes_are_the_id(cast: Cast) -> None:
    round_ = made.open_round(cast)
    xml = made.answer(id_="")
    first = receive(round_, xml=xml, channel="collect", now=NOW)
    again = receive(round_, xml=xml, channel="collect", now=LATER)
    other = receive(round_, xml=made.answer(id_="", name="Bea"), channel="collect", now=LATER)
    assert first.submission.instance_id.startswith("uuid:")
    assert (again.outcome, again.submission) == (Outcome.SAME, first.submission)
    assert other.outcome is Outcome.NEW


def test_every_published_version_is_taken_and_no_other(cast: Cast) -> None:
    round_ = made.open_round(cast)
    made.version(round_.instrument, 2, by=cast.chair)
    draft = made.version(round_.instrument, 3, by=cast.chair, is_draft=True)
    for number in ("1", "2"):
        assert receive(round_, xml=made.answer(version=number), channel="web", now=NOW).is_new
    with pytest.raises(submissions.UnknownVersion):
        receive(round_, xml=made.answer(version="3"), channel="web", now=NOW)
    with pytest.raises(submissions.UnknownForm):
        receive(round_, xml=made.answer(form_id="parents"), channel="web", now=NOW)
    tried = receive(round_, xml=made.answer(version="3"), channel="web", is_test=True, now=NOW)
    alone = receive(None, draft=draft, xml=made.answer(version="3"), channel="collect", now=NOW)
    assert tried.submission.is_test
    assert (alone.submission.is_test, alone.submission.round) == (True, None)


def test_a_closed_round_takes_nothing_new_but_knows_what_came(cast: Cast) -> None:
    round_ = made.open_round(cast)
    xml = made.answer(inside="<picture>a.jpg</picture>")
    receive(round_, xml=xml, channel="collect", is_incomplete=True, now=NOW)
    late = round_.closes_at
    with pytest.raises(submissions.RoundClosed):
        receive(round_, xml=made.answer(), channel="collect", now=late)
    topped = receive(round_, xml=xml, files={"a.jpg": io.BytesIO(b"picture")}, channel="collect", now=late)
    assert (topped.outcome, topped.submission.has_all_files) == (Outcome.TOPPED_UP, True)
    assert receive(round_, xml=made.answer(), channel="web", is_test=True, now=late).is_new


def test_one_answer_for_each_invitation(cast: Cast) -> None:
    round_ = made.open_round(cast)
    asked = made.invitation(round_)
    xml = made.answer()
    receive(round_, xml=xml, channel="web", invitation=asked, now=LATER)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.disposition) == (LATER, "complete")
    assert Submission.objects.get().invitation == asked
    assert receive(round_, xml=xml, channel="web", invitation=asked, now=LATER).outcome is Outcome.SAME
    with pytest.raises(submissions.AlreadyAnswered):
        receive(round_, xml=made.answer(), channel="web", invitation=asked, now=LATER)
    assert Submission.objects.count() == 1


def test_where_answers_are_not_tied_nothing_leads_back(cast: Cast) -> None:
    round_ = made.open_round(cast, naming=Round.Naming.UNLINKED)
    asked = made.invitation(round_)
    receive(round_, xml=made.answer(), channel="web", invitation=asked, device="phone 7", now=LATER)
    asked.refresh_from_db()
    kept = Submission.objects.get()
    assert (kept.invitation, kept.enumerator, kept.device) == (None, None, "")
    assert asked.answered_at == datetime(2026, 11, 23, tzinfo=UTC), "the day, and no moment that the answer has too"
    with pytest.raises(submissions.AlreadyAnswered):
        receive(round_, xml=made.answer(), channel="web", invitation=asked, now=LATER)


def test_edits_form_a_chain_and_the_newest_counts(cast: Cast) -> None:
    round_ = made.open_round(cast)
    asked = made.invitation(round_)
    receive(round_, xml=made.answer(id_="uuid:1"), channel="web", invitation=asked, now=NOW)
    second = made.answer(id_="uuid:2", deprecates="uuid:1")
    receive(round_, xml=second, channel="web", invitation=asked, now=LATER)
    receive(round_, xml=made.answer(id_="uuid:3", deprecates="uuid:2"), channel="web", now=LATER)
    found = Submission.objects.order_by("pk").values_list("instance_id", "root_id", "is_current", "invitation")
    assert list(found) == [
        ("uuid:1", "uuid:1", False, asked.pk),
        ("uuid:2", "uuid:1", False, asked.pk),
        ("uuid:3", "uuid:1", True, asked.pk),
    ]
    assert Entry.objects.filter(verb="answer.edited").count() == 2
    assert receive(round_, xml=second, channel="web", now=LATER).outcome is Outcome.SAME, "a retry of the edit"
    with pytest.raises(submissions.OutdatedEdit):
        receive(round_, xml=made.answer(id_="uuid:4", deprecates="uuid:1"), channel="web", now=LATER)
    with pytest.raises(submissions.UnknownEdit):
        receive(round_, xml=made.answer(id_="uuid:4", deprecates="uuid:9"), channel="web", now=LATER)
    assert Submission.objects.count() == 3


def test_an_edit_reaches_no_answer_of_another_round(cast: Cast) -> None:
    first = made.open_round(cast)
    second = made.round_of(first.instrument, by=cast.chair)
    receive(first, xml=made.answer(id_="uuid:1"), channel="web", now=NOW)
    with pytest.raises(submissions.UnknownEdit):
        receive(second, xml=made.answer(id_="uuid:2", deprecates="uuid:1"), channel="web", now=NOW)
    assert Submission.objects.get().is_current


def test_files_come_over_several_posts(cast: Cast) -> None:
    round_ = made.open_round(cast)
    xml = made.answer()

    def post(is_incomplete: bool, **files: bytes) -> submissions.Received:
        given = {name.replace("_", "."): io.BytesIO(content) for name, content in files.items()}
        return receive(round_, xml=xml, files=given, channel="collect", is_incomplete=is_incomplete, now=NOW)

    first = post(True, a_jpg=b"first")
    assert (first.outcome, Submission.objects.get().has_all_files) == (Outcome.NEW, False)
    assert post(True, a_jpg=b"first").outcome is Outcome.SAME
    last = post(False, b_jpg=b"second")
    assert (last.outcome, Submission.objects.get().has_all_files) == (Outcome.TOPPED_UP, True)
    kept = {}
    for one in last.submission.files.all():
        with one.file.open() as file:
            kept[one.name] = (file.read(), one.size, one.media_type)
    assert kept == {"a.jpg": (b"first", 5, "image/jpeg"), "b.jpg": (b"second", 6, "image/jpeg")}
    with pytest.raises(DifferentFile):
        post(False, a_jpg=b"another")


def test_nothing_of_a_file_stays_when_it_is_refused(cast: Cast, settings: object) -> None:
    round_ = made.open_round(cast)
    for name in ("../up.jpg", "a/b.jpg", "a\\b.jpg", ".", "..", "", "x" * 201, "turned\u202egpj.exe", " a.jpg"):
        with pytest.raises(UnsafeName):
            receive(round_, xml=made.answer(), files={name: io.BytesIO(b"x")}, channel="collect", now=NOW)
    assert not Submission.objects.exists()
    xml = made.answer()
    receive(round_, xml=xml, files={"a.jpg": io.BytesIO(b"x")}, channel="collect", now=NOW)
    with pytest.raises(DifferentFile):
        receive(
            round_, xml=xml, files={"b.jpg": io.BytesIO(b"y"), "a.jpg": io.BytesIO(b"z")}, channel="collect", now=NOW
        )
    assert len([path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]) == 1


def test_who_listens_hears_of_new_answers_after_the_commit(cast: Cast) -> None:
    round_ = made.open_round(cast)
    heard: list[str] = []

    def listen(submission: Submission, outcome: Outcome, **_told: object) -> None:
        heard.append(f"{submission.instance_id} {outcome.value}")

    notices.answered.connect(listen)
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            receive(round_, xml=made.answer(id_="uuid:1"), channel="web", now=NOW)
            assert heard == []
        with TestCase.captureOnCommitCallbacks(execute=True):
            receive(round_, xml=made.answer(id_="uuid:2"), channel="web", is_test=True, now=NOW)
    finally:
        notices.answered.disconnect(listen)
    assert heard == ["uuid:1 new"]
