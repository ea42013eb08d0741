"""What the register has already that looks like an initiative somebody is writing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from learnin.initiatives.access import register as seen
from learnin.initiatives.models import Initiative
from learnin.initiatives.queries import at_hand
from learnin.people.models import Country, Person

if TYPE_CHECKING:
    from learnin.compute.relations import Described, Related

MOST = 5
LEAST = 0.4


@dataclass(frozen=True)
class Likely:
    """An initiative that looks like the one that is being written, how and why."""

    initiative: Initiative
    related: "Related"

    @property
    def relation(self) -> str:
        """What they may be to each other."""
        return self.related.relation.value


@dataclass(frozen=True)
class Answer:
    """The likely ones that the person may see, and how many others there are: of those, nothing is told."""

    found: tuple[Likely, ...] = ()
    hidden: int = 0


def likely(person: Person, country: Country, draft: "Described") -> Answer:
    """Up to five initiatives of the register that may be the same as a draft or related to it, the likeliest first."""
    if not any(title.strip() for title in draft.titles):
        return Answer()
    related = at_hand.related(country, draft, LEAST)[:MOST]
    wanted = {one.second: one for one in related}
    may_see = _seen(person, country, wanted)
    found = tuple(Likely(may_see[pk], one) for pk, one in wanted.items() if pk in may_see)
    return Answer(found, len(wanted) - len(found))


def _seen(person: Person, country: Country, wanted: Mapping[str | int, object]) -> dict[str | int, Initiative]:
    chosen = seen.visible(person, country).filter(pk__in=[*wanted]).select_related("reporter")
    return {one.pk: one for one in chosen.order_by("pk")}
