"""Lines of the journal as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learnin.journal import verbs, words
from learnin.journal.models import Entry
from learnin.people.models import Country

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)  # no line is outside; Python's own ends overflow


@dataclass(frozen=True)
class Wanted:
    """Which lines somebody wants to read. Nothing chosen is all of them."""

    by: str = ""
    verb: str = ""
    kind: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Change:
    """One thing that was so and became so."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """A line in words."""

    at: datetime
    by: str
    sentence: str
    kind: str
    country: Country | None
    entry: Entry
    changes: tuple[Change, ...] = field(default=())


@dataclass(frozen=True)
class Choices:
    """What one can choose from in these lines: pairs of value and word."""

    by: list[tuple[str, str]]
    verb: list[tuple[str, str]]
    kind: list[tuple[str, str]]


def wanted_lines(lines: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    """The lines somebody wants, newest first."""
    if wanted.by:
        lines = lines.filter(by=None) if wanted.by == "-" else lines.filter(by=int(wanted.by))
    if wanted.verb:
        lines = lines.filter(verb=wanted.verb)
    if wanted.kind:
        app, _dot, model = wanted.kind.partition(".")
        lines = lines.filter(on_app=app, on_model=model)
    if wanted.since:
        lines = lines.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        lines = lines.filter(at__lt=_midnight(min(wanted.until, LAST_DAY) + timedelta(days=1)))
    return lines.select_related("by", "country").order_by("-at", "-pk")


def choices(lines: QuerySet[Entry]) -> Choices:
    """Who, which verbs and which kinds of objects stand in these lines."""
    people = lines.order_by().values_list("by", "by__name").distinct()
    kinds = lines.order_by().values_list("on_app", "on_model").distinct()
    return Choices(
        by=sorted(((str(pk or "-"), name or by_itself()) for pk, name in people), key=_by_word),
        verb=sorted(
            ((verb, verbs.name(verb)) for verb in lines.order_by().values_list("verb", flat=True).distinct()),
            key=_by_word,
        ),
        kind=sorted(((f"{app}.{model}", kind_name(app, model)) for app, model in kinds), key=_by_word),
    )


def told(entries: Iterable[Entry]) -> list[Line]:
    """The lines in the reader's language, with what changed."""
    entries = list(entries)
    found = words.resolve(values for entry in entries for values in (entry.before, entry.after) if values)
    return [_line(entry, found) for entry in entries]


def by_itself() -> str:
    """Who acts when no person does."""
    return _("LearnIn")


def kind_name(app: str, model: str) -> str:
    """What people call this kind of object; its technical name when its stage is gone."""
    try:
        return capfirst(str(apps.get_model(app, model)._meta.verbose_name))
    except LookupError:
        return f"{app}.{model}"


def _by_word(choice: tuple[str, str]) -> tuple[str, str]:
    return choice[1].casefold(), choice[0]


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(max(day, FIRST_DAY), time.min))


def _line(entry: Entry, found: dict[str, Any]) -> Line:
    by = entry.by.name if entry.by else by_itself()
    before, after = _words(entry, entry.before, found), _words(entry, entry.after, found)
    return Line(
        at=entry.at,
        by=by,
        sentence=verbs.say(entry.verb, **{**before, **after, "by": by, "what": _what(entry)}),
        kind=kind_name(entry.on_app, entry.on_model),
        country=entry.country,
        entry=entry,
        changes=tuple(
            Change(_name(entry, key), before.get(key, words.say(None)), after.get(key, words.say(None)))
            for key in {**before, **after}
        ),
    )


def _what(entry: Entry) -> str:
    """The name the object had then; a country has one in the reader's language."""
    is_country = (entry.on_app, entry.on_model) == ("people", "country") and entry.country
    return str(entry.country) if is_country else entry.on_label


def _words(entry: Entry, values: dict[str, Any] | None, found: dict[str, Any]) -> dict[str, str]:
    return {key: _value(entry, key, value, found) for key, value in (values or {}).items()}


def _field(entry: Entry, key: str) -> Any:
    try:
        return apps.get_model(entry.on_app, entry.on_model)._meta.get_field(key)
    except (LookupError, FieldDoesNotExist):
        return None


def _name(entry: Entry, key: str) -> str:
    column = _field(entry, key)
    if key in words.known() or column is None or not hasattr(column, "verbose_name"):
        return words.name(key)
    return capfirst(str(column.verbose_name))


def _value(entry: Entry, key: str, value: Any, found: dict[str, Any]) -> str:
    if isinstance(value, list) and value:
        return ", ".join(_value(entry, key, one, found) for one in value)
    if isinstance(value, str | int) and value in found.get(key, {}):
        return str(found[key][value])
    named = dict(getattr(_field(entry, key), "flatchoices", None) or ())
    if isinstance(value, str | int) and value in named:
        return str(named[value])
    return words.say(value)
