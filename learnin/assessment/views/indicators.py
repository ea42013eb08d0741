"""Pages of indicators: the list, one indicator with a look at the answers, the ways to split people."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import indicators as access
from learnin.assessment.access import plan as plans
from learnin.assessment.formats import indicator as formats
from learnin.assessment.formats.indicator import DefinitionWrong, Kind
from learnin.assessment.forms import indicators as forms
from learnin.assessment.indicator_words import why
from learnin.assessment.models import Assessment, Indicator, Instrument
from learnin.assessment.operations import indicators as operations
from learnin.assessment.queries import analysis
from learnin.assessment.queries import indicators as queries
from learnin.kit import asking, languages, pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

FORM = "assessment/indicator.html"


def here(assessment: Assessment, part: str = "") -> str:
    """The list of indicators of an assessment."""
    return reverse("assessment:indicators", args=[assessment.pk]) + (f"#{part}" if part else "")


def _at(request: SignedIn, assessment: Assessment) -> None:
    pages.at(request, assessment.country, stage="assessment")


@require_safe
def indicators(request: SignedIn, pk: int) -> HttpResponse:
    """The indicators of an assessment by dimension, and the ways to split people."""
    found = plans.assessment(request.user, pk)
    _at(request, found)
    context = {
        "assessment": found,
        "country": found.country,
        "shelves": queries.shelves(found),
        "groupings": queries.groupings(found),
        "instruments": analysis.instruments(found),
        "may_edit": may(request.user, Can.MAKE_ESTIMATES, found.country) and not found.closed_at,
    }
    return pages.page(request, "assessment/indicators.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Add an indicator: first what is measured, then how."""
    found = plans.assessment(request.user, pk, can=Can.MAKE_ESTIMATES)
    _at(request, found)
    asked = {one: known for one in analysis.instruments(found) if (known := analysis.measured(one))}
    start = forms.StartForm(request.GET if "about" in request.GET else None, asked=asked)
    if not start.is_valid():
        context = {"assessment": found, "country": found.country, "back": here(found), "has_questions": bool(asked)}
        return pages.page(request, "assessment/indicator_start.html", context, form=start)
    number, _slash, question = start.cleaned_data["about"].partition("/")
    instrument = next(one for one in asked if one.pk == int(number))
    one = asked[instrument][question]
    taken = found.indicators.filter(code=question).exists()
    form = forms.IndicatorForm(
        pages.sent(request),
        kind=Kind(start.cleaned_data["kind"]),
        question=question,
        known=asked[instrument],
        kept={},
        initial={
            "code": "" if taken else question.lower(),
            "name": languages.text_in(one.labels)[:200],
            "values": list(one.choices),
            "at": 50,
            "population": instrument.audience,
        },
    )
    return _write(request, found, instrument, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: SignedIn, pk: int) -> HttpResponse:
    """One indicator: how it is worked out, what the answers at hand say; change it, or retire it."""
    found = access.indicator(request.user, pk)
    may_edit = may(request.user, Can.MAKE_ESTIMATES, found.country)
    if request.method == "POST" and not may_edit:
        access.indicator(request.user, pk, can=Can.MAKE_ESTIMATES)
    _at(request, found.assessment)
    known, read = analysis.measured(found.instrument), formats.read(found.definition)
    form = forms.IndicatorForm(
        pages.sent(request),
        kind=read.kind,
        question=next(iter(read.questions), ""),
        known=known,
        kept=found.labels,
        initial=forms.as_kept(found, read),
    )
    return _write(request, found.assessment, found.instrument, form, found, may_edit=may_edit)


def _write(
    request: SignedIn,
    assessment: Assessment,
    instrument: Instrument,
    form: forms.IndicatorForm,
    of: Indicator | None,
    *,
    may_edit: bool = True,
) -> HttpResponse:
    """The page of an indicator: look at the answers, or keep it."""
    if form.is_valid() and _fits(form) and "look" not in request.POST:
        if answered := _kept(request, assessment, instrument, form, of):
            return answered
    definition = form.definition if form.is_bound and form.is_valid() else of.definition if of else None
    may_look = may(request.user, Can.SEE_ANSWERS, assessment.country)
    context: dict[str, Any] = {
        "assessment": assessment,
        "country": assessment.country,
        "instrument": instrument,
        "indicator": of,
        "back": here(assessment),
        "may_edit": may_edit,
        **_said(assessment, instrument, definition, form.known, may_look=may_look),
    }
    return pages.page(request, FORM, context, form=form)


