"""Answers leave through one page: who takes what stands on record; personal fields stay unless there is a reason."""

import io
import zipfile
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas
import pyreadstat
import pytest
from django.http import HttpResponse
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from learnin.assessment.models import Correction, Export, Round, Submission
from learnin.assessment.operations import exports as operations
from learnin.journal.models import Attachment, Entry
from learnin.journal.operations import jobs
from learnin.people.roles import Kind
from tests.assessment import made_data as made
from tests.cast import NOW, Cast, as_, person, role


def take(of: Round, by: Any, **said: Any) -> HttpResponse:
    """Ask for a file, and follow to it."""
    plain = {"format": "csv", "scope": "kept", "language": made.EN, "has_mark": "on"}
    return as_(by).post(reverse("assessment:exports", args=[of.pk]), plain | said, follow=True)


def content(response: Any) -> bytes:
    """What was sent, also where it came in pieces."""
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content) if response.streaming else response.content


def table(response: Any, name: str = "staff.csv") -> list[dict[str, str]]:
    """A table of a ZIP of CSV files."""
    with zipfile.ZipFile(io.BytesIO(content(response))) as found:
        return pandas.read_csv(found.open(name), dtype=str, keep_default_na=False).to_dict("records")


def names(rows: Iterable[dict[str, str]]) -> set[str]:
    return {name for row in rows for name in row}


def test_csv_goes_without_personal_fields_and_leaves_a_line(cast: Cast) -> None:
    of = made.round_(cast)
    made.answer(of, "uuid:1")
    made.answer(of, "uuid:2", name="Bea", subjects=())
    response = take(of, cast.chair)
    assert response["Content-Disposition"] == f'attachment; filename="staff-{of.pk}-{timezone.now():%Y%m%d}.zip"'
    assert response["Cache-Control"] == "private, no-store"
    rows = table(response)
    assert [row["KEY"] for row in rows] == ["uuid:1", "uuid:2"]
    assert rows[0]["school/size"] == "120"
    assert rows[0]["tools/book"] == "1"
    assert rows[0]["li_round"] == "open"
    assert rows[0]["li_seconds"] == "600"
    assert "name" not in names(rows)
    export = Export.objects.get()
    assert (export.rows, export.has_personal, export.made_by) == (2, False, cast.chair)
    line = Entry.objects.get(verb="answers.exported")
    assert line.after == {
        "export_format": "csv", "scope": "kept", "answers": 2, "personal": False, "reason": "",
    }  # fmt: skip
    page = as_(cast.chair).get(reverse("assessment:exports", args=[of.pk])).content.decode()
    assert "Open link: not a sample" in page


def test_personal_fields_need_a_role_and_a_reason(cast: Cast) -> None:
    of = made.round_(cast)
    made.answer(of)
    refused = take(of, cast.chair, with_personal="on")
    assert refused.status_code == 422
    assert "Write why you need the personal fields" in refused.content.decode()
    rows = table(take(of, cast.chair, with_personal="on", reason="A prize for ten of them"))
    assert rows[0]["name"] == "Ана"
    assert Export.objects.get().reason == "A prize for ten of them"
    analyst = person("Analyst")
    role(analyst, Kind.ANALYST, cast.home)
    assert "name" not in names(table(take(of, analyst, with_personal="on", reason="I want to")))
    with pytest.raises(operations.NotAllowed):
        operations.export(of, format="csv", with_personal=True, reason="I want to", by=analyst, now=NOW)
    with pytest.raises(operations.NotAllowed):
        operations.export(of, format="csv", with_personal=True, by=cast.chair, now=NOW)


def test_only_those_who_may_take_answers_and_only_their_own_file(cast: Cast) -> None:
    of = made.round_(cast)
    made.answer(of)
    assert take(of, cast.member).status_code == 403
    assert take(of, cast.stranger).status_code == 404
    assert Export.objects.count() == 0
    take(of, cast.chair)
    file = reverse("assessment:export_file", args=[Export.objects.get().pk])
    assert as_(cast.regional).get(file).status_code == 404
    assert as_(cast.member).get(file).status_code == 403
    Export.objects.update(made_at=timezone.now() - timedelta(hours=1))
    assert as_(cast.chair).get(file).status_code == 404


def test_rejected_tries_and_older_editions_stay_here(cast: Cast) -> None:
    of = made.round_(cast)
    for state in Submission.State.values:
        answer = made.answer(of, f"uuid:{state}")
        Submission.objects.filter(pk=answer.pk).update(state=state)
    old = made.answer(of, "uuid:old")
    Submission.objects.filter(pk=old.pk).update(is_current=False)
    kept = {row["KEY"] for row in table(take(of, cast.chair))}
    assert kept == {f"uuid:{state}" for state in Submission.State.values if state != "rejected"}
    assert [row["KEY"] for row in table(take(of, cast.chair, scope="approved"))] == ["uuid:approved"]


def test_nothing_to_take_along_is_said(cast: Cast) -> None:
    response = take(made.round_(cast), cast.chair)
    assert response.status_code == 422
    assert "There are no such answers yet." in response.content.decode()


