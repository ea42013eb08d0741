"""Two initiatives side by side, field by field, with what only one of them says marked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.initiatives.models import Initiative, PeopleReached
from learnin.initiatives.queries.described import budget_of
from learnin.initiatives.queries.pairs import Likeness, Piece, likeness, pieces
from learnin.kit import written

Says = Callable[[Initiative], Sequence[str]]
NEAR = 0.2
"""Budgets that differ by less than a fifth are close; the same bound as the reasons of the comparing core."""

WORDS: dict[Likeness, tuple[str, str | Promise]] = {
    Likeness.SAME: ("=", gettext_lazy("same")),
    Likeness.CLOSE: ("≈", gettext_lazy("close")),
    Likeness.DIFFERS: ("≠", gettext_lazy("differs")),
    Likeness.UNKNOWN: ("", gettext_lazy("cannot tell")),
}


@dataclass(frozen=True)
class Side:
    """What one initiative says in a field."""

    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class Line:
    """A field of both."""

    heading: str
    first: Side
    second: Side
    likeness: Likeness | None = None

    @property
    def sign(self) -> str:
        """How they compare, as a sign."""
        return WORDS[self.likeness][0] if self.likeness else ""

    @property
    def word(self) -> str:
        """How they compare, as a word."""
        return str(WORDS[self.likeness][1]) if self.likeness else ""

    @property
    def is_same(self) -> bool:
        """Whether there is nothing to look at."""
        return self.likeness is Likeness.SAME


def lines(first: Initiative, second: Initiative) -> list[Line]:
    """Every field that one of them fills; in the order in which a person compares."""
    found = [_text(heading, says(first), says(second)) for heading, says in _TEXTS]
    found += [_set(heading, says(first), says(second)) for heading, says in _SETS]
    found += [_time(first, second), _budget(first, second)]
    found.append(_plain(_("How we know"), _source(first), _source(second)))
    return [line for line in found if line.first.lines or line.second.lines]


def told(one: Initiative) -> dict[str, str]:
    """What an initiative says, in short, for each part of a record that one chooses when two are merged."""
    return {part: "; ".join(says(one)) for part, says in _PARTS.items()}


def _text(heading: str | Promise, one: Sequence[str], other: Sequence[str]) -> Line:
    """Texts in the order they have, word by word against the likest of the other side."""
    left, right = "\n".join(one), "\n".join(other)
    mine, theirs = pieces(left, right)
    same = sum(len(piece.words) for piece in mine if not piece.is_own)
    if not left or not right:
        found = Likeness.UNKNOWN
    elif left.casefold() == right.casefold():
        found = Likeness.SAME
    else:
        found = Likeness.CLOSE if same >= min(len(left), len(right)) / 2 else Likeness.DIFFERS
    if found in {Likeness.DIFFERS, Likeness.UNKNOWN}:  # nothing of both is worth pointing at
        mine, theirs = [Piece(left, is_own=False)], [Piece(right, is_own=False)]
    return Line(str(heading), Side((tuple(mine),) if left else ()), Side((tuple(theirs),) if right else ()), found)


def _set(heading: str | Promise, one: Sequence[str], other: Sequence[str]) -> Line:
    """Things of which each side has some; those of one side alone are marked where they have others in common."""
    found = likeness(one, other)
    marks = found is Likeness.CLOSE
    return Line(str(heading), _each(one, other if marks else one), _each(other, one if marks else other), found)


def _each(words: Iterable[str], others: Iterable[str]) -> Side:
    there = set(others)
    return Side(tuple((Piece(word, word not in there),) for word in dict.fromkeys(words)))


def _plain(heading: str, one: Sequence[str], other: Sequence[str], found: Likeness | None = None) -> Line:
    return Line(heading, _each(one, one), _each(other, other), found)


def _time(first: Initiative, second: Initiative) -> Line:
    spans = [_span(one) for one in (first, second)]
    if not all(spans):
        found = Likeness.UNKNOWN
    elif _when(first) == _when(second):
        found = Likeness.SAME
    else:
        begins, ends = max(span[0] for span in spans), min(span[-1] for span in spans)
        found = Likeness.CLOSE if begins <= ends else Likeness.DIFFERS
    return _plain(_("When"), _when(first), _when(second), found)


def _span(one: Initiative) -> list[date]:
    """The days that are told, the first in front."""
    return [day for day in (one.begins_on, one.ends_on) if day]


def _when(one: Initiative) -> list[str]:
    if one.begins_on and one.ends_on:
        return [_("%(begins)s to %(ends)s") % {"begins": written.day(one.begins_on), "ends": written.day(one.ends_on)}]
    if one.begins_on:
        return [_("from %(day)s") % {"day": written.day(one.begins_on)}]
    return [_("until %(day)s") % {"day": written.day(one.ends_on)}] if one.ends_on else []


def _budget(first: Initiative, second: Initiative) -> Line:
    (amount, currency), (other, other_currency) = [budget_of(_amounts(one)) for one in (first, second)]
    if not amount or not other or currency != other_currency:
        found = Likeness.UNKNOWN
    elif amount == other:
        found = Likeness.SAME
    else:
        found = Likeness.CLOSE if abs(amount - other) <= NEAR * max(amount, other) else Likeness.DIFFERS
    return _plain(_("Money"), _sum(amount, currency), _sum(other, other_currency), found)


def _sum(amount: float | None, currency: str) -> list[str]:
    return [f"{currency} {written.number(amount)}"] if amount else []


def _amounts(one: Initiative) -> list[tuple[str, str, float]]:
    return [(row.kind, row.currency, float(row.amount)) for row in one.money.all()]


def _source(one: Initiative) -> list[str]:
    said = _("%(origin)s, %(day)s") % {"origin": one.get_origin_display(), "day": written.day(one.registered_at)}
    return [said, _("Confirmed") if one.is_confirmed else _("Not confirmed")]


def _titles(one: Initiative) -> list[str]:
    return list(dict.fromkeys(one.titles.values()))


def _descriptions(one: Initiative) -> list[str]:
    return [words for _purpose, texts in sorted(one.descriptions.items()) for words in texts.values()]


def _partners(one: Initiative) -> list[str]:
    return [str(each) for each in one.partners.all()]


def _places(one: Initiative) -> list[str]:
    return [_place(each) for each in one.places.all()]


def _place(each: object) -> str:
    area, name = str(getattr(each, "area", "") or ""), getattr(each, "name", "")
    return f"{area}: {name}" if area and name and name != area else area or str(each)


_TEXTS: tuple[tuple[str | Promise, Says], ...] = (
    (gettext_lazy("Title"), _titles),
    (gettext_lazy("Description"), _descriptions),
)
_SETS: tuple[tuple[str | Promise, Says], ...] = (
    (gettext_lazy("Who tells us"), lambda one: [str(one.reporter)]),
    (gettext_lazy("Partners"), _partners),
    (gettext_lazy("Where"), _places),
    (gettext_lazy("For whom"), lambda one: [str(row.get_audience_display()) for row in one.audiences.all()]),
    (gettext_lazy("Themes"), lambda one: [str(row.get_theme_display()) for row in one.themes.all()]),
    (gettext_lazy("Component"), lambda one: [str(row.get_component_display()) for row in one.components.all()]),
    (gettext_lazy("Status"), lambda one: [str(one.get_status_display())] if one.status else []),
    (gettext_lazy("Identifier"), lambda one: [one.identifier] if one.identifier else []),
)
_PARTS: dict[str, Says] = {
    "titles": _titles,
    "descriptions": _descriptions,
    "reporter": lambda one: [str(one.reporter)],
    "parties": _partners,
    "status": lambda one: [str(one.get_status_display())] if one.status else [],
    "dates": _when,
    "scope": lambda one: [str(one.get_scope_display())] if one.scope else [],
    "places": _places,
    "themes": lambda one: [str(row.get_theme_display()) for row in one.themes.all()],
    "audiences": lambda one: [str(row.get_audience_display()) for row in one.audiences.all()],
    "components": lambda one: [str(row.get_component_display()) for row in one.components.all()],
    "sectors": lambda one: [row.code for row in one.sectors.all()],
    "isced": lambda one: one.isced,
    "sdg": lambda one: one.sdg,
    "people": lambda one: [_reached(row) for row in one.people.all()],
    "money": lambda one: [f"{row.currency} {written.number(float(row.amount))}" for row in one.money.all()],
    "links": lambda one: [row.url for row in one.links.all()],
    "contact": lambda one: [str(words) for words in one.contact.values()],
    "related": lambda one: [row.get("identifier", "") for row in one.related],
}


def _reached(row: PeopleReached) -> str:
    numbers = ((row.planned, _("%(n)s planned")), (row.reached, _("%(n)s reached")))
    told = [words % {"n": written.number(number)} for number, words in numbers if number is not None]
    said = {"who": row.get_audience_display() or _("everybody"), "numbers": ", ".join(told) or _("not said")}
    return _("%(who)s: %(numbers)s") % said
