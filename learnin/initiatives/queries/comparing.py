"""What a file says anew of an initiative that the register has: what changes, and where a person said otherwise since.

Three texts are set against each other: what the file says now, what the last file said (`Initiative.told`), and what
stands here. A file that says nothing of a field leaves it as it stands.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from learnin.initiatives.formats import record as told
from learnin.initiatives.formats.kept import as_json, from_json
from learnin.initiatives.formats.record import Record, Share
from learnin.initiatives.queries.organisations import Known, keys_of

CENT = Decimal("0.01")
IGNORED = frozenset({"updated_at"})
"""When a reporter last touched its record says nothing of the initiative itself."""
TEXTS = frozenset({"titles", "descriptions"})
"""Fields that say the same in several languages: a file with one of them does not take the others away."""
Fields = Mapping[str, Any]


@dataclass(frozen=True)
class Settler:
    """Brings a record into the form in which the register would give it back, so that two can be compared.

    areas: the codes that places can have here. country: whose register it is.
    """

    known: Known
    areas: Set[str]
    country: str

    def kept(self, record: Record) -> dict[str, Any]:
        """What the register keeps, by field: where it names no country or region, this country is meant."""
        fields = self.fields(record)
        return fields if fields.keys() & {"countries", "regions"} else fields | {"countries": [{"code": self.country}]}

    def fields(self, record: Record) -> dict[str, Any]:
        """The record by field; a field that says nothing is left out."""
        kept = as_json(record)
        if record.countries == (Share(self.country, Decimal(100)),):
            kept["countries"] = [{"code": self.country}]
        kept |= {
            "titles": self._titles(record),
            "descriptions": self._descriptions(record),
            "reporter": self._organisation(record.reporter) if record.reporter.name else "",
            "parties": self._parties(record),
            "places": [self._place(one) for one in record.places],
            "sectors": {one.code: _plain(one.percentage) for one in record.sectors},
            "themes": sorted(set(record.themes)),
            "audiences": sorted(set(record.audiences)),
            "components": sorted(set(record.components)),
            "people": [as_json_part(one) for one in record.people if (one.planned, one.reached) != (None, None)],
            "money": [as_json_part(one) | {"amount": _plain(one.amount)} for one in record.money],
        }
        return {key: value for key, value in kept.items() if value and key not in IGNORED}

    def _titles(self, record: Record) -> dict[str, str]:
        found: dict[str, str] = {}
        for title in record.titles:
            found.setdefault(title.language, title.words)
        return found

    def _descriptions(self, record: Record) -> dict[str, str]:
        found: dict[str, str] = {}
        for one in record.descriptions:
            key = f"{one.purpose.value} {one.language}"
            found[key] = "\n\n".join(filter(None, [found.get(key, ""), one.words]))
        return found

    def _organisation(self, one: told.Organisation) -> str:
        pk = self.known.find(one)
        return str(pk) if pk else f"new {keys_of((name.words for name in one.names), one.acronym)[:1]} {one.identifier}"

    def _parties(self, record: Record) -> list[str]:
        return sorted({f"{party.role.value} {self._organisation(party.organisation)}" for party in record.parties})

    def _place(self, one: told.Place) -> dict[str, Any]:
        kept = as_json_part(one)
        kept.pop("country", None)
        if kept.get("area") not in self.areas:
            kept.pop("area", None)
        return kept


def as_json_part(one: Any) -> dict[str, Any]:
    """One part of a record as JSON keeps it."""
    field = {told.Place: "places", told.People: "people", told.Money: "money"}[type(one)]
    whole: dict[str, Any] = {field: (one,)}
    found: dict[str, Any] = as_json(Record(**whole))[field][0]
    return found


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else format(amount.quantize(CENT).normalize(), "f")


@dataclass(frozen=True)
class Difference:
    """Fields that a file changes, and those of them that somebody changed here since the last file."""

    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def difference(new: Fields, before: Fields, here: Fields) -> Difference:
    """What the file changes.

    Args:
        new: what the file says now; before: what the last file said, empty where none did; here: what stands here.
    """
    changed = [key for key, value in new.items() if not _says_it(key, value, here) and not _says_it(key, value, before)]
    conflicts = [key for key in changed if _of_these(key, new, here) not in (None, {}, _of_these(key, new, before))]
    return Difference(tuple(changed), tuple(conflicts))


def _says_it(key: str, value: Any, told: Fields) -> bool:
    """Whether a field says this already; texts do when they say it in these languages, whatever else they say."""
    there = told.get(key)
    if key not in TEXTS or not there:
        return bool(value == there)
    return all(
        words == there.get(at) or (_lacks_language(at) and words in there.values()) for at, words in value.items()
    )


def _of_these(key: str, new: Fields, told: Fields) -> Any:
    """What a field says; of texts only those in the languages of the file, where it names them."""
    there = told.get(key)
    if key not in TEXTS or not there or any(_lacks_language(at) and at not in there for at in new[key]):
        return there
    return {at: words for at, words in there.items() if at in new[key]}


def _lacks_language(at: str) -> bool:
    return not at or at.endswith(" ")


def merged(new: Record, here: Record, fields: Set[str]) -> Record:
    """What stands here, with these fields as the file says them; texts in languages that it leaves out stay."""
    says, stands = as_json(new), as_json(here)
    return from_json(stands | {key: _joined(key, says[key], stands.get(key, [])) for key in fields if key in says})


def _joined(key: str, says: Any, stands: Any) -> Any:
    """What the file says; texts in other languages stay, where the file names its own."""
    if key not in TEXTS:
        return says
    told = {(one.get("purpose"), one.get("language", "")) for one in says}
    if any(not language for _purpose, language in told):
        return says
    return [*says, *(one for one in stands if (one.get("purpose"), one.get("language", "")) not in told)]
