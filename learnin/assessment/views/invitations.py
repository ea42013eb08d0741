"""Who is asked in a round: invitations, letters, files to take along, enumerators."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import rounds as access
from learnin.assessment.forms import invitations as forms
from learnin.assessment.models import Enumerator, Round
from learnin.assessment.operations import invitations as operations
from learnin.assessment.operations import letters
from learnin.assessment.queries import invitations as queries
from learnin.assessment.queries import round_papers
from learnin.assessment.queries import rounds as round_queries
from learnin.assessment.views.frames import at
from learnin.assessment.views.rounds import page_of
from learnin.kit import asking, documents, languages, pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn

A_PAGE = 50


def _round(request: SignedIn, pk: int) -> Round:
    found = access.round(request.user, pk, can=Can.RUN_ROUNDS)
    at(request, found.country)
    return found


@require_safe
def invitations(request: SignedIn, pk: int) -> HttpResponse:
    """Everybody who is asked, with what was tried."""
    found = _round(request, pk)
    form = forms.AskedForm(request.GET)
    asked = queries.asked(found, **form.cleaned_data if form.is_valid() else {})
    context = {"round": found, "form": form, "page": Paginator(asked, A_PAGE).get_page(request.GET.get("page"))}
    return pages.page(request, "assessment/invitations.html", context)


@require_POST
def make(request: SignedIn, pk: int) -> HttpResponse:
    """Make invitations from the sample."""
    found = _round(request, pk)
    return asking.do(request, operations.make_from_sample, found, back=page_of(found))


@require_http_methods(["GET", "HEAD", "POST"])
def list_people(request: SignedIn, pk: int) -> HttpResponse:
    """Bring in a list of everybody who is asked."""
    found = _round(request, pk)
    form = forms.PeopleForm(pages.sent(request), request.FILES or None)
    context = {
        "heading": _("Bring in everybody who is asked"),
        "lede": _("Each line becomes an invitation with a link and a PIN. Who is here already is not asked twice."),
        "back_label": str(found),
        "verb": _("Make invitations"),
    }
    return asking.ask(request, form, operations.make_from_list, found, back=page_of(found), context=context)


@require_POST
def send(request: SignedIn, pk: int) -> HttpResponse:
    """Send the first letters, or reminders to those who have not answered."""
    found = _round(request, pk)
    is_reminder, stratum = bool(request.POST.get("reminder")), request.POST.get("stratum")
    try:
        letters.start(found, is_reminder=is_reminder, stratum=stratum, by=request.user, now=timezone.now())
        messages.success(request, _("The letters are being written. Who answers in the meantime gets none."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("assessment:follow_up" if is_reminder else "assessment:round", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: SignedIn, pk: int) -> HttpResponse:
    """Correct how somebody is reached."""
    invitation = access.invitation(request.user, pk)
    at(request, invitation.round.country)
    initial = {key: getattr(invitation, key) for key in ("name", "email", "phone", "language")}
    context = {"heading": _("How %(name)s is reached") % {"name": invitation}, "back_label": _("Invitations")}
    back = reverse("assessment:invitations", args=[invitation.round_id])
    form = forms.ContactForm(pages.sent(request), initial=initial)
    return asking.ask(request, form, operations.change_contact, invitation, back=back, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: SignedIn, pk: int) -> HttpResponse:
    """Give areas to enumerators."""
    found = _round(request, pk)
    here = round_queries.enumerators(found)
    form = forms.AssignForm(pages.sent(request), enumerators=here, areas=queries.areas(found))
    context = {
        "heading": _("Who visits whom"),
        "lede": _("Choose an enumerator and the areas. Their list then holds only these units."),
        "back_label": str(found),
    }
    return asking.ask(request, form, operations.assign, found, back=page_of(found), context=context)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def sms(request: SignedIn, pk: int) -> HttpResponse:
    """Phone and text for the gateway of the ministry."""
    found = _round(request, pk)
    return _file(round_papers.sms_file(found), "text/csv; charset=utf-8", f"round-{found.pk}-sms.csv")


@require_safe
def printed(request: SignedIn, pk: int, start: int) -> HttpResponse:
    """Letters to print, with QR code and PIN."""
    found = _round(request, pk)
    if start not in [first for first, _last in round_papers.letter_files(found)]:
        raise Http404
    content = round_papers.letters_pdf(found, start)
    return _file(content, documents.MEDIA_TYPES["pdf"], f"round-{found.pk}-letters-{start}.pdf")


def _units(round: Round, enumerator: Enumerator | None, form: str) -> HttpResponse:
    name = f"round-{round.pk}-units-{enumerator.pk if enumerator else 'unassigned'}.{form}"
    if form == "xlsx":
        return _file(round_papers.units_workbook(round, enumerator), XLSX, name)
    paper = round_papers.units_paper(round, enumerator)
    return _file(documents.drawn(paper, languages.language().code, format=form), documents.MEDIA_TYPES[form], name)


@require_safe
def units(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The units that nobody visits yet."""
    return _units(_round(request, pk), None, form)


@require_safe
def units_of(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """Whom an enumerator visits."""
    found = access.enumerator(request.user, pk)
    at(request, found.round.country)
    return _units(found.round, found, form)
