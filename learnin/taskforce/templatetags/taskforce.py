"""The rooms of the task force, as tabs."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.kit.components import frame, states
from learnin.people.models import Country
from learnin.programme import reader
from learnin.taskforce.models import ActionPoint, Attendance, Decision, Meeting, Sitting
from learnin.taskforce.models.meetings import Life
from learnin.taskforce.queries import composition

register = template.Library()

ROOMS = (
    ("composition", gettext_lazy("Composition")),
    ("mandate", gettext_lazy("Mandate")),
    ("meetings", gettext_lazy("Meetings")),
    ("actions", gettext_lazy("Actions")),
    ("activities", gettext_lazy("Regional activities")),
    ("links", gettext_lazy("Links")),
)


@register.simple_tag
def rooms(request: HttpRequest, country: Country, room: str = "") -> SafeString:
    """The tabs of the stage. The current one is the room that is named, else the nearest by its address."""
    links = [(label, reverse(f"taskforce:{name}", args=[country.pk])) for name, label in ROOMS]
    inside = [url for _label, url in links if request.path.startswith(url)]
    here = reverse(f"taskforce:{room}", args=[country.pk]) if room else max(inside, key=len, default="")
    tabs = format_html_join("", "{}", ((frame.tab(label, url, current=url == here),) for label, url in links))
    return frame.tabs(tabs, _("Task force"))


@register.simple_tag
def english_of(sitting: Sitting | None) -> str:
    """The member's level of English, or a dash."""
    return (composition.english_of(sitting) if sitting else "") or "-"


MEETING_LOOKS = {
    Life.PLANNED: "none",
    Life.INVITED: "next",
    Life.CANCELLED: "none",
    Life.HELD: "doing",
    Life.OBJECTION: "wait",
    Life.SEALED: "sealed",
}
ACTION_LOOKS = {
    ActionPoint.State.OPEN: "none",
    ActionPoint.State.DOING: "doing",
    ActionPoint.State.LATE: "late",
    ActionPoint.State.DONE: "done",
    ActionPoint.State.DROPPED: "none",
}


@register.simple_tag
def meeting_tag(meeting: Meeting) -> SafeString:
    """Where a meeting stands."""
    return states.tag(MEETING_LOOKS[meeting.life], meeting.life.label)


@register.simple_tag
def action_tag(state: ActionPoint.State) -> SafeString:
    """Where an action stands."""
    return states.tag(ACTION_LOOKS[state], state.label)


@register.simple_tag
def component_chips(rows: Iterable[Any]) -> SafeString:
    """The components that something is about, in the programme's order."""
    chosen = {row.component for row in rows}
    return states.chips([one for one in reader.current().components if one.id in chosen]) if chosen else SafeString("")


@register.filter
def how_decided(decision: Decision) -> str:
    """How a decision was made, in a sentence: by consent, or by a vote with its numbers."""
    if decision.method == Decision.Method.CONSENT:
        return _("Agreed by all.")
    tallies = {"for": decision.votes_for, "against": decision.votes_against, "abstained": decision.abstentions}
    return _("Votes: %(for)s for, %(against)s against, %(abstained)s abstained.") % tallies


@register.filter
def by_presence(rows: Iterable[Attendance]) -> list[tuple[str, str]]:
    """Who came, who did not: for each answer the names."""
    found: dict[str, list[str]] = {str(label): [] for _value, label in Attendance.Presence.choices}
    for row in rows:
        found[str(row.get_presence_display())].append(row.sitting.name if row.sitting else row.seat.title)
    return [(label, ", ".join(names)) for label, names in found.items() if names]
