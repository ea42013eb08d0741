"""What the translation workbench accepts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.forms.building import language_words
from learnin.assessment.queries.translations import STATES
from learnin.kit.forms import GovForm


class PairForm(GovForm, forms.Form):
    """From which language into which, and what to show."""

    source = forms.ChoiceField(label=_("From"), required=False)
    target = forms.ChoiceField(label=_("Into"), required=False)
    show = forms.ChoiceField(label=_("Show"), required=False, choices=[("", _("All")), *STATES.items()])

    def __init__(self, *args: Any, languages: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            self.fields[name].choices = [(one, language_words(one)) for one in languages]  # type: ignore[attr-defined]


class FileForm(GovForm, forms.Form):
    """A file that comes back from a translator."""

    file = forms.FileField(label=_("File"), help_text=_("The Excel workbook or the PO file that you downloaded here."))
