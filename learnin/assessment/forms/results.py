"""What of the results somebody wants to see."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import GovForm

Choices = list[tuple[str, str]]


class ResultsForm(GovForm, forms.Form):
    """By which groups, of which dimension. An address that asks for what is not there shows everything."""

    split = forms.ChoiceField(label=_("Split by"), required=False)
    about = forms.ChoiceField(label=_("Dimension"), required=False)

    def __init__(self, *args: Any, dimensions: Choices, groupings: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["split"].choices = [("", gettext("Nothing: everybody together")), *groupings]
        of["about"].choices = [("", gettext("All")), *dimensions]

    @property
    def by(self) -> str:
        """The groupings that were chosen."""
        return self._said("split")

    @property
    def dimension(self) -> str:
        """The dimension that was chosen."""
        return self._said("about")

    def _said(self, name: str) -> str:
        self.is_valid()
        said: str = self.cleaned_data.get(name, "")
        return said
