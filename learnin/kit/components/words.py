"""Days, moments and numbers as tags and filters."""

from datetime import date, datetime

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString

from learnin.kit import written

register = Library()
register.filter("number", written.number)
register.filter("percent", written.percent)
register.filter("size", written.size)
register.filter("clock", written.clock)


@register.filter(name="day")
def day_filter(value: date | None) -> str:
    """The day in words; nothing for no day."""
    return written.day(value) if value else ""


@register.filter(name="moment")
def moment_filter(value: datetime | None) -> str:
    """The day and the time in words; nothing for no moment."""
    return written.moment(value) if value else ""


@register.simple_tag
def day(value: date | None, *, short: bool = False, weekday: bool = False) -> SafeString:
    """A day that programs can read too."""
    if not value:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{}</time>', value.isoformat(), written.day(value, short=short, weekday=weekday)
    )


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """A day and a time that programs can read too."""
    if not value:
        return SafeString("")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), written.moment(value))
