"""Which components common work links."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from learnin.kit import pages
from learnin.people.signed_in import SignedIn
from learnin.programme import reader
from learnin.taskforce import access
from learnin.taskforce.queries import links as queries


@require_safe
def links(request: SignedIn, code: str) -> HttpResponse:
    """Every component with every component, in counts; what stands behind the chosen cell."""
    task_force = access.task_force(request.user, code)
    pages.at(request, task_force.country, stage="taskforce")
    known = {one.id: one for one in reader.current().components}
    a, b = known.get(request.GET.get("a", "")), known.get(request.GET.get("b", ""))
    rows = queries.rows(task_force)
    context = {
        "country": task_force.country,
        "rows": rows,
        "checks": queries.checks(rows),
        "a": a,
        "b": b,
        "behind": queries.behind(task_force, a, b) if a and b else [],
        "most": queries.SHOWN,
    }
    return pages.page(request, "taskforce/links.html", context, part="behind")
