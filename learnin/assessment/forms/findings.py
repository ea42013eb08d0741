"""What we accept about findings."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.forms.evidence import AboutForm
from learnin.assessment.forms.plan import named, spoken
from learnin.assessment.models import Finding, FindingOpinion
from learnin.assessment.queries import findings as queries
from learnin.kit import languages
from learnin.kit.forms import GovForm
from learnin.people.models import Area, Country

KEPT = ("dimension", "theme", "component", "population")


class WantedForm(GovForm, forms.Form):
    """Which findings to show."""

    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {key: named(key) for key in ("dimension", "theme", "component")} | {"state": Finding.State.choices}
        for name, found in choices.items():
            self.fields[name].choices = [("", gettext("Every")), *found]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> queries.Wanted:
        """What was asked for; everything, where something else was."""
        return queries.Wanted(**self.cleaned_data) if self.is_valid() else queries.Wanted()


class FindingForm(AboutForm):
    """What a finding says and is about."""

    text = forms.CharField(
        label=_("What did you find?"),
        help_text=_("One sentence that somebody who reads nothing else understands. Say how many, and of whom."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
    )
    population = forms.ChoiceField(label=_("Population"), required=False)
    area = forms.ModelChoiceField(label=_("Place"), queryset=Area.objects.none(), required=False)

    field_order = ("language", "text", "dimension", "theme", "component", "population", "area")

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["population"].choices = [("", gettext("None in particular")), *named("audience")]
        of["area"].queryset = country.areas.order_by("name", "pk")
        of["area"].empty_label = gettext("The whole country")


class NewFindingForm(FindingForm):
    """A finding, and the language it is written in."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, country=country, **kwargs)
        of: Any = self.fields
        of["language"].choices = spoken(country)
        code = languages.language(get_language()).code
        self.initial.setdefault("language", languages.GENERATED.get(code, code))


class TranslationForm(GovForm, forms.Form):
    """What a finding says in another language."""

    language = forms.ChoiceField(label=_("Language"))
    text = forms.CharField(
        label=_("Translation"),
        help_text=_("Left empty, the translation into this language goes."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=600,
        required=False,
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["language"].choices = [one for one in spoken(finding.country) if one[0] != finding.language]


class OpinionForm(GovForm, forms.Form):
    """Agree, or object and say why."""

    stance = forms.ChoiceField(
        label=_("What do you think?"), choices=FindingOpinion.Stance.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("Whoever objects says why. Everybody who sees this assessment reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        required=False,
    )


class WithdrawalForm(GovForm, forms.Form):
    """Why nobody stands behind a finding any more."""

    reason = forms.CharField(label=_("Why?"), max_length=500)


class CitingForm(GovForm, forms.Form):
    """What else a finding rests on."""

    numbers = forms.MultipleChoiceField(label=_("Numbers"), widget=forms.CheckboxSelectMultiple, required=False)
    facts = forms.MultipleChoiceField(label=_("Facts"), widget=forms.CheckboxSelectMultiple, required=False)
    statements = forms.MultipleChoiceField(label=_("Statements"), widget=forms.CheckboxSelectMultiple, required=False)
    resources = forms.MultipleChoiceField(label=_("Resources"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, offered: queries.Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        for name, pieces in offered.by_name.items():
            if pieces:
                self.fields[name].choices = [(str(one.pk), said) for one, said in pieces]  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    @property
    def changes(self) -> dict[str, Any]:
        """The pieces that were chosen, by kind."""
        return {
            name: [one for one, _said in self.offered.by_name[name] if str(one.pk) in chosen]
            for name, chosen in self.cleaned_data.items()
        }
