"""One version of a questionnaire: its preview, its files, what changed, and publishing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import instruments as gate
from learnin.assessment.formats import xlsform
from learnin.assessment.formats.workbook import Book
from learnin.assessment.forms import instruments as forms
from learnin.assessment.models import Version
from learnin.assessment.operations import instruments as operations
from learnin.assessment.queries import instruments as queries
from learnin.assessment.views.instruments import at
from learnin.kit import pages
from learnin.kit.files import XLSX
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn


@require_safe
def version(request: SignedIn, pk: int) -> HttpResponse:
    """What a version asks, in each of its languages, and where it will not work."""
    found = gate.version(request.user, pk)
    return _version(request, found, forms.MediumForm())


def _version(request: SignedIn, found: Version, form: forms.MediumForm) -> HttpResponse:
    country = found.instrument.country
    at(request, country)
    look, files = queries.Look(found), queries.media(found)
    language = look.language(request.GET.get("language", ""), get_language() or "")
    context = {
        "country": country,
        "version": found,
        "look": look,
        "rows": look.rows(language),
        "language": language,
        "tongue": look.tongue(language),
        "language_form": forms.LanguageForm(languages=look.definition.languages, initial={"language": language}),
        "files": files,
        "missing_files": look.missing_files(files),
        "others": queries.other_versions(found),
        "may_edit": may(request.user, Can.EDIT_ASSESSMENT, country),
        "may_translate": not found.is_published and may(request.user, Can.TRANSLATE_QUESTIONS, country),
    }
    return pages.page(request, "assessment/version.html", context, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def publish_version(request: SignedIn, pk: int) -> HttpResponse:
    """Publish the draft: it never changes again."""
    found = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    country = found.instrument.country
    at(request, country)
    initial = {"name": queries.free_version(found.instrument, timezone.localdate())}
    form = forms.PublishForm(pages.sent(request), initial=initial)
    if form.is_valid():
        try:
            operations.publish_version(found, **form.cleaned_data, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error("name" if isinstance(refusal, operations.VersionUsed) else None, str(refusal))
        else:
            messages.success(request, _("Version %(name)s is published.") % form.cleaned_data)
            return redirect("assessment:version", pk)
    was = queries.before(found)
    context = {
        "country": country,
        "version": found,
        "look": queries.Look(found),
        "was": was,
        "found": queries.compared(was, found) if was else None,
        "missing_files": queries.Look(found).missing_files(queries.media(found)),
    }
    return pages.page(request, "assessment/version_publish.html", context, form=form)


@require_safe
def version_differences(request: SignedIn, pk: int) -> HttpResponse:
    """What changed since another version, and what it means for the data."""
    found = gate.version(request.user, pk)
    country = found.instrument.country
    at(request, country)
    others = queries.other_versions(found)
    earlier = queries.before(found) or (others[0] if others else None)
    form = forms.OtherForm(request.GET or {"other": earlier.pk if earlier else ""}, others=others)
    other = gate.version(request.user, int(form.cleaned_data["other"])) if form.is_valid() else earlier
    old, new = sorted([found, other or found], key=lambda one: one.number)
    context = {"country": country, "version": found, "old": old, "new": new, "other_form": form, "others": others}
    context["found"] = queries.compared(old, new)
    return pages.page(request, "assessment/version_differences.html", context, status=200)


@require_POST
def ask_validator(request: SignedIn, pk: int) -> HttpResponse:
    """Have the validator try a version again."""
    found = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    try:
        operations.ask_validator(found, by=request.user, now=timezone.now())
        messages.success(request, _("The validator will try it. Look again in a minute."))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("assessment:version", pk)


@require_safe
def workbook(request: SignedIn, pk: int) -> HttpResponse:
    """A version as an Excel workbook."""
    found = gate.version(request.user, pk)
    content = xlsform.write(Book.from_json(found.book))
    return _file(content, XLSX, found, "xlsx")


@require_safe
def xform(request: SignedIn, pk: int) -> HttpResponse:
    """A version as devices read it."""
    found = gate.version(request.user, pk)
    return _file(found.xform.encode(), "application/xml", found, "xml")


def _file(content: bytes, kind: str, found: Version, ending: str) -> HttpResponse:
    name = "".join(letter if letter.isalnum() or letter in "-_." else "_" for letter in found.instrument.form_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{name.encode("ascii", "replace").decode().replace("?", "_")}'
        f'-{found.number}.{ending}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


@require_POST
def add_medium(request: SignedIn, pk: int) -> HttpResponse:
    """Give the draft a file that its questions show."""
    found = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    form = forms.MediumForm(request.POST, request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            operations.add_medium(found, file=file.file, name=file.name, by=request.user, now=timezone.now())
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("assessment:version", pk)
    return _version(request, found, form)


@require_POST
def remove_medium(request: SignedIn, pk: int) -> HttpResponse:
    """Take a file away from the draft."""
    medium = gate.medium(request.user, pk, can=Can.EDIT_ASSESSMENT)
    try:
        operations.remove_medium(medium, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("assessment:version", medium.version_id)
