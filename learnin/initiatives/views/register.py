"""The register of a country: the list, to look through and to take along."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learnin.initiatives.access import organisations as organisation_access
from learnin.initiatives.access import register as access
from learnin.initiatives.forms.listing import WantedForm
from learnin.initiatives.models import Initiative, Organisation
from learnin.initiatives.queries import list_files
from learnin.initiatives.queries import register as queries
from learnin.initiatives.views.rooms import at
from learnin.journal.formats import sheet
from learnin.kit import languages, pages, papers, written
from learnin.kit.files import XLSX
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

A_PAGE = 25


def _wanted(
    request: SignedIn, country: Country
) -> tuple[WantedForm, queries.Wanted, QuerySet[Initiative], Organisation | None]:
    """The filled form, what it asks for, the initiatives that are asked for, and of whom."""
    form = WantedForm(request.GET or None, country=country)
    wanted = form.wanted(request.GET.get("sort", ""), request.GET.get("organisation", ""), timezone.localdate())
    there = access.visible(request.user, country)
    of = None
    if wanted.organisation:
        of = organisation_access.visible(request.user, country).filter(pk=wanted.organisation).first()
    return form, wanted, queries.narrowed(there, wanted), of


@require_safe
def register(request: SignedIn, code: str) -> HttpResponse:
    """Who does what, where, when, for whom: as much of it as the reader may see."""
    country = access.country(request.user, code)
    at(request, country)
    form, wanted, found, of = _wanted(request, country)
    page = Paginator(queries.with_rows(found), A_PAGE).get_page(request.GET.get("page"))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "country": country,
        "form_of_filters": form,
        "is_narrowed": wanted.is_narrowed,
        "of": of,
        "page": page,
        "rows": [(one, queries.where(one)) for one in page],
        "counts": queries.counts(access.visible(request.user, country)),
        "sees_all": access.is_member(request.user, country),
        "may_add": may(request.user, Can.REGISTER_INITIATIVES, country),
        "xlsx": reverse("initiatives:register_xlsx", args=[country.pk]) + query,
        "pdf": reverse("initiatives:register_pdf", args=[country.pk]) + query,
        "take": reverse("initiatives:take_initiatives", args=[country.pk]) + query,
    }
    return pages.page(request, "initiatives/register.html", context, part="initiatives")


@require_safe
def register_xlsx(request: SignedIn, code: str) -> HttpResponse:
    """The same list as an Excel table."""
    country = access.country(request.user, code)
    _form, _wanted_here, found, _of = _wanted(request, country)
    heads, widths = zip(*list_files.columns(), strict=True)
    content = sheet.write(heads, list_files.rows(found), name=_("Initiatives"), widths=widths)
    headers = {
        "Content-Disposition": f'attachment; filename="initiatives-{country.pk}.xlsx"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)


@require_safe
def register_pdf(request: SignedIn, code: str) -> HttpResponse:
    """The same list as a paper to print."""
    country = access.country(request.user, code)
    at(request, country)
    _form, wanted, found, _of = _wanted(request, country)
    about = _("Narrowed by filters: the register has more.") if wanted.is_narrowed else ""
    today = written.day(timezone.localdate())
    paper = list_files.paper(country, found, about=about, today=today)
    return papers.file(paper, languages.language().code, "pdf", f"initiatives-{country.pk}")
