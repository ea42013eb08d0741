"""The translation workbench: side by side, and by file."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from learnin.assessment.access import instruments as gate
from learnin.assessment.formats import words
from learnin.assessment.formats.definition import language_code
from learnin.assessment.forms import translations as forms
from learnin.assessment.models import Version
from learnin.assessment.operations import translations as operations
from learnin.assessment.queries.translations import STATES, Workbench
from learnin.assessment.views.instruments import at
from learnin.assessment.views.versions import XLSX
from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can, may
from learnin.people.signed_in import SignedIn

A_PAGE = 50
SALT = "learnin.assessment.translations"
A_DAY = 86_400
LONGEST = 10_000
WAYS_HERE = ("builder", "builder_languages", "version")  # names of the pages that lead to the workbench
UNREAD = {
    "not_read": gettext_lazy("This is no Excel workbook and no PO file that can be read."),
    "no_id": gettext_lazy("The file has no ids. Use the one that you downloaded here."),
}


def _bench(request: SignedIn, pk: int) -> Workbench:
    """The workbench for the languages that the address names."""
    version = gate.version(request.user, pk, can=Can.TRANSLATE_QUESTIONS)
    at(request, version.instrument.country)
    return Workbench(version, request.GET.get("source", ""), request.GET.get("target", ""))


def _here(request: SignedIn, bench: Workbench, **more: str) -> str:
    query = _pair(request, bench) | {key: value for key, value in more.items() if value}
    return f"{reverse('assessment:translate', args=[bench.version.pk])}?{urlencode(query)}"


def _pair(request: SignedIn, bench: Workbench) -> dict[str, str]:
    """What the addresses of one translator's work have in common: the languages, and where they came from."""
    came_from = _came_from(request)
    return {"source": bench.source, "target": bench.target} | ({"from": came_from} if came_from else {})


def _came_from(request: SignedIn) -> str:
    """The page that leads here, by its name; nothing where the address names none of them."""
    named = request.GET.get("from", "")
    return named if named in WAYS_HERE else ""


