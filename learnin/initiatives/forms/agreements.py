"""What we accept about agreements."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Agreement, Initiative, Party
from learnin.initiatives.queries.agreements import Suggested
from learnin.kit.forms import DateField, GovForm
from learnin.taskforce.forms.actions import SeatForm


class WantedForm(GovForm, forms.Form):
    """Which agreements the list shows."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *Agreement.State.choices])


class TextForm(GovForm, forms.Form):
    """What the parties would do, and by when."""

    text = forms.CharField(
        label=_("What do the parties agree on?"),
        help_text=_("Who does what, where and when. Every party gets exactly this text."),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=8000,
    )
    begins_on = DateField(label=_("From"), required=False)
    due_on = DateField(label=_("Done by"), help_text=_("For example, 1 12 2026"))


class ProposeForm(TextForm, SeatForm):
    """A proposal: about which initiatives, what to do, who sees to it and whom to ask."""

    initiatives = forms.MultipleChoiceField(
        label=_("Which initiatives?"), widget=forms.CheckboxSelectMultiple, help_text=_("At least two.")
    )
    kind = forms.ChoiceField(label=_("What could they do?"), choices=Agreement.Kind.choices, widget=forms.RadioSelect)

    field_order = ("initiatives", "kind", "text", "begins_on", "due_on", "seat")

    def __init__(
        self, *args: Any, initiatives: Iterable[Initiative], parties: Collection[Suggested], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in initiatives}
        self.parties = list(parties)
        self.fields["seat"].label = _("Who of the task force sees to it?")
        self.fields["initiatives"].choices = [  # type: ignore[attr-defined]
            (pk, f"{one.title()} ({one.reporter.name()})") for pk, one in self.known.items()
        ]
        for one in self.parties:
            key = one.organisation.pk
            organisation = {"organisation": str(one.organisation)}
            self.fields[f"name_{key}"] = forms.CharField(
                label=_("Who speaks for %(organisation)s?") % organisation,
                initial=one.name,
                required=False,
                max_length=120,
            )
            self.fields[f"email_{key}"] = forms.EmailField(
                label=_("E-mail address for %(organisation)s") % organisation, initial=one.email, required=False
            )

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the initiatives, the seat and the parties themselves."""
        data = self.cleaned_data
        chosen = [self.known[pk] for pk in data["initiatives"]]
        reporters = {one.reporter_id for one in chosen}
        asked = [self._asked(one) for one in self.parties if one.organisation.pk in reporters]
        plain = {key: data[key] for key in ("kind", "text", "begins_on", "due_on")}
        return {**plain, "initiatives": chosen, "owner": self.by_pk[data["seat"]], "parties": asked}

    def _asked(self, one: Suggested) -> Suggested:
        key = one.organisation.pk
        email = self.cleaned_data[f"email_{key}"]
        is_same = one.person is not None and email == one.email
        return Suggested(
            one.organisation, self.cleaned_data[f"name_{key}"] or one.name, email, one.person if is_same else None
        )


class AnswerForm(GovForm, forms.Form):
    """What an organisation says to the text."""

    answer = forms.ChoiceField(
        label=_("What does your organisation say?"),
        choices=[(key, label) for key, label in Party.Answer.choices if key],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Who objects says why."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )
    proposed_text = forms.CharField(
        label=_("The text your organisation would accept"),
        help_text=_("Only where you want another text."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=8000,
    )


class WithdrawForm(GovForm, forms.Form):
    """Why a proposal is taken back."""

    why = forms.CharField(label=_("Why is it withdrawn?"), max_length=500)
