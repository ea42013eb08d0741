"""What we accept about other evidence."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.forms.plan import named, spoken
from learnin.assessment.models import Assessment, Conversation, Expert, Resource
from learnin.assessment.queries import evidence as queries
from learnin.kit import languages, written
from learnin.kit.forms import DateField, GovForm
from learnin.kit.number_boxes import DecimalField, WholeField
from learnin.people.models import Country


class WantedForm(GovForm, forms.Form):
    """Which evidence to show."""

    assessment = forms.ChoiceField(label=_("Assessment"), required=False)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = [(str(one.pk), one.title) for one in queries.all_assessments(country)]
        choices = {"assessment": there} | {key: named(key) for key in ("dimension", "theme", "component")}
        for name, found in choices.items():
            self.fields[name].choices = [("", gettext("Every")), *found]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> queries.Wanted:
        """What was asked for; everything, where something else was."""
        return queries.Wanted(**self.cleaned_data) if self.is_valid() else queries.Wanted()


class ThemeForm(GovForm, forms.Form):
    """Experts of which theme to show."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = [("", gettext("Every theme")), *named("theme")]  # type: ignore[attr-defined]


class KindForm(GovForm, forms.Form):
    """Which resources to show."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", gettext("Every kind")), *Resource.Kind.choices]  # type: ignore[attr-defined]


class OfAssessmentForm(forms.Form):
    """Mixed into a form: it begins with the assessment something belongs to; only an open one takes anything in."""

    assessment = forms.ChoiceField(label=_("Assessment"))

    def __init__(self, *args: Any, assessments: Iterable[Assessment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in assessments}
        self.fields["assessment"].choices = [(pk, one.title) for pk, one in self.known.items()]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Assessment:
        """The assessment itself."""
        return self.known[self.cleaned_data["assessment"]]


class SourceForm(GovForm, forms.Form):
    """A document that the desk review reads."""

    title = forms.CharField(label=_("Title"), max_length=300)
    publisher = forms.CharField(label=_("Publisher"), max_length=200, required=False)
    year = WholeField(label=_("Year"), min_value=1900, max_value=2100, required=False)
    url = forms.URLField(label=_("Address on the web"), max_length=500, required=False, assume_scheme="https")
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel or a picture."), required=False)

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the file with its name."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "assessment"}
        file = data["file"]
        return data | {"file_name": file.name if file else ""}


class NewSourceForm(OfAssessmentForm, SourceForm):
    """A document, and the assessment that reads it."""

    field_order = ("assessment", "title", "publisher", "year", "url", "file")


class AboutForm(GovForm, forms.Form):
    """What a piece of evidence is about."""

    dimension = forms.ChoiceField(label=_("Dimension"), widget=forms.RadioSelect)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimension"].choices = named("dimension")  # type: ignore[attr-defined]
        for name in ("theme", "component"):
            self.fields[name].choices = [("", gettext("None in particular")), *named(name)]  # type: ignore[attr-defined]


class FactForm(AboutForm):
    """One thing a document says."""

    text = forms.CharField(
        label=_("What does it say?"),
        help_text=_("One fact, so that somebody who has not read the document understands it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    page = forms.CharField(label=_("Where?"), help_text=_("Page, table or section."), max_length=40)

    field_order = ("text", "page", "dimension", "theme", "component")


class ConversationForm(GovForm, forms.Form):
    """An interview or a focus group."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Conversation.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=200)
    held_on = DateField(label=_("Held on"), help_text=_("Leave it empty while it is only planned."), required=False)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    guide = forms.CharField(
        label=_("Guide"),
        help_text=_("The questions you bring, one a line."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        required=False,
    )
    notes = forms.CharField(
        label=_("Notes"),
        help_text=_("No names: everybody who sees this assessment reads them."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=40_000,
        required=False,
    )

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", gettext("Not known")), *spoken(country)]  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        return {key: value for key, value in self.cleaned_data.items() if key != "assessment"}


class NewConversationForm(OfAssessmentForm, ConversationForm):
    """A conversation, and the assessment it belongs to."""

    field_order = ("assessment", "kind", "title", "held_on", "place", "language", "guide", "notes")


class NumberForm(GovForm, forms.Form):
    """How many people of one group took part."""

    number = WholeField(label=_("How many?"), min_value=1, max_value=1000)
    note = forms.CharField(
        label=_("Note"), help_text=_("For example: from village schools."), max_length=200, required=False
    )


class ParticipantsForm(NumberForm):
    """Which group took part, and how many of it."""

    audience = forms.ChoiceField(label=_("Who?"))

    field_order = ("audience", "number", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = named("audience")  # type: ignore[attr-defined]


class StatementForm(AboutForm):
    """Something that was said."""

    text = forms.CharField(
        label=_("What was said?"),
        help_text=_("In their own words, without names."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    audience = forms.ChoiceField(label=_("Who said it?"), required=False)

    field_order = ("text", "audience", "dimension", "theme", "component")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = [("", gettext("Not known")), *named("audience")]  # type: ignore[attr-defined]


class ExpertForm(GovForm, forms.Form):
    """What somebody can do."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("Only people who work in the country see it."), required=False
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=200, required=False)
    skills = forms.CharField(label=_("What can they do?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)
    themes = forms.MultipleChoiceField(label=_("Themes"), widget=forms.CheckboxSelectMultiple, required=False)
    languages = forms.MultipleChoiceField(label=_("Languages"), widget=forms.CheckboxSelectMultiple, required=False)
    agreed_on = DateField(label=_("Agreed to be listed on"))

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = (self.initial or {}).get("languages", [])
        ours = [one.code for one in languages.interface() if one.code not in languages.GENERATED]
        codes = dict.fromkeys([*country.official_languages, *ours, *kept])
        self.fields["languages"].choices = [(code, languages.language_name(code)) for code in codes]  # type: ignore[attr-defined]
        self.fields["themes"].choices = named("theme")  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        return {key: value for key, value in self.cleaned_data.items() if key != "has_agreed"}


class NewExpertForm(ExpertForm):
    """Somebody who agreed to stand on the list."""

    has_agreed = forms.BooleanField(
        label=_("They agreed to stand on this list, and know that everybody who works on the assessment reads it")
    )


def as_listed(expert: Expert) -> dict[str, Any]:
    """An expert in the boxes of their form."""
    plain = {key: getattr(expert, key) for key in ("name", "email", "organisation", "skills", "languages", "agreed_on")}
    return plain | {"themes": [one.theme for one in expert.themes.all()]}


class ResourceForm(GovForm, forms.Form):
    """Something the country has."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Resource.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("What is it?"), max_length=200)
    description = forms.CharField(
        label=_("Description"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    owner = forms.CharField(label=_("Who has it?"), max_length=200, required=False)
    quantity = DecimalField(label=_("How much?"), max_digits=16, decimal_places=2, min_value=0, required=False)
    unit = forms.CharField(
        label=_("Unit or currency"),
        help_text=_("For example: tablets, schools, EUR a year."),
        max_length=40,
        required=False,
    )
    as_of = DateField(label=_("Known on"), help_text=_("The day the number is from."))
    source = forms.CharField(label=_("Where is this from?"), max_length=500)

    def clean(self) -> dict[str, Any]:
        """A number says of what."""
        data = super().clean() or self.cleaned_data
        if data.get("quantity") is not None and not data.get("unit"):
            said = {"quantity": written.exact(data["quantity"])}
            self.add_error("unit", gettext("Say of what: %(quantity)s of which unit?") % said)
        return data


def as_kept(row: Any, *names: str) -> dict[str, Any]:
    """What is kept of something, in the boxes of its form."""
    return {name: getattr(row, name) for name in names}


class CultureForm(GovForm, forms.Form):
    """What any solution must fit."""

    instruction_languages = forms.CharField(
        label=_("Languages of instruction"),
        help_text=_("In which languages schools teach, where, and how many."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    scripts = forms.CharField(label=_("Scripts"), max_length=500, required=False)
    grades = forms.CharField(
        label=_("Grade system"),
        help_text=_("Stages and ages, marks and what they mean."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    calendar = forms.CharField(
        label=_("School calendar"),
        help_text=_("Terms, holidays, exams, weeks when nobody answers."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )
    minorities = forms.CharField(
        label=_("Minorities"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    norms = forms.CharField(
        label=_("Norms that matter"),
        help_text=_("What is expected of teachers, parents and children; what one does not ask."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
        required=False,
    )
