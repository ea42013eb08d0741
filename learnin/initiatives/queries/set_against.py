"""Initiatives of the register as files are set against them."""

from collections.abc import Collection
from dataclasses import dataclass

from learnin.initiatives.formats.kept import from_json
from learnin.initiatives.formats.record import Record, Related
from learnin.initiatives.models import Initiative
from learnin.initiatives.queries import related
from learnin.initiatives.queries.comparing import Difference, Settler, difference
from learnin.initiatives.queries.records import record_of, with_parts


def initiatives(numbers: Collection[int]) -> dict[int, Initiative]:
    """These initiatives with everything that a comparison needs."""
    if not numbers:
        return {}
    return {one.pk: one for one in with_parts(Initiative.objects.filter(pk__in=numbers).order_by("pk"))}


@dataclass(frozen=True)
class Here:
    """An initiative of the register as a file is set against it, with the relations that people judged and agreed."""

    initiative: Initiative
    stands: Record
    related: tuple[Related, ...] = ()

    def difference(self, record: Record, settler: Settler) -> Difference:
        """What a record changes, and where somebody changed the same here. `record`: by `told`."""
        last = related.without(from_json(self.initiative.told), self.related) if self.initiative.told else None
        before = settler.kept(last) if last else {}
        stands = settler.kept(related.without(self.stands, self.related))
        return difference(settler.fields(record), before, stands)

    def told(self, record: Record) -> Record:
        """What a file tells of it beyond what was judged and agreed here."""
        return related.without(record, self.related)


def at_hand(numbers: Collection[int]) -> dict[int, Here]:
    """These initiatives as files are set against them, in a number of questions that does not grow."""
    found = initiatives(numbers)
    ours = related.of(list(found.values())) if found else {}
    return {pk: Here(one, record_of(one), ours.get(pk, ())) for pk, one in found.items()}
