"""What we accept about minutes: objections, answers, and the language of a paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
