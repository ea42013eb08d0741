"""What we accept about data that leave."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats.definition import language_name
from learnin.assessment.models import Export
from learnin.kit.forms import GovForm


class ExportForm(GovForm, forms.Form):
    """Which answers go along, in which kind of file."""

    format = forms.ChoiceField(
        label=_("Kind of file"), choices=Export.Format.choices, widget=forms.RadioSelect, initial=Export.Format.XLSX
    )
    language = forms.ChoiceField(
        label=_("Language of the labels"), help_text=_("For Excel, SPSS, Stata and the codebooks."), required=False
    )
    scope = forms.ChoiceField(
        label=_("Which answers?"), choices=Export.Scope.choices, widget=forms.RadioSelect, initial=Export.Scope.KEPT
    )
    has_mark = forms.BooleanField(
        label=_("Begin CSV files with a mark, so that Excel shows every script"), required=False, initial=True
    )
    with_personal = forms.BooleanField(label=_("With personal fields"), required=False)
    reason = forms.CharField(
        label=_("Why do you need the personal fields?"),
        help_text=_("It stands in the journal."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, languages: list[str], may_see_personal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["language"].choices = [(one, language_name(one)) for one in languages] or [("", gettext("As written"))]
        if not may_see_personal:
            del self.fields["with_personal"], self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        """A reason where one is needed; none where it says nothing."""
        data = super().clean() or self.cleaned_data
        if data.get("with_personal") and not (data.get("reason") or "").strip():
            self.add_error("reason", gettext("Write why you need the personal fields"))
        return data


class WebhookForm(GovForm, forms.Form):
    """Where a program listens."""

    url = forms.CharField(
        label=_("Address"), help_text=_("It begins with https:// and is open to the internet."), max_length=500
    )
