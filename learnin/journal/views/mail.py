"""The outbox: which letters left, and which could not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learnin.journal import access
from learnin.journal.forms import LettersForm
from learnin.journal.models import Mail
from learnin.journal.operations import mail as operations
from learnin.journal.queries import mail as queries
from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.region import REGION
from learnin.people.signed_in import SignedIn

A_PAGE = 50
TAGS = {Mail.State.WAITING: "wait", Mail.State.SENT: "done", Mail.State.FAILED: "late"}


@require_safe
def outbox(request: SignedIn) -> HttpResponse:
    """Every letter: to whom, about what, how it went. Never what it says."""
    access.office(request.user)
    pages.at(request, REGION)
    form = LettersForm(request.GET or None)
    narrow = {name: form.cleaned_data[name] for name in ("state", "words")} if form.is_valid() else {}
    listed = Paginator(queries.letters(**narrow), A_PAGE).get_page(request.GET.get("page"))
    letters = [(letter, TAGS[Mail.State(letter.state)]) for letter in listed]
    context = {"letters": letters, "page": listed, "is_narrowed": any(narrow.values())}
    return pages.page(request, "journal/mail.html", context, form=form)


@require_POST
def send_again(request: SignedIn, pk: int) -> HttpResponse:
    """Try a letter again that could not be delivered."""
    letter = access.letter(request.user, pk)
    try:
        operations.send_again(letter, by=request.user, now=timezone.now())
        messages.success(request, _("The letter is on its way again."))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("journal:mail")
