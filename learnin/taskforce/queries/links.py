"""Which components common work links, and which stand alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from learnin.programme import reader
from learnin.programme.formats.items import Component
from learnin.taskforce.models import (
    ActionComponent,
    ActionPoint,
    AgendaItem,
    Decision,
    DecisionComponent,
    ItemComponent,
    TaskForce,
)
from learnin.taskforce.queries import mandate
from learnin.taskforce.queries.composition import Check

SHOWN = 50
"""How many of the newest of each kind stand behind a cell."""


@dataclass(frozen=True)
class Cell:
    """How much work two components share; on the diagonal, how much is about one alone."""

    a: Component
    b: Component
    count: int

    @property
    def is_alone(self) -> bool:
        """Whether this counts work about one component alone."""
        return self.a == self.b


@dataclass(frozen=True)
class Row:
    """A component with its cells."""

    component: Component
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Linked:
    """One thing behind a cell."""

    kind: str
    name: str
    url: str
    at: datetime
    components: tuple[Component, ...]


def rows(task_force: TaskForce) -> list[Row]:
    """Every component with every component. Three queries, whatever the history."""
    counts: dict[frozenset[str], int] = {}
    for carried in _carried(task_force):
        pairs: Iterable[Iterable[str]] = combinations(carried, 2) if len(carried) > 1 else [carried]
        for pair in pairs:
            counts[frozenset(pair)] = counts.get(frozenset(pair), 0) + 1
    components = reader.current().components
    return [Row(a, tuple(Cell(a, b, counts.get(frozenset({a.id, b.id}), 0)) for b in components)) for a in components]


def _carried(task_force: TaskForce) -> Iterable[set[str]]:
    """The components of each decision, action and agenda item that carries any."""
    tables: list[tuple[QuerySet[Any], str]] = [
        (DecisionComponent.objects.filter(decision__task_force=task_force), "decision"),
        (ActionComponent.objects.filter(action__task_force=task_force, action__dropped_at=None), "action"),
        (
            ItemComponent.objects.filter(item__meeting__task_force=task_force, item__meeting__cancelled_at=None),
            "item",
        ),
    ]
    for table, column in tables:
        carried: dict[int, set[str]] = {}
        for pk, component in table.values_list(column, "component"):
            carried.setdefault(pk, set()).add(component)
        yield from carried.values()


def checks(found: list[Row]) -> list[Check]:
    """Which components stand alone and which pairs nothing links, in words, worst first."""
    lonely = [row.component for row in found if not any(cell.count for cell in row.cells if not cell.is_alone)]
    told = [
        Check(_("%(component)s stands alone.") % {"component": one.name}, "no", _("No work joins it with another."))
        for one in lonely
    ]
    pairs = [cell for row in found for cell in row.cells if _is_first(cell)]
    told += [
        Check(_("Nothing links %(a)s with %(b)s yet.") % {"a": cell.a.name, "b": cell.b.name}, "soon")
        for cell in pairs
        if not cell.count and not {cell.a, cell.b} & {*lonely}
    ]
    if all(cell.count for cell in pairs):
        told.append(Check(_("Common work links every component with every other."), "met"))
    return told


def _is_first(cell: Cell) -> bool:
    """Each pair once, in the programme's order."""
    order = [one.id for one in reader.current().components]
    return order.index(cell.a.id) < order.index(cell.b.id)


def behind(task_force: TaskForce, a: Component, b: Component) -> list[Linked]:
    """What stands behind a cell, the newest first; at most fifty of each kind."""
    decisions = task_force.decisions.select_related("task_force")
    actions = task_force.actions.filter(dropped_at=None).select_related("task_force")
    items = AgendaItem.objects.filter(meeting__task_force=task_force, meeting__cancelled_at=None)
    found = [
        *(_linked(one, _("Decision"), one.made_at) for one in _newest(decisions, a, b, "-made_at")),
        *(_linked(one, _("Action"), one.created_at) for one in _newest(actions, a, b, "-created_at")),
        *(
            _linked(one, _("Agenda item"), one.meeting.starts_at)
            for one in _newest(items.select_related("meeting"), a, b, "-meeting__starts_at")
        ),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def _newest(found: QuerySet[Any], a: Component, b: Component, newest: str) -> QuerySet[Any]:
    if a == b:
        found = found.annotate(carried=Count("components")).filter(carried=1)
    ordered = found.filter(components__component=a.id).filter(components__component=b.id)
    return ordered.prefetch_related("components").order_by(newest, "-pk")[:SHOWN]


def _linked(one: Decision | ActionPoint | AgendaItem, kind: str, at: datetime) -> Linked:
    known = {component.id: component for component in reader.current().components}
    carried = {link.component for link in one.components.all()}
    return Linked(
        kind=kind,
        name=one.title if isinstance(one, AgendaItem) else mandate.name_of(one),
        url=mandate.url_of(one.meeting) if isinstance(one, AgendaItem) else mandate.url_of(one),
        at=at,
        components=tuple(component for id, component in known.items() if id in carried),
    )
