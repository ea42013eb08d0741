"""Take one of two records of the same initiative into the other, and undo it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from learnin.initiatives import compared
from learnin.initiatives.access import pairs as access
from learnin.initiatives.forms.relations import MergeForm
from learnin.initiatives.models import Merge
from learnin.initiatives.operations import merging as operations
from learnin.initiatives.queries import pairs as queries
from learnin.initiatives.queries.records import record_of
from learnin.kit import asking, pages
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: SignedIn, pk: int) -> HttpResponse:
    """Choose which of two stays, and what of the other goes into it."""
    pair = access.pair(request.user, pk, can=Can.JUDGE_RELATIONS)
    pages.at(request, pair.country, stage="initiatives")
    back = reverse("initiatives:pair", args=[pair.pk])
    both = queries.both(pair)
    records, told = {one.pk: record_of(one) for one in both}, [compared.told(one) for one in both]
    form = MergeForm(pages.sent(request), pair=pair, records=records, told=told)
    context = {
        "heading": _("Merge the two"),
        "back_label": _("The pair"),
        "lede": _("Nothing gets lost: both histories stay, and you can undo it on the page of the pair."),
        "verb": _("Merge them"),
    }
    return asking.ask(request, form, operations.merge, pair, back=back, context=context)


@require_POST
def undo(request: SignedIn, pk: int) -> HttpResponse:
    """Make two of one again."""
    found = access.merge(request.user, pk)
    return asking.do(request, operations.undo, found, back=_back(found))


def _back(found: Merge) -> str:
    pair = queries.of_merge(found)
    if pair:
        return reverse("initiatives:pair", args=[pair.pk])
    return reverse("initiatives:pairs", args=[found.kept.country_id])
