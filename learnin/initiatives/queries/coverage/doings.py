"""The initiatives as the counting takes them: where each stands, who does it, for how many, with how much."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from learnin.compute.coverage import Doing
from learnin.initiatives.models import Initiative, Partner, PeopleReached
from learnin.initiatives.queries.coverage.money import Worth, amounts_of
from learnin.initiatives.queries.coverage.sides import areas_of, audiences_of, components_of, themes_of
from learnin.initiatives.queries.coverage.wanted import UNTOLD, Measure, Wanted

Told = dict[str, int]
"""A number of people for each audience; the empty one is everybody."""
Row = tuple[str, int | None, int | None]
"""One line about people: for which audience, how many were planned for, how many reached."""
NOBODY: tuple[Told, Told] = {}, {}


def doings_of(found: QuerySet[Initiative], wanted: Wanted, worth: Worth) -> list[Doing]:
    """The initiatives as the counting takes them: one question for each kind of row that belongs to them."""
    rows, columns = wanted.kinds
    here = found.values("pk")
    scopes = dict(found.order_by("pk").values_list("pk", "scope"))
    sorted_rows = themes_of(here) if rows == "theme" else components_of(here)
    sorted_columns = audiences_of(here) if columns == "audience" else areas_of(here, scopes)
    agencies = _agencies(found)
    people = _people(here)
    own, whole = amounts_of(here, wanted, worth) if wanted.measure is Measure.MONEY else ({}, {})
    by_audience = columns == "audience"
    return [
        Doing(
            pk,
            sorted_rows.get(pk, frozenset({UNTOLD})),
            sorted_columns.get(pk, frozenset({UNTOLD})),
            agencies[pk],
            everybody(planned),
            everybody(reached),
            own.get(pk),
            whole.get(pk),
            planned if by_audience else {},
            reached if by_audience else {},
        )
        for pk in scopes
        for planned, reached in (people.get(pk, NOBODY),)
    ]


def _agencies(found: QuerySet[Initiative]) -> dict[int, frozenset[int]]:
    sides = {pk: {reporter} for pk, reporter in found.order_by("pk").values_list("pk", "reporter")}
    rows = Partner.objects.filter(initiative__in=found.values("pk")).order_by("pk")
    for pk, organisation in rows.values_list("initiative", "organisation"):
        sides[pk].add(organisation)
    return {pk: frozenset(numbers) for pk, numbers in sides.items()}


def _people(here: QuerySet) -> dict[int, tuple[Told, Told]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    found = PeopleReached.objects.filter(initiative__in=here).order_by("pk")
    for pk, audience, plan, came in found.values_list("initiative", "audience", "planned", "reached"):
        rows[pk].append((audience, plan, came))
    return {pk: _largest(told) for pk, told in rows.items()}


def _largest(rows: Iterable[Row]) -> tuple[Told, Told]:
    """People planned and reached, by audience; of several periods the largest, for the same people may come again."""
    planned: Told = {}
    reached: Told = {}
    for audience, plan, came in rows:
        for told, n in ((planned, plan), (reached, came)):
            if n is not None:
                told[audience] = max(n, told.get(audience, 0))
    return planned, reached


def everybody(by_audience: Mapping[str, int]) -> int | None:
    """What it says of all, else the audiences together."""
    if not by_audience:
        return None
    return by_audience.get("") or sum(by_audience.values())


def people_of(rows: Iterable[PeopleReached]) -> tuple[int | None, int | None]:
    """How many people one initiative planned for and reached, as the cells count them."""
    planned, reached = _largest((row.audience, row.planned, row.reached) for row in rows)
    return everybody(planned), everybody(reached)
