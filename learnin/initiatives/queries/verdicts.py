"""What reviewers of all countries said of pairs, as the comparing core learns from it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from learnin.initiatives.models import Initiative, Pair
from learnin.initiatives.queries.described import chosen, described
from learnin.people.models import Country

if TYPE_CHECKING:
    from learnin.compute.relations import Decision, Described


def decisions() -> "list[Decision]":
    """Every verdict with both initiatives as they are now, those that were merged since as well."""
    from learnin.compute.relations import Decision, Relation

    pairs = list(Pair.objects.exclude(verdict="").order_by("pk").values_list("first", "second", "verdict"))
    numbers = {pk for first, second, _verdict in pairs for pk in (first, second)}
    known = {one.key: one for one in chosen(Initiative.objects.all(), numbers)}
    return [Decision(known[first], known[second], Relation(verdict)) for first, second, verdict in pairs]


def everything() -> "Iterator[Described]":
    """The registers of all countries: they say how rare words are."""
    for country in Country.objects.order_by("pk"):
        yield from described(country)
