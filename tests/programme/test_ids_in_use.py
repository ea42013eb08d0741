"""An id that is in use cannot leave the programme: whoever tries is refused, with a list of the uses."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError, SystemCheckError

from learnin.journal.models import Attachment, Document
from learnin.people.models import Country, Person
from learnin.programme import queries, reader
from tests.programme import written

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(name="keeps")
def documents_about_devices() -> None:
    """Four documents about devices and one about nothing in particular."""
    country, _ = Country.objects.get_or_create(code="GE")
    person = Person.objects.create(email="ana@example.org", name="Ana Primer")
    for number, theme in enumerate(["devices"] * 4 + [""], start=1):
        attachment = Attachment.objects.create(
            file=f"{number}.pdf", name=f"{number}.pdf", size=1, media_type="application/pdf", sha256="0" * 64,
            added_by=person, added_at=NOW,
        )  # fmt: skip
        Document.objects.create(
            country=country, title=f"Tablets {number}", language="en", theme=theme, attachment=attachment,
            added_by=person, added_at=NOW,
        )  # fmt: skip


def checked(path: Path | None = None) -> str:
    """What the command prints about this file."""
    out = StringIO()
    try:
        call_command("programme_check", *([path] if path else []), stdout=out)
    except CommandError as refused:
        return f"{out.getvalue()}{refused}"
    return out.getvalue()


@pytest.mark.usefixtures("keeps")
def test_the_file_in_use_has_every_id_in_use() -> None:
    assert queries.uses_missing_from(reader.current()) == ()
    assert checked().endswith("30 themes, 21 audiences. No problem found.\n")


@pytest.mark.usefixtures("keeps")
def test_a_file_without_an_id_in_use_is_refused_with_its_uses(tmp_path: Path) -> None:
    path = written.without(tmp_path, "theme", "devices")

    said = checked(path).splitlines()
    assert said[0].startswith("theme “devices” is used by 4 rows of journal.Document.theme: ")
    assert said[0].count("Tablets") == 3
    assert said[0].endswith(", …")
    assert said[1] == f"{path}: 1 id in use would be lost. Put each back into the file."


@pytest.mark.usefixtures("keeps")
def test_an_id_that_nobody_uses_may_leave(tmp_path: Path) -> None:
    said = checked(written.without(tmp_path, "theme", "platforms"))

    assert said.endswith("29 themes, 21 audiences. No problem found.\n")


@pytest.mark.usefixtures("keeps")
def test_the_product_does_not_start_with_such_a_file(tmp_path: Path, settings) -> None:
    settings.PROGRAMME_FILE = str(written.without(tmp_path, "theme", "devices"))

    with pytest.raises(SystemCheckError, match=r"programme\.E002.*theme “devices” is used by 4 rows"):
        call_command("check", databases=["default"])


def test_each_mistake_in_the_file_is_an_error_of_the_system_check(tmp_path: Path, settings) -> None:
    content = written.data()
    content["themes"][0]["component"] = "air"
    content["countries"] = ["Norway"]
    settings.PROGRAMME_FILE = str(written.file(tmp_path, content))

    with pytest.raises(SystemCheckError) as refused:
        call_command("check")
    assert "programme.E001" in str(refused.value)
    assert "themes.boats.component: components has no “air”" in str(refused.value)
    assert "countries.#1: “Norway” is not a country code" in str(refused.value)
    assert checked().endswith("2 problems. Nothing was changed.")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "The file cannot be read: No such file"), (b"\n\xff", ":2: The file is not UTF-8 text.")],
)
def test_a_file_that_cannot_be_read_at_all(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "other.yaml"
    if content is not None:
        path.write_bytes(content)

    assert reason in checked(path)


def test_a_language_of_the_interface_without_names_is_a_warning(tmp_path: Path, settings, capsys) -> None:
    settings.PROGRAMME_FILE = str(written.file(tmp_path, written.data()))

    call_command("check")
    assert "no names in ka, a language of the interface" in capsys.readouterr().err
