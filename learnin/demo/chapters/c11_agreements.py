"""Eleventh chapter: what the parties of related initiatives do about it. One agreement holds, one waits for a word."""

from typing import TYPE_CHECKING

from learnin.initiatives.models import Agreement, Pair, Party, Relation
from learnin.initiatives.operations import agreements, pairs
from learnin.initiatives.queries import agreements as queries
from learnin.initiatives.queries.pairs import Band, in_band
from learnin.taskforce.models import TaskForce

if TYPE_CHECKING:
    from learnin.demo.story import Story

ALIGN = (
    "Both teach digital skills to teachers of the same schools. From next term they share one calendar and one list "
    "of schools, so that no teacher is invited twice."
)
COMPLEMENT = "One brings devices, the other trains for them: each tells the other its schools before the term begins."


def tell(story: "Story") -> None:
    """Two overlaps are named; one pair agrees to complement each other, the other still waits for one party."""
    found = [*in_band(story.country, Band.OVERLAPS)[:2]]
    for pair in found:
        pairs.judge(pair, verdict=Relation.OVERLAP, by=story.people["ana"], now=story.ago(3))
    kinds = (("complement", COMPLEMENT), ("align", ALIGN))
    for at, (pair, (kind, text)) in enumerate(zip(found, kinds, strict=False)):
        made = _proposed(story, pair, kind, text)
        parties = list(made.parties.order_by("pk"))
        for party in parties if at == 0 else parties[:1]:
            agreements.answer(party, answer=Party.Answer.ACCEPT, by=None, now=story.ago(1))


def _proposed(story: "Story", pair: Pair, kind: str, text: str) -> Agreement:
    about = [pair.first, pair.second]
    force = TaskForce.objects.get(country=story.country)
    return agreements.propose(
        story.country,
        initiatives=about,
        kind=kind,
        text=text,
        due_on=story.ago(-60).date(),
        owner=force.seats.filter(closed_on=None).order_by("number")[0],
        parties=queries.suggested(about),
        pair=pair,
        by=story.people["ana"],
        now=story.ago(2),
    )
