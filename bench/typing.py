"""What it costs to look for initiatives like the one being written: one request, beside the same one without a title.

The register is made: titles out of words of education and aid, with organisations, regions, themes and days. The floor
is the same address with an empty form: everything but the comparing. Then what it costs to begin (a process that
compares for the first time), to go on after one initiative changed, and to find all pairs of the country.
"""

import random
import resource
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from bench.clock import side_by_side
from bench.installation import lead
from bench.table import table

if TYPE_CHECKING:
    from learnin.people.models import Country, Person

SIZES = (1_000, 10_000)
FULL = 40  # repetitions of a usual run, in which the register is as large as it says
AT_ONCE = 500
WHAT = ("Digital", "Inclusive", "Blended", "Rural", "Early", "Vocational", "Online", "Bilingual", "Green", "Safe")
OF = ("classrooms", "teachers", "libraries", "schools", "tablets", "mentors", "kindergartens", "laboratories", "meals")
HOW = ("training in", "renovation of", "support to", "equipment for", "guidance for", "reform of", "evaluation of")


def run(repetitions: int) -> list[str]:
    """Two tables: one request, and what stands behind it."""
    requests: list[list[str]] = []
    behind: list[list[str]] = []
    country, by = lead()
    for size in SIZES:
        _lay(country, by, max(10, size * min(repetitions, FULL) // FULL))
        there, costs = _measure(country, by, repetitions)
        requests.append(there)
        behind.append(costs)
    head = ["records", "ms", "half of them", "floor ms", "comparing ms"]
    return [
        table(head, requests),
        table(["records", "first answer s", "after a change ms", "all pairs s", "pairs", "peak MB"], behind),
    ]


def _measure(country: "Country", by: "Person", repetitions: int) -> tuple[list[str], list[str]]:
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from learnin.initiatives.models import Initiative
    from learnin.initiatives.queries import at_hand, found_pairs

    here = Initiative.objects.filter(country=country, is_draft=False)
    count, one = here.count(), here.order_by("-pk")[0]
    client = Client(headers={"HX-Request": "true", "Host": "localhost"})
    url = reverse("initiatives:likely", args=[country.pk])
    client.force_login(by)
    typed = {"texts-0-title": f"{one.title()}, second phase", "reporter": "UNDP", "planned_start": "2024-03-01"}
    at_hand.forget()
    first = _seconds(lambda: client.post(url, typed))
    mine, floor = side_by_side(lambda: client.post(url, typed), lambda: client.post(url, {}), repetitions)
    here.filter(pk=one.pk).update(changed_at=timezone.now())
    changed = _seconds(lambda: client.post(url, typed))
    found: list[Any] = []
    pairs = _seconds(lambda: found.extend(found_pairs.found(country).values()))
    low, high = mine.half
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    number = f"{count:,}"
    request = [number, f"{mine.middle:.1f}", f"{low:.1f} to {high:.1f}", f"{floor.middle:.1f}"]
    behind = [number, f"{first:.1f}", f"{changed * 1000:.0f}", f"{pairs:.1f}", f"{len(found):,}", f"{peak:.0f}"]
    return [*request, f"{mine.middle - floor.middle:.1f}"], behind


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def _lay(country: "Country", by: "Person", size: int) -> None:
    """Initiatives until there are as many; each with a partner, a region, a theme and an audience."""
    from django.utils import timezone

    from learnin.initiatives.models import (
        Initiative,
        InitiativeAudience,
        InitiativeTheme,
        Organisation,
        Partner,
        Place,
    )
    from learnin.programme import reader

    now, chance = timezone.now(), random.Random(size)
    there = Initiative.objects.filter(country=country, is_draft=False).count()
    names = [f"Organisation {number} for education" for number in range(60)]
    known = {"country": country, "added_by": by, "added_at": now}
    organisations = Organisation.objects.bulk_create([Organisation(names={"en": name}, **known) for name in names])
    areas = list(country.areas.order_by("pk"))
    themes, audiences = ([one.id for one in items] for items in (reader.current().themes, reader.current().audiences))

    def made() -> "Initiative":
        begins = date(2015, 1, 1) + timedelta(days=chance.randrange(4000))
        words = f"{chance.choice(WHAT)} {chance.choice(OF)}: {chance.choice(HOW)} {chance.choice(OF)}"
        title = f"{words} in {chance.choice(areas).name if areas else country.pk}, lot {chance.randrange(size)}"
        return Initiative(
            country=country, titles={"en": title}, language="en", reporter=chance.choice(organisations),
            begins_on=begins, ends_on=begins + timedelta(days=365), origin=Initiative.Origin.FIVEW,
            registered_by=by, registered_at=now, changed_at=now,
        )  # fmt: skip

    wanted = (made() for _number in range(size - there))
    while part := list(islice(wanted, AT_ONCE)):
        kept = Initiative.objects.bulk_create(part)
        Partner.objects.bulk_create(
            Partner(initiative=one, organisation=chance.choice(organisations), role=Partner.Role.IMPLEMENTING)
            for one in kept
        )
        Place.objects.bulk_create(Place(initiative=one, area=chance.choice(areas)) for one in kept if areas)
        InitiativeTheme.objects.bulk_create(
            InitiativeTheme(initiative=one, theme=chance.choice(themes)) for one in kept
        )
        InitiativeAudience.objects.bulk_create(
            InitiativeAudience(initiative=one, audience=chance.choice(audiences)) for one in kept
        )
