"""Files of initiatives on the command line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from learnin.initiatives.models import Import, Initiative
from learnin.journal.models import Entry
from tests.cast import Cast
from tests.initiatives import iati_files, made, made_files

pytestmark = pytest.mark.django_db


def bring(tmp_path: Path, *words: str, content: bytes | None = None, name: str = "plan.csv", **more: Any) -> str:
    """What the command says."""
    path, out = tmp_path / name, io.StringIO()
    path.write_bytes(made_files.csv() if content is None else content)
    call_command("initiatives_import", str(path), *words, stdout=out, stderr=io.StringIO(), **more)
    return out.getvalue()


def test_a_file_comes_into_two_countries(cast: Cast, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    said = bring(tmp_path, "--country", "RS", "--country", "GE", "--report", str(report))
    assert "RS Serbia: new 2" in said
    assert "GE Georgia: new 1" in said
    assert Initiative.objects.filter(registered_by=cast.regional).count() == 3
    told = json.loads(report.read_text())
    assert [(one["country"], one["applied"], one["counts"]["new"]) for one in told["countries"]] == [
        ("RS", True, 2),
        ("GE", True, 1),
    ]
    assert told["mapping"]["columns"]["Title"] == "title"


def test_a_dry_run_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    said = bring(tmp_path, "--country", "RS", "--dry-run", "--report", str(report))
    assert "new 2" in said
    assert not Import.objects.exists()
    assert not Initiative.objects.exists()
    mapping = tmp_path / "mapping.json"
    told = json.loads(report.read_text())["mapping"]
    told["columns"]["Theme"] = "description"
    mapping.write_text(json.dumps(told))
    bring(tmp_path, "--country", "RS", "--mapping", str(mapping), "--by", cast.chair.email)
    found = Initiative.objects.get(identifier="RS-1")
    assert found.description() == "Digital skills"
    assert found.registered_by == cast.chair


def test_records_that_stay_out_end_with_three(cast: Cast, tmp_path: Path) -> None:
    rows = [*made_files.ROWS, "RS-3,,UNICEF,RS,,2026-01-01,,,,"]
    report = tmp_path / "report.json"
    with pytest.raises(CommandError) as ended:
        bring(tmp_path, "--country", "RS", "--report", str(report), content=made_files.csv(rows))
    assert ended.value.returncode == 3
    assert Initiative.objects.count() == 2
    (bad,) = json.loads(report.read_text())["countries"][0]["records"]
    assert (bad["row"], bad["state"], bad["problems"][0]["keeps_out"]) == (5, "bad", True)


def test_where_both_changed_somebody_says_who_wins(cast: Cast, tmp_path: Path) -> None:
    made.initiative(cast, "Tablets", identifier="RS-1")
    with pytest.raises(CommandError) as ended:
        bring(tmp_path, "--country", "RS")
    assert ended.value.returncode == 4
    assert Initiative.objects.count() == 1
    bring(tmp_path, "--country", "RS", "--conflicts", "file")
    assert Initiative.objects.get(identifier="RS-1").titles[""] == "Tablets for schools"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--country", "QQ"), "There is no country QQ here."),
        (("--country", "RS", "--by", "nobody@example.org"), "Nobody found"),
        (("--country", "RS", "--format", "iati"), "not an XML file"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        bring(tmp_path, *words)
    assert not Import.objects.exists()


@pytest.mark.parametrize("kind", ["iati", "5w", "csv", "geojson"])
def test_the_register_is_written_to_a_file(cast: Cast, tmp_path: Path, kind: str) -> None:
    made_files.applied(cast)
    out = tmp_path / "out"
    call_command("initiatives_export", country="RS", format=kind, out=out, stderr=io.StringIO())
    content = out.read_bytes()
    assert (b"Tablets for schools" in content) != (kind == "5w")
    if kind == "iati":
        iati_files.assert_valid(content)
    line = Entry.objects.get(verb="initiatives.exported")
    assert (line.by, line.after["taken"]) == (None, 2)
