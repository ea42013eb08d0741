"""Pairs of initiatives: what waits to be judged, and two of them side by side."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.initiatives import compared, pair_words, reason_words
from learnin.initiatives.access import countries
from learnin.initiatives.access import pairs as access
from learnin.initiatives.forms.relations import BandForm, VerdictForm
from learnin.initiatives.models import Pair, Relation
from learnin.initiatives.operations import pairs as operations
from learnin.initiatives.queries import pairs as queries
from learnin.initiatives.queries.pairs import Band
from learnin.kit import asking, pages, written
from learnin.kit.refusal import Refusal
from learnin.people import queries as people
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

STAGE = "initiatives"


def _page(pair: Pair) -> str:
    return reverse("initiatives:pair", args=[pair.pk])


def _queue(pair: Pair) -> str:
    return f"{reverse('initiatives:pairs', args=[pair.country_id])}?band={queries.band_of(pair)}"


@require_safe
def pairs(request: SignedIn, code: str) -> HttpResponse:
    """The pairs of a country: likely ones first, then what is less sure, overlaps, and what was said."""
    country = countries.country(request.user, code)
    pages.at(request, country, stage=STAGE)
    band = BandForm(request.GET).wanted
    page = Paginator(queries.in_band(country, band), queries.A_PAGE).get_page(request.GET.get("page"))
    counts = queries.counts(country)
    context = {
        "country": country,
        "band": band.value,
        "bands": [(one.value, words, counts[one]) for one, words in pair_words.BANDS.items()],
        "caption": pair_words.BANDS[band],
        "heading": _("Verdict") if band is Band.JUDGED else _("It may be"),
        "measure": pair_words.MEASURES.get(band, ""),
        "areas": reason_words.area_names(people.areas_of(country)),
        "page": page,
        "first": next(iter(page), None),
        "may_judge": may(request.user, Can.JUDGE_RELATIONS, country),
    }
    return pages.page(request, "initiatives/pairs.html", context)


@require_POST
def find(request: SignedIn, code: str) -> HttpResponse:
    """Have the pairs of a country looked for now."""
    country = countries.country(request.user, code, can=Can.JUDGE_RELATIONS)
    job = operations.ask(country, by=request.user, now=timezone.now())
    return redirect("journal:job", job.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def pair(request: SignedIn, pk: int) -> HttpResponse:
    """Two initiatives side by side; a verdict leads straight to the next pair."""
    can = Can.JUDGE_RELATIONS if request.method == "POST" else Can.SEE_INITIATIVES
    found = access.pair(request.user, pk, can=can)
    pages.at(request, found.country, stage=STAGE)
    form = VerdictForm(pages.sent(request), initial={"note": found.note})
    if form.is_valid():
        try:
            return _judged(request, found, form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return pages.page(request, "initiatives/pair.html", _context(request, found), form=form)


def _judged(request: SignedIn, found: Pair, form: VerdictForm) -> HttpResponse:
    """Keep the verdict and go on: to the next pair, or to the merge that "the same" offers."""
    was_judged = found.is_judged
    judged = operations.judge(found, **form.cleaned_data, by=request.user, now=timezone.now())
    said = _("%(verdict)s: %(pair)s") % {"verdict": judged.get_verdict_display(), "pair": judged}
    messages.success(request, said)
    if was_judged or "stay" in request.POST:
        return redirect(_page(judged))
    following = queries.after(judged)
    return redirect(reverse("initiatives:pair", args=[following]) if following else _queue(judged))


def _context(request: SignedIn, found: Pair) -> dict[str, object]:
    first, second = queries.both(found)
    areas = reason_words.area_names(people.areas_of(found.country))
    near = queries.neighbours(found)
    return {
        "country": found.country,
        "lede": pair_words.place(near, is_judged=found.is_judged),
        "score": written.percent(found.score),
        "keys": {"label": _("Keys work: 1 to 6 for a verdict, N for the next pair, P for the one before")},
        "pair": found,
        "first": first,
        "second": second,
        "lines": compared.lines(first, second),
        "reasons": reason_words.reasons(found.reasons, areas),
        "near": near,
        "queue": _queue(found),
        "merge": queries.merge_of(found),
        "verdicts": list(enumerate(Relation.choices, start=1)),
        "may_judge": may(request.user, Can.JUDGE_RELATIONS, found.country),
        "may_see_journal": may(request.user, Can.SEE_JOURNAL, found.country),
        "propose": _propose(request, found),
    }


def _propose(request: SignedIn, found: Pair) -> str:
    """Where to propose what the parties could do; nothing where they have nothing to do with each other."""
    if found.verdict in {"", Relation.UNRELATED} or not may(request.user, Can.PROPOSE_AGREEMENTS, found.country):
        return ""
    return f"{reverse('initiatives:propose_agreement', args=[found.country_id])}?pair={found.pk}"


@require_POST
def take_back(request: SignedIn, pk: int) -> HttpResponse:
    """Leave a pair open again."""
    found = access.pair(request.user, pk, can=Can.JUDGE_RELATIONS)
    return asking.do(request, operations.take_back, found, back=_page(found))
