"""What we accept about an assessment of the whole region."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.forms.plan import DaysForm
from learnin.kit.forms import GovForm
from learnin.people.models import Country


class RegionalForm(DaysForm):
    """Why all countries assess together, and when."""

    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("What the region wants to compare, and what it does with it."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
    )

    field_order = ("title", "purpose", "starts_on", "ends_on")

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        return dict(self.cleaned_data)


class SendForm(GovForm, forms.Form):
    """Which countries get a copy."""

    countries = forms.MultipleChoiceField(label=_("Countries"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, places: list[Country], **kwargs: Any) -> None:
        self.places = {place.pk: place for place in places}
        super().__init__(*args, **kwargs)
        self.fields["countries"].choices = [(place.pk, place.name) for place in places]  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """The chosen countries themselves."""
        return {"countries": [self.places[code] for code in self.cleaned_data["countries"]]}
