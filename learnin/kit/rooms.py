"""What the rooms of a stage have in common: where we are, and a page of one form with the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from learnin.kit import asking, pages
from learnin.kit.refusal import Refusal


@dataclass(frozen=True)
class Rooms:
    """The rooms of one stage; each stands in a country and is named after what is in it."""

    stage: str

    def at(self, request: HttpRequest, country: Any) -> None:
        """We are in this stage of the country."""
        pages.at(request, country, stage=self.stage)

    def room(self, name: str, country: Any) -> str:
        """The address of a room."""
        return reverse(f"{self.stage}:{name}", args=[country.pk])

    def ask(
        self,
        request: HttpRequest,
        country: Any,
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
        self.at(request, country)
        context = {"heading": heading, "back_label": back_label, **more}
        return asking.ask(request, form, operation, on, back=back, context=context, fields=fields)
