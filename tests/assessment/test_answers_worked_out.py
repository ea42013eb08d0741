"""What answers say is worked out after they are safe, by a job that looks for what waits."""

import io
from datetime import UTC, datetime

from django.test import TestCase

from learnin.assessment import notices
from learnin.assessment.models import Submission
from learnin.assessment.operations import answers
from learnin.assessment.operations.submissions import receive
from learnin.assessment.queries import answers as queries
from learnin.kit import jobs
from tests.assessment import made_answers as made
from tests.cast import NOW, Cast

INSIDE = "<where>44.8 20.5 0 0</where><school><size>12</size></school><lesson><subject>Maths</subject></lesson>"


def test_values_moments_and_places(cast: Cast) -> None:
    round_ = made.open_round(cast)
    receive(round_, xml=made.answer(inside=INSIDE), channel="web", now=NOW)
    early = queries.data_of(Submission.objects.get())
    assert answers.work_out(by=None, now=NOW) == {"text": "1 answer worked out."}
    found = Submission.objects.get()
    assert found.data == early == queries.data_of(found)
    assert (found.data["name"], found.data["lesson"]) == ("Ana", [{"subject": "Maths"}])
    assert found.started_at == datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
    assert found.ended_at == datetime(2026, 11, 23, 8, 7, 30, tzinfo=UTC)
    assert (found.latitude, found.longitude, found.worked_out_at) == (44.8, 20.5, NOW)
    assert answers.work_out(by=None, now=NOW) == {"text": "0 answers worked out."}


def test_an_answer_that_names_a_file_is_not_whole_without_it(cast: Cast) -> None:
    round_ = made.open_round(cast)
    xml = made.answer(inside="<picture>a.jpg</picture>")
    receive(round_, xml=xml, channel="collect", now=NOW)
    answers.work_out(by=None, now=NOW)
    assert Submission.objects.get().has_all_files is False
    receive(round_, xml=xml, files={"a.jpg": io.BytesIO(b"x")}, channel="collect", now=NOW)
    answers.work_out(by=None, now=NOW)
    assert Submission.objects.get().has_all_files is True


def test_many_are_worked_out_in_pieces(cast: Cast, monkeypatch: object) -> None:
    monkeypatch.setattr(answers, "PIECE", 3)
    round_ = made.open_round(cast)
    for _number in range(7):
        receive(round_, xml=made.answer(), channel="web", now=NOW)
    heard: list[int] = []

    def listen(submissions: list[Submission], **_told: object) -> None:
        heard.append(len(submissions))

    notices.worked_out.connect(listen)
    try:
        with TestCase.captureOnCommitCallbacks(execute=True):
            answers.work_out(by=None, now=NOW)
    finally:
        notices.worked_out.disconnect(listen)
    assert heard == [3, 3, 1]
    assert not Submission.objects.filter(worked_out_at=None).exists()


def test_a_sealed_answer_is_marked_and_its_files_are_known(cast: Cast) -> None:
    xml = (
        b'<data id="teachers" version="1" encrypted="yes"><base64EncryptedKey>a2V5</base64EncryptedKey>'
        b"<meta><instanceID>uuid:e</instanceID></meta><encryptedXmlFile>submission.xml.enc</encryptedXmlFile></data>"
    )
    receive(made.open_round(cast), xml=xml, channel="collect", now=NOW)
    answers.work_out(by=None, now=NOW)
    found = Submission.objects.get()
    assert (found.is_encrypted, found.has_all_files, found.data["base64EncryptedKey"]) == (True, False, "a2V5")


def test_it_runs_by_itself(cast: Cast) -> None:
    work = jobs.find("learnin.assessment.operations.answers.work_out")
    assert work is not None
    assert work.schedule == jobs.Schedule(minutes=1)
