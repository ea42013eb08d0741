"""Back up, destroy, restore: everything is as it was. What is damaged or foreign changes nothing."""

import hashlib
import io
import json
import shutil
import stat
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from django.conf import settings as ours
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone
from moto.server import ThreadedMotoServer

from learnin.kit import archive
from learnin.people.models import Country, Person
from tests.cast import person

# Most of these refuse before they touch the database; the others really replace it, outside of any test's transaction.
pytestmark = pytest.mark.django_db
replaces = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def data(settings: object, tmp_path: Path) -> Path:
    """A data folder of its own, with its secret key."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    (settings.DATA_DIR / "secret_key").write_text("the first key")
    return settings.DATA_DIR


@pytest.fixture
def house(db: None) -> None:
    """A house with Ana in it, and a file of hers."""
    person("Ana")
    default_storage.save("documents/2026/план.txt", ContentFile("План".encode()))


@pytest.fixture
def backup(house: None, tmp_path: Path) -> Path:
    """A backup of this house."""
    path = tmp_path / "backup.tar.gz"
    call_command("backup", str(path), stdout=io.StringIO())
    return path


@pytest.fixture(scope="module")
def some_backup(django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound backup, made once: SQLite cannot make one inside a test's transaction."""
    folder = tmp_path_factory.mktemp("some-backup")
    (folder / "secret_key").write_text("a key")
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": folder / "files"}}
    with (
        override_settings(DATA_DIR=folder, STORAGES={**ours.STORAGES, "default": storage}),
        django_db_blocker.unblock(),
    ):
        default_storage.save("documents/2026/план.txt", ContentFile("План".encode()))
        call_command("backup", str(folder / "backup.tar.gz"), stdout=io.StringIO())
    return folder / "backup.tar.gz"


@pytest.fixture
def spare(house: None, some_backup: Path, tmp_path: Path) -> Path:
    """A backup to spoil, in the house of Ana."""
    return Path(shutil.copy2(some_backup, tmp_path / "spare.tar.gz"))


def restore(path: Path) -> str:
    out = io.StringIO()
    call_command("restore", str(path), "--yes", stdout=out)
    return out.getvalue()


def refused(path: Path) -> str:
    """The sentence a restore is refused with; and nothing was changed."""
    Person.objects.filter(name="Ana").update(name="Ben")
    with pytest.raises(CommandError) as problem:
        restore(path)
    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == ["Ben"]
    assert default_storage.exists("documents/2026/план.txt")
    assert not list(ours.DATA_DIR.glob(".restore-*"))
    return str(problem.value)


Parts = dict[str, bytes]


def rewritten(path: Path, change: Callable[[Parts], Parts], *, honest: bool = True) -> Path:
    """The archive with other parts; honest: with a list that fits them."""
    with tarfile.open(path) as old:
        parts = {member.name: old.extractfile(member).read() for member in old}
    parts = change(parts)
    if honest:
        listing = json.loads(parts["manifest.json"])
        listing["files"] = {
            name: hashlib.sha256(content).hexdigest() for name, content in parts.items() if name != "manifest.json"
        }
        parts["manifest.json"] = json.dumps(listing).encode()
    with tarfile.open(path, "w:gz") as new:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return path


def told(path: Path, **changes: object) -> Path:
    """The archive with another list."""

    def change(parts: Parts) -> Parts:
        return parts | {"manifest.json": json.dumps({**json.loads(parts["manifest.json"]), **changes}).encode()}

    return rewritten(path, change)


@replaces
def test_what_was_destroyed_is_there_again(backup: Path, data: Path) -> None:
    countries = Country.objects.count()
    call_command("flush", interactive=False, verbosity=0)
    person("Late")
    default_storage.delete("documents/2026/план.txt")
    default_storage.save("late.txt", ContentFile(b"late"))
    (data / "secret_key").write_text("another key")

    assert "Restored." in restore(backup)

    assert list(Person.objects.order_by("pk").values_list("name", flat=True)) == ["Ana"]
    assert Country.objects.count() == countries
    assert list(archive.walk(default_storage)) == ["documents/2026/план.txt"]
    with default_storage.open("documents/2026/план.txt") as file:
        assert file.read().decode() == "План"
    assert (data / "secret_key").read_text() == "the first key"
    assert person("Next").pk > Person.objects.get(name="Ana").pk, "new rows get new numbers"
    assert not list(data.parent.glob("files.*")), "nothing is left lying about"


