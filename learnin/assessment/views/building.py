"""The builder: a draft, question by question."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learnin.assessment.access import instruments as gate
from learnin.assessment.forms import building as forms
from learnin.assessment.models import Version
from learnin.assessment.operations import building as operations
from learnin.assessment.queries.building import Build, Place
from learnin.assessment.views.instruments import at
from learnin.kit import pages
from learnin.kit.refusal import Refusal
from learnin.people.roles import Can
from learnin.people.signed_in import SignedIn


def _draft(request: SignedIn, pk: int) -> Version:
    """The version, for somebody who may change it."""
    version = gate.version(request.user, pk, can=Can.EDIT_ASSESSMENT)
    at(request, version.instrument.country)
    return version


def _place(build: Build, row: int) -> Place:
    found = build.place(row)
    if found is None:
        raise Http404
    return found


def _context(build: Build, **more: Any) -> dict[str, Any]:
    version = build.version
    common = {"country": version.instrument.country, "version": version, "build": build}
    return {**common, "seen": operations.seen(version), **more}


def _how(request: SignedIn, seen_at: str = "") -> dict[str, Any]:
    return {"seen_at": seen_at or request.POST.get("seen", ""), "by": request.user, "now": timezone.now()}


def _did(request: SignedIn, form: Any, act: Callable[[], Any]) -> Any:
    """What an operation gives; nothing, where it was refused and the form says why."""
    try:
        return act() or True
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None


def _at_row(pk: int, row: int) -> HttpResponse:
    """Back to the outline, where the question stands."""
    answer = redirect("assessment:builder", pk)
    answer["Location"] += f"#row-{row}"
    return answer


@require_safe
def builder(request: SignedIn, pk: int) -> HttpResponse:
    """The outline of a draft, with everything that can be done to it."""
    build = Build(_draft(request, pk))
    return pages.page(request, "assessment/builder.html", _context(build))


@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: SignedIn, pk: int) -> HttpResponse:
    """A new question, behind the one that the address names or at the end."""
    version = _draft(request, pk)
    build, after = Build(version), request.GET.get("after", "")
    place = build.place(int(after)) if after.isascii() and after.isdigit() and len(after) < 7 else None
    form = forms.AddForm(pages.sent(request), initial={"seen": operations.seen(version)})
    if form.is_valid():
        given = dict(form.cleaned_data)
        seen = given.pop("seen")
        row = place.what.row if place else 0
        made = _did(request, form, lambda: operations.add_question(version, **given, after=row, **_how(request, seen)))
        if made:
            page = "builder_choices" if given["kind"] in operations.LISTED else "builder_question"
            return redirect(f"assessment:{page}", pk, made)
    return pages.page(request, "assessment/builder_add.html", _context(build, place=place), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """One question or group: its words, its name, when it is asked."""
    version = _draft(request, pk)
    build = Build(version)
    place = _place(build, row)
    form = forms.QuestionForm(pages.sent(request), build=build, place=place, initial={"seen": operations.seen(version)})
    if form.is_valid():
        act = lambda: operations.change_question(  # noqa: E731
            version,
            row=row,
            values=form.values,
            texts=form.texts,
            is_personal=form.cleaned_data.get("is_personal"),
            **_how(request),
        )
        if _did(request, form, act):
            messages.success(request, _("Saved."))
            return _at_row(pk, row)
    above = next((one.what.row for one in build.places if one.what.path == "/".join(place.what.parents)), 0)
    into = forms.IntoForm(goals=build.goals(place), initial={"into": above}, auto_id="into_%s")
    return pages.page(request, "assessment/builder_question.html", _context(build, place=place, into=into), form=form)


@require_POST
def move_question(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Up or down by one."""
    version = _draft(request, pk)
    try:
        row = operations.move_question(version, row=row, up=request.POST.get("way") != "down", **_how(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return _at_row(pk, row)


@require_POST
def place_question(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Into a group, or out of all."""
    version = _draft(request, pk)
    build = Build(version)
    form = forms.IntoForm(request.POST, goals=build.goals(_place(build, row)))
    try:
        if form.is_valid():
            row = operations.place_question(version, row=row, into=form.cleaned_data["into"], **_how(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return _at_row(pk, row)


@require_http_methods(["GET", "HEAD", "POST"])
def make_group(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """A group around a question."""
    version = _draft(request, pk)
    build = Build(version)
    place = _place(build, row)
    form = forms.GroupForm(pages.sent(request), initial={"seen": operations.seen(version)})
    if form.is_valid():
        given = dict(form.cleaned_data)
        seen = given.pop("seen")
        if _did(request, form, lambda: operations.make_group(version, row=row, **given, **_how(request, seen))):
            return _at_row(pk, row)
    return pages.page(request, "assessment/builder_group.html", _context(build, place=place), form=form)


@require_POST
def open_group(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Take a group away, not its questions."""
    try:
        operations.open_group(_draft(request, pk), row=row, **_how(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return _at_row(pk, row)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_question(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """Take a question out, after asking once more."""
    version = _draft(request, pk)
    build = Build(version)
    place = _place(build, row)
    form = forms.SeenForm(pages.sent(request), initial={"seen": operations.seen(version)})
    if form.is_valid() and _did(request, form, lambda: operations.remove_question(version, row=row, **_how(request))):
        messages.success(request, _("Taken out: %(name)s") % {"name": place.what.name})
        return redirect("assessment:builder", pk)
    inside = [one for one in build.places if one.what.path.startswith(f"{place.what.path}/")] if place.is_group else []
    return pages.page(request, "assessment/builder_remove.html", _context(build, place=place, inside=inside), form=form)


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: SignedIn, pk: int, row: int) -> HttpResponse:
    """The choices that a question offers."""
    version = _draft(request, pk)
    build = Build(version)
    place = _place(build, row)
    if not place.offers:
        raise Http404
    list_name = place.what.list_name  # type: ignore[union-attr]
    form = forms.ChoicesForm(
        pages.sent(request), build=build, list_name=list_name, initial={"seen": operations.seen(version)}
    )
    if form.is_valid() and _did(
        request,
        form,
        lambda: operations.write_choices(version, list_name=list_name, choices=form.choices, **_how(request)),
    ):
        if "more" in request.POST:
            return redirect("assessment:builder_choices", pk, row)
        messages.success(request, _("Saved."))
        return _at_row(pk, row)
    sharing = [one for one in build.sharing(list_name) if one != place.what.name]
    return pages.page(
        request, "assessment/builder_choices.html", _context(build, place=place, sharing=sharing), form=form
    )


@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: SignedIn, pk: int) -> HttpResponse:
    """The languages of a draft: one more, another name."""
    version = _draft(request, pk)
    build, now_seen = Build(version), {"seen": operations.seen(version)}
    renames = "name" in request.POST
    sent = pages.sent(request)
    adding = forms.NewLanguageForm(None if renames else sent, initial=now_seen)
    renaming = forms.RenameLanguageForm(
        sent if renames else None, languages=build.languages, initial=now_seen, auto_id="rename_%s"
    )
    form: Any = renaming if renames else adding
    if form.is_valid():
        given = {key: value for key, value in form.cleaned_data.items() if key != "seen"}
        operation: Callable[..., Any] = operations.rename_language if renames else operations.add_language
        if _did(request, form, lambda: operation(version, **given, **_how(request))):
            return redirect("assessment:builder_languages", pk)
    context = _context(build, adding=adding, renaming=renaming)
    return pages.page(request, "assessment/builder_languages.html", context, form=form)


@require_POST
def remove_language(request: SignedIn, pk: int) -> HttpResponse:
    """Take a language out, with its words."""
    language = request.POST.get("language", "")
    try:
        operations.remove_language(_draft(request, pk), language=language, **_how(request))
        messages.success(request, _("The questionnaire no longer has this language: %(name)s") % {"name": language})
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect("assessment:builder_languages", pk)
