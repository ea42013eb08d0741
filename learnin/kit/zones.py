"""Time zones, each read from its file once."""

from functools import cache
from zoneinfo import ZoneInfo


@cache
def named(name: str) -> ZoneInfo:
    """The time zone of this name. Python keeps the last eight, and a page of the region reads over twenty."""
    return ZoneInfo(name)
