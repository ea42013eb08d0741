"""What of a run somebody wants to look at, and the charts and rows that show it. All numbers come from `reading`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from learnin.assessment.formats import indicator as formats
from learnin.assessment.formats.indicator import Kind
from learnin.assessment.models import Assessment, Indicator, Run, RunRound
from learnin.assessment.queries import estimates, indicators, reading
from learnin.assessment.queries.reading import Read
from learnin.kit import charts
from learnin.kit.charts import AreaMap, Chart, Dots, Heat, Mark, Panels, Rounds, Row, Stacks, Trust, Unit
from learnin.kit.charts.strips import MOST_SERIES
from learnin.programme import reader

LEVELS_OF_A_SCALE = {3: (1, True), 4: (2, False), 5: (2, True)}
"""By the number of values of a scale: how many stand against, and whether one is neutral."""
PAIR = 2  # groupings inside each other, or rounds that can be compared
FILTERS = ("dimension", "theme", "component", "population")
Choices = list[tuple[str, str]]


class View(StrEnum):
    """How numbers are drawn."""

    DOTS = "dots"
    SCALE = "scale"
    PANELS = "panels"
    MAP = "map"
    ROUNDS = "rounds"


@dataclass(frozen=True)
class Wanted:
    """What somebody asked to see; empty is everything."""

    dimension: str = ""
    theme: str = ""
    component: str = ""
    population: str = ""
    indicator: int | None = None
    by: str = ""
    group: str = ""
    """The key of a group that every number must be inside."""
    view: View = View.DOTS


@dataclass(frozen=True)
class Shown:
    """A round as it is looked at: its charts, and every number in them."""

    part: RunRound
    charts: tuple[Chart, ...]
    lines: tuple[Read, ...]


def wanted_indicators(assessment: Assessment, wanted: Wanted) -> list[Indicator]:
    """The indicators somebody asked for."""
    said = {name: getattr(wanted, name) for name in FILTERS if getattr(wanted, name)}
    found = indicators.indicators(assessment).filter(**said)
    return list(found.filter(pk=wanted.indicator) if wanted.indicator else found)


def lines(run: Run, wanted: Wanted) -> list[Read]:
    """Every number that is looked at: of everybody, and of the groups."""
    of = [one.pk for one in wanted_indicators(run.assessment, wanted)]
    if not of:
        return []
    if wanted.group:
        inside = estimates.domain(run, wanted.group) or {}
        return reading.numbers(run, indicators=of, by=_inside("|".join(inside), wanted.by), domain=inside)
    return reading.numbers(run, indicators=of, by={"", wanted.by})


def _inside(group: str, by: str) -> set[str]:
    """The ways to split people that tell a group by another, whichever stands inside which; or the group alone."""
    return {by, f"{group}|{by}", f"{by}|{group}"} if by else {group}


def shown(run: Run, wanted: Wanted) -> list[Shown]:
    """The rounds of a run with what is looked at in each."""
    found = lines(run, wanted)
    if wanted.view is View.ROUNDS:
        parts = list(estimates.rounds_of(run))
        drawn = tuple(_rounds(found, parts))
        return [Shown(parts[-1], drawn, tuple(found))] if drawn else []
    told = []
    for part in estimates.rounds_of(run):
        mine = [one for one in found if one.of.round == part.round_id]
        if mine:
            pictures = _of_one(run, mine, wanted) if wanted.indicator else _of_many(mine)
            told.append(Shown(part, tuple(pictures), tuple(mine)))
    return told


DRAWN: dict[View, type[Chart]] = {View.SCALE: Stacks, View.PANELS: Panels, View.MAP: AreaMap}
"""What a way to draw looks like where it can be drawn."""


def instead(wanted: Wanted, told: Sequence[Shown]) -> str:
    """Why numbers are not drawn as somebody asked; nothing where they are."""
    if wanted.view is View.ROUNDS:
        return "" if told else _("A change is seen where one indicator was measured in two rounds.")
    kind = DRAWN.get(wanted.view)
    if kind is None or not told or any(isinstance(one, kind) for round_ in told for one in round_.charts):
        return ""
    if not wanted.indicator:
        return _("Choose one indicator to have it drawn so. Until then these stand as dots or shades.")
    return {
        View.SCALE: _("Only the answers of a scale can be drawn so. Here are dots with intervals."),
        View.PANELS: _("Split by one group inside another to have it drawn so. Here are dots with intervals."),
        View.MAP: _("Split by the areas of the country to have a map. Here are dots with intervals."),
    }[wanted.view]


def choices(assessment: Assessment, run: Run | None) -> dict[str, Choices]:
    """What there is to choose from, by the name of the field."""
    every = list(indicators.indicators(assessment))
    names = _names()
    found: dict[str, Choices] = {}
    for name in FILTERS:
        used = sorted({getattr(one, name) for one in every} - {""})
        found[name] = [(one, names.get(one, one)) for one in used]
    found["indicator"] = [(str(one.pk), one.label()) for one in every]
    found["split"] = indicators.ways_to_split(assessment)
    found["group"] = _groups(run) if run else []
    return found


def _names() -> dict[str, str]:
    kinds = ("dimension", "theme", "component", "audience")
    return {one.id: str(one.name) for kind in kinds for one in reader.current().items(kind)}


def _groups(run: Run) -> Choices:
    """Each group of one way to split, once: its key and its words."""
    alone = {code for part in estimates.rounds_of(run) for code in part.words.get("groups", {})}
    found = estimates.numbers(run, by=alone)
    return list(dict.fromkeys((one.key, one.group) for one in found))


def name_of(read: Read) -> str:
    """The group in words."""
    return read.of.group or _("Everybody")


def _of_many(lines: Sequence[Read]) -> Iterator[Chart]:
    """Many indicators: beside each other for everybody, shaded for groups; one chart for each unit."""
    for unit in Unit:
        mine = [one for one in lines if one.unit is unit]
        groups = list(dict.fromkeys(name_of(one) for one in mine))
        caption = _("Percent") if unit is Unit.SHARE else _("Numbers")
        if len(groups) == 1:
            rows = tuple(Row(one.of.name, one.mark) for one in mine)
            yield Dots(caption, rows, of=_("Indicator"), unit=unit, note=groups[0])
        elif groups:
            table: dict[str, dict[str, Mark]] = {}
            for one in mine:
                table.setdefault(one.of.name, {})[name_of(one)] = one.mark
            unknown = Mark(trust=Trust.UNKNOWN)
            cells = tuple((name, tuple(told.get(group, unknown) for group in groups)) for name, told in table.items())
            yield Heat(caption=caption, columns=tuple(groups), rows=cells, of=_("Indicator"), unit=unit)


def _of_one(run: Run, lines: Sequence[Read], wanted: Wanted) -> Iterator[Chart]:
    """One indicator in its groups, as it was asked for; as dots where that cannot be drawn."""
    if wanted.view is View.SCALE and (stacks := _stacks(lines)):
        yield stacks
        return
    for level in dict.fromkeys(one.of.level for one in lines):
        mine = [one for one in lines if one.of.level == level]
        caption, unit = mine[0].of.name, mine[0].unit
        drawn: Chart | None = None
        if wanted.view is View.PANELS:
            drawn = _panels(mine, caption, unit)
        elif wanted.view is View.MAP:
            drawn = _map(run, mine, caption, unit)
        yield drawn or Dots(caption, _rows(mine), of=_("Group"), unit=unit)


def _rows(lines: Iterable[Read]) -> tuple[Row, ...]:
    return tuple(Row(name_of(one), one.mark, is_whole=not one.of.domain) for one in lines)


def _stacks(lines: Sequence[Read]) -> Stacks | None:
    """The values of a scale side by side; nothing where they have no order, or are not told value by value."""
    definition = formats.read(lines[0].of.indicator.definition)
    levels = list(dict.fromkeys((one.of.level, one.of.level_name) for one in lines))
    is_scale = definition.kind is Kind.SHARES and all(level.isdecimal() for level, _name in levels)
    if not is_scale or len(levels) not in LEVELS_OF_A_SCALE:
        return None
    against, neutral = LEVELS_OF_A_SCALE[len(levels)]
    rows, marks = [], []
    for name in dict.fromkeys(name_of(one) for one in lines):
        mine = {one.of.level: one for one in lines if name_of(one) == name}
        told = [mine[level] for level, _name in levels if level in mine]
        values = [one.of.estimate for one in told if one.of.estimate is not None]
        hidden = next((one for one in told if not one.is_seen), None)
        last = told[-1].mark if hidden is None else hidden.mark
        is_whole = hidden is None and len(values) == len(levels)
        rows.append((name, tuple(values) if is_whole else None, last))
        marks.append(tuple(one.mark for one in told) if is_whole else ())
    note = _("Beside the bars: the share of the last value, and its interval (95%).")
    names = tuple(name for _level, name in levels)
    caption = lines[0].of.indicator.label()
    return Stacks(
        caption, names, tuple(rows), of=_("Group"), against=against, neutral=neutral, note=note, marks=tuple(marks)
    )


def _panels(lines: Sequence[Read], caption: str, unit: Unit) -> Panels | None:
    """A small chart for each outer group; nothing where groups are not told inside each other."""
    inside: dict[str, list[Row]] = {}
    for one in lines:
        if len(one.of.domain) == PAIR:
            outer, _comma, inner = one.of.group.partition(", ")
            inside.setdefault(outer, []).append(Row(inner, one.mark))
    if not inside:
        return None
    panels = tuple((outer, tuple(rows)) for outer, rows in inside.items())
    return Panels(caption, panels, of=_("Group"), by=_("Place"), unit=unit)


def _map(run: Run, lines: Sequence[Read], caption: str, unit: Unit) -> AreaMap | None:
    """The areas of the country; nothing where it has no drawing, or no group is one of its areas."""
    code = run.assessment.country_id
    if code not in charts.COUNTRIES:
        return None
    drawing = charts.shapes(code)
    areas = tuple(row for row in _rows(one for one in lines if len(one.of.domain) == 1) if drawing.named(row.label))
    key = f"map-{lines[0].of.pk}"  # once a page
    return AreaMap(caption, drawing, areas, of=_("Area"), key=key, unit=unit) if areas else None


def _rounds(lines: Sequence[Read], parts: Sequence[RunRound]) -> Iterator[Chart]:
    """How numbers changed from round to round; nothing for indicators of one round alone."""
    titles = {part.round_id: part.round.title for part in parts}
    for pk, level in dict.fromkeys((one.of.indicator.pk, one.of.level) for one in lines):
        mine = [one for one in lines if (one.of.indicator.pk, one.of.level) == (pk, level)]
        there = [number for number in titles if any(one.of.round == number for one in mine)]
        if len(there) < PAIR:
            continue
        series = []
        for name in dict.fromkeys(name_of(one) for one in mine):
            told = {one.of.round: one.mark for one in mine if name_of(one) == name}
            series.append((name, tuple(told.get(number, Mark(trust=Trust.UNKNOWN)) for number in there)))
        names = tuple(titles[number] for number in there)
        for some in range(0, len(series), MOST_SERIES):
            part = tuple(series[some : some + MOST_SERIES])
            yield Rounds(mine[0].of.name, names, part, of=_("Group"), unit=mine[0].unit)