def _back(came_from: str, version: Version, *, may_build: bool) -> str:
    """Where the reader came from, as far as they may go there."""
    page = came_from if came_from and (may_build or came_from == "version") else "builder" if may_build else "version"
    return reverse(f"assessment:{page}", args=[version.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: SignedIn, pk: int) -> HttpResponse:
    """Texts side by side, fifty at a time."""
    bench = _bench(request, pk)
    show = request.GET.get("show", "")
    show = show if show in STATES else ""
    if request.method == "POST":
        _save(request, bench)
        return redirect(_here(request, bench, show=show, page=request.GET.get("page", "")))
    listed = Paginator(bench.of(show), A_PAGE).get_page(request.GET.get("page"))
    came_from = _came_from(request)
    initial = {"source": bench.source, "target": bench.target, "show": show}
    country = bench.version.instrument.country
    may_build = may(request.user, Can.EDIT_ASSESSMENT, country) and not bench.version.is_published
    context = {
        "country": country,
        "version": bench.version,
        "came_from": came_from,
        "back": _back(came_from, bench.version, may_build=may_build),
        "bench": bench,
        "listed": listed,
        "counts": [(STATES[state], bench.counts[state]) for state in STATES],
        "pair_form": forms.PairForm(initial=initial, languages=bench.asked.languages),
        "query": urlencode(_pair(request, bench)),
        "source_tongue": language_code(bench.source),
        "target_tongue": language_code(bench.target),
        "may_build": may_build,
    }
    return pages.page(request, "assessment/translate.html", context)


def _save(request: SignedIn, bench: Workbench) -> None:
    """Keep the texts that this person changed, and note those that were ticked as right."""
    sent = request.POST
    keys = sent.getlist("key")
    pairs = {key: (sent.get(f"text-{at}", ""), sent.get(f"was-{at}", "")) for at, key in enumerate(keys)}
    clean = {key: tuple(one.replace("\r\n", "\n").strip()[:LONGEST] for one in pair) for key, pair in pairs.items()}
    stale = {one.word.key for one in bench.of("stale")} & set(sent.getlist("fits"))
    changed = {key: text for key, (text, was) in clean.items() if text != was or key in stale}
    how: dict[str, Any] = {"language": bench.target, "source": bench.source, "by": request.user, "now": timezone.now()}
    try:
        if changed:
            was = {key: was for key, (_text, was) in clean.items()}
            saved = operations.translate(bench.version, texts=changed, was=was, **how)
            _tell(request, saved)
        ticked = [key for key in sent.getlist("checked") if key not in changed]
        if ticked:
            number = operations.check_words(bench.version, keys=ticked, **how)
            messages.success(
                request, ngettext("%(n)d text is checked.", "%(n)d texts are checked.", number) % {"n": number}
            )
    except Refusal as refusal:
        messages.warning(request, str(refusal))


def _tell(request: SignedIn, saved: operations.Saved) -> None:
    messages.success(request, ngettext("%(n)d text saved.", "%(n)d texts saved.", saved.kept) % {"n": saved.kept})
    if saved.passed_over:
        said = ngettext(
            "%(n)d text was changed by somebody else meanwhile, so yours was not saved.",
            "%(n)d texts were changed by somebody else meanwhile, so yours were not saved.",
            saved.passed_over,
        )
        messages.warning(request, said % {"n": saved.passed_over})


@require_safe
def words_file(request: SignedIn, pk: int, form: str) -> HttpResponse:
    """The texts as a file for translators."""
    bench = _bench(request, pk)
    code = language_code(bench.target)
    if form == "po":
        content = words.write_po(bench.lines, code=code, title=bench.version.instrument.title)
        kind = "text/x-gettext-translation; charset=utf-8"
    else:
        content, kind = words.write_xlsx(bench.lines), XLSX
    name = f"questionnaire-{bench.version.instrument_id}-{code or 'words'}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=kind, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def words_import(request: SignedIn, pk: int) -> HttpResponse:
    """Read a translator's file and show what it would change; nothing changes until that is accepted."""
    bench = _bench(request, pk)
    if "accept" in request.POST:
        return _accept(request, bench)
    form = forms.FileForm(pages.sent(request), request.FILES or None)
    context: dict[str, Any] = {
        "country": bench.version.instrument.country,
        "version": bench.version,
        "bench": bench,
        "back": _here(request, bench),
        "is_read": False,
        "changes": [],
        "other": [],
        "packed": "",
    }
    if form.is_valid():
        try:
            context |= _preview(bench, form.cleaned_data["file"])
        except words.NotWords as problem:
            form.add_error("file", str(UNREAD[problem.code]))
    return pages.page(request, "assessment/translate_import.html", context, form=form)


def _preview(bench: Workbench, file: Any) -> dict[str, Any]:
    read = words.read_po_file if file.name.lower().endswith(".po") else words.read_xlsx
    changes, other = bench.changes(read(file.read()))
    plan = {
        "version": bench.version.pk,
        "target": bench.target,
        "texts": {entry.word.key: text for entry, text in changes},
        "was": {entry.word.key: entry.target for entry, _text in changes},
    }
    packed = signing.dumps(plan, salt=SALT, compress=True)
    return {"changes": changes, "other": other, "packed": packed, "is_read": True}


def _accept(request: SignedIn, bench: Workbench) -> HttpResponse:
    try:
        plan = signing.loads(request.POST["accept"], salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        plan = {}
    if plan.get("version") != bench.version.pk or plan.get("target") != bench.target:
        messages.warning(request, _("The preview is too old. Upload the file again."))
        return redirect(_here(request, bench))
    try:
        saved = operations.translate(
            bench.version,
            language=bench.target,
            source=bench.source,
            texts=plan["texts"],
            was=plan["was"],
            by=request.user,
            now=timezone.now(),
        )
        _tell(request, saved)
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(_here(request, bench))
