"""What we accept about an assessment and its plan."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Assessment, Consent, Milestone, Population
from learnin.assessment.queries import plan as queries
from learnin.kit import languages, written
from learnin.kit.forms import DateField, GovForm
from learnin.kit.number_boxes import WholeField
from learnin.people.models import Country, Person
from learnin.programme import reader
from learnin.programme.formats.items import Kind


def named(kind: str) -> list[tuple[str, str]]:
    """Ids and names of the programme, in its order."""
    return [(one.id, str(one.name)) for one in reader.current().items(Kind(kind))]


def spoken(country: Country) -> list[tuple[str, str]]:
    """Languages to choose from, the country's own first."""
    codes = dict.fromkeys([*country.official_languages, "en", *languages.SPOKEN])
    return [(code, languages.language_name(code)) for code in codes]


class DaysForm(GovForm, forms.Form):
    """A form with a first and a last day."""

    starts_on = DateField(label=_("Begins"))
    ends_on = DateField(label=_("Ends"))

    def clean(self) -> dict[str, Any]:
        """It ends after it begins."""
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("starts_on"), data.get("ends_on")
        if begins and ends and ends < begins:
            told = {"day": written.day(begins)}
            self.add_error("ends_on", gettext("The last day must be %(day)s or later, when it begins.") % told)
        return data


class AssessmentForm(DaysForm):
    """Why, what, when, and who answers for it."""

    title = forms.CharField(label=_("Title"), max_length=200)
    purpose = forms.CharField(
        label=_("Purpose"),
        help_text=_("What will be decided with the answers, and who decides it."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=8000,
        required=False,
    )
    dimensions = forms.MultipleChoiceField(
        label=_("Dimensions it looks at"), widget=forms.CheckboxSelectMultiple, required=False
    )
    mandate_points = forms.MultipleChoiceField(
        label=_("Mandate points it serves"), widget=forms.CheckboxSelectMultiple, required=False
    )
    coordinator = forms.ChoiceField(
        label=_("Coordinator"), help_text=_("Somebody who may change the plan."), required=False
    )

    field_order = ("title", "purpose", "starts_on", "ends_on", "dimensions", "mandate_points", "coordinator")

    def __init__(self, *args: Any, country: Country, kept: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [*queries.coordinators(country), *filter(None, [kept])]
        self.people = {str(one.pk): one for one in people}
        choices = {
            "dimensions": named("dimension"),
            "mandate_points": named("mandate_point"),
            "coordinator": [("", gettext("Nobody yet")), *((pk, one.name) for pk, one in self.people.items())],
        }
        for name, there in choices.items():
            self.fields[name].choices = there  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """The person instead of their number."""
        coordinator: Person | None = self.people.get(self.cleaned_data["coordinator"])
        return self.cleaned_data | {"coordinator": coordinator}


def as_planned(assessment: Assessment) -> dict[str, Any]:
    """An assessment in the boxes of its form."""
    plain = {key: getattr(assessment, key) for key in ("title", "purpose", "starts_on", "ends_on")}
    return plain | {
        "dimensions": [one.dimension for one in assessment.dimensions.all()],
        "mandate_points": [one.mandate_point for one in assessment.mandate_points.all()],
        "coordinator": assessment.coordinator_id or "",
    }


class ProtectionForm(GovForm, forms.Form):
    """How people are protected, and until when what they said is kept."""

    ethics = forms.CharField(
        label=_("How people are protected"),
        help_text=_("Who agreed to the assessment, how children are asked, whom people can turn to."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
        required=False,
    )
    keep_answers_until = DateField(label=_("Answers are kept until"), required=False)
    keep_contacts_until = DateField(
        label=_("Contact details are kept until"),
        help_text=_("Addresses and phone numbers are needed for reminders only."),
        required=False,
    )


class PopulationForm(GovForm, forms.Form):
    """Whom we ask, how, and how many."""

    audience = forms.ChoiceField(label=_("Who?"))
    method = forms.ChoiceField(label=_("How?"), choices=Population.Method.choices, widget=forms.RadioSelect)
    target = WholeField(
        label=_("How many?"),
        help_text=_("Answers, interviews, groups or documents you want in the end."),
        min_value=1,
        max_value=100_000_000,
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = named("audience")  # type: ignore[attr-defined]


def as_written(population: Population) -> dict[str, Any]:
    """A group in the boxes of its form."""
    return {key: getattr(population, key) for key in ("audience", "method", "target", "note")}


class MilestoneForm(GovForm, forms.Form):
    """What is to be done until when."""

    text = forms.CharField(label=_("What is done by then?"), max_length=200)
    due_on = DateField(label=_("Until"))


class DoneForm(GovForm, forms.Form):
    """On which day it was done."""

    on = DateField(label=_("Done on"), required=False, help_text=_("Leave it empty if it is not done after all."))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].latest = today  # type: ignore[attr-defined]


def as_in_calendar(milestone: Milestone) -> dict[str, Any]:
    """A day of the calendar in the boxes of its form."""
    return {"text": milestone.text, "due_on": milestone.due_on}


class ConsentChoiceForm(GovForm, forms.Form):
    """For whom, and in which language, a consent text is written."""

    language = forms.ChoiceField(label=_("Language"))
    age = forms.ChoiceField(label=_("For whom"), choices=Consent.Age.choices)

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = spoken(country)  # type: ignore[attr-defined]


class ConsentForm(ConsentChoiceForm):
    """What people read before they answer."""

    text = forms.CharField(
        label=_("Text"),
        help_text=_("A text to begin with stands here. Make it fit your law and your schools."),
        widget=forms.Textarea(attrs={"rows": 14}),
        max_length=8000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("language", "age"):  # chosen above, in a form of their own
            self.fields[name].widget = forms.HiddenInput()
