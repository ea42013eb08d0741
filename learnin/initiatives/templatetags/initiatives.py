"""The rooms of the initiatives, as tabs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from learnin.initiatives import code_words
from learnin.initiatives.models import Import, Initiative, Status
from learnin.kit import written
from learnin.kit.components import frame, states, tables
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.programme import reader

register = template.Library()

ROOMS: tuple[tuple[str, str | Promise, Can | tuple[Can, ...]], ...] = (
    ("register", _lazy("Register"), (Can.SEE_INITIATIVES, Can.REGISTER_INITIATIVES)),
    ("organisations", _lazy("Organisations"), (Can.SEE_INITIATIVES, Can.REGISTER_INITIATIVES)),
    ("imports", _lazy("Files"), Can.IMPORT_INITIATIVES),
    ("pairs", _lazy("Related"), Can.SEE_INITIATIVES),
    ("agreements", _lazy("Agreements"), Can.SEE_INITIATIVES),
    ("coverage", _lazy("Coverage"), Can.SEE_COVERAGE),
)
"""Each: the name of its address, its words, and who may enter: any of these. In the order of the work."""
MOST_AREAS = 4
STATUS_LOOKS = {
    Status.PIPELINE: "none",
    Status.IMPLEMENTATION: "doing",
    Status.FINALISATION: "doing",
    Status.CLOSED: "done",
    Status.CANCELLED: "none",
    Status.SUSPENDED: "wait",
}


@register.simple_tag
def status_tag(initiative: Initiative) -> SafeString:
    """Where an initiative stands by its reporter; nothing where nobody said."""
    if not initiative.status:
        return SafeString("")
    return states.tag(STATUS_LOOKS[Status(initiative.status)], initiative.get_status_display())


@register.simple_tag
def initiative_chips(initiative: Initiative) -> SafeString:
    """The components an initiative belongs to, in the programme's order."""
    chosen = {row.component for row in initiative.components.all()}
    return states.chips([one for one in reader.current().components if one.id in chosen]) if chosen else SafeString("")


@register.simple_tag
def told_cells(initiative: Initiative, areas: Sequence[str]) -> SafeString:
    """Three cells of a list of initiatives: who tells of it; where it is, or how far it reaches; when it runs."""
    some = ", ".join(areas[:MOST_AREAS]) + (" …" if len(areas) > MOST_AREAS else "")
    told = (
        (_("Who tells us"), initiative.reporter),
        (_("Where"), some or initiative.get_scope_display() or _("not said")),
        (_("When"), period(initiative) or _("not said")),
    )
    return SafeString("".join([tables.td(escape(words), label) for label, words in told]))


@register.simple_tag
def standing(initiative: Initiative) -> str:
    """Where it stands in the register, in a word or two."""
    if initiative.merged_into_id:
        return _("Merged into another")
    if initiative.withdrawn_at:
        return _("Taken out")
    if initiative.is_draft:
        return _("Draft")
    if initiative.is_public:
        return _("Published, changed since") if initiative.is_changed_since else _("Published")
    return _("Confirmed") if initiative.is_confirmed else _("Not confirmed")


@register.simple_tag
def rooms(request: HttpRequest, country: Country, room: str = "") -> SafeString:
    """The tabs of the stage that the person may enter. The current one is the room that is named."""
    mine = [(name, label) for name, label, can in ROOMS if _may_enter(request, can, country)]
    tabs = format_html_join(
        "",
        "{}",
        (
            (frame.tab(label, reverse(f"initiatives:{name}", args=[country.pk]), current=name == room),)
            for name, label in mine
        ),
    )
    return frame.tabs(tabs, _("Initiatives"))


def _may_enter(request: HttpRequest, can: Can | tuple[Can, ...], country: Country) -> bool:
    return any(may(request.user, one, country) for one in (can if isinstance(can, tuple) else (can,)))


@register.filter
def period(row: Any) -> str:
    """From when until when, as far as somebody said."""
    days = [written.day(day) if day else "…" for day in (row.begins_on, row.ends_on)]
    return " – ".join(days) if row.begins_on or row.ends_on else ""


@register.filter
def amount(value: Decimal) -> str:
    """An amount with the separators of the language; cents only where there are any."""
    return written.number(int(value) if value == int(value) else float(value))


@register.filter
def language_of(code: str) -> str:
    """What a language is called."""
    return code_words.language_of(code)


@register.simple_tag
def import_tag(source: Import) -> SafeString:
    """Where a file that came in stands."""
    if source.applied_at:
        return states.tag("done", _("In the register"))
    if source.dropped_at:
        return states.tag("none", _("Given up"))
    if source.is_busy:
        return states.tag("doing", _("Being worked on"))
    if source.job and source.job.state == "failed":
        return states.tag("late", _("Went wrong"))
    if source.read_at:
        return states.tag("next", _("To be looked at"))
    return states.tag("next", _("Say its columns"))
