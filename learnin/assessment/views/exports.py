"""Pages of data that leave."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import exports as access
from learnin.assessment.access import rounds
from learnin.assessment.forms.exports import ExportForm, WebhookForm
from learnin.assessment.models import Export, Round
from learnin.assessment.operations import exports as operations
from learnin.assessment.operations import webhooks as webhook_operations
from learnin.assessment.queries import exports as queries
from learnin.assessment.queries import weight_sets
from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: SignedIn, pk: int) -> HttpResponse:
    """Take answers along; see who took what."""
    round = rounds.round(request.user, pk, can=Can.EXPORT_ANSWERS)
    pages.at(request, round.country, stage="assessment")
    form = ExportForm(
        pages.sent(request),
        languages=queries.languages(round),
        may_see_personal=may(request.user, Can.SEE_PERSONAL_ANSWERS, round.country),
    )
    if form.is_valid():
        try:
            made = operations.export(round, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("journal:job", made.job_id) if made.job_id else redirect("assessment:export_file", made.pk)
    return pages.page(request, "assessment/exports.html", _context(request, round), form=form)


def _context(request: SignedIn, round: Round) -> dict[str, object]:
    return {
        "round": round,
        "country": round.country,
        "exports": queries.exports(round)[:50],
        "can_make_all": queries.wanted(round, Export.Scope.KEPT, until=timezone.now()).count(),
        "approved": queries.wanted(round, Export.Scope.APPROVED, until=timezone.now()).count(),
        "open_flags": queries.open_flags(round),
        "is_unlinked": queries.is_unlinked(round),
        "weights": weight_sets.in_use(round),
        "may_export": True,
        "may_see": may(request.user, Can.SEE_ANSWERS, round.country),
    }


@require_safe
def export_file(request: SignedIn, pk: int) -> HttpResponseBase:
    """The file of an export, for whoever made it: while it is fresh, or as long as it is kept."""
    found = access.export(request.user, pk)
    if found.attachment is not None:
        content = found.attachment.file.storage.open(found.attachment.file.name or "", "rb")
        return _to_keep(FileResponse(content, content_type=found.attachment.media_type), found.attachment.name)
    if found.job_id or not queries.is_fresh(found, timezone.now(), operations.FRESH):
        raise Http404
    if found.format in operations.STREAMED:
        pieces, ending = operations.streamed(found)
        response: HttpResponseBase = StreamingHttpResponse(pieces, content_type=operations.TYPES[ending])
        return _to_keep(response, operations.file_name(found, f".{ending}"))
    with TemporaryDirectory() as folder:
        path = operations.written(found, Path(folder))
        kind = operations.TYPES[path.suffix.lstrip(".")]
        whole = HttpResponse(path.read_bytes(), content_type=kind)
    return _to_keep(whole, operations.file_name(found, path.suffix))


def _to_keep(response: HttpResponseBase, name: str) -> HttpResponseBase:
    """To keep, never to open as a page of ours, and in no cache."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: SignedIn, pk: int) -> HttpResponse:
    """Which programs are told of new answers; let one more be told, with a secret that is shown this once."""
    round = rounds.round(request.user, pk, can=Can.EXPORT_ANSWERS)
    pages.at(request, round.country, stage="assessment")
    form, secret = WebhookForm(pages.sent(request)), ""
    if form.is_valid():
        try:
            made = webhook_operations.add(round, **form.cleaned_data, by=request.user, now=timezone.now())
            form, secret = WebhookForm(), made.secret
        except Refusal as refusal:
            form.add_error("url", str(refusal))
    context = {
        "round": round,
        "country": round.country,
        "webhooks": queries.webhooks(round),
        "given_up": queries.given_up(round),
        "is_unlinked": queries.is_unlinked(round),
        "may_export": True,
        "may_see": may(request.user, Can.SEE_ANSWERS, round.country),
        "secret": secret,
    }
    return pages.page(request, "assessment/webhooks.html", context, form=form)


@require_POST
def stop_webhook(request: SignedIn, pk: int) -> HttpResponse:
    """Tell a program nothing more."""
    webhook = access.webhook(request.user, pk)
    back = reverse("assessment:webhooks", args=[webhook.round_id])
    return asking.do(request, webhook_operations.stop, webhook, back=back)
