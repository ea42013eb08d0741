"""Documents of a country, and files in general: nothing is served without the gate."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.journal import access
from learnin.journal.forms import DocumentForm
from learnin.journal.models import Attachment, Document
from learnin.journal.operations import documents as operations
from learnin.journal.queries import files as queries
from learnin.kit import languages, pages
from learnin.kit.refusal import Refusal
from learnin.people import access as people
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


@require_safe
def documents(request: SignedIn, code: str) -> HttpResponse:
    """What the country keeps, and what of it everybody may open."""
    country = people.country(request.user, code)
    pages.at(request, country, stage="documents")
    context = {
        "country": country,
        "documents": [(one, languages.language_name(one.language)) for one in queries.documents(country)],
        "may_add": may(request.user, Can.SHARE_DOCUMENTS, country),
        "may_publish": may(request.user, Can.PUBLISH_DOCUMENTS, country),
    }
    return pages.page(request, "journal/documents.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: SignedIn, code: str) -> HttpResponse:
    """Bring a document in."""
    country = people.country(request.user, code, can=Can.SHARE_DOCUMENTS)
    pages.at(request, country, stage="documents")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(*sent, country=country, initial={"language": get_language()})
    if form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        try:
            operations.add(country, **given, file=file.file, name=file.name, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("“%(title)s” is added. Only your country's people see it.") % given)
            return redirect("journal:documents", country.pk)
    return pages.page(request, "journal/document_add.html", {"country": country}, form=form)


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Put a document on the public page."""
    document = access.document(request.user, pk, can=Can.PUBLISH_DOCUMENTS)
    try:
        operations.publish(document, by=request.user, now=timezone.now())
        messages.success(request, _("“%(title)s” is now open to everybody.") % {"title": document.title})
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("journal:documents", document.country_id)


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """Take a document off the public page."""
    document = access.document(request.user, pk, can=Can.PUBLISH_DOCUMENTS)
    try:
        operations.withdraw(document, by=request.user, now=timezone.now())
        messages.success(request, _("“%(title)s” is no longer open to everybody.") % {"title": document.title})
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("journal:documents", document.country_id)


@require_safe
def file(request: SignedIn, pk: int) -> FileResponse:
    """A file, for whoever may see what it belongs to."""
    return _stream(access.attachment(request.user, pk), cache="private, no-store")


@login_not_required
@require_safe
def public_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a published document, for everybody."""
    document: Document = access.public_document(pk)
    return _stream(document.attachment, cache="no-cache")


def _stream(attachment: Attachment, *, cache: str) -> FileResponse:
    """To keep, never to run: whatever a file holds, no browser opens it as a page of ours."""
    content = attachment.file.storage.open(attachment.file.name or "", "rb")
    response = FileResponse(content, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
    response["Content-Length"] = str(attachment.size)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = cache
    return response
