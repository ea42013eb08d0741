"""Files of an answer: pictures, sounds, logs, as they came, over as many posts as they need."""

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from learnin.assessment.formats import submission_xml
from learnin.assessment.models import Submission, SubmissionFile
from learnin.assessment.operations.not_taken import DifferentFile, TooLarge, UnsafeName

CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was looked at, and not kept yet."""

    name: str
    file: IO[bytes]
    size: int
    sha256: str


def checked(file: IO[bytes], name: str) -> Incoming:
    """Look at a file, piece by piece. Raises UnsafeName, TooLarge."""
    if not submission_xml.is_safe_file_name(name):
        raise UnsafeName(_("A file of this answer has a name that is not safe: %(name)s") % {"name": repr(name[:60])})
    size, digest = 0, hashlib.sha256()
    file.seek(0)
    while piece := file.read(CHUNK):
        size += len(piece)
        digest.update(piece)
    file.seek(0)
    if size > settings.ANSWER_LIMIT_MB * 1_000_000:
        raise TooLarge(_("“%(name)s” is too large.") % {"name": name})
    return Incoming(name, file, size, digest.hexdigest())


def add(submission: Submission, incoming: Mapping[str, Incoming], *, is_last: bool, now: datetime) -> bool:
    """Keep the files that are not there yet. Returns whether there was one. Raises DifferentFile.

    The bytes are written before their rows are, and outside the transaction: a large file makes nobody wait. If the
    server dies in between, bytes without a row stay behind, the phone was told nothing and sends again.
    """
    here = _here(submission, incoming)
    fresh = [_written(submission, one, now) for name, one in incoming.items() if name not in here]
    try:
        with transaction.atomic():
            Submission.objects.select_for_update().filter(pk=submission.pk).values_list("pk").first()
            late = _here(submission, incoming)  # somebody may have sent the same at the same moment
            kept = SubmissionFile.objects.bulk_create([one for one in fresh if one.name not in late])
            changed: dict[str, object] = {"worked_out_at": None} if kept else {}
            if is_last and not submission.has_all_files:
                changed["has_all_files"] = submission.has_all_files = True
            if changed:
                Submission.objects.filter(pk=submission.pk).update(**changed)
    except BaseException:
        for one in fresh:
            one.file.delete(save=False)
        raise
    for one in fresh:
        if one not in kept:
            one.file.delete(save=False)
    return bool(kept)


def _here(submission: Submission, incoming: Mapping[str, Incoming]) -> set[str]:
    """Those that are kept already. Raises DifferentFile."""
    found = dict(submission.files.filter(name__in=list(incoming)).values_list("name", "sha256"))
    for name, sha256 in found.items():
        if incoming[name].sha256 != sha256:
            raise DifferentFile(_("Another file “%(name)s” came with this answer before.") % {"name": name})
    return set(found)


def _written(submission: Submission, one: Incoming, now: datetime) -> SubmissionFile:
    """The file in its place on the disk, its row not yet in the database."""
    row = SubmissionFile(
        submission=submission,
        name=one.name,
        size=one.size,
        media_type=(mimetypes.guess_type(one.name)[0] or "application/octet-stream")[:100],
        sha256=one.sha256,
        received_at=now,
    )
    row.file.save(one.name, File(one.file), save=False)
    return row
