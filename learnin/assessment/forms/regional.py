"""What we accept about an assessment of the whole region."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.workbook import Book
from learnin.assessment.forms.plan import DaysForm
from learnin.assessment.problems import unread
from learnin.assessment.queries import regional as queries
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

    core = forms.FileField(
        label=_("Core questionnaire"),
        help_text=_("An XLSForm workbook (.xlsx or .xls). Each country asks these questions and adds its own."),
        required=False,
    )

    field_order = ("title", "purpose", "starts_on", "ends_on", "core")

    def clean_core(self) -> Book | None:
        """The questionnaire in the workbook; it asks something."""
        file = self.cleaned_data["core"]
        if not file:
            return None
        try:
            book = xlsform.read(file.read(xlsform.MOST_BYTES + 1), file.name)
        except xlsform.NotReadable as problem:
            raise ValidationError(unread(problem)) from None
        if not queries.names(book):
            raise ValidationError(
                gettext("%(name)s asks nothing: its sheet “survey” has no question.") % {"name": file.name}
            )
        return book

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
