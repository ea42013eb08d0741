"""Lines of the journal."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils import translation

from learnin.journal import verbs
from learnin.journal.models import Entry
from learnin.people.models import Country, Person

ERASED = "[erased]"
Values = Mapping[str, Any] | None


class _Encoder(DjangoJSONEncoder):
    """Values as they stand in the journal: an object is its key."""

    def default(self, o: Any) -> Any:
        return o.pk if isinstance(o, models.Model) else super().default(o)


@transaction.atomic
def write(
    verb: str,
    on: models.Model,
    *,
    by: Person | None,
    now: datetime,
    country: Country | None = None,
    before: Values = None,
    after: Values = None,
) -> Entry:
    """Leave a line: this person did this to that, now. Without a person, LearnIn did it by itself.

    Keeps codes and ids in `before` and `after`, so that every reader sees them in their language;
    of two full pictures only what differs.
    """
    verbs.require(verb)
    with translation.override(settings.LANGUAGE_CODE):
        line = _line(Told(on, before, after), verb=verb, country=country, by=by, at=now)
    line.save()
    return line


@dataclass(frozen=True)
class Told:
    """One of many things that were done at once: to what, and what was so before and became so."""

    on: models.Model
    before: Values = None
    after: Values = None


@transaction.atomic
def write_all(
    verb: str, *, told: Iterable[Told], by: Person | None, now: datetime, country: Country | None = None
) -> None:
    """Leave a line on each of many things, with few questions: one act did the same to all of them."""
    verbs.require(verb)
    with translation.override(settings.LANGUAGE_CODE):
        lines = [_line(one, verb=verb, country=country, by=by, at=now) for one in told]
    Entry.objects.bulk_create(lines, batch_size=500)


def _line(told: Told, **also: Any) -> Entry:
    was, became = _what_differs(_plain(told.before), _plain(told.after))
    return Entry(
        on_app=told.on._meta.app_label,
        on_model=told.on._meta.model_name or "",
        on_id=str(told.on.pk),
        on_label=str(told.on)[:240],
        before=was,
        after=became,
        **also,
    )


@transaction.atomic
def redact(person: Person, *, words: Collection[str]) -> int:
    """Take the person's names and addresses out of every line. The one way a line may ever change.

    The lines stay, and still say who did them by the person's id. What was written on the person's own record goes
    as a whole, and names the person had before go too. Another person of exactly the same full name loses it in
    texts as well: better one name too many than one too few. Returns how many lines changed.
    """
    own = Q(on_app="people", on_model="person", on_id=str(person.pk))
    words = {*words, *_names_before(Entry.objects.filter(own))}
    pattern = pattern_of(words)
    texts = {f"{field}_text": Cast(field, models.TextField()) for field in ("before", "after")}
    lines = Entry.objects.annotate(**texts).filter(own | mentions(words, "on_label", *texts)).order_by("pk")
    touched = 0
    for entry in list(lines):
        is_own = (entry.on_app, entry.on_model, entry.on_id) == ("people", "person", str(person.pk))
        clean = {
            "on_label": without(pattern, entry.on_label),
            "before": _blank(entry.before) if is_own else without(pattern, entry.before),
            "after": _blank(entry.after) if is_own else without(pattern, entry.after),
        }
        if any(getattr(entry, field) != value for field, value in clean.items()):
            # Our own queryset refuses updates; this plain one is made here and nowhere else.
            models.QuerySet(Entry).filter(pk=entry.pk).update(**clean)
            touched += 1
    return touched


def pattern_of(words: Collection[str]) -> re.Pattern[str]:
    """Finds each of the words as a whole, the longest first, in any case."""
    known = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known)) or '(?!)'})(?!\w)", re.IGNORECASE)


def mentions(words: Collection[str], *fields: str) -> Q:
    """Rows where one of these text fields has one of the words; JSON as text, however its database spells it."""
    named = Q(pk=None)
    for word in words:
        escaped = json.dumps(word)[1:-1]  # SQLite keeps JSON with escapes, PostgreSQL as it reads
        for field in fields:
            for spelled in {word, escaped}:
                named |= Q(**{f"{field}__icontains": spelled})
    return named


def without(pattern: re.Pattern[str], value: Any) -> Any:
    """The value with the words taken out, however deep they stand."""
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, dict):
        return {key: without(pattern, inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [without(pattern, inner) for inner in value]
    return value


def _plain(values: Values) -> dict[str, Any] | None:
    return None if values is None else json.loads(json.dumps(dict(values), cls=_Encoder))


def _what_differs(was: dict | None, became: dict | None) -> tuple[dict | None, dict | None]:
    if was is None or became is None:
        return was, became
    same = {key for key in was.keys() & became.keys() if was[key] == became[key]}
    return ({k: v for k, v in was.items() if k not in same}, {k: v for k, v in became.items() if k not in same})


def _names_before(lines: models.QuerySet[Entry]) -> set[str]:
    """Names and addresses the person's own record had in the past."""
    kept = [values for pair in lines.values_list("before", "after") for values in pair if isinstance(values, dict)]
    return {str(values[key]) for values in kept for key in ("name", "person", "email") if values.get(key)} - {ERASED}


def _blank(values: dict[str, Any] | None) -> dict[str, Any] | None:
    return values and dict.fromkeys(values, ERASED)
