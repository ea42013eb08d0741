"""What the pages of the question bank accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Assessment, Instrument
from learnin.kit.forms import GovForm
from learnin.people.models import Country
from learnin.programme import reader


class FilterForm(GovForm, forms.Form):
    """What somebody looks for in the bank."""

    population = forms.ChoiceField(label=_("Who answers"), required=False)
    dimension = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind, everything in (
            ("population", "audience", _("Everybody")),
            ("dimension", "dimension", _("All")),
        ):
            items = [(one.id, one.name) for one in reader.current().items(kind)]
            self.fields[name].choices = [("", everything), *items]  # type: ignore[attr-defined]


class PickForm(forms.Form):
    """The questions that were ticked: one by one, or a whole module."""

    modules = forms.MultipleChoiceField(required=False)
    items = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, modules: list[str], items: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["modules"].choices = [(one, one) for one in modules]  # type: ignore[attr-defined]
        self.fields["items"].choices = [(one, one) for one in items]  # type: ignore[attr-defined]


class AssembleForm(GovForm, PickForm):
    """A new questionnaire from the bank."""

    title = forms.CharField(label=_("Title"), max_length=200)
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The questionnaire opens in the first one. More can be added and translated later."),
    )
    assessment = forms.ModelChoiceField(
        label=_("Assessment"), queryset=Assessment.objects.none(), required=False, empty_label=_("None yet")
    )
    audience = forms.ChoiceField(label=_("Who answers"), required=False)

    def __init__(self, *args: Any, country: Country, languages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audiences = Instrument._meta.get_field("audience").flatchoices
        self.fields["audience"].choices = [("", _("Not said")), *audiences]  # type: ignore[attr-defined]
        self.fields["languages"].choices = languages  # type: ignore[attr-defined]
        self.fields["assessment"].queryset = country.assessments.filter(closed_at=None).order_by("title", "pk")  # type: ignore[attr-defined]
