"""What the rooms of the initiatives have in common: where we are, and a page of one form with the way back."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal
from learnin.people.models import Country
from learnin.people.signed_in import SignedIn


def at(request: SignedIn, country: Country) -> None:
    """We are at the initiatives of this country."""
    pages.at(request, country, stage="initiatives")


def room(name: str, country: Country) -> str:
    """The address of a room."""
    return reverse(f"initiatives:{name}", args=[country.pk])


def ask(
    request: SignedIn,
    country: Country,
    form: Any,
    operation: Callable[..., Any],
    on: Any,
    heading: str,
    *,
    back: str,
    back_label: str,
    fields: dict[type[Refusal], str] | None = None,
    **more: Any,
) -> HttpResponse:
    """The page of one form."""
    at(request, country)
    context = {"heading": heading, "back_label": back_label, **more}
    return asking.ask(request, form, operation, on, back=back, context=context, fields=fields)
