"""What was decided."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.kit import asking, pages
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn
from learnin.taskforce import access
from learnin.taskforce.forms import meetings as forms
from learnin.taskforce.models import Decision
from learnin.taskforce.operations import decisions as operations
from learnin.taskforce.queries import actions as action_queries
from learnin.taskforce.queries import meetings as queries
from learnin.taskforce.views.meetings import about, at, url_of

FIELDS = {operations.WrongTally: "votes_for"}


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: SignedIn, pk: int) -> HttpResponse:
    """Write down a decision."""
    found = access.meeting(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.task_force.country)
    items = queries.items(found)
    form = forms.DecisionForm(pages.sent(request), items=items, initial=_beginning(request, items))
    context = about(found, _("Record a decision"), quorum=queries.quorum(found), verb=_("Record the decision"))
    back = f"{url_of(found)}#agenda"
    template = "taskforce/decision_form.html"
    return asking.ask(
        request,
        form,
        operations.record_decision,
        found,
        back=back,
        context=context,
        fields=FIELDS,  # type: ignore[arg-type]
        template=template,
    )


def _beginning(request: SignedIn, items: list[Any]) -> dict[str, Any]:
    """The item one came from, with its components."""
    item = next((one for one in items if str(one.pk) == request.GET.get("item", "")), None)
    if item is None:
        return {"method": "consent"}
    return {"method": "consent", "item": str(item.pk), "components": [one.component for one in item.components.all()]}


@require_safe
def decision(request: SignedIn, pk: int) -> HttpResponse:
    """One decision: its exact words, how it was made, what it rests on, what follows."""
    found = access.decision(request.user, pk)
    country = found.task_force.country
    at(request, country)
    may_correct = found.meeting.is_open and may(request.user, Can.HOLD_MEETINGS, country)
    context = {
        "country": country,
        "decision": found,
        "may_correct": may_correct,
        "actions": action_queries.of_decision(found),
    }
    return pages.page(request, "taskforce/decision.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedIn, pk: int) -> HttpResponse:
    """Correct a decision before the minutes go out."""
    found = access.decision(request.user, pk, can=Can.HOLD_MEETINGS)
    at(request, found.task_force.country)
    found.meeting.task_force = found.task_force
    form = forms.DecisionForm(pages.sent(request), items=queries.items(found.meeting), initial=_as_written(found))
    quorum = queries.quorum(found.meeting)
    context = about(found.meeting, _("Correct decision %(number)s") % {"number": found.full_number}, quorum=quorum)
    back = f"{url_of(found.meeting)}#agenda"
    template = "taskforce/decision_form.html"
    return asking.ask(
        request,
        form,
        operations.correct_decision,
        found,
        back=back,
        context=context,
        fields=FIELDS,  # type: ignore[arg-type]
        template=template,
    )


def _as_written(found: Decision) -> dict[str, Any]:
    fields = ("text", "method", *operations.TALLIES, "dissent", "evidence")
    written = {key: getattr(found, key) for key in fields}
    components = [one.component for one in found.components.all()]
    return written | {"item": str(found.item_id or ""), "components": components}
