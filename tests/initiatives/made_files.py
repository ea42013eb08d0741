"""Files of initiatives for tests, brought in by the operations of the pages."""

import io
from collections.abc import Sequence

from learnin.initiatives.models import Import
from learnin.initiatives.operations import importing
from learnin.initiatives.queries import imports, known_words
from learnin.people.models import Country, Person
from tests.cast import NOW, Cast

HEADING = "Identifier,Title,Organisation,Country,Region,Start,End,Theme,Budget,Currency"
ROWS = (
    "RS-1,Tablets for schools,UNICEF Serbia,RS,Beograd,2026-01-01,2027-12-31,Digital skills,1000,EUR",
    "RS-2,Books for libraries,Save the Children,RS,,2026-02-01,2026-12-31,,500,EUR",
    "GE-1,Schools of Tbilisi,UNICEF Georgia,GE,,2026-01-01,2027-12-31,,700,USD",
)


def csv(rows: Sequence[str] = ROWS, heading: str = HEADING) -> bytes:
    """A 5W table."""
    return "\n".join([heading, *rows]).encode()


def iati(*activities: str) -> bytes:
    """A file of IATI activities."""
    return f'<?xml version="1.0"?><iati-activities version="2.03">{"".join(activities)}</iati-activities>'.encode()


IN_SERBIA = '<recipient-country code="RS"/>'


def activity(identifier: str = "XM-1", title: str = "Ramps for schools", more: str = "", where: str = IN_SERBIA) -> str:
    """One activity, in Serbia where nothing else is said."""
    return (
        f'<iati-activity><iati-identifier>{identifier}</iati-identifier><reporting-org ref="XM-DAC-1" type="40">'
        f"<narrative>Fund</narrative></reporting-org><title><narrative>{title}</narrative></title>"
        f'<activity-date type="1" iso-date="2026-01-01"/>{where}{more}</iati-activity>'
    )


def brought_in(
    cast: Cast,
    content: bytes | None = None,
    *,
    name: str = "",
    by: Person | None = None,
    country: Country | None = None,
) -> Import:
    """A file that was read, by the mapping that is proposed for it."""
    person, place = by or cast.chair, country or cast.home
    file = io.BytesIO(csv() if content is None else content)
    is_xml = bool(content) and content.startswith(b"<?xml")
    name = name or ("initiatives.xml" if is_xml else "initiatives.csv")
    source = importing.bring_in(place, file=file, file_name=name, by=person, now=NOW, at_once=True)
    if source.format == Import.Format.FIVEW:
        mapping, _is_from_before = imports.proposed(source, known_words.look_of(source))
        source = importing.say_columns(source, mapping=mapping, by=person, now=NOW, at_once=True)
    return source


def applied(cast: Cast, content: bytes | None = None, *, name: str = "", by: Person | None = None) -> Import:
    """A file that is in the register."""
    source = brought_in(cast, content, name=name, by=by)
    return importing.apply(source, by=by or cast.chair, now=NOW, at_once=True)
