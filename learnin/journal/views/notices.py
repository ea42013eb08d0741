"""What a person was told, and how often letters with news come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.journal import access
from learnin.journal.forms import DigestForm
from learnin.journal.models import NoticePreference
from learnin.journal.operations import notices as operations
from learnin.journal.queries import notices as queries
from learnin.kit import pages
from learnin.people.signed_in import SignedIn

A_PAGE = 50


@require_safe
def notices(request: SignedIn) -> HttpResponse:
    """Everything the person was told, newest first."""
    page = Paginator(queries.notices_to(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "news": queries.told(page.object_list),
        "page": page,
        "unseen": queries.unseen_count(request.user),
    }
    return pages.page(request, "journal/notices.html", context)


@require_POST
def seen(request: SignedIn, pk: int) -> HttpResponse:
    """One notice was seen."""
    operations.mark_seen([access.notice(request.user, pk)], now=timezone.now())
    return redirect("journal:notices")


@require_POST
def all_seen(request: SignedIn) -> HttpResponse:
    """All notices were seen."""
    operations.mark_all_seen(request.user, now=timezone.now())
    return redirect("journal:notices")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedIn) -> HttpResponse:
    """Choose how often letters with news come."""
    form = DigestForm(pages.sent(request), initial={"digest": queries.chosen_digest(request.user)})
    if form.is_valid():
        operations.choose_digest(request.user, **form.cleaned_data, by=request.user, now=timezone.now())
        messages.success(request, _("Your choice is saved."))
        return redirect("journal:notice_preferences")
    return pages.page(request, "journal/notice_preferences.html", form=form)


@login_not_required
@csrf_exempt  # mail programs post here without a page or a cookie (RFC 8058); the signed link says whose letters
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """Stop letters with news by the link in the letter, without signing in. GET shows a button."""
    person = access.reader_by_link(token)
    if request.method == "POST":
        operations.choose_digest(person, digest=NoticePreference.Digest.OFF, by=person, now=timezone.now())
    is_off = queries.chosen_digest(person) == NoticePreference.Digest.OFF
    return pages.page(request, "journal/stop_digest.html", {"is_off": is_off, "token": token})
