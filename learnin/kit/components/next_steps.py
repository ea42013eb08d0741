"""What is next, the route, the life of a record, how far along something is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.template import Library
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learnin.kit import written
from learnin.kit.components import choose, draw
from learnin.kit.components.states import STATES, tag

register = Library()
WEEK = 7  # within a week, the day of the week helps


@register.simple_block_tag
def next_panel(content: str, heading: Any = gettext_lazy("Next, for you")) -> SafeString:
    """At most three things that wait for this person."""
    return draw("next_panel", heading=heading, content=content)


@register.simple_tag
def next_item(
    do: Any, url: str, *, why: Any = "", due: Any = "", late: bool = False, today: date | None = None
) -> SafeString:
    """One thing to do: a verb, a reason, and when it is due, in words or as a day; a day needs today beside it."""
    if isinstance(due, date) and today:
        late = due < today
        due = _due(due, today)
    return draw("next_item", do=do, url=url, why=why, due=due, late=late)


def _due(due: date, today: date) -> str:
    days = (today - due).days
    if days > 0:
        return ngettext("%(n)d day overdue", "%(n)d days overdue", days) % {"n": days}
    return _("Due %(day)s") % {"day": written.day(due, weekday=abs(days) < WEEK)}


@register.simple_block_tag(takes_context=True)
def next_act(
    context: Context, content: str, heading: Any, *, button: Any, why: Any = "", action: str = ""
) -> SafeString:
    """The one act that waits: a form with its reason and its button."""
    values = {"heading": heading, "why": why, "action": action, "button": button, "content": content}
    return draw("next_act", token=context.get("csrf_token", ""), **values)


@register.simple_block_tag
def task_list(content: str) -> SafeString:
    """Steps with their evidence and their state."""
    return format_html('<ul class="govuk-task-list">{}</ul>', content)


@register.simple_tag
def task(name: Any, url: str = "", *, hint: Any = "", state: str = "none", word: Any = "") -> SafeString:
    """One step. Without an address it cannot start yet, and its word stands grey."""
    choose("The state of a task", state, STATES)
    status = tag(state, word) if word and url else word
    return draw("task", name=name, url=url, hint=hint, status=status, is_quiet=not url)


@register.simple_block_tag
def route(content: str) -> SafeString:
    """The stages of a country on a line."""
    return format_html('<ol class="li-route">{}</ol>', content)


@register.simple_block_tag
def stage(
    content: str, number: int, name: Any, *, count: Any = "", state: str = "none", open: bool = False
) -> SafeString:
    """One stage of the route, with its tasks folded inside."""
    choose("The state of a stage", state, ("none", "doing", "done"))
    return draw("stage", number=number, name=name, count=count, state=state, open=open, content=content)


@register.simple_block_tag
def steps(content: str) -> SafeString:
    """The life of one record, from left to right."""
    return format_html('<ol class="li-steps">{}</ol>', content)


@register.simple_block_tag
def step(content: str, name: Any, *, state: str = "later") -> SafeString:
    """One moment in the life of a record."""
    choose("The state of a step", state, ("done", "now", "later"))
    return draw("step", name=name, state=state, content=content)


@register.simple_tag
def progress(value: float, maximum: float, label: Any, note: Any = "") -> SafeString:
    """How far along something with an end is."""
    return draw("progress", value=value, maximum=maximum, label=label, note=note)


@register.simple_tag
def ladder(steps: Sequence[tuple[Any, int]], everyone: int) -> SafeString:
    """How many of everyone took each step, one bar under the other."""
    return draw("ladder", steps=tuple(steps), all=everyone)
