"""Whose needs somebody wants to see ranked."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import GovForm

Choices = list[tuple[str, str]]


class NeedsForm(GovForm, forms.Form):
    """From which assessment, of which group. An address that asks for what is not there shows the first."""

    assessment = forms.ChoiceField(label=_("Assessment"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)

    def __init__(self, *args: Any, assessments: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["assessment"].choices = assessments
        of["group"].choices = [("", gettext("Everybody")), *groups]

    @property
    def key(self) -> str:
        """The group that was chosen."""
        self.is_valid()
        said: str = self.cleaned_data.get("group", "")
        return said
