"""Initiatives of the register as the comparing core takes them: one question to each table, however many there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from learnin.compute.relations import Described
from learnin.initiatives.formats.record import Record, Role
from learnin.initiatives.models import (
    Initiative,
    InitiativeAudience,
    InitiativeComponent,
    InitiativeTheme,
    Money,
    Organisation,
    Partner,
    Place,
    Sector,
)
from learnin.people.models import Country

ROLES = {
    Role.FUNDING: "funding",
    Role.ACCOUNTABLE: "accountable",
    Role.EXTENDING: "extending",
    Role.IMPLEMENTING: "implementing",
}
KINDS = (Money.Kind.BUDGET, Money.Kind.COMMITMENT, Money.Kind.DISBURSEMENT)
"""Which amounts stand for an initiative: its budget, else what was promised, else what was paid."""
FILES = {Initiative.Origin.IATI, Initiative.Origin.FIVEW}
"""What came in a file, whose amounts were told side by side; who fills in a form may tell one activity twice."""
AT_ONCE = 500  # numbers in one question; SQLite takes no more than a thousand or so
Names = dict[int, tuple[str, ...]]
Amount = tuple[str, str, float]  # kind, currency, amount


def in_register(country: Country) -> QuerySet[Initiative]:
    """The initiatives that count: no drafts, none that was taken out or merged into another."""
    return Initiative.objects.filter(country=country, is_draft=False, withdrawn_at=None, merged_into=None)


def described(country: Country, only: Collection[int] | None = None) -> Iterator[Described]:
    """The initiatives of a country's register, or those with some numbers, in the order of their numbers."""
    if only is None:
        yield from _described(in_register(country), {})
    else:
        yield from chosen(in_register(country), only)


def chosen(initiatives: QuerySet[Initiative], numbers: Collection[int]) -> Iterator[Described]:
    """Those of some initiatives that have these numbers, in their order."""
    wanted = sorted(numbers)
    for at in range(0, len(wanted), AT_ONCE):
        yield from _described(initiatives, {"pk__in": wanted[at : at + AT_ONCE]})


def _described(initiatives: QuerySet[Initiative], which: dict[str, Any]) -> Iterator[Described]:
    these = initiatives.filter(**which)
    told = _Told(these)
    for row in these.order_by("pk").values_list(*_COLUMNS):
        yield told.of(*row)


_COLUMNS = (
    "pk", "country_id", "identifier", "titles", "descriptions", "language", "reporter_id", "begins_on", "ends_on",
    "other_identifiers", "origin",
)  # fmt: skip