def test_the_design_goes_along_with_a_sample(cast: Cast, tmp_path: Path) -> None:
    of, invitation = made.sampled_round(cast)
    made.answer(of, invitation=invitation)
    path = tmp_path / "a.zip"
    path.write_bytes(content(take(of, cast.chair, format="sav", language=made.SR)))
    with zipfile.ZipFile(path) as found:
        found.extractall(tmp_path)
    frame, about = pyreadstat.read_sav(tmp_path / "staff.sav")
    unit = invitation.unit
    assert frame["li_base_weight"][0] == unit.weight
    assert frame["li_probability"][0] == unit.probability
    assert frame["li_stratum"][0] == unit.stratum.label
    assert frame["li_psu"][0] == str(unit.order)
    assert about.variable_value_labels["school_kind"] == {1: "Град", 2: "Село"}
    assert about.column_names_to_labels["li_base_weight"] == "Base weight"
    assert about.file_label == "Probability sample"


def test_what_is_tied_to_nobody_tells_neither_who_nor_when(cast: Cast) -> None:
    of, invitation = made.sampled_round(cast, naming=Round.Naming.UNLINKED)
    made.answer(of, "uuid:b", invitation=invitation, device="phone 7")
    made.answer(of, "uuid:a", now=NOW + timedelta(hours=1))
    rows = table(take(of, cast.chair))
    assert [row["KEY"] for row in rows] == ["uuid:a", "uuid:b"]
    assert not names(rows) & {"start", "end", "li_received", "li_seconds", "li_invitation", "li_stratum", "li_psu"}
    assert NOW.date().isoformat() not in str(rows)


def test_corrected_values_go_along_with_the_list_of_corrections(cast: Cast) -> None:
    of = made.round_(cast)
    answer = made.answer(of)
    for path, before, after in (
        ("school/size", "120", "130"), ("lesson[2]/subject", "Математика", "Maths"), ("name", "Ана", "Ana"),
    ):  # fmt: skip
        Correction.objects.create(
            submission=answer, path=path, before=before, after=after, reason="Asked the school", by=cast.chair, at=NOW
        )
    response = take(of, cast.chair)
    whole = content(response)
    with zipfile.ZipFile(io.BytesIO(whole)) as found:
        main = pandas.read_csv(found.open("staff.csv"), dtype=str)
        lessons = pandas.read_csv(found.open("staff-lesson.csv"), dtype=str)
        log = pandas.read_csv(found.open("cleaning-log.csv"), dtype=str)
    assert list(main["school/size"]) == ["130"]
    assert list(lessons["lesson/subject"]) == ["Art", "Maths"]
    assert list(log["question"]) == ["school/size", "lesson[2]/subject"]  # the name is personal, so is its correction
    assert log.iloc[0][["before", "after", "reason", "by"]].tolist() == ["120", "130", "Asked the school", "Chair"]
    answer.refresh_from_db()
    assert answer.data["school"]["size"] == "120"
    book = io.BytesIO(content(take(of, cast.chair, format="xlsx")))
    sheet = pandas.read_excel(book, sheet_name="cleaning log", engine="openpyxl", dtype=str)
    assert list(sheet["after"]) == ["130", "Maths"]


@pytest.mark.parametrize(
    ("format_", "ending"),
    [
        ("xlsx", "xlsx"),
        ("dta", "zip"),
        ("parquet", "zip"),
        ("geojson", "geojson"),
        ("codebook", "xlsx"),
        ("ddi", "xml"),
    ],
)
def test_every_kind_of_file_comes_at_once(cast: Cast, format_: str, ending: str) -> None:
    of = made.round_(cast)
    made.answer(of)
    made.answer(of, "uuid:late", is_worked_out=False)
    response = take(of, cast.chair, format=format_)
    whole = content(response)
    assert f".{ending}" in response["Content-Disposition"]
    assert whole[:2] == {"zip": b"PK", "xlsx": b"PK", "geojson": b'{"', "xml": b"<?"}[ending]
    if ending == "geojson":
        assert whole.count(b'"Feature"') == 2
        assert b'"coordinates": [20.5, 44.8]' in whole


def test_a_large_file_is_made_as_a_job_and_goes_after_a_week(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "AT_ONCE", 1)
    of = made.round_(cast)
    for number in range(3):
        made.answer(of, f"uuid:{number}")
    now = timezone.now()
    with TestCase.captureOnCommitCallbacks():
        assert take(of, cast.chair, format="parquet").status_code == 200
    export = Export.objects.get()
    assert export.job is not None
    file = reverse("assessment:export_file", args=[export.pk])
    assert as_(cast.chair).get(file).status_code == 404
    assert jobs.run(export.job.pk)
    response = as_(cast.chair).get(file)
    whole = content(response)
    assert whole[:2] == b"PK"
    export.refresh_from_db()
    assert export.attachment is not None
    assert export.attachment.size == len(whole)
    assert as_(cast.regional).get(file).status_code == 404
    assert as_(cast.member).get(reverse("journal:file", args=[export.attachment_id])).status_code == 404
    stored = export.attachment.file
    with TestCase.captureOnCommitCallbacks(execute=True):
        operations.forget_files(by=None, now=now + timedelta(days=8))
    assert not stored.storage.exists(stored.name)
    assert Attachment.objects.count() == 0
    assert Export.objects.get().rows == 3
    assert as_(cast.chair).get(file).status_code == 404
