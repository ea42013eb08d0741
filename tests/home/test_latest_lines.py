"""The home tells the last lines of the journal, and of an act on many things only its own: few questions asked."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learnin.home.latest import LINES, latest_lines
from learnin.journal import verbs
from learnin.journal.models import Entry
from learnin.journal.operations import entries
from tests.cast import NOW, Cast

pytestmark = pytest.mark.django_db

MANY, BEFORE, AFTER = "initiative.came-in", "import.added", "import.applied"


def act(cast: Cast, hour: int, *, before: int = 1, many: int = 0, after: int = 1) -> None:
    """Something that was done at an hour: its own lines, and those on many things between them."""
    told = {"by": cast.chair, "now": NOW + timedelta(hours=hour), "country": cast.home}
    for verb, count in ((BEFORE, before), (MANY, many), (AFTER, after)):
        if verb == MANY:
            entries.write_all(MANY, told=[entries.Told(cast.home)] * count, **told)
        else:
            for _one in range(count):
                entries.write(verb, cast.home, **told)


def shown(cast: Cast) -> list[int]:
    """The numbers of the lines on the home."""
    return [line.entry.pk for line in latest_lines(cast.home)]


def wanted(cast: Cast) -> list[int]:
    """The same, found by reading the whole journal."""
    every = Entry.objects.filter(country=cast.home).order_by("-at", "-pk")
    return [one.pk for one in every if one.verb not in verbs.of_many()][:LINES]


@pytest.mark.parametrize("seed", range(8))
def test_they_are_the_last_that_are_not_of_many(cast: Cast, seed: int) -> None:
    chance = Random(seed)
    for hour in range(1, chance.randint(1, 7)):
        before, after = chance.randint(0, 3), chance.randint(0, 3)
        act(cast, hour, before=before, many=chance.choice([0, 0, 1, 2, 3, 4, 5, 30]), after=after)
    assert shown(cast) == wanted(cast)


@pytest.mark.parametrize("many", [5, 600])
def test_a_large_act_costs_what_a_small_one_costs(cast: Cast, many: int) -> None:
    act(cast, 1, before=LINES)
    act(cast, 2, many=many)
    with CaptureQueriesContext(connection) as context:
        assert shown(cast) == wanted(cast)
    asked = [one["sql"] for one in context if f"LIMIT {LINES}" in one["sql"]]
    assert len(asked) == 3  # the last lines, the first of that moment, the last before it


def test_of_another_country_nothing_is_told(cast: Cast) -> None:
    act(cast, 1, many=30)
    assert not {BEFORE, MANY, AFTER} & {line.entry.verb for line in latest_lines(cast.elsewhere)}