class _Told:
    """What belongs to some initiatives, by their numbers."""

    def __init__(self, these: QuerySet[Initiative]) -> None:
        numbers = these.values("pk").order_by()
        self.themes = _codes(InitiativeTheme, "theme", numbers)
        self.audiences = _codes(InitiativeAudience, "audience", numbers)
        self.components = _codes(InitiativeComponent, "component", numbers)
        self.sectors = _codes(Sector, "code", numbers)
        self.places: dict[int, set[str]] = defaultdict(set)
        held = Place.objects.filter(initiative__in=numbers).order_by("pk")
        for pk, code, name, pcode in held.values_list("initiative_id", "area__code", "name", "pcode"):
            self.places[pk].add(code or name or pcode)
        self.partners: dict[int, list[tuple[str, int]]] = defaultdict(list)
        sides = Partner.objects.filter(initiative__in=numbers).order_by("pk")
        for pk, role, organisation in sides.values_list("initiative_id", "role", "organisation_id"):
            self.partners[pk].append((ROLES[Role(role)], organisation))
        self.money: dict[int, list[Amount]] = defaultdict(list)
        amounts = Money.objects.filter(initiative__in=numbers).order_by("pk")
        for pk, kind, currency, amount in amounts.values_list("initiative_id", "kind", "currency", "amount"):
            self.money[pk].append((kind, currency, float(amount)))
        here = these.order_by().values("reporter"), sides.order_by().values("organisation")
        self.names = _names(Organisation.objects.filter(pk__in=here[0])) | _names(
            Organisation.objects.filter(pk__in=here[1])
        )

    def of(
        self, pk: int, country: str, identifier: str, titles: dict[str, str], descriptions: dict[str, dict[str, str]],
        language: str, reporter: int, begins: date | None, ends: date | None, others: list[dict[str, str]], origin: str,
    ) -> Described:  # fmt: skip
        """One initiative."""
        budget, currency = budget_of(self.money.get(pk, ()))
        partners = self.partners.get(pk, ())
        return Described(
            key=pk,
            country=country,
            titles=_original_first(titles, language),
            descriptions=tuple(
                words for _purpose, texts in sorted(descriptions.items()) for words in _original_first(texts, language)
            ),
            reporter="\n".join(self.names[reporter]),
            organisations=tuple((role, name) for role, one in partners for name in self.names[one]),
            begins=begins,
            ends=ends,
            budget=budget,
            currency=currency,
            places=frozenset(self.places.get(pk, ())) - {""},
            themes=self.themes.get(pk, frozenset()),
            audiences=self.audiences.get(pk, frozenset()),
            components=self.components.get(pk, frozenset()),
            sectors=self.sectors.get(pk, frozenset()),
            identifiers=frozenset({identifier, *(one.get("value", "") for one in others)}) - {""},
            source=origin if origin in FILES else "",
        )


def of_record(record: Record, country: Country, *, key: int | str = "") -> Described:
    """What somebody is writing, compared before it is kept. The key is the number it has in the register, if any."""
    budget, currency = budget_of([(one.kind.value, one.currency, float(one.amount)) for one in record.money])
    return Described(
        key=key,
        country=country.pk,
        titles=tuple(dict.fromkeys(title.words for title in record.titles if title.words)),
        descriptions=tuple(one.words for one in record.descriptions if one.words),
        reporter="\n".join(name.words for name in record.reporter.names) or record.reporter.acronym,
        organisations=tuple(
            (ROLES[party.role], name.words) for party in record.parties for name in party.organisation.names
        ),
        begins=record.begins,
        ends=record.ends,
        budget=budget,
        currency=currency,
        places=frozenset(one.area or one.name or one.pcode for one in record.places) - {""},
        themes=frozenset(record.themes),
        audiences=frozenset(record.audiences),
        components=frozenset(record.components),
        sectors=frozenset(one.code for one in record.sectors),
        identifiers=frozenset({record.identifier, *(one.value for one in record.identifiers)}) - {""},
    )


def budget_of(amounts: Iterable[Amount]) -> tuple[float | None, str]:
    """The money of an initiative as one amount: in the currency that most of it is in, never two added up."""
    told = list(amounts)
    for kind in KINDS:
        sums: dict[str, float] = defaultdict(float)
        for _kind, currency, amount in (one for one in told if one[0] == kind):
            sums[currency] += amount
        if sums:
            currency = max(sums, key=lambda code: (sums[code], code))
            return sums[currency], currency
    return None, ""


def _codes(model: Any, field: str, numbers: Any) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = model.objects.filter(initiative__in=numbers).order_by("pk")
    for pk, code in rows.values_list("initiative_id", field):
        found[pk].add(code)
    return {pk: frozenset(codes) for pk, codes in found.items()}


def _names(organisations: QuerySet[Organisation]) -> Names:
    """Every name of an organisation, in all its languages, then its short names."""
    rows = organisations.order_by("pk").values_list("pk", "names", "acronyms", "identifier")
    return {
        pk: tuple(dict.fromkeys(filter(None, (*names.values(), *acronyms.values())))) or (identifier,)
        for pk, names, acronyms, identifier in rows
    }


def _original_first(texts: dict[str, str], language: str) -> tuple[str, ...]:
    ordered = sorted(texts.items(), key=lambda pair: pair[0] != language)
    return tuple(dict.fromkeys(words for _language, words in ordered if words))
