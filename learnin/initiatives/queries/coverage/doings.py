"""The initiatives as the counting takes them: where each stands, who does it, for how many, with how much."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from learnin.compute.coverage import Doing
from learnin.initiatives.models import Initiative, Partner, PeopleReached
from learnin.initiatives.queries.coverage.money import Worth, amounts_of
from learnin.initiatives.queries.coverage.sides import areas_of, audiences_of, components_of, themes_of
from learnin.initiatives.queries.coverage.wanted import UNTOLD, Measure, Wanted

Told = dict[int, dict[str, int]]


def doings_of(found: QuerySet[Initiative], wanted: Wanted, worth: Worth) -> list[Doing]:
    """The initiatives as the counting takes them: one question for each kind of row that belongs to them."""
    rows, columns = wanted.kinds
    here = found.values("pk")
    scopes = dict(found.order_by("pk").values_list("pk", "scope"))
    sorted_rows = themes_of(here) if rows == "theme" else components_of(here)
    sorted_columns = audiences_of(here) if columns == "audience" else areas_of(here, scopes)
    agencies = _agencies(found)
    planned, reached = _people(here)
    own, whole = amounts_of(here, wanted, worth) if wanted.measure is Measure.MONEY else ({}, {})
    by_audience = columns == "audience"
    return [
        Doing(
            pk,
            sorted_rows.get(pk, frozenset({UNTOLD})),
            sorted_columns.get(pk, frozenset({UNTOLD})),
            agencies[pk],
            everybody(planned.get(pk)),
            everybody(reached.get(pk)),
            own.get(pk),
            whole.get(pk),
            planned.get(pk, {}) if by_audience else {},
            reached.get(pk, {}) if by_audience else {},
        )
        for pk in scopes
    ]


def _agencies(found: QuerySet[Initiative]) -> dict[int, frozenset[int]]:
    sides = {pk: {reporter} for pk, reporter in found.order_by("pk").values_list("pk", "reporter")}
    rows = Partner.objects.filter(initiative__in=found.values("pk")).order_by("pk")
    for pk, organisation in rows.values_list("initiative", "organisation"):
        sides[pk].add(organisation)
    return {pk: frozenset(numbers) for pk, numbers in sides.items()}


def _people(here: QuerySet) -> tuple[Told, Told]:
    """People planned and reached, by audience; of several periods the largest, for the same people may come again."""
    planned: Told = defaultdict(dict)
    reached: Told = defaultdict(dict)
    rows = PeopleReached.objects.filter(initiative__in=here).order_by("pk")
    for pk, audience, plan, came in rows.values_list("initiative", "audience", "planned", "reached"):
        for told, n in ((planned, plan), (reached, came)):
            if n is not None:
                told[pk][audience] = max(n, told[pk].get(audience, 0))
    return planned, reached


def everybody(by_audience: Mapping[str, int] | None) -> int | None:
    """What it says of all, else the audiences together."""
    if not by_audience:
        return None
    return by_audience.get("") or sum(by_audience.values())


def people_of(rows: Iterable[PeopleReached]) -> tuple[int | None, int | None]:
    """How many people one initiative planned for and reached, as the cells count them."""
    planned: dict[str, int] = {}
    reached: dict[str, int] = {}
    for row in rows:
        for told, n in ((planned, row.planned), (reached, row.reached)):
            if n is not None:
                told[row.audience] = max(n, told.get(row.audience, 0))
    return everybody(planned), everybody(reached)
