"""Rows that repeat in the form of an initiative: texts, partners, places, purposes, people, money, links."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.initiatives import code_words
from learnin.initiatives.models import Money, Partner, Place
from learnin.kit import languages
from learnin.kit.forms import DateField
from learnin.kit.number_boxes import DecimalField, FloatField, WholeField
from learnin.people.models import Country
from learnin.people.queries import area_names
from learnin.programme import reader

ORGANISATIONS = "organisations"
"""The list of known organisations that the boxes for one offer."""
MOST_PEOPLE = 10**12  # more than ever lived; keeps the number within what both databases hold
MOST_MONEY = Decimal(10) ** 17
Fields = Mapping[str, forms.Field]


def organisation_box(**more: Any) -> forms.CharField:
    """A box for an organisation: one of the list, or the name of a new one."""
    widget = forms.TextInput(attrs={"list": ORGANISATIONS, "autocomplete": "off"})
    return forms.CharField(widget=widget, max_length=300, required=False, **more)


class CurrencyField(forms.CharField):
    """A currency by its three letters (ISO 4217)."""

    def clean(self, value: Any) -> str:
        """The letters, in capitals. Raises ValidationError."""
        found: str = super().clean(value).upper()
        if found and found not in languages.locale("en").currencies:
            raise ValidationError(gettext("“%(code)s” is no currency. Write it like EUR or RSD.") % {"code": found})
        return found


def _text(label: Any, rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, max_length=20_000, required=False)


def _number(label: Any) -> WholeField:
    return WholeField(label=label, min_value=0, max_value=MOST_PEOPLE, required=False)


def _choice(label: Any, choices: list[Any]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _days(begins: Any, ends: Any) -> dict[str, forms.Field]:
    return {"begins": DateField(label=begins, required=False), "ends": DateField(label=ends, required=False)}


def texts(country: Country, kept: frozenset[str]) -> Fields:
    """What it is called and what it does, in one language."""
    codes = dict.fromkeys([*country.official_languages, *languages.SPOKEN, *sorted(kept - {""})])
    spoken = [("", gettext("Not said")), *((code, languages.language_name(code)) for code in codes)]
    return {
        "language": _choice(_("Language"), spoken),
        "title": forms.CharField(label=_("Title"), max_length=500, required=False),
        "general": _text(_("What it does"), 4),
        "objectives": _text(_("What it is to reach"), 2),
        "targets": _text(_("For whom, in words"), 2),
    }


def parties(country: Country, kept: frozenset[str]) -> Fields:
    """Who takes part, and as what."""
    return {
        "name": organisation_box(label=_("Organisation")),
        "role": _choice(_("What it does there"), [("", gettext("Choose")), *Partner.Role.choices]),
    }


def places(country: Country, kept: frozenset[str]) -> Fields:
    """Where it is, or where the people are."""
    areas = [("", gettext("No area in particular")), *((one.code, one.name) for one in area_names(country))]
    return {
        "area": _choice(_("Area"), areas),
        "reach": _choice(_("What is there"), [("", gettext("Not said")), *Place.Reach.choices]),
        "name": forms.CharField(label=_("Name of the place"), max_length=200, required=False),
        "pcode": forms.CharField(label=_("P-code"), max_length=20, required=False),
        "latitude": _degree(_("Latitude"), 90),
        "longitude": _degree(_("Longitude"), 180),
        "geonames": forms.CharField(widget=forms.HiddenInput, max_length=20, required=False),
    }


def _degree(label: Any, limit: int) -> FloatField:
    return FloatField(label=label, min_value=-limit, max_value=limit, required=False)


def sectors(country: Country, kept: frozenset[str]) -> Fields:
    """What it is for, by the codes that donors use."""
    names = {code: code_words.coded(code, code_words.PURPOSES) for code in [*code_words.PURPOSES, *sorted(kept)]}
    return {
        "code": _choice(_("Purpose"), [("", gettext("Choose")), *names.items()]),
        "percentage": DecimalField(
            label=_("Share in percent"),
            min_value=0,
            max_value=100,
            max_digits=5,
            decimal_places=2,
            required=False,
            percent=True,
        ),
    }


def people(country: Country, kept: frozenset[str]) -> Fields:
    """How many people it is for."""
    audiences = [(one.id, one.name) for one in reader.current().items("audience")]
    return {
        "audience": _choice(_("Who"), [("", gettext("All together")), *audiences]),
        "planned": _number(_("People planned")),
        "reached": _number(_("People reached")),
        **_days(_("From"), _("Until")),
    }


def money(country: Country, kept: frozenset[str]) -> Fields:
    """Whose money, how much, when."""
    return {
        "kind": _choice(_("Kind"), list(Money.Kind.choices)),
        "amount": DecimalField(
            label=_("Amount"), max_value=MOST_MONEY, min_value=-MOST_MONEY, decimal_places=2, required=False
        ),
        "currency": CurrencyField(label=_("Currency"), max_length=3, required=False),
        **_days(_("From"), _("Until")),
        "valued_on": DateField(label=_("Day of its value"), required=False),
        "is_whole": forms.BooleanField(label=_("The money of all partners together"), required=False),
    }


def links(country: Country, kept: frozenset[str]) -> Fields:
    """Pages and documents on the web."""
    return {
        "url": forms.URLField(label=_("Address"), max_length=1000, required=False, assume_scheme="https"),
        "title": forms.CharField(label=_("Title"), max_length=300, required=False),
        "type": forms.CharField(widget=forms.HiddenInput, max_length=100, required=False),
    }


@dataclass(frozen=True)
class Group:
    """Rows of one kind: their fields, what a row is called, and what one more is called.

    code: the field whose values may be ones that the form does not know, and keeps.
    """

    fields: Callable[[Country, frozenset[str]], Fields]
    row: str | Promise
    more: str | Promise
    code: str = ""


GROUPS: dict[str, Group] = {
    "texts": Group(texts, _("A translation"), _("Add a translation"), "language"),
    "parties": Group(parties, _("Partner"), _("Add a partner")),
    "places": Group(places, _("Place"), _("Add a place")),
    "sectors": Group(sectors, _("Purpose"), _("Add a purpose"), "code"),
    "people": Group(people, _("People"), _("Add people")),
    "money": Group(money, _("Money"), _("Add money")),
    "links": Group(links, _("Link"), _("Add a link")),
}
