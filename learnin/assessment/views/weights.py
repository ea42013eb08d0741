"""Sets of weights of a round: which there are, what each step of one did, and the one that is in use."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from learnin.assessment.access import rounds
from learnin.assessment.access import weights as access
from learnin.assessment.models import Round
from learnin.assessment.operations import weights as operations
from learnin.assessment.queries import weight_sets as kept
from learnin.assessment.queries import weight_stages, weighting
from learnin.assessment.queries import weights as queries
from learnin.assessment.views.rooms import at
from learnin.kit import asking, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


def around(request: SignedIn, round: Round) -> dict[str, Any]:
    """Where we are, and what the tabs of a round's data need."""
    at(request, round.country)
    return {
        "round": round,
        "country": round.country,
        "may_see": may(request.user, Can.SEE_ANSWERS, round.country),
        "may_export": may(request.user, Can.EXPORT_ANSWERS, round.country),
        "may_weigh": may(request.user, Can.MAKE_WEIGHTS, round.country),
    }


@require_safe
def weight_sets(request: SignedIn, pk: int) -> HttpResponse:
    """The sets of weights of a round, and the one that is in the making."""
    round = rounds.round(request.user, pk)
    context = around(request, round) | {
        "sets": kept.sets(round),
        "making": queries.in_the_making(round),
        "answers": weighting.size(round, timezone.now()),
    }
    return pages.page(request, "assessment/weight_sets.html", context)


@require_safe
def weight_set(request: SignedIn, pk: int) -> HttpResponse:
    """One set: what each step did, in numbers and words."""
    found = access.weight_set(request.user, pk)
    context = around(request, found.round) | {
        "set": found,
        "stages": weight_stages.told(found.diagnostics, queries.labels(found.round)),
        "is_stale": queries.is_stale(found, timezone.now()),
    }
    return pages.page(request, "assessment/weight_set.html", context)


@require_POST
def begin(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a set of weights, or go on with the one that was begun."""
    round = rounds.round(request.user, pk, can=Can.MAKE_WEIGHTS)
    made = operations.begin(round, by=request.user, now=timezone.now())
    return redirect("assessment:weighting_base", made.pk)


@require_POST
def begin_like(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a set with the steps of an earlier one."""
    like = access.weight_set(request.user, pk, can=Can.MAKE_WEIGHTS)
    made = operations.begin(like.round, like=like, by=request.user, now=timezone.now())
    return redirect("assessment:weighting_base", made.pk)


@require_POST
def use(request: SignedIn, pk: int) -> HttpResponse:
    """Put a set to use."""
    found = access.weight_set(request.user, pk, can=Can.MAKE_WEIGHTS)
    return asking.do(request, operations.put_in_use, found, back=_sets(found.round_id))


@require_POST
def give_up(request: SignedIn, pk: int) -> HttpResponse:
    """Throw the steps away."""
    found = access.weighting(request.user, pk)
    return asking.do(request, operations.give_up, found, back=_sets(found.round_id))


def _sets(round: int) -> str:
    return reverse("assessment:weight_sets", args=[round])
