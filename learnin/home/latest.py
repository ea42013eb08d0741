"""The last lines of a country's journal, as its home tells them.

An act on many things, as when a file comes in, leaves a line on each of them: thousands of one moment, among which
nobody wants to read. Its own line stands before or after them. So each such act is stepped over, by the index of
country and moment: what the home costs does not grow with the size of an import.
"""

from datetime import UTC, datetime

from django.db.models import QuerySet

from learnin.journal import verbs
from learnin.journal.models import Entry
from learnin.journal.queries import entries
from learnin.kit.readings import reading
from learnin.people.models import Country

LINES = 4
"""How many of the last lines of the journal stand on the home of a country."""
END = datetime(3000, 1, 1, tzinfo=UTC)
"""No line is as late."""


def latest_lines(country: Country) -> list[entries.Line]:
    """The last lines of the country's journal, in words; of an act on many things its own lines alone."""
    found = _own_lines(country.pk)
    for entry in found:
        entry.country = country
    return entries.told(found)


def _own_lines(country: str) -> list[Entry]:
    many = verbs.of_many()
    found: list[Entry] = []
    before = END
    while len(found) < LINES:
        last = _before(country, before)
        moment = next((one.at for one in last if one.verb in many), None)
        found += [one for one in last if one.verb not in many and (moment is None or one.at >= moment)]
        if moment is None:
            break
        first = [one for one in _since(country, moment) if one.at == moment]
        found += [one for one in reversed(first) if one.verb not in many and one not in found]
        before = moment
    return found[:LINES]


@reading
def _before(country: str, moment: datetime) -> QuerySet[Entry]:
    return _told(Entry.objects.filter(country=country, at__lt=moment)).order_by("-at", "-pk")[:LINES]


@reading
def _since(country: str, moment: datetime) -> QuerySet[Entry]:
    """Not only of the moment: in the order of the number alone, PostgreSQL would walk through the whole journal."""
    return _told(Entry.objects.filter(country=country, at__gte=moment)).order_by("at", "pk")[:LINES]


def _told(found: QuerySet[Entry]) -> QuerySet[Entry]:
    told = ("verb", "on_app", "on_model", "on_id", "on_label", "country", "at", "before", "after", "by__name")
    return found.select_related("by").only(*told)