@replaces
def test_a_table_of_a_later_version_goes_too(backup: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE of_a_later_version (id integer PRIMARY KEY)")
    restore(backup)
    assert "of_a_later_version" not in connection.introspection.table_names()


@pytest.fixture
def bucket(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """People's files lie in a bucket, as with LEARNIN_S3_BUCKET."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    at = {"endpoint_url": f"http://{host}:{port}", "region_name": "us-east-1"}
    keys = {"access_key": "key", "secret_key": "secret"}
    client = boto3.client("s3", **at, aws_access_key_id="key", aws_secret_access_key="secret")
    name = f"learnin-{uuid4().hex}"  # one process serves every test: buckets must not meet
    client.create_bucket(Bucket=name)
    options = {"bucket_name": name, "file_overwrite": False, **at, **keys}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    try:
        yield
    finally:
        client.close()
        server.stop()


@replaces
def test_files_in_a_bucket_are_there_again(bucket: None, backup: Path) -> None:
    default_storage.delete("documents/2026/план.txt")
    default_storage.save("documents/2026/план.txt", ContentFile(b"changed"))
    default_storage.save("late.txt", ContentFile(b"late"))
    restore(backup)
    assert list(archive.walk(default_storage)) == ["documents/2026/план.txt"]
    with default_storage.open("documents/2026/план.txt") as file:
        assert file.read().decode() == "План"


def test_it_lists_what_is_in_it_and_only_its_owner_reads_it(spare: Path) -> None:
    assert stat.S_IMODE(spare.stat().st_mode) == 0o600
    with tarfile.open(spare) as opened:
        listing = json.load(opened.extractfile("manifest.json"))
    assert listing["engine"] == connection.vendor
    assert listing["rows"]["people.Country"] >= 22
    assert ["people", "0001_initial"] in listing["migrations"]
    assert set(listing["files"]) == {"database", "secret_key", "files/documents/2026/план.txt"}
    assert list(spare.parent.glob(".backup*")) == []


@replaces
def test_a_house_without_files_is_backed_up_too(tmp_path: Path) -> None:
    call_command("backup", str(tmp_path / "empty.tar.gz"), stdout=io.StringIO())
    default_storage.save("late.txt", ContentFile(b"late"))
    restore(tmp_path / "empty.tar.gz")
    assert list(archive.walk(default_storage)) == []


def test_a_changed_part_is_noticed(spare: Path) -> None:
    changed = rewritten(spare, lambda parts: parts | {"database": parts["database"] + b"!"}, honest=False)
    assert "This backup is damaged. 1 files differ from its list, first database." in refused(changed)


def test_a_missing_part_is_noticed(spare: Path) -> None:
    def without_file(parts: Parts) -> Parts:
        return {name: content for name, content in parts.items() if not name.startswith("files/")}

    assert "This backup is damaged." in refused(rewritten(spare, without_file, honest=False))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999, 1.0])
def test_an_archive_cut_short_is_refused(spare: Path, share: float) -> None:
    """Even by its last byte."""
    whole = spare.read_bytes()
    spare.write_bytes(whole[: min(int(len(whole) * share), len(whole) - 1)])
    assert refused(spare).startswith("Nothing was changed.")


def test_one_wrong_bit_anywhere_is_refused(spare: Path) -> None:
    whole = bytearray(spare.read_bytes())
    whole[len(whole) // 2] ^= 1
    spare.write_bytes(whole)
    assert refused(spare).startswith("Nothing was changed.")


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "files/../../outside", "files\\..\\x", "else"])
def test_nothing_is_unpacked_outside(spare: Path, name: str) -> None:
    assert "does not belong" in refused(rewritten(spare, lambda parts: {name: b"x", **parts}))
    assert not list(spare.parent.rglob("outside"))


def test_links_are_not_unpacked(spare: Path) -> None:
    with tarfile.open(spare, "w:gz") as new:
        member = tarfile.TarInfo("files/link")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc"
        new.addfile(member)
    assert "does not belong" in refused(spare)


def test_another_kind_of_database_is_refused(spare: Path) -> None:
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    assert f"This backup is of {other}; the database here is {connection.vendor}." in refused(told(spare, engine=other))


def test_a_newer_version_is_refused(spare: Path) -> None:
    newer = told(spare, migrations=[["people", "0999_later"]], learnin="9.9")
    assert "LearnIn 9.9. It knows people.0999_later." in refused(newer)
    assert "this version reads format 1" in refused(told(spare, format=2))


@replaces
def test_a_damaged_database_with_a_right_list_changes_nothing(backup: Path) -> None:
    def damage(parts: Parts) -> Parts:
        middle = len(parts["database"]) // 2
        return parts | {"database": parts["database"][:middle] + b"\0" * 4096 + parts["database"][middle + 4096 :]}

    assert refused(rewritten(backup, damage)).startswith("Nothing was changed.")


def test_any_other_file_is_refused(spare: Path) -> None:
    assert "This backup holds no database." in refused(
        rewritten(spare, lambda parts: {"manifest.json": parts["manifest.json"]})
    )
    spare.write_bytes(b"hello")
    assert "cannot be read as a backup" in refused(spare)
    with pytest.raises(CommandError, match="There is no file"):
        restore(spare.with_name("nowhere"))
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backup", str(spare.parent / "nowhere" / "x.tar.gz"))


def test_it_asks_first(spare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("no\n"))
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", str(spare), stdout=io.StringIO())
    assert Person.objects.filter(name="Ana").exists()


def test_a_backup_is_made_before_the_migrations_of_new_code_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever pulled the new code first can still keep the old database."""
    there = connection.introspection.table_names
    monkeypatch.setattr(
        connection.introspection, "table_names", lambda *args: [one for one in there(*args) if one != "people_area"]
    )
    rows = archive._describe(timezone.now()).rows
    assert "people.Area" not in rows
    assert "people.Country" in rows
