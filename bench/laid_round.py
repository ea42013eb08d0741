"""`python -m bench.laid_round`: an installation with an open round of 30 questions; prints the key of an enumerator."""

import json
import os
from datetime import timedelta
from pathlib import Path

import django

QUESTIONS = 30


def xform() -> str:
    """A form of 30 questions."""
    names = [f"question_{n}" for n in range(QUESTIONS)]
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>Bench'
        '</h:title><model><instance><data id="bench" version="1">'
        + "".join(f"<{name}/>" for name in names)
        + "<meta><instanceID/></meta></data></instance></model></h:head><h:body>"
        + "".join(f'<input ref="/data/{name}"/>' for name in names)
        + "</h:body></h:html>"
    )


def main() -> None:
    """Lay it, and keep what the floor answers."""
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.utils import timezone

    from learnin.assessment.formats import openrosa
    from learnin.assessment.models import Instrument, Round, Version
    from learnin.assessment.operations import enumerators
    from learnin.people import operations
    from learnin.people.models import Country, Person

    settings.STATIC_ROOT.mkdir()  # pages are not asked for, so nothing is collected there
    call_command("migrate", verbosity=0)
    operations.load_places()
    now, country = timezone.now(), Country.objects.get(code="RS")
    by = Person.objects.create_person("chair@bench.example", "Chair", language="en")
    instrument = Instrument.objects.create(country=country, title="Bench", form_id="bench", added_by=by, added_at=now)
    Version.objects.create(
        instrument=instrument,
        number=1,
        version="1",
        xform=xform(),
        changed_by=by,
        changed_at=now,
        published_by=by,
        published_at=now,
    )
    round_ = Round.objects.create(
        country=country,
        instrument=instrument,
        title="Bench",
        kind=Round.Kind.OPEN,
        key="bench",
        opens_at=now - timedelta(days=1),
        closes_at=now + timedelta(days=1),
        planned_by=by,
        planned_at=now,
    )
    enumerator = enumerators.add_enumerator(round_, name="Mira", by=by, now=now)
    floor = Path(os.environ["LEARNIN_DATA_DIR"]) / "floor-submission"
    floor.write_bytes(openrosa.response("Thank you. Your answer is safe."))
    print(json.dumps({"key": enumerator.key}))


if __name__ == "__main__":
    main()
