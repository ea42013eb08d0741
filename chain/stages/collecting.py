"""A round with an invitation for everybody who was drawn; answers come over OpenRosa from another process."""

from django.urls import reverse
from django.utils import timezone

from chain.form_filling import MARK
from chain.serving import outside, served
from chain.stages.sampling import ANSWERING
from chain.stages.taskforce import ANALYST
from chain.walk import SEED, Made, Walk
from learnin.assessment.access import collection
from learnin.assessment.models import Round
from learnin.assessment.operations import answers, invitations, rounds

TAKEN = "201"


def collect(walk: Walk) -> Made:
    """Plan, invite, let the phones answer, work the answers out, close."""
    by = walk.people[ANALYST]
    walk.round = rounds.plan_round(
        walk.country,
        title="Round of the walk (simulated respondents)",
        instrument=walk.instrument,
        assessment=walk.assessment,
        sample=walk.sample,
        kind=Round.Kind.SAMPLE,
        naming=Round.Naming.LINKED,
        opens_at=walk.ago(10),
        closes_at=walk.ago(-10),
        target=walk.size.answers,
        by=by,
        now=walk.ago(11),
    )
    invited = invitations.make_from_sample(walk.round, by=by, now=walk.ago(11))
    doors = [f"{_door(collection.invited_token(one))}" for one in invited]
    with served() as port:
        told = outside("chain.phones", {"port": port, "doors": doors, "seed": SEED, "share": ANSWERING})
    if set(told) != {TAKEN}:
        raise RuntimeError(f"the server said {told}")
    answers.work_out(by=None, now=timezone.now())
    rounds.close_round(walk.round, by=by, now=timezone.now())
    came = walk.round.submissions.filter(is_current=True)
    marked = came.filter(device=MARK).count()
    return {"invitations": len(invited), "answers taken": told[TAKEN], "kept": came.count(), "marked simulated": marked}


def _door(token: str) -> str:
    return reverse("assessment:collect_open_form_list", args=[token]).removesuffix("formList")
