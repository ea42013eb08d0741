"""The needs of a country in their order, as a page and as a workbook."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from learnin.assessment import finding_words
from learnin.assessment.access import countries
from learnin.assessment.formats import result_workbook
from learnin.assessment.forms.needs import NeedsForm
from learnin.assessment.models import Assessment
from learnin.assessment.queries import estimates
from learnin.assessment.queries import needs as queries
from learnin.assessment.queries.needs import LeftOut
from learnin.assessment.views.rooms import at
from learnin.kit import pages
from learnin.kit.charts.marks import MEANINGS, Trust
from learnin.kit.files import XLSX
from learnin.people.models import Country
from learnin.people.signed_in import SignedIn

WHY: Mapping[LeftOut, str | Promise] = {
    LeftOut.NOT_A_SHARE: gettext_lazy("It is no share, so it has no severity from 0 to 1."),
    LeftOut.NOT_A_SAMPLE: gettext_lazy("It comes from an open link: nobody knows for how many people it speaks."),
    LeftOut.WITHHELD: MEANINGS[Trust.WITHHELD],
    LeftOut.NOT_READ: gettext_lazy("Too few answers: it is not shown."),
}


@dataclass(frozen=True)
class Asked:
    """What somebody asks to see."""

    form: NeedsForm
    assessment: Assessment | None
    group: str
    ranked: queries.Ranked | None


def _asked(request: SignedIn, country: Country) -> Asked:
    there = queries.assessments(country)
    chosen = next((one for one in there if str(one.pk) == request.GET.get("assessment")), next(iter(there), None))
    run = estimates.current(chosen) if chosen else None
    groups = queries.groups(run) if run else []
    names = [(str(one.pk), one.title) for one in there]
    form = NeedsForm(request.GET, assessments=names, groups=groups)
    found = queries.ranked(run, key=form.key) if run else None
    return Asked(form, chosen, dict(groups).get(form.key, ""), found)


def _caption(asked: Asked) -> str:
    return _("People each need weighs on: %(group)s") % {"group": asked.group or _("everybody")}


@require_safe
def needs(request: SignedIn, code: str) -> HttpResponse:
    """Which needs weigh on most people, and how sure that is."""
    country = countries.country(request.user, code)
    at(request, country)
    asked = _asked(request, country)
    found = asked.ranked
    note = _("Dot: severity times people. Line: interval (95%).")
    context = {
        "country": country,
        "wanted": asked.form,
        "ranked": found,
        "chart": found.chart(_caption(asked), _("Need"), note) if found and found.needs else None,
        "left_out": [(finding_words.name(one), WHY[why]) for one, why in found.left_out] if found else [],
        "has_missing": found is not None and any(need.is_missing for need in found.needs),
        "query": request.GET.urlencode(),
    }
    return pages.page(request, "assessment/needs.html", context)


@require_safe
def needs_file(request: SignedIn, code: str) -> HttpResponse:
    """The same as an Excel workbook."""
    country = countries.country(request.user, code)
    asked = _asked(request, country)
    content = result_workbook.written([queries.sheet(asked.ranked, _caption(asked))])
    name = f"{country.pk}-needs.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=XLSX, headers=headers)
