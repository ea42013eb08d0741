"""What is covered and what is not: the matrix, the map, the days, the gaps and who takes them up."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learnin.initiatives.access import countries
from learnin.initiatives.access import coverage as access
from learnin.initiatives.access import register as register_access
from learnin.initiatives.formats import coverage_workbook
from learnin.initiatives.forms import coverage as forms
from learnin.initiatives.operations import coverage as operations
from learnin.initiatives.queries import coverage_files, coverage_page, organisations
from learnin.initiatives.queries import gaps as of_gaps
from learnin.initiatives.queries.coverage import matrices, money
from learnin.kit import asking, files, pages, papers
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

RATE: dict[type[Refusal], str] = {
    operations.SameCurrency: "into",
    operations.NoWorth: "rate",
    operations.NotYet: "on",
}
ASKED: dict[type[Refusal], str] = {operations.UnknownOrganisation: "organisation", operations.NotYet: "asked_on"}
"""Beside which box a refusal stands."""


def _country(request: SignedIn, code: str, can: Can = Can.SEE_COVERAGE) -> Country:
    country = countries.country(request.user, code, can=can)
    pages.at(request, country, stage="initiatives")
    return country


def _form(request: SignedIn, country: Country) -> forms.WantedForm:
    reach = access.reach(request.user, country)
    return forms.WantedForm(request.GET, currencies=money.currencies(country, reach), reach=reach)


@require_safe
def coverage(request: SignedIn, code: str) -> HttpResponse:
    """Who does what, where and for whom; and where nobody told us."""
    country = _country(request, code)
    form = _form(request, country)
    wanted, today = form.wanted, timezone.localdate()
    found = matrices.coverage_of(country, wanted, today)
    context = {
        "country": country,
        "found": found,
        "legend": coverage_page.legend(found),
        "lines": coverage_page.lines(found, country),
        "is_wide": len(found.column_names) > coverage_page.MOST_ON_PAPER,
        "told": coverage_page.told(found),
        "columns": [*found.column_names.values(), _("All together")],
        "gaps": coverage_page.gap_words(found),
        "crowds": coverage_page.crowd_words(found, country),
        "needs": coverage_page.needs_without(country, wanted, today),
        "map": coverage_page.map_of(found, country),
        "days": coverage_page.days_of(country, wanted, today),
        "rates": coverage_page.rates_used(found),
        "without_rate": coverage_page.without_rate(found),
        "asked": request.GET.urlencode(),
        "rows_are": wanted.kinds[0],
        "columns_are": wanted.kinds[1],
        "may_introduce": may(request.user, Can.EDIT_INITIATIVES, country),
        "may_enter_rates": may(request.user, Can.ENTER_RATES, country),
    }
    return pages.page(request, "initiatives/coverage.html", context, form=form, part="coverage", status=200)


@require_safe
def coverage_xlsx(request: SignedIn, code: str) -> HttpResponse:
    """Every matrix with every measure, as a workbook."""
    country = _country(request, code)
    sheets = coverage_files.sheets(country, _form(request, country).wanted, timezone.localdate())
    headers = {"Content-Disposition": f'attachment; filename="coverage-{country.pk}.xlsx"'}
    return HttpResponse(coverage_workbook.write(sheets), content_type=files.XLSX, headers=headers)


@require_safe
def coverage_pdf(request: SignedIn, code: str) -> HttpResponse:
    """What the page shows, to print and file."""
    country = _country(request, code)
    language = papers.asked_language(request)
    with translation.override(language):
        paper = coverage_files.paper(country, _form(request, country).wanted, timezone.localdate())
    return papers.file(paper, language, "pdf", f"coverage-{country.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def rates(request: SignedIn, code: str) -> HttpResponse:
    """The exchange rates of a country, and one more."""
    country = _country(request, code, Can.ENTER_RATES)
    form = forms.RateForm(pages.sent(request))
    back = reverse("initiatives:rates", args=[country.pk])
    answered = asking.tried(request, form, operations.enter_rate, country, back=back, fields=RATE)
    context = {"country": country, "rates": money.rates_of(country)}
    return answered or pages.page(request, "initiatives/rates.html", context, form=form)


@require_safe
def gaps(request: SignedIn, code: str) -> HttpResponse:
    """The gaps that the task force took up."""
    country = _country(request, code, Can.SEE_INITIATIVES)
    return pages.page(request, "initiatives/gaps.html", {"country": country, "gaps": of_gaps.gaps_of(country)})


@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: SignedIn, code: str) -> HttpResponse:
    """Take up a gap: it becomes a draft of an initiative."""
    country = _country(request, code, Can.EDIT_INITIATIVES)
    gap = of_gaps.asked_gap(country, request.GET)
    form = forms.IntroduceForm(pages.sent(request), gap=gap, **of_gaps.choices(country))
    back = reverse("initiatives:gaps", args=[country.pk])
    answered = asking.tried(request, form, operations.introduce, country, back=back)
    context = {
        "country": country,
        "heading": _("Take up a gap"),
        "lede": of_gaps.gap_name(country, gap | {"area": "", "audience": ""}),
        "back": reverse("initiatives:coverage", args=[country.pk]),
        "back_label": _("Coverage"),
        "verb": _("Make a draft of it"),
    }
    return answered or asking.page(request, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def gap(request: SignedIn, pk: int) -> HttpResponse:
    """One gap: what should change, what is near, who was asked."""
    found = access.gap(request.user, pk)
    may_ask = may(request.user, Can.EDIT_INITIATIVES, found.country)
    if request.method == "POST":
        access.gap(request.user, pk, can=Can.EDIT_INITIATIVES)
    pages.at(request, found.country, stage="initiatives")
    known = [(one.pk, one.name()) for one in organisations.of_country(found.country)]
    form = forms.AskedForm(pages.sent(request), organisations=sorted(known, key=lambda one: one[1]))
    back = reverse("initiatives:gap", args=[found.pk])
    answered = asking.tried(request, form, operations.note_asked, found, back=back, fields=ASKED)
    context = {
        "country": found.country,
        "gap": found,
        "name": of_gaps.gap_name(found.country, of_gaps.sides_of(found)),
        "asked": found.asked.select_related("organisation", "asked_by").order_by("asked_on", "pk"),
        "may_ask": may_ask,
        "may_open": register_access.may_see(request.user, found.initiative),
    }
    return answered or pages.page(request, "initiatives/gap.html", context, form=form)


@require_safe
def concept_note(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The concept note of a gap, in the language one asks for."""
    found = access.gap(request.user, pk)
    language = papers.asked_language(request)
    with translation.override(language):
        paper = coverage_files.concept_note(found, timezone.localdate())
    return papers.file(paper, language, form, f"concept-note-{found.pk}")