def _fits(form: forms.IndicatorForm) -> bool:
    """Whether the definition fits the questionnaire; what does not is told beside its field."""
    problems = list(queries.does_not_fit(form.known, form.definition))
    for problem in problems:
        form.add_error(problem.key if problem.key in form.fields else None, why(problem))
    return not problems


def _kept(
    request: SignedIn, assessment: Assessment, instrument: Instrument, form: forms.IndicatorForm, of: Indicator | None
) -> HttpResponse | None:
    now = timezone.now()
    try:
        if of is None:
            of = operations.add(assessment, instrument=instrument, **form.changes, by=request.user, now=now)
        else:
            operations.correct(of, **form.changes, by=request.user, now=now)
    except Refusal as refusal:
        form.add_error("code" if isinstance(refusal, operations.CodeTaken) else None, str(refusal))
        return None
    return redirect("assessment:indicator", of.pk)


def _said(
    assessment: Assessment,
    instrument: Instrument,
    definition: Mapping[str, Any] | None,
    known: Mapping[str, formats.Asked],
    *,
    may_look: bool,
) -> dict[str, Any]:
    """The definition in words, and what the answers at hand say, for who may see answers."""
    try:
        read = formats.read(definition or {})
    except DefinitionWrong:
        return {"said": "", "look": None}
    fits = set(read.names) <= known.keys()
    look = queries.look(instrument, assessment, read, until=timezone.now()) if may_look and fits else None
    return {"said": queries.in_words(read, known), "look": look}


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    """Compute an indicator no longer."""
    found = access.indicator(request.user, pk, can=Can.MAKE_ESTIMATES)
    return asking.do(request, operations.retire, found, back=here(found.assessment))


@require_POST
def bring_back(request: SignedIn, pk: int) -> HttpResponse:
    """Compute a retired indicator again."""
    found = access.indicator(request.user, pk, can=Can.MAKE_ESTIMATES)
    return asking.do(request, operations.bring_back, found, back=here(found.assessment))


@require_POST
def add_from_bank(request: SignedIn, pk: int) -> HttpResponse:
    """Add the indicators that the questions of an assessment bring."""
    found = plans.assessment(request.user, pk, can=Can.MAKE_ESTIMATES)
    try:
        n = operations.add_from_bank(found, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, ngettext("%(n)d indicator added.", "%(n)d indicators added.", n) % {"n": n})
    return redirect(here(found))


@require_http_methods(["GET", "HEAD", "POST"])
def add_grouping(request: SignedIn, pk: int) -> HttpResponse:
    """Split people in one more way."""
    found = plans.assessment(request.user, pk, can=Can.MAKE_ESTIMATES)
    _at(request, found)
    splits: dict[str, formats.Asked] = {}
    for one in analysis.instruments(found):
        splits = analysis.splitting(one) | splits
    columns = dict.fromkeys(name for one in analysis.rounds(found) for name in analysis.frame_columns(one))
    form = forms.GroupingForm(
        pages.sent(request),
        splits=splits,
        columns=columns,
        others=queries.groupings(found).filter(within=None),
    )
    context = {
        "heading": _("Split people in one more way"),
        "lede": _("Every indicator is then told for each group."),
        "back_label": _("Indicators"),
    }
    fields = {operations.CodeTaken: "code", operations.GroupsWithinGroups: "within"}
    back = here(found, "groupings")
    return asking.ask(request, form, operations.add_grouping, found, back=back, context=context, fields=fields)


@require_POST
def remove_grouping(request: SignedIn, pk: int) -> HttpResponse:
    """Tell these groups no longer."""
    found = access.grouping(request.user, pk)
    return asking.do(request, operations.remove_grouping, found, back=here(found.assessment, "groupings"))
