"""What the pages of the web form are made of."""

import re
from datetime import datetime
from functools import lru_cache

from learnin.assessment import form_words
from learnin.assessment.access.collection import Door
from learnin.assessment.formats import plain_form
from learnin.assessment.formats.plain_form import PlainForm
from learnin.assessment.models import Version
from learnin.assessment.queries import collection

FORMS_AT_HAND = 32
CODE = re.compile(r'<translation [^>]*lang="[^"]*\(([A-Za-z]{2,3})(?:-[\w-]+)?\)"')


def version(door: Door, *, now: datetime, wanted: int | None = None) -> Version | None:
    """What is asked now, while the round is open and the invitation is not used; or the draft, where one tries it.

    wanted: the version that somebody has begun; without one, the newest.
    """
    if door.draft is not None:
        return door.draft if door.draft.xform else None
    is_used = door.invitation is not None and door.invitation.answered_at is not None
    if door.round is None or not door.round.is_open(now) or is_used:
        return None
    published = collection.versions(door, now=now, all_versions=wanted is not None)
    return next((one for one in published if one.pk == wanted), published[0] if published else None)


def has_media(version: Version) -> bool:
    """Whether the form shows files of its own."""
    return version.pk in collection.with_media([version])


def words(version: Version | None, language: str) -> dict[str, dict[str, str]]:
    """The words around the questions, in the languages of this form and of the page."""
    spoken = CODE.findall(version.xform) if version else []
    wanted = {code.lower() for code in spoken} | {language.lower().split("-")[0]}
    return {code: table for code, table in form_words.tables().items() if code.lower().split("-")[0] in wanted}


@lru_cache(maxsize=FORMS_AT_HAND)
def plain(xform: str) -> PlainForm:
    """The questionnaire for a page without scripts. Raises NotSimple."""
    return plain_form.read(xform)
