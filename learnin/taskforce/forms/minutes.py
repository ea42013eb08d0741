"""What we accept about minutes: objections, answers, and the language of a paper."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.kit import languages
from learnin.kit.forms import GovForm


class ObjectForm(GovForm, forms.Form):
    """An objection to the draft."""

    text = forms.CharField(
        label=_("What is wrong in the draft?"),
        help_text=_("Name the point of the agenda or the decision, and say what it should read."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class AnswerForm(GovForm, forms.Form):
    """The answer to an objection."""

    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Say what you changed, or why the draft stays as it is. Both stand in the minutes."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class LanguageForm(GovForm, forms.Form):
    """In which language a paper is written."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(one.code, one.endonym) for one in languages.interface()]  # type: ignore[attr-defined]
