"""Pages of findings: the list, one finding with all it rests on, and what people do with it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment import finding_words
from learnin.assessment.access import countries
from learnin.assessment.access import findings as access
from learnin.assessment.access import plan as plans
from learnin.assessment.forms import findings as forms
from learnin.assessment.models import Estimate, Finding
from learnin.assessment.operations import findings as operations
from learnin.assessment.queries import evidence, reading
from learnin.assessment.queries import findings as queries
from learnin.assessment.views.rooms import ask, at, room
from learnin.kit import asking, languages, pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


def _page(finding: Finding) -> str:
    return reverse("assessment:finding", args=[finding.pk])


@require_safe
def findings(request: SignedIn, code: str) -> HttpResponse:
    """What the country found, each sentence with its state, its strength and what moved under it."""
    country = countries.country(request.user, code)
    at(request, country)
    form = forms.WantedForm(request.GET or None)
    page = Paginator(queries.findings(country, form.wanted), queries.A_PAGE).get_page(request.GET.get("page"))
    context = {
        "country": country,
        "wanted": form,
        "is_narrowed": form.wanted != queries.Wanted(),
        "page": page,
        "findings": queries.with_evidence(page),
        "moved": list(queries.moved(country)),
        "assessments": list(evidence.all_assessments(country)),
        "may_write": may(request.user, Can.WRITE_FINDINGS, country),
    }
    return pages.page(request, "assessment/findings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Write a finding down; where an address names a number, it rests on that number and is about the same."""
    found = plans.assessment(request.user, pk, can=Can.WRITE_FINDINGS)
    at(request, found.country)
    named = {key: request.GET.get(key, "") for key in ("indicator", "level", "domain")}
    number = queries.the_number(found, **named) if named["indicator"] else None
    initial = {key: getattr(number.indicator, key) for key in forms.KEPT} if number else {}
    form = forms.NewFindingForm(pages.sent(request), country=found.country, initial=initial)
    back = room("findings", found.country)
    numbers = [number] if number else []
    answered = asking.tried(request, form, operations.write, found, back=back, numbers=numbers)
    label, lede = _("Findings"), _said(number)
    context = {"heading": _("Write a finding"), "back": back, "back_label": label, "lede": lede}
    return answered or asking.page(request, form, context)


def _said(number: Estimate | None) -> str:
    """The number a finding begins with, as it may be read."""
    if number is None:
        return _("A sentence people can stand behind. Add what it rests on in the next step.")
    said = reading.one(number)
    told = {"number": finding_words.name(said.of), "value": said.mark.said(said.unit)}
    return _("It rests on: %(number)s, %(value)s.") % told


