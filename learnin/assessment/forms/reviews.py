"""What we accept about answers: decisions, words, and values set right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats.definition import Choice
from learnin.assessment.formats.tables import said
from learnin.assessment.models import Enumerator, Flag, Submission
from learnin.kit.forms import GovForm

State = Submission.State


class AnswersForm(forms.Form):
    """Which answers are shown."""

    state = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *State.choices], required=False)
    flag = forms.ChoiceField(
        label=_("Flags"),
        choices=[("", _("All")), ("any", _("Any open flag")), ("none", _("No open flag")), *Flag.Kind.choices],
        required=False,
    )
    enumerator = forms.ChoiceField(label=_("Enumerator"), required=False)

    def __init__(self, *args: Any, enumerators: list[Enumerator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["enumerator"].choices = [("", _("All")), *((str(one.pk), one.name) for one in enumerators)]
        if not enumerators:
            del self.fields["enumerator"]


class ReviewForm(GovForm, forms.Form):
    """A decision about an answer, or only words."""

    state = forms.ChoiceField(
        label=_("Decision"),
        choices=[
            (State.APPROVED, _("Approve")),
            (State.ISSUES, _("Has issues")),
            (State.REJECTED, _("Reject")),
            (State.RECEIVED, _("Take the decision back")),
            ("-", _("Only a comment")),
        ],
        widget=forms.RadioSelect,
    )
    comment = forms.CharField(
        label=_("Comment"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @property
    def changes(self) -> dict[str, Any]:
        """The decision as the operation takes it."""
        state = self.cleaned_data["state"]
        return {"state": "" if state == "-" else state, "comment": self.cleaned_data["comment"]}


class CorrectionForm(GovForm, forms.Form):
    """Another value, and why."""

    after = forms.CharField(label=_("The right value"), max_length=5000, required=False)
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("For example: the school was called. It goes along with the data."),
        max_length=500,
        error_messages={"required": _("Write why, so that others understand it.")},
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, choices: tuple[Choice, ...] = (), language: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if choices:
            listed = [(one.name, said(one.labels, language) or one.name) for one in choices]
            self.fields["after"] = forms.ChoiceField(
                label=self.fields["after"].label, choices=[("", _("No answer")), *listed], required=False
            )
            self.order_fields(["after", "reason"])


class MarkForm(GovForm, forms.Form):
    """What somebody should look at."""

    comment = forms.CharField(
        label=_("What should somebody look at?"),
        max_length=500,
        error_messages={"required": _("Write what caught your eye")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SettleForm(GovForm, forms.Form):
    """What was found."""

    verdict = forms.ChoiceField(
        label=_("What did you find?"),
        choices=[one for one in Flag.Verdict.choices if one[0]],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you found")},
    )
    comment = forms.CharField(
        label=_("Comment"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
