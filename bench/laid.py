"""`python -m bench.laid SIZE`: an installation with a history, ready to be served; prints what a client needs."""

import json
import os
import sys
import time
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

import django
from django.conf import settings

from bench.crowd import PEOPLE as USERS
from bench.installation import STATIC

COUNTED = 3  # readers whose queries are counted


def main() -> None:
    """Lay it, sign people in, count the queries of each page, and keep the bytes for the floor."""
    django.setup()
    settings.STORAGES["staticfiles"] = {"BACKEND": STATIC}
    settings.ALLOWED_HOSTS.append("testserver")
    from django.utils import timezone

    from bench import history

    size = {"small": history.SMALL, "large": history.LARGE}[sys.argv[1]]
    _empty()
    maker = history.Maker(size, timezone.now())
    maker.region()
    _settle()
    told = {"country": _page("country", _coordinators()), "region": _page("region", _advisers())}
    print(json.dumps({"made": maker.made, "pages": told}))


def _empty() -> None:
    from django.core.management import call_command

    from learnin.people import operations

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0, stdout=StringIO())
    operations.load_places()


def _settle() -> None:
    """Let the database look at what came in, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _coordinators() -> list[tuple[str, str]]:
    """An address and who reads it, for each user: the home of their own country."""
    from learnin.people.models import Country

    codes = Country.objects.filter(is_example=False).order_by("pk").values_list("pk", flat=True)[:USERS]
    return [(f"/c/{code}/", f"p0@{code.lower()}.example") for code in codes]


def _advisers() -> list[tuple[str, str]]:
    return [("/region/", f"p{n}@region.example") for n in range(USERS)]


def _processor(client: Any, address: str) -> float:
    """Milliseconds of processor time of one visit, without a server: what others do beside it does not count."""
    began = time.process_time()
    client.get(address)
    return (time.process_time() - began) * 1000


def _page(name: str, readers: list[tuple[str, str]]) -> dict[str, Any]:
    """Everybody's address and cookie, and the most queries that a page of the first took."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from learnin.people.models import Person

    visits, asked, alone = [], [], []
    for n, (address, email) in enumerate(readers):
        client = Client()
        client.force_login(Person.objects.get(email=email))
        if n < COUNTED:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            asked.append(len(queries))
            alone += [_processor(client, address) for _visit in range(5)]
        visits.append((address, f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"))
    (Path(os.environ["LEARNIN_DATA_DIR"]) / f"floor-{name}").write_bytes(answer.content)
    return {"queries": max(asked), "alone": median(alone), "visits": visits, "bytes": len(answer.content)}


if __name__ == "__main__":
    main()
