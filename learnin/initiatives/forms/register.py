"""What we accept about an initiative: one page of boxes that becomes a record, as a file does."""

import re
from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.compute.folding import fold
from learnin.initiatives import code_words
from learnin.initiatives.formats import record as told
from learnin.initiatives.formats.record import Record
from learnin.initiatives.forms import rows
from learnin.initiatives.models import Initiative, Organisation, Status
from learnin.kit import languages, written
from learnin.kit.forms import DateField, GovForm
from learnin.people.models import Country
from learnin.programme import reader

MOST_ROWS = 200
MOST_OFFERED = 200
"""Organisations that the page lists; it knows all the others by their names."""
DAYS = ("planned_start", "actual_start", "planned_end", "actual_end")
CONTACT = ("organisation", "person", "email", "phone", "website")
PURPOSES = {
    "general": told.Purpose.GENERAL,
    "objectives": told.Purpose.OBJECTIVES,
    "targets": told.Purpose.TARGET_GROUPS,
}
ASKED_BY_CODE = ("themes", "audiences", "components", "isced", "sdg")


@dataclass(frozen=True)
class Row:
    """The boxes of one row, under the words above it."""

    heading: str
    boxes: list[BoundField]
    days: list[BoundField]


@dataclass(frozen=True)
class Rows:
    """All rows of one kind, and the button for one more."""

    key: str
    more: str
    all: list[Row]


