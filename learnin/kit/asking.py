"""A page of one form for one operation, as many pages of every stage are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from learnin.kit import pages
from learnin.kit.refusal import Refusal

TEMPLATE = "kit/form.html"


@dataclass(frozen=True)
class Removal:
    """The way to take away what a form changes: why one may, what the button says, and where it leads."""

    why: str
    button: str
    url: str


def tried(
    request: HttpRequest,
    form: Any,
    operation: Callable[..., Any],
    on: Any,
    *,
    back: str,
    fields: dict[type[Refusal], str] | None = None,
    **more: Any,
) -> HttpResponse | None:
    """Do what a sent form asks and go back; nothing when it was not sent or was refused.

    fields: beside which field a refusal stands.
    """
    if not form.is_valid():
        return None
    changes = getattr(form, "changes", None)
    data = dict(form.cleaned_data) if changes is None else changes
    try:
        operation(on, **data, **more, by=request.user, now=timezone.now())
    except Refusal as refusal:
        form.add_error((fields or {}).get(type(refusal)), str(refusal))
        return None
    return redirect(back)


def ask(
    request: HttpRequest,
    form: Any,
    operation: Callable[..., Any],
    on: Any,
    *,
    back: str,
    context: dict[str, Any],
    fields: dict[type[Refusal], str] | None = None,
    template: str = TEMPLATE,
) -> HttpResponse:
    """Show the form, or do what it asks and go back."""
    answered = tried(request, form, operation, on, back=back, fields=fields)
    return answered or page(request, form, {"back": back, **context}, template=template)


def page(request: HttpRequest, form: Any, context: dict[str, Any], *, template: str = TEMPLATE) -> HttpResponse:
    """The page of one form: `heading`, `back` and `back_label`; without a word of its own the button says Save."""
    plain = {"lede": "", "verb": "", "verb_kind": "", "removal": None}
    return pages.page(request, template, {**plain, **context}, form=form)


def do(request: HttpRequest, operation: Callable[..., Any], on: Any, *, back: str, **more: Any) -> HttpResponse:
    """Do what a button asks and go back; a refusal is told there."""
    try:
        operation(on, **more, by=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
    return redirect(back)
