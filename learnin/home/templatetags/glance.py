"""The region at a glance: its map and its tables, each drawn once of the same facts."""

from collections.abc import Sequence

from django.template import Library
from django.utils.safestring import SafeString

from learnin.home import region
from learnin.home.region import CountryLine, Event, LateAction
from learnin.kit import parts
from learnin.kit.components import draw_template

register = Library()


@register.simple_tag
def map_of_countries(lines: Sequence[CountryLine]) -> SafeString:
    """How far each country is, on a map; an example country has no place there."""
    by_code = {line.country.pk: line for line in lines}
    there = [(code, by_code[code]) for code in region.drawing()["paths"] if code in by_code]
    shapes = tuple([(code, line.name, line.level) for code, line in there])
    return draw_template("home/map.html", shapes=shapes)


@register.simple_tag
def map_width() -> int:
    """How wide the map is."""
    return region.drawing()["width"]


@register.simple_tag
def map_height() -> int:
    """How high the map is."""
    return region.drawing()["height"]


@register.filter
def outline(code: str) -> str:
    """The outline of a country."""
    return region.drawing()["paths"][code]


@register.filter
def level(name: str) -> parts.Level:
    """How a level looks and what it means."""
    return parts.LEVELS[name]


@register.simple_tag
def country_rows(lines: Sequence[CountryLine]) -> SafeString:
    """The countries in their table."""
    return draw_template("home/country_rows.html", lines=tuple([_told(line) for line in lines]))


def _told(line: CountryLine) -> tuple[object, ...]:
    """What the table says of a country."""
    members = (line.filled, line.seats) if line.has_task_force else ()
    return line.name, line.country.url, line.done, line.length, members, line.overdue, line.met_at


@register.simple_tag
def event_items(events: Sequence[Event]) -> SafeString:
    """What is ahead, each with its country."""
    told = tuple([(one.at, one.name, one.url, one.country.name) for one in events])
    return draw_template("home/event_items.html", events=told)


@register.simple_tag
def late_rows(actions: Sequence[LateAction]) -> SafeString:
    """The actions that wait longest, in their table."""
    told = tuple([(one.pk, one.text, one.country.name, one.due_on, one.late) for one in actions])
    return draw_template("home/late_rows.html", actions=told)
