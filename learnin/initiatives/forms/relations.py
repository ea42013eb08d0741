"""What we accept about pairs of initiatives, and about what is being written."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isfinite
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from learnin.compute.relations import Described
from learnin.compute.typed import amount
from learnin.initiatives.formats import merged
from learnin.initiatives.formats.merged import From
from learnin.initiatives.formats.record import Record
from learnin.initiatives.forms.register import PURPOSES
from learnin.initiatives.models import Initiative, Pair, Relation
from learnin.initiatives.queries.pairs import Band
from learnin.kit.forms import GovForm
from learnin.people.models import Country

MOST_TEXT = 2_000
MOST_DIGITS = 18
MOST_VALUES = 30
MOST_SAID = 200


class VerdictForm(GovForm, forms.Form):
    """What two initiatives are to each other, as one of six buttons, with a note."""

    verdict = forms.ChoiceField(label=_("What are they to each other?"), choices=Relation.choices)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you know that the records do not say."),
    )


class BandForm(forms.Form):
    """Which pairs to look at."""

    band = forms.ChoiceField(choices=[(band.value, band.value) for band in Band], required=False)

    @property
    def wanted(self) -> Band:
        """The band that was asked for; the likeliest pairs, where something else was."""
        said = self.cleaned_data.get("band") if self.is_valid() else ""
        return Band(said) if said else Band.SURE


def typed(sent: QueryDict, country: Country, *, being_changed: str = "") -> Described:
    """What somebody typed so far into the form of an initiative. Nothing is refused: what makes no sense is left out.

    The boxes are those of `RegisterForm`; outside of it a plain `title` and a plain `description` do.
    """
    purposes = [name for purpose in PURPOSES for name in _texts(sent, f"texts-*-{purpose}")]
    amounts = [_amount(value) for value in _texts(sent, "money-*-amount")]
    currencies = {*_texts(sent, "money-*-currency")}
    is_one_sum = len(currencies) == 1 and None not in amounts
    return Described(
        key=_number(being_changed),
        country=country.pk,
        titles=(*_texts(sent, "texts-*-title"), *_texts(sent, "title")),
        descriptions=(*purposes, *_texts(sent, "description")),
        reporter=next(iter(_texts(sent, "reporter")), ""),
        organisations=tuple(("", name) for name in _texts(sent, "parties-*-name")),
        begins=_day(sent, "actual_start") or _day(sent, "planned_start"),
        ends=_day(sent, "actual_end") or _day(sent, "planned_end"),
        budget=sum(amount for amount in amounts if amount) or None if is_one_sum else None,
        currency=next(iter(currencies)) if is_one_sum else "",
        places=frozenset(_texts(sent, "places-*-area")) or frozenset(_texts(sent, "places-*-name")),
        themes=frozenset(_texts(sent, "themes")),
        audiences=frozenset(_texts(sent, "audiences")),
        components=frozenset(_texts(sent, "components")),
        sectors=frozenset(_texts(sent, "sectors-*-code")),
        identifiers=frozenset(_texts(sent, "identifier")),
    )


def _texts(sent: QueryDict, name: str) -> tuple[str, ...]:
    """All that was typed under a name; a star stands for the number of a row."""
    start, _star, end = name.partition("*")
    keys = [key for key in sent if key == name or (end and key.startswith(start) and key.endswith(end))]
    values: Iterable[str] = (value.strip()[:MOST_TEXT] for key in keys for value in sent.getlist(key)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in values if value))[:MOST_VALUES]


def _amount(said: str) -> float | None:
    read = amount(said)
    return float(read) if read is not None and isfinite(read) else None


def _number(said: str) -> int | str:
    """The number of the initiative that is being changed; a new one has none."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < MOST_DIGITS else ""


def _day(sent: QueryDict, name: str) -> date | None:
    boxes = [sent.get(f"{name}-{end}", "") for end in ("year", "month", "day")]
    try:
        return date(*map(int, boxes)) if all(boxes) else date.fromisoformat(sent.get(name, ""))
    except (ValueError, OverflowError):
        return None


class MergeForm(GovForm, forms.Form):
    """Which of two stays, and from which of them each part comes in which they differ."""

    def __init__(
        self,
        *args: Any,
        pair: Pair,
        records: Mapping[int, Record],
        told: Sequence[Mapping[str, str]],
        **kwargs: Any,
    ) -> None:
        """`told`: what the first and the second say, in short, for each part."""
        super().__init__(*args, **kwargs)
        self.pair = pair
        self.fields["kept"] = forms.ChoiceField(
            label=_("Which one stays?"),
            help_text=_("The other goes into it. Its page stays with its history, and leads to the one that stays."),
            choices=[(pair.first_id, f"A: {pair.first}"), (pair.second_id, f"B: {pair.second}")],
            initial=pair.second_id if _is_surer(pair.second, pair.first) else pair.first_id,
            widget=forms.RadioSelect,
        )
        first, second = records[pair.first_id], records[pair.second_id]
        for name in merged.differing(first, second):
            sides = [
                (side, f"{side}: {says[name] or _('not said')}"[:MOST_SAID])
                for side, says in zip("AB", told, strict=True)
            ]
            if merged.is_more(first, second, name):
                sides.append(("both", str(_("Both together"))))
            initial = {From.FIRST: "A", From.SECOND: "B", From.BOTH: "both"}[merged.usual(first, second, name)]
            self.fields[name] = forms.ChoiceField(
                label=PART_NAMES[name], choices=sides, initial=initial, widget=forms.RadioSelect
            )

    @property
    def changes(self) -> dict[str, Any]:
        """The one that stays, and the parts as they are seen from there."""
        said = dict(self.cleaned_data)
        pk = int(said.pop("kept"))
        is_first = pk == self.pair.first_id
        kept = self.pair.first if is_first else self.pair.second
        seen = {
            "A": From.FIRST if is_first else From.SECOND,
            "B": From.SECOND if is_first else From.FIRST,
            "both": From.BOTH,
        }
        return {"kept": kept, "take": {name: seen[side].value for name, side in said.items()}}


def _is_surer(one: Initiative, other: Initiative) -> bool:
    """Whether somebody who knows stands behind this one alone."""
    return one.is_confirmed and not other.is_confirmed


PART_NAMES = {
    "titles": _("Title"),
    "descriptions": _("Description"),
    "reporter": _("Who tells us"),
    "parties": _("Partners"),
    "status": _("Status"),
    "dates": _("When"),
    "scope": _("How far it reaches"),
    "places": _("Where"),
    "themes": _("Themes"),
    "audiences": _("For whom"),
    "components": _("Component"),
    "sectors": _("Purpose codes"),
    "isced": _("Levels of education"),
    "sdg": _("Goals"),
    "people": _("People planned and reached"),
    "money": _("Money"),
    "links": _("Links"),
    "contact": _("Whom to ask"),
    "related": _("Related activities"),
}
