"""Which initiatives are related, as IATI says it: by what people judged and what parties agreed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db.models import Q

from learnin.initiatives.formats.record import Record, Related, RelatedAs
from learnin.initiatives.models import Agreement, Initiative, Pair, Relation

AS = {
    Relation.SAME: RelatedAs.CO_FUNDED,
    Relation.JOINT: RelatedAs.CO_FUNDED,
    Relation.PHASE: RelatedAs.SIBLING,
    Relation.SITE: RelatedAs.SIBLING,
}
"""The same activity, told by several who pay for it: co-funded. Parts of one programme: siblings."""
AGREED = RelatedAs.SIBLING
"""Initiatives whose parties agreed to work together stand side by side; an agreement to stay apart relates nothing."""


def of(initiatives: Collection[Initiative]) -> dict[int, tuple[Related, ...]]:
    """By initiative: the others it is related to, by their identifiers; one without an identifier cannot be named."""
    numbers = {one.pk for one in initiatives}
    found: dict[int, dict[str, RelatedAs]] = defaultdict(dict)
    for one, other, kind in [*_agreed(numbers), *_judged(numbers)]:  # what people judged says it more exactly
        if one in numbers and other:
            found[one][other] = kind
    return {
        pk: tuple(Related(identifier, kind) for identifier, kind in sorted(others.items()))
        for pk, others in found.items()
    }


def joined(record: Record, ours: Iterable[Related]) -> Record:
    """The record with what people judged and agreed beside what its reporter says."""
    return replace(record, related=tuple(dict.fromkeys((*record.related, *ours))))


def without(record: Record, ours: Collection[Related]) -> Record:
    """The record without relations that only repeat what people judged and agreed here."""
    left = tuple(one for one in record.related if one not in ours)
    return record if len(left) == len(record.related) else replace(record, related=left)


def _judged(numbers: Collection[int]) -> list[tuple[int, str, RelatedAs]]:
    pairs = Pair.objects.filter(Q(first__in=numbers) | Q(second__in=numbers), verdict__in=AS)
    rows = pairs.order_by("pk").values_list("first", "first__identifier", "second", "second__identifier", "verdict")
    both = []
    for first, first_id, second, second_id, verdict in rows:
        kind = AS[Relation(verdict)]
        both += [(first, second_id, kind), (second, first_id, kind)]
    return both


def _agreed(numbers: Collection[int]) -> list[tuple[int, str, RelatedAs]]:
    agreements = Agreement.objects.filter(initiatives__in=numbers, agreed_at__isnull=False, withdrawn_at=None)
    agreements = agreements.exclude(kind=Agreement.Kind.SEPARATE).distinct().order_by("pk")
    both = []
    for agreement in agreements.prefetch_related("initiatives"):
        about = sorted(agreement.initiatives.all(), key=lambda one: one.pk)
        both += [(one.pk, other.identifier, AGREED) for one in about for other in about if one != other]
    return both