class RegisterForm(GovForm, forms.Form):
    """Everything a person tells of an initiative. Nothing but a title and who tells it must be filled in."""

    reporter = rows.organisation_box(
        label=_("Who tells us of it"),
        help_text=_(
            "Choose one of the list, or write a name. The list has those used most; others we know by name too."
        ),
    )
    is_secondary = forms.BooleanField(label=_("This organisation does not carry it out itself"), required=False)
    identifier = forms.CharField(
        label=_("Identifier"),
        help_text=_("The number your organisation reports it under, such as XM-DAC-41122-RS-7."),
        max_length=200,
        required=False,
    )
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Not said")), *Status.choices], required=False)
    planned_start = DateField(label=_("Planned beginning"), required=False)
    actual_start = DateField(label=_("Actual beginning"), required=False)
    planned_end = DateField(label=_("Planned end"), required=False)
    actual_end = DateField(label=_("Actual end"), required=False)
    scope = forms.ChoiceField(
        label=_("How far it reaches"), choices=[("", _("Not said")), *Initiative.Scope.choices], required=False
    )
    themes = forms.MultipleChoiceField(label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False)
    audiences = forms.MultipleChoiceField(label=_("For whom"), widget=forms.CheckboxSelectMultiple, required=False)
    components = forms.MultipleChoiceField(label=_("Components"), widget=forms.CheckboxSelectMultiple, required=False)
    isced = forms.MultipleChoiceField(
        label=_("Levels of education (ISCED)"), widget=forms.CheckboxSelectMultiple, required=False
    )
    sdg = forms.MultipleChoiceField(
        label=_("Goals and targets (SDG)"), widget=forms.CheckboxSelectMultiple, required=False
    )
    contact_organisation = forms.CharField(label=_("Organisation or unit"), max_length=300, required=False)
    contact_person = forms.CharField(label=_("Person"), max_length=200, required=False)
    contact_email = forms.EmailField(label=_("E-mail"), required=False)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=60, required=False)
    contact_website = forms.URLField(label=_("Website"), max_length=500, required=False, assume_scheme="https")
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        country: Country,
        known: Iterable[Organisation],
        often: Collection[int],
        base: Record | None = None,
        initial: Mapping[str, Any] | None = None,
        more: str = "",
    ) -> None:
        """`often`: the organisations to list, of those known. `base`: the record that is changed. `more`: the kind of
        row that one more is wanted of.
        """
        self.country, self.base, self.known = country, base or Record(), list(known)
        self.often = frozenset(often)
        self.counts: dict[str, int] = {}
        self.names: dict[str, list[str]] = {}
        given = dict(initial) if initial is not None else as_boxes(self.base)
        super().__init__(data, initial=given)
        self._offer_codes()
        told_in = data if data is not None else given
        for key, group in rows.GROUPS.items():
            there = _rows_in(told_in, key) + (key == more)
            self.counts[key] = min(max(there, 1), MOST_ROWS)
            made = group.fields(country, self._kept(key, group.code))
            self.names[key] = list(made)
            for number in range(self.counts[key]):
                for name, field in made.items():
                    self.fields[f"{key}-{number}-{name}"] = deepcopy(field)

    def _offer_codes(self) -> None:
        programme = reader.current()
        offered: dict[str, dict[str, Any]] = {
            "themes": {one.id: one.name for one in programme.items("theme")},
            "audiences": {one.id: one.name for one in programme.items("audience")},
            "components": {one.id: one.name for one in programme.items("component")},
            "isced": {code: code_words.coded(code, code_words.ISCED) for code in code_words.ISCED},
            "sdg": {code: code_words.coded(code, code_words.SDG) for code in code_words.SDG},
        }
        for name, choices in offered.items():
            kept = {code: code for code in getattr(self.base, name) if code not in choices}
            self.fields[name].choices = [*choices.items(), *kept.items()]  # type: ignore[attr-defined]

    def _kept(self, key: str, code: str) -> frozenset[str]:
        """Codes of the record that the form does not offer by itself."""
        if key == "texts":
            texts: list[Any] = [*self.base.titles, *self.base.descriptions]
            return frozenset(one.language for one in texts)
        return frozenset(getattr(one, code) for one in getattr(self.base, key)) if code else frozenset()

    # what the page shows

    def rows(self, key: str) -> Rows:
        """The rows of one kind."""
        group = rows.GROUPS[key]
        every = [self._row(key, number, self.names[key]) for number in range(self.counts[key])]
        return Rows(key, str(group.more), every)

    def _row(self, key: str, number: int, names: list[str]) -> Row:
        """The boxes of a row; days stand apart, each with its three boxes."""
        every = [self[f"{key}-{number}-{name}"] for name in names]
        days = [box for box in every if isinstance(box.field, DateField)]
        return Row(self._heading(key, number), [box for box in every if box not in days], days)

    texts = property(lambda self: self.rows("texts"), doc="Title and description, language by language.")
    parties = property(lambda self: self.rows("parties"), doc="Who takes part.")
    places = property(lambda self: self.rows("places"), doc="Where it is.")
    sectors = property(lambda self: self.rows("sectors"), doc="Purposes.")
    people = property(lambda self: self.rows("people"), doc="How many people.")
    money = property(lambda self: self.rows("money"), doc="Amounts.")
    links = property(lambda self: self.rows("links"), doc="Pages and documents on the web.")

    @property
    def has_levels(self) -> bool:
        """Whether levels of education or goals are chosen, or wrong."""
        return any(self[name].value() or self[name].errors for name in ("isced", "sdg"))

    def _heading(self, key: str, number: int) -> str:
        if key == "texts" and not number:
            return gettext("The original")
        return f"{rows.GROUPS[key].row} {number + (key != 'texts')}"

    @property
    def offered(self) -> list[str]:
        """Names of organisations for the boxes that take one: those used most, and those of the record."""
        often = {name for name, pk in self._numbers.items() if pk in self.often}
        of_the_record = {called(here) for here in self._of_the_record}
        return sorted(filter(None, often | of_the_record), key=str.casefold)

    @cached_property
    def _by_name(self) -> dict[str, told.Organisation]:
        """The organisations one can name; of two with one name, each with its identifier."""
        known = {one.pk: one for one in self.known}
        found = {name: as_told(known[pk]) for name, pk in self._numbers.items()}
        return found | {called(here): here for here in self._of_the_record}

    @property
    def _of_the_record(self) -> list[told.Organisation]:
        return [self.base.reporter, *(party.organisation for party in self.base.parties)]

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The known organisations by their names; of two with one name, the second with its identifier."""
        found: dict[str, int] = {}
        for one in self.known:
            name = str(one)
            if name in found and one.identifier:
                name = f"{name} ({one.identifier})"
            found[name] = one.pk
        return found

    def organisation(self, name: str) -> told.Organisation:
        """The organisation that is meant: one that is known, or a new one of this name."""
        if name in self._by_name:
            return self._by_name[name]
        folded = fold(name)
        for one in self.known:
            if folded and folded in {fold(word) for word in (*one.names.values(), *one.acronyms.values())}:
                return as_told(one)
        spoken = languages.language().code
        return told.Organisation((told.Text(name, languages.GENERATED.get(spoken, spoken)),))

    # what must be so

    def clean(self) -> dict[str, Any]:
        """Each mistake is told beside its box."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("reporter") and "reporter" not in self.errors:
            self.add_error("reporter", gettext("Say which organisation tells us of it."))
        self._check_texts()
        self._check_days(data)
        for number in range(self.counts["parties"]):
            self._need("parties", number, "role", after="name", words=gettext("Say what this organisation does there."))
            self._need("parties", number, "name", after="role", words=gettext("Say which organisation it is."))
        for number in range(self.counts["sectors"]):
            self._need("sectors", number, "code", after="percentage", words=gettext("Choose the purpose."))
        for number in range(self.counts["money"]):
            self._need("money", number, "currency", after="amount", words=gettext("Say in which currency."))
            self._need("money", number, "amount", after="currency", words=gettext("Write the amount."))
            self._check_period("money", number)
        for number in range(self.counts["people"]):
            self._check_people(number)
        for number in range(self.counts["places"]):
            for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
                self._need("places", number, one, after=other, words=gettext("A point needs latitude and longitude."))
        return data

    def _at(self, key: str, number: int, name: str) -> Any:
        return self.cleaned_data.get(f"{key}-{number}-{name}")

    def _need(self, key: str, number: int, name: str, *, after: str, words: str) -> None:
        """Where one box says something, the other must."""
        there, missing = self._at(key, number, after), self._at(key, number, name)
        if there not in (None, "") and missing in (None, "") and f"{key}-{number}-{name}" not in self.errors:
            self.add_error(f"{key}-{number}-{name}", words)

    def _check_texts(self) -> None:
        if not self._at("texts", 0, "title") and "texts-0-title" not in self.errors:
            self.add_error("texts-0-title", gettext("Write the title of the initiative."))
        seen: set[str] = set()
        for number in range(self.counts["texts"]):
            language = self._at("texts", number, "language") or ""
            if not any(self._at("texts", number, name) for name in ("title", *PURPOSES)):
                continue
            if language in seen:
                self.add_error(f"texts-{number}-language", gettext("This language stands above already."))
            seen.add(language)

    def _check_days(self, data: Mapping[str, Any]) -> None:
        begins = data.get("actual_start") or data.get("planned_start")
        ends = data.get("actual_end") or data.get("planned_end")
        if begins and ends and ends < begins:
            name = "actual_end" if data.get("actual_end") else "planned_end"
            self.add_error(name, _reversed(begins))

    def _check_period(self, key: str, number: int) -> None:
        begins, ends = self._at(key, number, "begins"), self._at(key, number, "ends")
        if begins and ends and ends < begins:
            self.add_error(f"{key}-{number}-ends", _reversed(begins))

    def _check_people(self, number: int) -> None:
        told_of = [self._at("people", number, name) for name in ("audience", "begins", "ends")]
        numbers = [self._at("people", number, name) for name in ("planned", "reached")]
        if any(told_of) and numbers == [None, None] and f"people-{number}-planned" not in self.errors:
            self.add_error(f"people-{number}-planned", gettext("Say how many people are planned or reached."))
        self._check_period("people", number)

    # what it becomes

    @property
    def record(self) -> Record:
        """The record as it is now: what the form does not ask stays as it was."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("identifier", "is_secondary", "scope", *DAYS)}
        plain |= {name: tuple(data[name]) for name in ASKED_BY_CODE}
        return replace(
            self.base,
            **plain,
            titles=self._titles(),
            descriptions=self._descriptions(),
            language=self._at("texts", 0, "language") or "",
            reporter=self.organisation(data["reporter"]),
            status=told.Status(data["status"]) if data["status"] else None,
            contact=told.Contact(**{name: data[f"contact_{name}"] for name in CONTACT}),
            parties=tuple(
                told.Party(self.organisation(row["name"]), told.Role(row["role"]))
                for row in self._filled("parties", "name")
            ),
            places=tuple(
                self._place(row) for row in self._filled("places", "area", "name", "pcode", "latitude", "geonames")
            ),
            sectors=tuple(told.Share(row["code"], row["percentage"]) for row in self._filled("sectors", "code")),
            people=tuple(told.People(**row) for row in self._filled("people", "planned", "reached")),
            money=tuple(
                told.Money(**row | {"kind": told.MoneyKind(row["kind"] or "budget")})
                for row in self._filled("money", "amount")
            ),
            links=tuple(told.Link(**row) for row in self._filled("links", "url")),
        )

    def _filled(self, key: str, *names: str) -> Iterable[dict[str, Any]]:
        """The rows in which one of these boxes says something."""
        for number in range(self.counts[key]):
            row = {name: self._at(key, number, name) for name in self.names[key]}
            if any(row[name] not in (None, "") for name in names):
                yield row

    def _in_language(self) -> list[tuple[str, dict[str, Any]]]:
        """The rows of texts in the order in which they are kept, so that a form nobody changed changes nothing."""
        kept = [one.language for one in self.base.titles]
        filled = [(row["language"] or "", row) for row in self._filled("texts", "title", *PURPOSES)]
        return sorted(filled, key=lambda pair: kept.index(pair[0]) if pair[0] in kept else len(kept))

    def _titles(self) -> tuple[told.Text, ...]:
        return tuple(told.Text(row["title"], language) for language, row in self._in_language() if row["title"])

    def _descriptions(self) -> tuple[told.Description, ...]:
        kept = [(one.purpose, one.language) for one in self.base.descriptions]
        written = [
            told.Description(row[name].replace("\r\n", "\n"), language, purpose)
            for name, purpose in PURPOSES.items()
            for language, row in self._in_language()
            if row[name]
        ]

        def place(one: told.Description) -> int:
            return kept.index((one.purpose, one.language)) if (one.purpose, one.language) in kept else len(kept)

        return tuple(sorted(written, key=place))

    def _place(self, row: dict[str, Any]) -> told.Place:
        reach = told.Reach(row["reach"]) if row["reach"] else None
        return told.Place(**row | {"reach": reach, "country": row["area"][:2] or self.country.pk})


def _reversed(begins: date) -> str:
    return gettext("The end must not be before the beginning, %(day)s.") % {"day": written.day(begins)}


def again(sent: QueryDict, *, more: str, **about: Any) -> RegisterForm:
    """The form as it was filled, not judged yet, with one more row of a kind."""
    bound = RegisterForm(sent, **about)
    filled = {name: field.widget.value_from_datadict(sent, {}, name) for name, field in bound.fields.items()}
    return RegisterForm(initial=filled, more=more, **about)


def _rows_in(told_in: Mapping[str, Any], key: str) -> int:
    """How many rows of a kind these values have."""
    pattern = re.compile(rf"{key}-(\d{{1,3}})-")
    return max((int(found[1]) + 1 for name in told_in if (found := pattern.match(name))), default=0)


def called(one: told.Organisation) -> str:
    """What the page calls an organisation of a record."""
    return languages.text_in({name.language: name.words for name in one.names}) or one.acronym or one.identifier


def as_told(one: Organisation) -> told.Organisation:
    """A known organisation as a record names it."""
    names = tuple(told.Text(words, language) for language, words in one.names.items())
    acronym = next(iter(one.acronyms.values()), "")
    return told.Organisation(names, one.identifier, one.type, acronym)


def as_boxes(record: Record) -> dict[str, Any]:
    """A record in the boxes of the form."""
    boxes: dict[str, Any] = {name: getattr(record, name) for name in ("identifier", "is_secondary", "scope", *DAYS)}
    boxes |= {name: list(getattr(record, name)) for name in ASKED_BY_CODE}
    boxes |= {f"contact_{name}": getattr(record.contact, name) for name in CONTACT}
    boxes |= {"reporter": called(record.reporter), "status": record.status.value if record.status else ""}
    boxes |= _boxes_of("texts", _texts(record))
    boxes |= _boxes_of(
        "parties", ({"name": called(one.organisation), "role": one.role.value} for one in record.parties)
    )
    boxes |= _boxes_of("places", (_row(one) for one in record.places))
    for key in ("sectors", "people", "money", "links"):
        boxes |= _boxes_of(key, (_row(one) for one in getattr(record, key)))
    return boxes


def _row(one: Any) -> dict[str, Any]:
    return {name: getattr(value, "value", value) for name, value in vars(one).items()}


def _boxes_of(key: str, all_rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    return {f"{key}-{number}-{name}": value for number, row in enumerate(all_rows) for name, value in row.items()}


def _texts(record: Record) -> list[dict[str, Any]]:
    """The original first; of a new one, an empty row in the reader's language."""
    spoken = languages.language().code
    if not record.titles:
        return [{"language": languages.GENERATED.get(spoken, spoken)}]
    found: dict[str, dict[str, Any]] = {}
    names = {purpose: name for name, purpose in PURPOSES.items()}
    for title in record.titles:
        found.setdefault(title.language, {"language": title.language}).setdefault("title", title.words)
    for one in record.descriptions:
        found.setdefault(one.language, {"language": one.language}).setdefault(names[one.purpose], one.words)
    return sorted(found.values(), key=lambda row: row["language"] != record.language)
