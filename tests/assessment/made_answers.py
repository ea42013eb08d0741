"""A questionnaire in the field, and answers to it."""

import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from learnin.assessment.models import Enumerator, Instrument, Invitation, Medium, Round, Version
from learnin.assessment.operations import enumerators
from learnin.journal.operations.files import attach
from learnin.people.models import Country, Person
from tests.cast import NOW, Cast

FORM = "teachers"
JR = "http://openrosa.org/javarosa"
QUESTIONS = 30


def xform(form_id: str = FORM, version: str = "1") -> str:
    """A form with a beginning and an end, a place, a picture, a group and a repeat."""
    return f"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:jr="{JR}">
<h:head><h:title>Teachers</h:title><model>
<instance><data id="{form_id}" version="{version}"><start/><end/><name/><where/><picture/><school><size/></school>
<lesson jr:template=""><subject/></lesson><meta><instanceID/></meta></data></instance>
<bind nodeset="/data/start" type="dateTime" jr:preload="timestamp" jr:preloadParams="start"/>
<bind nodeset="/data/end" type="dateTime" jr:preload="timestamp" jr:preloadParams="end"/>
<bind nodeset="/data/where" type="geopoint"/><bind nodeset="/data/picture" type="binary"/>
</model></h:head><h:body><input ref="/data/name"/>
<group ref="/data/lesson"><repeat nodeset="/data/lesson"><input ref="/data/lesson/subject"/></repeat></group>
</h:body></h:html>"""


def version(instrument: Instrument, number: int = 1, *, by: Person, is_draft: bool = False) -> Version:
    """A version of a questionnaire, published unless it is a draft."""
    return Version.objects.create(
        instrument=instrument,
        number=number,
        version=str(number),
        xform=xform(instrument.form_id, str(number)),
        changed_by=by,
        changed_at=NOW,
        published_by=None if is_draft else by,
        published_at=None if is_draft else NOW,
    )


def medium(version_: Version, *, by: Person, content: bytes = b"map of the area\n") -> Medium:
    """A file that this version shows."""
    kept = attach(io.BytesIO(content), name="map.txt", country=version_.instrument.country, by=by, now=NOW)
    return Medium.objects.create(version=version_, name="map.txt", attachment=kept)


def enumerator(round_: Round, *, by: Person, name: str = "Mira") -> Enumerator:
    """Somebody who collects for this round."""
    return enumerators.add_enumerator(round_, name=name, by=by, now=round_.opens_at)


def instrument(country: Country, *, by: Person, form_id: str = FORM) -> Instrument:
    """A questionnaire with one published version."""
    made = Instrument.objects.create(
        country=country, title="Teachers & schools", form_id=form_id, added_by=by, added_at=NOW
    )
    version(made, by=by)
    return made


def round_of(instrument_: Instrument, *, by: Person, now: datetime = NOW, **details: Any) -> Round:
    """An open round of this questionnaire."""
    details = {
        "title": "Spring round",
        "kind": Round.Kind.OPEN,
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=30),
        **details,
    }
    return Round.objects.create(
        country=instrument_.country, instrument=instrument_, key=uuid4().hex, planned_by=by, planned_at=now, **details
    )


def open_round(cast: Cast, *, now: datetime = NOW, **details: Any) -> Round:
    """A questionnaire in the home country, open for answers."""
    return round_of(instrument(cast.home, by=cast.chair), by=cast.chair, now=now, **details)


def invitation(round_: Round, number: int = 1) -> Invitation:
    """Somebody who is asked."""
    return Invitation.objects.create(
        round=round_, number=number, name=f"School {number}", nonce=uuid4().hex, pin="1234"
    )


def answer(
    *,
    id_: str | None = None,
    form_id: str = FORM,
    version: str = "1",
    name: str = "Ana",
    deprecates: str = "",
    inside: str = "",
) -> bytes:
    """An answer as Collect writes it."""
    known = f"uuid:{uuid4()}" if id_ is None else id_
    meta = f"<orx:instanceID>{known}</orx:instanceID>" if known else ""
    meta += f"<orx:deprecatedID>{deprecates}</orx:deprecatedID>" if deprecates else ""
    return (
        f'<?xml version="1.0"?><data id="{form_id}" version="{version}" xmlns:orx="http://openrosa.org/xforms">'
        f"<start>2026-11-23T09:00:00.000+01:00</start><end>2026-11-23T09:07:30.000+01:00</end><name>{name}</name>"
        f"{inside}<orx:meta>{meta}</orx:meta></data>"
    ).encode()


def long_answer(id_: str) -> bytes:
    """An answer to 30 questions, of 1.5 kB."""
    inside = "".join(f"<question_{n}>answer number {n}</question_{n}>" for n in range(QUESTIONS))
    return answer(id_=id_, inside=inside)
