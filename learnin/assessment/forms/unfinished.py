"""What the script of the web form sends to be kept."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from learnin.assessment.formats.unfinished import Unfinished


class UnfinishedForm(forms.Form):
    """An unfinished answer, and the moment of the one it goes on from; or the word to forget what is kept."""

    forget = forms.BooleanField(required=False)
    xml = forms.CharField(required=False, strip=False)
    language = forms.CharField(required=False, max_length=200)
    where = forms.CharField(required=False, max_length=2000)
    file_count = forms.IntegerField(required=False, min_value=0, max_value=10_000)
    onto = forms.DateTimeField(required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing is forgotten by mistake."""
        said = self.cleaned_data
        if not (said.get("xml") or said.get("forget")):
            raise ValidationError(_("This unfinished answer cannot be read."))
        return said

    @property
    def unfinished(self) -> Unfinished | None:
        """What is to be kept, once the form is valid; nothing where it is to be forgotten."""
        said = self.cleaned_data
        if said["forget"]:
            return None
        return Unfinished(said["xml"], said["language"], said["where"], said["file_count"] or 0)