@require_safe
def finding(request: SignedIn, pk: int) -> HttpResponse:
    """One finding: what it says, what it rests on, who agrees."""
    one = access.finding(request.user, pk)
    country = one.country
    at(request, country)
    found = queries.of(one)
    context = {
        "country": country,
        "found": found,
        "finding": found.finding,
        "translations": [
            (languages.language_name(code), code, text) for code, text in one.texts.items() if code != one.language
        ],
        "original_language": languages.language_name(one.language),
        "is_translated": one.text() != one.original,
        "mine": next((each for each in found.opinions if each.person_id == request.user.pk), None),
        "may_write": may(request.user, Can.WRITE_FINDINGS, country),
        "may_judge": may(request.user, Can.JUDGE_FINDINGS, country),
        "may_publish": may(request.user, Can.PUBLISH_FINDINGS, country),
        "may_see_journal": may(request.user, Can.SEE_JOURNAL, country),
        "is_draft": one.state == Finding.State.DRAFT,
        "is_withdrawn": one.state == Finding.State.WITHDRAWN,
    }
    return pages.page(request, "assessment/finding.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reword(request: SignedIn, pk: int) -> HttpResponse:
    """Change what a finding says or is about."""
    found = access.finding(request.user, pk, can=Can.WRITE_FINDINGS)
    kept = {key: getattr(found, key) for key in forms.KEPT}
    form = forms.FindingForm(
        pages.sent(request), country=found.country, initial={"text": found.original, "area": found.area, **kept}
    )
    lede = _("Other words make it a draft again: opinions and translations of the old words go.")
    country, heading, back = found.country, _("Reword the finding"), _page(found)
    return ask(request, country, form, operations.reword, found, heading, back=back, back_label=_("Finding"), lede=lede)


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: SignedIn, pk: int) -> HttpResponse:
    """Say a finding in another language."""
    found = access.finding(request.user, pk, can=Can.WRITE_FINDINGS)
    wanted = request.GET.get("language", "")
    initial = {"language": wanted, "text": found.texts.get(wanted, "")}
    form = forms.TranslationForm(pages.sent(request), finding=found, initial=initial)
    country, heading, back = found.country, _("Translate the finding"), _page(found)
    return ask(
        request, country, form, operations.translate, found, heading, back=back, back_label=_("Finding"),
        lede=found.original,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: SignedIn, pk: int) -> HttpResponse:
    """Rest a draft on more evidence."""
    found = access.finding(request.user, pk, can=Can.WRITE_FINDINGS)
    form = forms.CitingForm(pages.sent(request), offered=queries.offered(found))
    country, heading, back = found.country, _("What else does it rest on?"), _page(found)
    lede = found.original if form.fields else _("There are no numbers and no other evidence of this dimension yet.")
    return ask(request, country, form, operations.cite, found, heading, back=back, back_label=_("Finding"), lede=lede)


@require_POST
def let_go_number(request: SignedIn, pk: int) -> HttpResponse:
    """A draft no longer rests on this number."""
    row = access.cited_number(request.user, pk)
    return asking.do(request, operations.let_go, row, back=_page(row.finding))


@require_POST
def let_go_evidence(request: SignedIn, pk: int) -> HttpResponse:
    """A draft no longer rests on this evidence."""
    row = access.cited_evidence(request.user, pk)
    return asking.do(request, operations.let_go, row, back=_page(row.finding))


@require_http_methods(["GET", "HEAD", "POST"])
def judge(request: SignedIn, pk: int) -> HttpResponse:
    """Agree with a finding, or object."""
    found = access.finding(request.user, pk, can=Can.JUDGE_FINDINGS)
    at(request, found.country)
    form = forms.OpinionForm(pages.sent(request))
    context = {"heading": _("Do you agree?"), "back_label": _("Finding"), "lede": found.text()}
    fields: dict[type[Refusal], str] = {operations.WithoutReason: "reason"}
    back = _page(found)
    return asking.ask(request, form, operations.judge, found, back=back, context=context, fields=fields)


@require_POST
def agree(request: SignedIn, pk: int) -> HttpResponse:
    """Note that the task force stands behind it."""
    found = access.finding(request.user, pk, can=Can.PUBLISH_FINDINGS)
    return asking.do(request, operations.agree, found, back=_page(found))


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Let everybody read it."""
    found = access.finding(request.user, pk, can=Can.PUBLISH_FINDINGS)
    return asking.do(request, operations.publish, found, back=_page(found))


@require_POST
def confirm(request: SignedIn, pk: int) -> HttpResponse:
    """The sentence still holds with its new numbers."""
    found = access.finding(request.user, pk, can=Can.PUBLISH_FINDINGS)
    return asking.do(request, operations.confirm, found, back=_page(found))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Nobody stands behind it any more."""
    found = access.finding(request.user, pk, can=Can.PUBLISH_FINDINGS)
    form = forms.WithdrawalForm(pages.sent(request))
    country, heading, back = found.country, _("Withdraw the finding"), _page(found)
    lede, verb = _("It leaves the public page, and stays here with the reason."), _("Withdraw it")
    return ask(
        request, country, form, operations.withdraw, found, heading, back=back, back_label=_("Finding"), lede=lede,
        verb=verb,
    )  # fmt: skip
