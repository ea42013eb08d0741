"""What we accept about open data."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import OpenData, RunRound
from learnin.kit.papers import LanguageForm

Choices = list[tuple[str, str]]
SAFE, CHOSEN = "safe", "chosen"


class OpenDataForm(LanguageForm):
    """Of which round, with which groups and indicators, under which licence."""

    part = forms.ChoiceField(label=_("Round"), widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label=_("Groups that go along"),
        choices=[(SAFE, _("As many as are safe")), (CHOSEN, _("Those I choose"))],
        widget=forms.RadioSelect,
        initial=SAFE,
    )
    groupings = forms.MultipleChoiceField(
        label=_("Which groups?"),
        help_text=_("What others may know of a person. The fewer there are, the more people look alike."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    indicators = forms.MultipleChoiceField(
        label=_("Indicators"),
        help_text=_("Without a choice, all that may leave."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    licence = forms.ChoiceField(
        label=_("Licence"),
        help_text=_("What others may do with the file."),
        choices=OpenData.Licence.choices,
        widget=forms.RadioSelect,
        initial=OpenData.Licence.CC_BY,
    )
    field_order = ("part", "how", "groupings", "indicators", "licence", "language")

    def __init__(
        self, *args: Any, parts: Sequence[RunRound], groupings: Choices, indicators: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {str(one.pk): one for one in parts}
        of: Any = self.fields
        of["part"].choices = [(key, one.round.title) for key, one in self.parts.items()]
        of["part"].initial = next(iter(self.parts), None)
        of["groupings"].choices, of["indicators"].choices = groupings, indicators

    @property
    def chosen(self) -> RunRound:
        """The round in its run."""
        return self.parts[self.cleaned_data["part"]]

    @property
    def asked(self) -> dict[str, Any]:
        """What the operation wants beside the round."""
        data = self.cleaned_data
        return {
            "groupings": data["groupings"] if data["how"] == CHOSEN else None,
            "indicators": data["indicators"],
            "licence": data["licence"],
            "language": data["language"],
        }
