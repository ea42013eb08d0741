"""Each initiative that a file brings in or changes has its line; many come in with few questions."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from learnin.home.latest import latest_lines
from learnin.initiatives.formats.record import Text
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import importing
from learnin.initiatives.queries import imports
from learnin.initiatives.queries.records import record_of
from learnin.journal.models import Entry
from tests.cast import NOW, Cast, as_
from tests.initiatives import made, made_files

pytestmark = pytest.mark.django_db
HEADING = "Identifier,Title,Organisation,Country,Start,Budget,Currency,Funder"


def table(n: int, *, budget: int = 100, title: str = "Initiative", funder: str = "Fund") -> bytes:
    """A table of so many initiatives."""
    rows = [f"RS-{at},{title} {at},UNICEF Serbia,RS,2026-01-01,{budget},EUR,{funder} {at % 3}" for at in range(n)]
    return made_files.csv(rows, HEADING)


def test_the_history_says_with_which_file_it_came_in_and_changed(cast: Cast) -> None:
    made_files.applied(cast, table(2), name="first.csv")
    made_files.applied(cast, table(2, budget=200), name="second.csv")
    found = Initiative.objects.get(identifier="RS-0")
    page = as_(cast.chair).get(reverse("initiatives:initiative", args=[found.pk])).content.decode()
    name = cast.chair.name
    assert f"“Initiative 0” came in with the file first.csv, by {name}" in page
    assert f"“Initiative 0” changed by the file second.csv, brought in by {name}" in page
    (line,) = Entry.objects.filter(verb="initiative.changed-by-file", on_id=str(found.pk))
    assert (line.by, line.country) == (cast.chair, cast.home)
    assert line.before["money"][0]["amount"] == "100"
    assert line.after["money"][0]["amount"] == "200"
    assert line.after["file"] == "second.csv"
    assert set(line.before) == {"money"}


def test_a_file_is_one_line_of_the_latest(cast: Cast) -> None:
    made_files.applied(cast, table(30))
    verbs = [line.entry.verb for line in latest_lines(cast.home)]
    assert verbs[0] == "import.applied"
    assert "initiative.came-in" not in verbs
    assert Entry.objects.filter(verb="initiative.came-in").count() == 30


def _asked(cast: Cast, content: bytes) -> int:
    """How many questions bringing a file into the register takes."""
    source = made_files.brought_in(cast, content)
    with CaptureQueriesContext(
        connection,
    ) as found:
        importing.apply(source, by=cast.chair, now=NOW, at_once=True)
    return len(found)


def test_the_number_of_questions_does_not_grow_with_new_ones_nor_with_changed_ones(cast: Cast) -> None:
    few = _asked(cast, table(3))
    many = _asked(cast, table(60, title="Another").replace(b"RS-", b"XX-"))
    assert many <= few
    few = _asked(cast, table(3, budget=200, title="Changed", funder="Bank"))
    content = table(60, budget=200, title="Changed", funder="Bank").replace(b"RS-", b"XX-")
    assert _asked(cast, content) <= few
    assert Entry.objects.filter(verb="initiative.changed-by-file").count() == 63
    found = record_of(Initiative.objects.get(identifier="XX-59"))
    assert (found.title, [one.organisation.name for one in found.parties]) == ("Changed 59", ["Bank 2"])
    assert imports.counts(made_files.brought_in(cast, content))["same"] == 60


def test_two_records_that_change_the_same_initiative_come_one_after_the_other(cast: Cast) -> None:
    two = (Text("Tablets", "en"), Text("Таблети", "sr"))
    found = made.initiative(cast, "Tablets", titles=two, reporter=made.organisation("UNICEF Serbia"))
    Initiative.objects.update(planned_start=None, actual_start=None, begins_on=None)
    heading = "Title (en),Title (sr),Organisation,Country,Scope,Funder"
    rows = ["Tablets,,UNICEF Serbia,RS,,Fund", ",Таблети,UNICEF Serbia,RS,4,Fund"]
    source: Any = made_files.brought_in(cast, made_files.csv(rows, heading))
    assert {one.initiative_id for one in source.records.all()} == {found.pk}
    importing.decide(source, choices={}, rest="file", by=cast.chair, now=NOW)
    importing.apply(source, by=cast.chair, now=NOW, at_once=True)
    says = record_of(Initiative.objects.get())
    assert (says.scope, [one.organisation.name for one in says.parties]) == ("4", ["Fund"])
    assert {text.words for text in says.titles} == {"Tablets", "Таблети"}


def test_days_that_do_not_fit_those_of_the_register_keep_out_this_record_alone(cast: Cast) -> None:
    heading = "Identifier,Title,Organisation,Country,Start,End"
    rows = [f"RS-{at},Initiative {at},UNICEF Serbia,RS,2026-01-01,2026-06-30" for at in range(2)]
    made_files.applied(cast, made_files.csv(rows, heading))
    later = ["RS-0,Initiative 0,UNICEF Serbia,RS,2026-09-01", "RS-1,Initiative 1,UNICEF Serbia,RS,2026-02-01"]
    source = made_files.applied(cast, made_files.csv(later, "Identifier,Title,Organisation,Country,Start"))
    bad, good = source.records.order_by("row")
    assert (bad.state, bad.problems[0]["code"], bad.problems[0]["row"]) == ("bad", "register.days_do_not_fit", 2)
    assert good.state == "changed"
    begins = Initiative.objects.filter(country=cast.home).order_by("identifier").values_list("begins_on", flat=True)
    assert [day.isoformat() for day in begins if day] == ["2026-01-01", "2026-02-01"]
    page = as_(cast.chair).get(reverse("initiatives:import", args=[source.pk])).content.decode()
    assert "With the days that the register has, it would end before it begins." in page
