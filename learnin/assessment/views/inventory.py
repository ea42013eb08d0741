"""What the country has: experts who agreed to be found, resources, its culture; and all evidence as one workbook."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import countries
from learnin.assessment.access import evidence as access
from learnin.assessment.formats import evidence_workbook
from learnin.assessment.forms import evidence as forms
from learnin.assessment.operations import experts as expert_operations
from learnin.assessment.operations import resources as operations
from learnin.assessment.queries import evidence as queries
from learnin.assessment.queries import evidence_workbook as workbook
from learnin.assessment.views.rooms import ask, at, room
from learnin.kit import asking, pages
from learnin.kit.files import XLSX
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


@require_safe
def experts(request: SignedIn, code: str) -> HttpResponse:
    """Who can do what; addresses only for those who see the people of the country."""
    country = countries.country(request.user, code)
    at(request, country)
    form = forms.ThemeForm(request.GET or None)
    theme = form.cleaned_data["theme"] if form.is_valid() else ""
    context = {
        "country": country,
        "wanted": form,
        "is_narrowed": bool(theme),
        "experts": queries.experts(country, theme),
        "may_add": may(request.user, Can.ADD_EVIDENCE, country),
        "may_see_people": may(request.user, Can.SEE_PEOPLE, country),
    }
    return pages.page(request, "assessment/experts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_expert(request: SignedIn, code: str) -> HttpResponse:
    """Put somebody on the list who agreed to stand there."""
    country = countries.country(request.user, code, can=Can.ADD_EVIDENCE)
    form = forms.NewExpertForm(pages.sent(request), country=country)
    back, label, heading = room("experts", country), _("Experts"), _("Add an expert")
    lede = _("Ask first: only people who agreed stand on this list. They can leave it at any time.")
    return ask(request, country, form, expert_operations.add, country, heading, back=back, back_label=label, lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
def expert(request: SignedIn, pk: int) -> HttpResponse:
    """Change what an expert can do, or take them off the list."""
    found = access.expert(request.user, pk)
    country = found.country
    form = forms.ExpertForm(pages.sent(request), country=country, initial=forms.as_listed(found))
    removal = asking.Removal(
        _("Whoever no longer agrees leaves the list. Their name, address and skills are deleted."),
        _("Take this person off the list"),
        reverse("assessment:withdraw_expert", args=[found.pk]),
    )
    operation, heading = expert_operations.correct, _("Change what is known of the expert")
    back, label = room("experts", country), _("Experts")
    return ask(request, country, form, operation, found, heading, back=back, back_label=label, removal=removal)


@require_POST
def withdraw_expert(request: SignedIn, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    found = access.expert(request.user, pk)
    return asking.do(request, expert_operations.withdraw, found, back=room("experts", found.country))


@require_safe
def resources(request: SignedIn, code: str) -> HttpResponse:
    """What the country has, with the day and the place each number is from."""
    country = countries.country(request.user, code)
    at(request, country)
    form = forms.KindForm(request.GET or None)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    context = {
        "country": country,
        "wanted": form,
        "is_narrowed": bool(kind),
        "resources": list(queries.resources(country, kind)),
        "may_add": may(request.user, Can.ADD_EVIDENCE, country),
    }
    return pages.page(request, "assessment/resources.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_resource(request: SignedIn, code: str) -> HttpResponse:
    """Write down something the country has."""
    country = countries.country(request.user, code, can=Can.ADD_EVIDENCE)
    form = forms.ResourceForm(pages.sent(request))
    back, label, heading = room("resources", country), _("Resources"), _("Add a resource")
    return ask(request, country, form, operations.add, country, heading, back=back, back_label=label)


@require_http_methods(["GET", "HEAD", "POST"])
def resource(request: SignedIn, pk: int) -> HttpResponse:
    """Change what is known of a resource."""
    found = access.resource(request.user, pk)
    kept = ("kind", "name", "description", "owner", "quantity", "unit", "as_of", "source")
    form = forms.ResourceForm(pages.sent(request), initial=forms.as_kept(found, *kept))
    removal = asking.Removal(
        _("What the country no longer has can leave the inventory. The journal keeps what it was."),
        _("Take it out of the inventory"),
        reverse("assessment:remove_resource", args=[found.pk]),
    )
    back, label, heading = queries.address(found), _("Resources"), _("Change the resource")
    return ask(
        request, found.country, form, operations.correct, found, heading, back=back, back_label=label, removal=removal
    )


@require_POST
def remove_resource(request: SignedIn, pk: int) -> HttpResponse:
    """Take a resource out of the inventory."""
    found = access.resource(request.user, pk)
    return asking.do(request, operations.remove, found, back=room("resources", found.country))


@require_safe
def culture(request: SignedIn, code: str) -> HttpResponse:
    """What any solution must fit."""
    country = countries.country(request.user, code)
    at(request, country)
    found = queries.culture(country)
    context = {"country": country, "culture": found, "may_add": may(request.user, Can.ADD_EVIDENCE, country)}
    return pages.page(request, "assessment/culture.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def write_culture(request: SignedIn, code: str) -> HttpResponse:
    """Write the cultural profile."""
    country = countries.country(request.user, code, can=Can.ADD_EVIDENCE)
    found = queries.culture(country)
    form = forms.CultureForm(pages.sent(request), initial=forms.as_kept(found, *queries.CULTURE) if found else {})
    back, label, heading = room("culture", country), _("Culture"), _("Write the cultural profile")
    return ask(request, country, form, operations.write_culture, country, heading, back=back, back_label=label)


@require_safe
def evidence_file(request: SignedIn, code: str) -> HttpResponse:
    """Facts, statements and resources as one Excel workbook."""
    country = countries.country(request.user, code)
    content = evidence_workbook.write(workbook.sheets(country))
    name = f"{country.pk}-evidence.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
