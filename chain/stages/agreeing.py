"""What two organisations could do about an overlap: proposed, accepted by both out of their letters, then to do."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from chain.serving import outside, served
from chain.stages.taskforce import COORDINATOR
from chain.walk import Made, Walk
from learnin.initiatives.models import Agreement, Initiative
from learnin.initiatives.operations import agreements
from learnin.initiatives.queries import agreements as known
from learnin.initiatives.queries.agreements import Suggested
from learnin.journal.models import Mail

LINK = re.compile(r"https?://\S+\?answer=accept")
SENT_ON = 302


def agree(walk: Walk) -> Made:
    """Propose, let both answer by their links, and see what there is to do."""
    about = [walk.pair.first, walk.pair.second]
    chosen = list(Initiative.objects.filter(pk__in=[one.pk for one in about]).select_related("reporter").order_by("pk"))
    walk.agreement = agreements.propose(
        walk.country,
        initiatives=chosen,
        kind=Agreement.Kind.ALIGN,
        text="Both tell each other their plans for the next year (made up).",
        due_on=(walk.today + timedelta(days=60)).date(),
        owner=walk.force.seats.order_by("number")[0],
        parties=_parties(chosen),
        by=walk.people[COORDINATOR],
        now=timezone.now(),
        pair=walk.pair,
    )
    paths = _links()
    with served() as port:
        told = outside("chain.parties", {"port": port, "paths": paths})
    if set(told) != {SENT_ON}:
        raise RuntimeError(f"the server said {told}")
    walk.agreement.refresh_from_db()
    if walk.agreement.action is None:
        raise RuntimeError("nothing is to be done")
    return {"parties": len(paths), "accepted by link": len(told), "action point": walk.agreement.action.number}


def _parties(chosen: list[Initiative]) -> list[Suggested]:
    """Whoever reports them; the addresses are made up, for the real ones are nobody's to write to."""
    found = known.suggested(chosen)
    return [
        Suggested(one.organisation, "Focal point (made up)", f"party{at}@chain.example") for at, one in enumerate(found)
    ]


def _links() -> list[str]:
    """The addresses by which the letters say yes."""
    letters = Mail.objects.filter(kind="agreement").order_by("pk")
    texts = [one.content["body"] for one in letters if one.content]
    links = [urlsplit(found[0]) for text in texts if (found := LINK.search(text))]
    return [f"{link.path}?{link.query}" for link in links]
