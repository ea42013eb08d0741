"""Papers of an initiative: added and taken away."""

from datetime import datetime
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from learnin.initiatives.models import Initiative
from learnin.journal.models import Attachment
from learnin.journal.operations import entries
from learnin.journal.operations.files import attach
from learnin.kit.refusal import Refusal
from learnin.people.models import Person


class NotItsPaper(Refusal):
    """The paper does not belong to this initiative."""


@transaction.atomic
def add(initiative: Initiative, *, file: IO[bytes], file_name: str, by: Person, now: datetime) -> Attachment:
    """Put a paper to an initiative. Raises files.FileRefused."""
    found = Initiative.objects.select_for_update(of=("self",)).select_related("country").get(pk=initiative.pk)
    made = attach(file, name=file_name, country=found.country, by=by, now=now)
    found.documents.add(made)
    Initiative.objects.filter(pk=found.pk).update(changed_at=now)
    entries.write("initiative.paper-added", found, by=by, now=now, country=found.country, after={"paper": made.name})
    return made


@transaction.atomic
def remove(initiative: Initiative, *, attachment: int, by: Person, now: datetime) -> None:
    """Take a paper off an initiative; the file itself is kept. Raises NotItsPaper."""
    found = Initiative.objects.select_for_update(of=("self",)).select_related("country").get(pk=initiative.pk)
    paper = found.documents.filter(pk=attachment).first()
    if paper is None:
        raise NotItsPaper(_("This paper is not there any more."))
    found.documents.remove(paper)
    Initiative.objects.filter(pk=found.pk).update(changed_at=now)
    entries.write(
        "initiative.paper-removed", found, by=by, now=now, country=found.country, before={"paper": paper.name}
    )
