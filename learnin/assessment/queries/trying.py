"""What is needed to try a draft on each channel."""

from dataclasses import dataclass

from learnin.assessment.formats import openrosa
from learnin.assessment.formats.channels import Limit, limits
from learnin.assessment.formats.definition import definition
from learnin.assessment.formats.plain_form import NotSimple
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version
from learnin.assessment.queries import collection, web_form


@dataclass(frozen=True)
class Tried:
    """How a draft can be tried: the code that sets up ODK Collect, and whether the plain page can ask it."""

    server: str
    code: str  # a picture, as a data address
    is_simple: bool
    against_plain: tuple[Limit, ...]


def tried(version: Version, server: str) -> Tried:
    """The ways to try a draft that converts. `server` is what Collect calls its server."""
    settings = openrosa.collect_settings(server_url=server, project=version.instrument.title)
    against = tuple(one for one in limits(definition(Book.from_json(version.book))) if one.channel == "plain")
    return Tried(server, collection.qr_code(settings), _is_simple(version), against)


def _is_simple(version: Version) -> bool:
    try:
        web_form.plain(version.xform)
    except NotSimple:
        return False
    return True
