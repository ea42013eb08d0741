"""One initiative: read, written, changed, and its life in the register."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.initiatives.access import countries
from learnin.initiatives.access import organisations as organisation_access
from learnin.initiatives.access import register as access
from learnin.initiatives.formats.record import Record
from learnin.initiatives.forms import life as life_forms
from learnin.initiatives.forms import register as forms
from learnin.initiatives.forms import rows
from learnin.initiatives.models import Initiative
from learnin.initiatives.operations import documents, life, registering
from learnin.initiatives.queries import agreements, history, organisations, pairs, records
from learnin.initiatives.queries.showing import Shown
from learnin.initiatives.views.rooms import ask, at
from learnin.kit import asking, pages
from learnin.kit.files import FileRefused
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

ITS_OWNER = Can.REGISTER_INITIATIVES
"""What one must be allowed to change an initiative: the gate asks whether it is theirs, or they look after all."""


@require_safe
def initiative(request: SignedIn, pk: int) -> HttpResponse:
    """Everything the register knows of an initiative, and what happened to it."""
    found = access.initiative(request.user, pk)
    at(request, found.country)
    whole = records.whole(found.pk)
    may_change = access.may_change(request.user, found)
    context = {
        "country": found.country,
        "initiative": whole,
        "shown": Shown(whole),
        "papers": list(whole.documents.order_by("pk")),
        "lines": history.lines(whole) if may_change or may(request.user, Can.SEE_JOURNAL, found.country) else [],
        "may_change": may_change and not whole.merged_into_id,
        "may_confirm": may_change
        and (not whole.published_at or may(request.user, Can.PUBLISH_INITIATIVES, found.country)),
        "may_publish": may(request.user, Can.PUBLISH_INITIATIVES, found.country),
        "related": pairs.said_of(found, request.user),
        "agreements": agreements.of_initiative(found) if access.is_member(request.user, found.country) else [],
        "may_propose": whole.is_in_register and may(request.user, Can.PROPOSE_AGREEMENTS, found.country),
        "sees_pairs": access.is_member(request.user, found.country),
    }
    return pages.page(request, "initiatives/initiative.html", context)


@dataclass
class Sent:
    """A form that came in, and what the person wants of it: one more row, a draft, or the register."""

    form: forms.RegisterForm
    more: str
    is_draft: bool

    @property
    def is_to_save(self) -> bool:
        """Whether it is to be kept, and can be."""
        return not self.more and self.form.is_valid()


def _sent(request: SignedIn, country: Country, base: Record | None = None, seen: str = "") -> Sent:
    """The form as it was sent, or as it begins."""
    known = _known(request, country)
    often = organisations.most_used(country, [one.pk for one in known], forms.MOST_OFFERED)
    about: dict[str, Any] = {"country": country, "base": base, "known": known, "often": often}
    more = request.POST.get("more", "")
    if request.method != "POST":
        return Sent(forms.RegisterForm(initial=_beginning(request, country, base, seen), **about), "", is_draft=False)
    if more in rows.GROUPS:
        return Sent(forms.again(request.POST, more=more, **about), more, is_draft=False)
    return Sent(forms.RegisterForm(request.POST, **about), "", is_draft="draft" in request.POST)


def _known(request: SignedIn, country: Country) -> list[Any]:
    return list(organisation_access.visible(request.user, country).filter(merged_into=None).order_by("pk"))


def _beginning(request: SignedIn, country: Country, base: Record | None, seen: str) -> dict[str, Any]:
    """What stands in the boxes at first: the record; of a new one, the organisation the person represents."""
    boxes = forms.as_boxes(base or Record()) | {"seen": seen}
    if base is None:
        mine = organisations.represented(request.user, country).first()
        boxes["reporter"] = str(mine) if mine else ""
    return boxes


def _form_page(request: SignedIn, country: Country, sent: Sent, **context: Any) -> HttpResponse:
    at(request, country)
    return pages.page(
        request, "initiatives/form.html", {"country": country, "initiative": None, **context}, form=sent.form
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_initiative(request: SignedIn, code: str) -> HttpResponse:
    """Register an initiative by hand, or keep it as a draft."""
    country = countries.country(request.user, code, can=Can.REGISTER_INITIATIVES)
    sent = _sent(request, country)
    if sent.is_to_save:
        try:
            made = registering.register(
                country, record=sent.form.record, is_draft=sent.is_draft, by=request.user, now=timezone.now()
            )
            return redirect(made)
        except Refusal as refusal:
            sent.form.add_error(_box_of(refusal), str(refusal))
    return _form_page(request, country, sent)


@require_http_methods(["GET", "HEAD", "POST"])
def change_initiative(request: SignedIn, pk: int) -> HttpResponse:
    """Change what the register knows of an initiative."""
    found = access.initiative(request.user, pk, can=ITS_OWNER)
    base = records.record_of(records.whole(pk))
    sent = _sent(request, found.country, base, found.changed_at.isoformat())
    if sent.is_to_save and sent.form.cleaned_data["seen"] != found.changed_at.isoformat():
        sent.form.add_error(None, _("Somebody changed this initiative while you wrote. Open it again, then change it."))
    if sent.is_to_save:
        try:
            _save(found, sent, request)
            return redirect(found)
        except Refusal as refusal:
            sent.form.add_error(_box_of(refusal), str(refusal))
    return _form_page(request, found.country, sent, initiative=found)


def _save(found: Initiative, sent: Sent, request: SignedIn) -> None:
    now = timezone.now()
    registering.change(found, record=sent.form.record, by=request.user, now=now)
    if found.is_draft and not sent.is_draft:
        life.finish_draft(found, by=request.user, now=now)


def _box_of(refusal: Refusal) -> str | None:
    return "identifier" if isinstance(refusal, registering.AlreadyRegistered) else None


def _do(request: SignedIn, found: Initiative, operation: Callable[..., Any], **more: Any) -> HttpResponse:
    return asking.do(request, operation, found, back=found.url, **more)


@require_POST
def finish_draft(request: SignedIn, pk: int) -> HttpResponse:
    """Put a draft into the register."""
    return _do(request, access.initiative(request.user, pk, can=ITS_OWNER), life.finish_draft)


@require_POST
def confirm_initiative(request: SignedIn, pk: int) -> HttpResponse:
    """Say that what a file told is so."""
    return _do(request, access.initiative(request.user, pk, can=ITS_OWNER), life.confirm)


@require_POST
def publish_initiative(request: SignedIn, pk: int) -> HttpResponse:
    """Let everybody read it."""
    return _do(request, access.initiative(request.user, pk, can=Can.PUBLISH_INITIATIVES), life.publish)


@require_POST
def unpublish_initiative(request: SignedIn, pk: int) -> HttpResponse:
    """Take it off the public page."""
    return _do(request, access.initiative(request.user, pk, can=Can.PUBLISH_INITIATIVES), life.unpublish)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_initiative(request: SignedIn, pk: int) -> HttpResponse:
    """Take it out of the register, with a reason."""
    found = access.initiative(request.user, pk, can=ITS_OWNER)
    form = life_forms.WithdrawForm(pages.sent(request))
    heading, lede = _("Take it out of the register"), str(found)
    more: dict[str, Any] = {"lede": lede, "verb": _("Take it out"), "verb_kind": "warning"}
    return ask(
        request, found.country, form, life.withdraw, found, heading, back=found.url, back_label=str(found), **more
    )


@require_POST
def bring_back_initiative(request: SignedIn, pk: int) -> HttpResponse:
    """Put it back into the register."""
    return _do(request, access.initiative(request.user, pk, can=ITS_OWNER), life.bring_back)


@require_http_methods(["GET", "HEAD", "POST"])
def add_initiative_paper(request: SignedIn, pk: int) -> HttpResponse:
    """Put a paper to it."""
    found = access.initiative(request.user, pk, can=ITS_OWNER)
    form = life_forms.PaperForm(pages.sent(request), request.FILES or None)
    heading = _("Add a paper")
    return ask(
        request, found.country, form, documents.add, found, heading,
        back=found.url, back_label=str(found), fields={FileRefused: "file"},
    )  # fmt: skip


@require_POST
def remove_initiative_paper(request: SignedIn, pk: int) -> HttpResponse:
    """Take a paper off it."""
    found = access.initiative(request.user, pk, can=ITS_OWNER)
    paper = request.POST.get("paper", "")
    if not (paper.isascii() and paper.isdigit() and len(paper) < 16):
        messages.warning(request, _("This paper is not there any more."))
        return redirect(found)
    return _do(request, found, documents.remove, attachment=int(paper))
