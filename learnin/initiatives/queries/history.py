"""What happened to an initiative, in words: each line of the journal, with what was so before and became so."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import gettext as _

from learnin.initiatives import code_words
from learnin.initiatives.formats.kept import from_json
from learnin.initiatives.models import Initiative, Money, Partner, Place, Status
from learnin.journal import words
from learnin.journal.models import Entry
from learnin.journal.queries import entries
from learnin.kit import languages, written
from learnin.programme import reader

Says = Callable[[Any], str]


def lines(one: Initiative) -> list[entries.Line]:
    """What happened to it, the newest first."""
    return lines_on([one])


def lines_on(objects: Iterable[Model]) -> list[entries.Line]:
    """What happened to these, the newest first."""
    kept: list[Entry] = []
    for one in objects:
        about = {"on_app": one._meta.app_label, "on_model": one._meta.model_name, "on_id": str(one.pk)}
        kept += Entry.objects.filter(**about).select_related("by", "country")
    kept.sort(key=lambda entry: (entry.at, entry.pk), reverse=True)
    told = entries.told(kept)
    return [replace(line, changes=tuple(_changes(entry, line))) for entry, line in zip(kept, told, strict=True)]


def _changes(entry: Entry, line: entries.Line) -> Iterable[entries.Change]:
    """The same changes, with the parts of a record as people read them."""
    keys = dict.fromkeys([*(entry.before or {}), *(entry.after or {})])
    for key, change in zip(keys, line.changes, strict=True):
        if key in SAYS:
            yield entries.Change(names().get(key, change.name), said(entry.before, key), said(entry.after, key))
        else:
            yield change


def said(values: Mapping[str, Any] | None, key: str) -> str:
    """A part of a record as people read it. `values`: the record as JSON keeps it."""
    value = (values or {}).get(key)
    if value in (None, "", [], {}):
        return words.say(None)
    says = SAYS.get(key, _plain)
    return "; ".join(filter(None, map(says, value))) if isinstance(value, list) else says(value)


def _text(one: Mapping[str, Any]) -> str:
    told = {"words": one.get("words", ""), "language": code_words.language_of(one.get("language", ""))}
    return _("%(words)s (%(language)s)") % told


def _organisation(one: Mapping[str, Any]) -> str:
    texts = {name.get("language", ""): name.get("words", "") for name in one.get("names", [])}
    return languages.text_in(texts) or str(one.get("acronym") or one.get("identifier", ""))


def _party(one: Mapping[str, Any]) -> str:
    told = {"name": _organisation(one.get("organisation", {})), "role": _choice(Partner.Role, one.get("role", ""))}
    return _("%(name)s: %(role)s") % told


def _place(one: Mapping[str, Any]) -> str:
    point = ", ".join(f"{one[key]:.4f}" for key in ("latitude", "longitude") if key in one)
    named = [one.get("area", ""), one.get("name", ""), one.get("pcode", ""), point]
    return ", ".join(filter(None, [*named, _choice(Place.Reach, one.get("reach", ""))]))


def _share(names: Mapping[str, Any]) -> Says:
    def says(one: Mapping[str, Any]) -> str:
        code = code_words.coded(one.get("code", ""), dict(names))
        return f"{code}, {written.percent(float(one['percentage']) / 100, 2)}" if "percentage" in one else code

    return says


def _region(one: Mapping[str, Any]) -> str:
    named = code_words.region(from_json({"regions": [one]}).regions[0])
    return f"{named}, {written.percent(float(one['percentage']) / 100, 2)}" if "percentage" in one else named


def _money(one: Mapping[str, Any]) -> str:
    amount = f"{written.number(float(one.get('amount', 0)))} {one.get('currency', '')}"
    kind = _choice(Money.Kind, one.get("kind", ""))
    return ", ".join(filter(None, [kind, amount, _period(one), _day(one.get("valued_on", ""))]))


def _people(one: Mapping[str, Any]) -> str:
    whom = _item("audience")(one["audience"]) if one.get("audience") else _("all together")
    numbers = [
        _("%(n)s planned") % {"n": written.number(one["planned"])} if "planned" in one else "",
        _("%(n)s reached") % {"n": written.number(one["reached"])} if "reached" in one else "",
    ]
    return ", ".join(filter(None, [whom, *numbers, _period(one)]))


def _period(one: Mapping[str, Any]) -> str:
    return " – ".join(filter(None, [_day(one.get("begins", "")), _day(one.get("ends", ""))]))


def _day(text: str) -> str:
    return written.day(date.fromisoformat(text)) if text else ""


def _link(one: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, [one.get("title", ""), one.get("url", "")]))


def _contact(one: Mapping[str, Any]) -> str:
    return ", ".join(str(one[key]) for key in ("organisation", "person", "email", "phone", "website") if one.get(key))


def _item(kind: str) -> Says:
    def says(id: Any) -> str:
        found = reader.current().item(kind, str(id))
        return str(found.name) if found else str(id)

    return says


def _choice(choices: type[TextChoices], value: str) -> str:
    return str(dict(choices.choices).get(value, value))


def _coded(names: Mapping[str, Any]) -> Says:
    return lambda code: code_words.coded(str(code), dict(names))


def _plain(value: Any) -> str:
    return words.say(value)


def _joined(*keys: str) -> Says:
    return lambda one: " ".join(str(one[key]) for key in keys if one.get(key))


SAYS: dict[str, Says] = {
    "titles": _text,
    "descriptions": _text,
    "reporter": _organisation,
    "parties": _party,
    "places": _place,
    "countries": _share({}),
    "regions": _region,
    "sectors": _share(code_words.PURPOSES),
    "themes": _item("theme"),
    "audiences": _item("audience"),
    "components": _item("component"),
    "isced": _coded(code_words.ISCED),
    "sdg": _coded(code_words.SDG),
    "people": _people,
    "money": _money,
    "links": _link,
    "contact": _contact,
    "identifiers": _joined("value", "kind"),
    "related": _joined("identifier"),
    "status": lambda code: _choice(Status, code),
    "scope": lambda code: _choice(Initiative.Scope, code),
    "language": code_words.language_of,
    "updated_at": lambda text: written.moment(datetime.fromisoformat(text)),
}
"""How each part of a record is said, by its name in formats/record.py."""


def names() -> dict[str, str]:
    """What people call the parts of a record."""
    return {
        "titles": _("Title"),
        "descriptions": _("Description"),
        "reporter": _("Who tells us"),
        "parties": _("Partners"),
        "places": _("Places"),
        "countries": _("Countries and their shares"),
        "regions": _("Regions and their shares"),
        "sectors": _("Purpose (DAC)"),
        "themes": _("Themes"),
        "audiences": _("For whom"),
        "components": _("Components"),
        "isced": _("Levels of education (ISCED)"),
        "sdg": _("Goals and targets (SDG)"),
        "people": _("People"),
        "money": _("Money"),
        "links": _("Links"),
        "contact": _("Whom to ask"),
        "identifiers": _("Other identifiers"),
        "related": _("Related activities, as reported"),
        "updated_at": _("Changed by its reporter"),
    }
