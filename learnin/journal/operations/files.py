"""Files come in."""

from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.conf import settings
from django.core.files import File
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
) -> Attachment:
    """Keep a file as it is. The operation that calls this says in the journal what the file is for.

    Raises files.FileRefused.
    """
    checked = files.check(file, name, limit_mb=settings.FILE_LIMIT_MB, allowed=allowed)
    attachment = Attachment(
        name=checked.name,
        size=checked.size,
        media_type=checked.media_type,
        sha256=checked.sha256,
        country=country,
        added_by=by,
        added_at=now,
    )
    attachment.file.save(checked.name, File(file), save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except Exception:
        attachment.file.delete(save=False)  # no file without its row
        raise
    return attachment
