"""Files come in."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from learnin.journal.models import Attachment
from learnin.kit import files
from learnin.people.models import Country, Person


@transaction.atomic
def attach(
    file: IO[bytes],
    *,
    name: str,
    country: Country | None,
    by: Person,
    now: datetime,
    allowed: Iterable[str] = tuple(files.TYPES),
    limit_mb: int | None = None,
) -> Attachment:
    """Keep a file as it is. The operation that calls this says in the journal what the file is for.

    limit_mb: where another limit holds than for files that people send, as on the command line.

    Raises files.FileRefused.
    """
    checked = files.check(file, name, limit_mb=limit_mb or settings.FILE_LIMIT_MB, allowed=allowed)
    attachment = Attachment(
        name=checked.name,
        size=checked.size,
        media_type=checked.media_type,
        sha256=checked.sha256,
        country=country,
        added_by=by,
        added_at=now,
    )
    return _saved(attachment, File(file))


@transaction.atomic
def keep(
    content: bytes, *, name: str, media_type: str, country: Country | None, by: Person, now: datetime
) -> Attachment:
    """Keep a file that LearnIn made. The operation that calls this says in the journal what it is for."""
    attachment = Attachment(
        name=name,
        size=len(content),
        media_type=media_type,
        sha256=hashlib.sha256(content).hexdigest(),
        country=country,
        added_by=by,
        added_at=now,
    )
    return _saved(attachment, ContentFile(content))


def _saved(attachment: Attachment, file: File) -> Attachment:
    """The file and its row, or neither."""
    attachment.file.save(attachment.name, file, save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)  # no file without its row
        raise
    return attachment
