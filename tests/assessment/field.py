"""A round in the field for tests with real servers: lay it, and tell what came (`python -m tests.assessment.field`)."""

import json
import sys
from typing import Any

import django
from django.apps import apps
from django.utils import timezone

if not apps.ready:  # run as a program of its own
    django.setup()

from learnin.assessment.access.collection import draft_token
from learnin.assessment.models import Enumerator, Round, Submission
from learnin.assessment.operations import enumerators
from learnin.people import operations
from learnin.people.models import Country, Person
from tests.assessment import made_answers as made


def lay() -> dict[str, Any]:
    """An open round with a picture in its form, two enumerators of whom one is revoked, and a draft to try."""
    now = timezone.now()
    operations.load_places()
    country = Country.objects.get(code="RS")
    by = Person.objects.create_person("chair@example.org", "Chair", language="en")
    instrument = made.instrument(country, by=by)
    round_ = made.round_of(instrument, by=by, now=now)
    version = instrument.versions.get()
    made.medium(version, by=by)
    draft = made.version(instrument, 2, by=by, is_draft=True)
    first, second = (made.enumerator(round_, by=by, name=name) for name in ("Mira", "Gone"))
    password = enumerators.give_password(first, by=by, now=now)
    enumerators.revoke_enumerator(second, by=by, now=now)
    return {
        "key": first.key,
        "revoked": second.key,
        "number": first.pk,
        "password": password,
        "open": round_.key,
        "draft": draft_token(draft),
        "version": version.pk,
        "round": round_.pk,
    }


def clear() -> dict[str, Any]:
    """Nothing came yet; the round is open."""
    Submission.objects.all().delete()
    Round.objects.update(closed_at=None, closed_by=None)
    return {}


def close() -> dict[str, Any]:
    """The round ends now."""
    Round.objects.update(closed_at=timezone.now(), closed_by=Person.objects.get())
    return {}


def revoke(pk: str) -> dict[str, Any]:
    """This enumerator collects no longer."""
    enumerator = Enumerator.objects.get(pk=pk)
    enumerators.revoke_enumerator(enumerator, by=Person.objects.get(), now=timezone.now())
    return {}


def tell() -> dict[str, Any]:
    """Every answer that is kept, and its files."""
    rows = Submission.objects.order_by("pk").values_list("instance_id", "sha256", "is_current", "has_all_files")
    files = {
        one.instance_id: sorted(one.files.values_list("name", flat=True))
        for one in Submission.objects.filter(files__isnull=False).distinct()
    }
    tries = Submission.objects.filter(is_test=True).count()
    return {"answers": list(rows), "files": files, "tries": tries}


STORIES = {"lay": lay, "clear": clear, "close": close, "revoke": revoke, "tell": tell}

if __name__ == "__main__":  # one command a line, one answer a line
    for line in sys.stdin:
        name, *words = json.loads(line)
        print(json.dumps(STORIES[name](*words)), flush=True)
