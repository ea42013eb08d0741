"""A backup: one archive with the database, every file, and a list of both with their fingerprints."""

import gzip
import hashlib
import io
import json
import os
import platform
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, default_storage
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

import learnin
from learnin.kit import dump
from learnin.kit.refusal import Refusal

FORMAT = 1
MANIFEST, DATABASE, SECRET, FILES = "manifest.json", "database", "secret_key", "files/"
PIECE = 1 << 20  # one mebibyte at a time


class BadArchive(Refusal):
    """This file is no backup of ours, is damaged, or does not fit here. Nothing was changed."""


@dataclass(frozen=True)
class Manifest:
    """What stands in an archive."""

    made_at: str
    learnin: str
    python: str
    engine: str
    migrations: list[list[str]]
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def stored(self) -> list[str]:
        """The names of people's files."""
        return [name.removeprefix(FILES) for name in self.files if name.startswith(FILES)]


def write(target: Path, *, now: datetime, workspace: Path) -> Manifest:
    """Make a backup at `target`. Until it is whole it has another name; only its owner can read it."""
    saved = workspace / DATABASE
    dump.save(saved)
    manifest = _describe(now)
    partial = target.with_name(f".{target.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as archive:
            for name, source in _sources(saved):
                manifest.files[name] = _add(archive, name, source, now)
            listing = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
            _add(archive, MANIFEST, io.BytesIO(listing), now)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return manifest


def _describe(now: datetime) -> Manifest:
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    models = sorted(apps.get_models(), key=lambda model: model._meta.label)
    tables = set(connection.introspection.table_names())  # new code may stand before its migrations ran
    return Manifest(
        made_at=now.isoformat(),
        learnin=learnin.__version__,
        python=platform.python_version(),
        engine=connection.vendor,
        migrations=[list(one) for one in applied],
        rows={model._meta.label: model._base_manager.count() for model in models if model._meta.db_table in tables},
    )


def _sources(saved: Path) -> Iterator[tuple[str, IO[bytes]]]:
    with saved.open("rb") as database:
        yield DATABASE, database
    kept = settings.DATA_DIR / SECRET
    if kept.exists():
        with kept.open("rb") as secret:
            yield SECRET, secret
    for name in walk(default_storage):
        with default_storage.open(name) as file:
            yield FILES + name, file


def walk(storage: Storage, folder: str = "") -> Iterator[str]:
    """The name of every file in a storage, local or S3, in a steady order."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(filter(None, files)):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(filter(None, folders)):
        yield from walk(storage, f"{folder}/{name}" if folder else name)


def _add(archive: tarfile.TarFile, name: str, source: IO[bytes], now: datetime) -> str:
    """Copy one file into the archive; its fingerprint."""
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = source.seek(0, io.SEEK_END), 0o600, int(now.timestamp())
    source.seek(0)
    reader = _Fingerprinted(source)
    archive.addfile(member, reader)
    return reader.digest.hexdigest()


class _Fingerprinted(io.RawIOBase):
    """Reads a file and takes its fingerprint on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(size)
        self.digest.update(piece)
        return piece


def unpack(source: Path, workspace: Path) -> Manifest:
    """Unpack an archive into an empty folder and prove that it is whole and fits here. Raises BadArchive."""
    found: dict[str, str] = {}
    try:
        with gzip.open(source) as plain, tarfile.open(fileobj=plain, mode="r:") as archive:
            for member in archive:
                if member.name in found:
                    raise BadArchive(f"This backup holds {member.name} twice.")
                found[member.name] = _take(archive, member, workspace)
            while plain.read(1 << 20):  # to its very end: there the file proves its own sum, cut short by a byte or not
                continue
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, OSError) as problem:
        raise BadArchive(f"This file cannot be read as a backup: {problem}.") from problem
    manifest = _manifest(workspace / MANIFEST)
    found.pop(MANIFEST)
    if found != manifest.files:
        odd = sorted({name for name, _digest in found.items() ^ manifest.files.items()})
        raise BadArchive(f"This backup is damaged. {len(odd)} files differ from its list, first {odd[0]}.")
    _require_fit(manifest)
    return manifest


def _take(archive: tarfile.TarFile, member: tarfile.TarInfo, workspace: Path) -> str:
    """Unpack one member; its fingerprint. Only plain files, and none outside the folder."""
    path = PurePosixPath(member.name)
    ours = member.name in {MANIFEST, DATABASE, SECRET} or member.name.startswith(FILES)
    if not member.isreg() or not ours or path.is_absolute() or ".." in path.parts or "\\" in member.name:
        raise BadArchive(f"This backup holds something that does not belong: {member.name}.")
    source = archive.extractfile(member)
    if source is None:
        raise BadArchive(f"This backup is damaged at {member.name}.")
    target = workspace.joinpath(*path.parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with source, target.open("wb") as file:
        while piece := source.read(PIECE):
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest()


def _manifest(path: Path) -> Manifest:
    if not path.exists():
        raise BadArchive("This backup has no list of what it holds. It is not whole, or not ours.")
    try:
        read: dict[str, Any] = json.loads(path.read_bytes())
        if read["format"] != FORMAT:
            raise BadArchive(f"This backup has format {read['format']}; this version reads format {FORMAT}.")
        return Manifest(**read)
    except (ValueError, KeyError, TypeError) as problem:
        raise BadArchive(f"The list in this backup cannot be read: {problem}.") from problem


def _require_fit(manifest: Manifest) -> None:
    if DATABASE not in manifest.files:
        raise BadArchive("This backup holds no database.")
    if manifest.engine != connection.vendor:
        raise BadArchive(f"This backup is of {manifest.engine}; the database here is {connection.vendor}.")
    known = MigrationLoader(None).disk_migrations
    newer = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if newer:
        raise BadArchive(f"This backup is of another version, LearnIn {manifest.learnin}. It knows {newer[0]}.")


def apply(manifest: Manifest, workspace: Path) -> None:
    """Put an unpacked and proven archive in the place of everything here."""
    incoming = _stage(workspace / "files")
    dump.load(workspace / DATABASE)
    if incoming is None:
        _fill(default_storage, workspace / "files", manifest.stored)
    else:
        _swap(incoming)
    secret = workspace / SECRET
    if secret.exists():
        secret.chmod(0o600)
        secret.replace(settings.DATA_DIR / SECRET)
    cache.clear()


def _local() -> Path | None:
    """The folder of people's files, where they are kept in a folder."""
    storage = getattr(default_storage, "_wrapped", default_storage)
    return Path(storage.location) if isinstance(storage, FileSystemStorage) else None


def _stage(folder: Path) -> Path | None:
    """Bring the files beside the place they go to: from there one rename does it."""
    place = _local()
    if place is None:
        return None
    incoming = place.with_name(f"{place.name}.incoming")
    _remove(incoming)
    place.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        shutil.move(folder, incoming)
    else:
        incoming.mkdir()
    return incoming


def _swap(incoming: Path) -> None:
    place = incoming.with_name(incoming.name.removesuffix(".incoming"))
    outgoing = place.with_name(f"{place.name}.outgoing")
    _remove(outgoing)
    if place.exists():
        place.rename(outgoing)
    incoming.rename(place)
    _remove(outgoing)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _fill(storage: Storage, folder: Path, names: list[str]) -> None:
    """For a storage without folders: first every file of the backup, then away with the others."""
    for name in names:
        with folder.joinpath(*PurePosixPath(name).parts).open("rb") as file:
            storage.delete(name)
            storage.save(name, File(file, name=name))
    for name in set(walk(storage)) - set(names):
        storage.delete(name)
