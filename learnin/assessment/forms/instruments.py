"""What the pages of questionnaires accept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.assessment.forms.plan import named
from learnin.assessment.models import Assessment, Instrument
from learnin.kit.forms import GovForm
from learnin.people.models import Country


def dimensions_field() -> forms.MultipleChoiceField:
    """Which dimensions a questionnaire asks about."""
    return forms.MultipleChoiceField(
        label=_("Dimensions it asks about"),
        help_text=_("Later pages find what was asked about each dimension."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


class AddForm(GovForm, forms.Form):
    """A questionnaire that comes in."""

    file = forms.FileField(label=_("Workbook"), help_text=_("An Excel workbook in the XLSForm way: .xlsx or .xls."))
    title = forms.CharField(
        label=_("Title"), max_length=200, required=False, help_text=_("Without one, the title in the workbook.")
    )
    audience = forms.ChoiceField(label=_("Who answers"), required=False)
    dimensions = dimensions_field()
    assessment = forms.ModelChoiceField(
        label=_("Assessment"), queryset=Assessment.objects.none(), required=False, empty_label=_("None yet")
    )

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        audiences = Instrument._meta.get_field("audience").flatchoices
        self.fields["audience"].choices = [("", _("Not said")), *audiences]  # type: ignore[attr-defined]
        self.fields["dimensions"].choices = named("dimension")  # type: ignore[attr-defined]
        self.fields["assessment"].queryset = country.assessments.filter(closed_at=None).order_by("title", "pk")  # type: ignore[attr-defined]


class DimensionsForm(GovForm, forms.Form):
    """What a questionnaire is about."""

    dimensions = dimensions_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimensions"].choices = named("dimension")  # type: ignore[attr-defined]


class ReplaceForm(GovForm, forms.Form):
    """Another workbook in the place of the draft."""

    file = forms.FileField(label=_("Workbook"), help_text=_("It takes the place of the whole draft."))


class MediumForm(GovForm, forms.Form):
    """A file that questions show or look into."""

    file = forms.FileField(
        label=_("File"), help_text=_("Named exactly as the workbook names it. Pictures, sounds, films, CSV, GeoJSON.")
    )


class PublishForm(GovForm, forms.Form):
    """The name of a version."""

    name = forms.RegexField(
        r"\A[\w.\-]+\Z",
        label=_("Version"),
        max_length=60,
        help_text=_("Devices see it. Each name is used once: the day and a number do well."),
        error_messages={"invalid": _("Use letters, digits, points, - and _ without spaces.")},
    )


class OtherForm(GovForm, forms.Form):
    """Which version to compare with."""

    other = forms.ChoiceField(label=_("Compare with"))

    def __init__(self, *args: Any, others: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(str(one.pk), _said(one)) for one in others]  # type: ignore[attr-defined]


class LanguageForm(GovForm, forms.Form):
    """In which language to show the questions."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, languages: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, _("Without a name") if one == "default" else one) for one in languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


def _said(version: Any) -> Any:
    if version.is_published:
        return _("Version %(number)s: %(name)s") % {"number": version.number, "name": version.version}
    return _("Version %(number)s: draft") % {"number": version.number}
