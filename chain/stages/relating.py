"""The machine looks for related initiatives; the made-up reviewer takes over what it proposes."""

from django.utils import timezone

from chain.stages.taskforce import CHAIR
from chain.walk import Made, Walk, work
from learnin.initiatives.models import Pair, Relation
from learnin.initiatives.operations import pairs
from learnin.initiatives.queries import pairs as known
from learnin.initiatives.queries.pairs import Band


def relate(walk: Walk) -> Made:
    """Find pairs."""
    work(pairs.ask(walk.country, by=walk.people[CHAIR], now=timezone.now()))
    counts = known.counts(walk.country)
    return {
        "pairs": sum(counts.values()),
        "likely related": counts[Band.SURE],
        "perhaps": counts[Band.UNSURE],
        "overlaps": counts[Band.OVERLAPS],
    }


def judge(walk: Walk) -> Made:
    """Take over each likely pair as it is proposed, and name one overlap between two organisations."""
    by = walk.people[CHAIR]
    likely = list(known.in_band(walk.country, Band.SURE))
    for pair in likely:
        pairs.judge(pair, verdict=pair.proposed, note="As proposed (made up).", by=by, now=timezone.now())
    walk.pair = pairs.judge(_overlap(walk), verdict=Relation.OVERLAP, note="Made up.", by=by, now=timezone.now())
    judged = Pair.objects.filter(country=walk.country).exclude(verdict="").order_by().values_list("verdict", flat=True)
    return {str(relation.label).lower(): n for relation in Relation if (n := list(judged).count(relation))}


def _overlap(walk: Walk) -> Pair:
    """The surest overlap between two organisations. Records without a region make none: then another pair of them."""
    for band in (Band.OVERLAPS, Band.UNSURE, Band.JUDGED):
        for pair in known.in_band(walk.country, band).select_related("first", "second"):
            if pair.first.reporter_id != pair.second.reporter_id:
                return pair
    raise RuntimeError("no two organisations do something related")
