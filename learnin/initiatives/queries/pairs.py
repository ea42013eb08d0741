"""Pairs of initiatives to judge, and two initiatives side by side."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from learnin.initiatives.access import register as seen
from learnin.initiatives.models import Initiative, Merge, Pair, Relation
from learnin.initiatives.queries.records import with_parts
from learnin.people.models import Country, Person

SURE = 0.7
A_PAGE = 25


class Band(StrEnum):
    """Which pairs a reviewer looks at."""

    SURE = "sure"
    UNSURE = "unsure"
    OVERLAPS = "overlaps"
    JUDGED = "judged"


_STANDING = Q(verdict="") & Q(
    first__withdrawn_at__isnull=True,
    first__merged_into__isnull=True,
    first__is_draft=False,
    second__withdrawn_at__isnull=True,
    second__merged_into__isnull=True,
    second__is_draft=False,
)
"""Pairs that wait: both initiatives still count, and nobody has said what they are."""
_OF = {
    Band.SURE: _STANDING & ~Q(proposed=Relation.OVERLAP) & (Q(score__gte=SURE) | Q(method="")),
    Band.UNSURE: _STANDING & ~Q(proposed=Relation.OVERLAP) & Q(score__lt=SURE) & ~Q(method=""),
    Band.OVERLAPS: _STANDING & Q(proposed=Relation.OVERLAP),
    Band.JUDGED: ~Q(verdict=""),
}


LIKELY = (_OF[Band.SURE]) | (~Q(verdict="") & (Q(score__gte=SURE) | Q(method="")) & ~Q(proposed=Relation.OVERLAP))
"""Pairs that the route asks about: likely ones, waiting or judged."""


def in_band(country: Country, band: Band) -> QuerySet[Pair]:
    """The pairs of a band, those to look at first in front."""
    found = Pair.objects.filter(_OF[band], country=country).select_related(
        "first__reporter", "second__reporter", "judged_by"
    )
    return found.order_by("-judged_at", "pk") if band is Band.JUDGED else found.order_by("-score", "pk")


def counts(country: Country) -> dict[Band, int]:
    """How many pairs each band has."""
    asked = {band.value: Count("pk", filter=which) for band, which in _OF.items()}
    found = Pair.objects.filter(country=country).aggregate(**asked)
    return {band: found[band.value] for band in Band}


def band_of(pair: Pair) -> Band:
    """The band a pair is looked at in, judged or not: after a verdict its neighbours come."""
    if pair.proposed == Relation.OVERLAP:
        return Band.OVERLAPS
    return Band.SURE if pair.score >= SURE or not pair.method else Band.UNSURE


@dataclass(frozen=True)
class Neighbours:
    """Where a pair stands in its band: how many wait before it and altogether, and the ones beside it."""

    number: int
    count: int
    before: int | None
    after: int | None


def neighbours(pair: Pair) -> Neighbours:
    """The pairs that wait around this one, which itself may be judged already."""
    band = Pair.objects.filter(_OF[band_of(pair)], country=pair.country_id)
    earlier = band.filter(Q(score__gt=pair.score) | Q(score=pair.score, pk__lt=pair.pk))
    later = band.filter(Q(score__lt=pair.score) | Q(score=pair.score, pk__gt=pair.pk))
    first = earlier.order_by("score", "-pk").values_list("pk", flat=True).first()
    last = later.order_by("-score", "pk").values_list("pk", flat=True).first()
    ahead = earlier.count()
    return Neighbours(ahead + 1, ahead + later.count() + (not pair.is_judged), first, last)


def after(pair: Pair) -> int | None:
    """The next pair to judge: the one below it, else the first that still waits above it."""
    near = neighbours(pair)
    if near.after:
        return near.after
    waiting = Pair.objects.filter(_OF[band_of(pair)], country=pair.country_id).exclude(pk=pair.pk)
    return waiting.order_by("-score", "pk").values_list("pk", flat=True).first()


def both(pair: Pair) -> tuple[Initiative, Initiative]:
    """The two initiatives with everything that is compared."""
    found = {one.pk: one for one in with_parts(Initiative.objects.filter(pk__in=(pair.first_id, pair.second_id)))}
    return found[pair.first_id], found[pair.second_id]


@dataclass(frozen=True)
class Said:
    """What an initiative is to another, as people judged it."""

    pair: Pair
    other: Initiative


def said_of(initiative: Initiative, person: Person) -> list[Said]:
    """What people said an initiative is to others that the person may see; also what went into it."""
    mine = Q(first=initiative) | Q(second=initiative)
    judged = Pair.objects.filter(mine).exclude(verdict__in=("", Relation.UNRELATED))
    judged = judged.select_related("first__reporter", "second__reporter", "judged_by").order_by("verdict", "pk")
    found = [Said(one, one.second if one.first_id == initiative.pk else one.first) for one in judged]
    if not found:
        return []
    may_see = set(
        seen.visible(person, initiative.country)
        .filter(pk__in=[one.other.pk for one in found])
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    return [one for one in found if one.other.pk in may_see]


def merge_of(pair: Pair) -> Merge | None:
    """The merge of the two, if they are merged."""
    either = Q(kept=pair.first_id, gone=pair.second_id) | Q(kept=pair.second_id, gone=pair.first_id)
    return Merge.objects.filter(either, undone_at=None).select_related("kept", "gone", "merged_by").first()


def of_merge(merge: Merge) -> Pair | None:
    """The pair that was merged."""
    first, second = sorted((merge.kept_id, merge.gone_id))
    return Pair.objects.filter(first=first, second=second).first()


class Likeness(StrEnum):
    """How one field of two records compares."""

    SAME = "same"
    CLOSE = "close"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


def likeness(one: Collection[str], other: Collection[str]) -> Likeness:
    """How two sets of words compare; where one says nothing, nobody can tell."""
    first, second = set(one), set(other)
    if not first or not second:
        return Likeness.UNKNOWN
    if first == second:
        return Likeness.SAME
    return Likeness.CLOSE if first & second else Likeness.DIFFERS


@dataclass(frozen=True)
class Piece:
    """A run of words, and whether only this side has it."""

    words: str
    is_own: bool


def pieces(one: str, other: str) -> tuple[list[Piece], list[Piece]]:
    """Two texts word by word, with what only one of them has marked."""
    mine, theirs = one.split(), other.split()
    left_words, right_words = ([word.casefold().strip(".,;:()") for word in side] for side in (mine, theirs))
    runs = SequenceMatcher(a=left_words, b=right_words, autojunk=False).get_opcodes()
    left = _joined((mine[a:b], kind != "equal") for kind, a, b, _c, _d in runs)
    right = _joined((theirs[c:d], kind != "equal") for kind, _a, _b, c, d in runs)
    return left, right


def _joined(runs: Iterable[tuple[list[str], bool]]) -> list[Piece]:
    return [Piece(" ".join(words), is_own) for words, is_own in runs if words]
