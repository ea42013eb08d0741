"""What we accept about seats, those who sit in them, and posts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.kit import languages
from learnin.kit.forms import DateField, GovForm
from learnin.kit.number_boxes import WholeField
from learnin.people.models import Area
from learnin.people.models.persons import Level
from learnin.programme import reader
from learnin.taskforce.models import Sitting, TaskForce
from learnin.taskforce.models.composition import PostKind, Sex

NOT_TOLD = ("", _("Not told"))


class EstablishForm(GovForm, forms.Form):
    """What a task force rests on."""

    established_on = DateField(label=_("When was it established?"))
    established_by = forms.CharField(
        label=_("By which act?"), help_text=_("For example: Ministerial order 114."), max_length=200
    )
    order = forms.FileField(label=_("The signed act"), help_text=_("PDF or Word."), required=False)
    mandate_ends_on = DateField(label=_("Last day of the mandate"), required=False)

    def clean(self) -> dict[str, Any]:
        """A mandate ends after it begins."""
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("established_on"), data.get("mandate_ends_on")
        if begins and ends and ends < begins:
            self.add_error("mandate_ends_on", _("The mandate must end after it began."))
        return data


class DescribeForm(GovForm, forms.Form):
    """Corrections of what the task force rests on."""

    established_by = forms.CharField(label=_("By which act?"), max_length=200)
    mandate_ends_on = DateField(label=_("Last day of the mandate"), required=False)
    objection_days = WholeField(label=_("Days to object to draft minutes"), min_value=1, max_value=60)
    documents_language = forms.ChoiceField(
        label=_("Language of its papers"),
        help_text=_("Official papers are in it and in English. Letters to those without an account are in it, too."),
        required=False,
    )
    interpreter_plan = forms.CharField(
        label=_("Plan for interpreting"),
        help_text=_("Who interprets for those who do not work in English. Nobody is left out."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )

    def __init__(self, *args: Any, worked_out: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_itself = _("From the country: %(language)s") % {"language": languages.language(worked_out).endonym}
        spoken = [(one.code, one.endonym) for one in languages.interface()]
        self.fields["documents_language"].choices = [("", by_itself), *spoken]  # type: ignore[attr-defined]


class SeatForm(GovForm, forms.Form):
    """What a seat is for."""

    constituency = forms.ChoiceField(label=_("Constituency"))
    title = forms.CharField(label=_("Name of the seat"), max_length=160)
    institution = forms.CharField(label=_("Which institution nominates?"), max_length=200, required=False)
    faces_region = forms.BooleanField(label=_("Works with the region, so English helps"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["constituency"].choices = [(one.id, one.name) for one in reader.current().constituencies]  # type: ignore[attr-defined]


class NominateForm(GovForm, forms.Form):
    """Who is put forward."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"), help_text=_("Once appointed, they get an invitation there."), required=False
    )
    organisation = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    position = forms.CharField(label=_("Position"), max_length=160, required=False)
    english = forms.ChoiceField(label=_("English"), choices=[NOT_TOLD, *Level.choices], required=False)
    sex = forms.ChoiceField(label=_("Sex"), choices=[NOT_TOLD, *Sex.choices], required=False)
    area = forms.ModelChoiceField(
        label=_("Area"), queryset=Area.objects.none(), required=False, empty_label=_("Not told")
    )
    is_deputy = forms.BooleanField(label=_("As a deputy"), required=False)

    def __init__(self, *args: Any, task_force: TaskForce, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = task_force.country.areas.order_by("name", "pk")  # type: ignore[attr-defined]


class AppointForm(GovForm, forms.Form):
    """The appointment of who was nominated."""

    on = DateField(label=_("Appointed on"))
    term_ends_on = DateField(label=_("Last day of the term"), required=False)
    letter = forms.FileField(label=_("Letter of appointment"), help_text=_("PDF or Word."), required=False)


class EndForm(GovForm, forms.Form):
    """The end of a term."""

    on = DateField(label=_("Last day in the seat"))


class PostForm(GovForm, forms.Form):
    """Who leads what."""

    post = forms.ChoiceField(label=_("Post"))
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    mandate = forms.CharField(
        label=_("Mandate"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False
    )
    on = DateField(label=_("From"))
    ends_on = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = [(kind.value, kind.label) for kind in PostKind if kind is not PostKind.COMMUNITY_COORDINATOR]
        communities = [
            (
                f"{PostKind.COMMUNITY_COORDINATOR.value}:{one.id}",
                _("Coordinator: %(community)s") % {"community": one.name},
            )
            for one in reader.current().components
        ]
        self.fields["post"].choices = [*plain, *communities]  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the post split into kind and component."""
        data = dict(self.cleaned_data)
        kind, _colon, component = data.pop("post").partition(":")
        return data | {"kind": PostKind(kind), "component": component}


class LeaverForm(GovForm, forms.Form):
    """Who might leave."""

    leaver = forms.ModelChoiceField(
        label=_("Suppose this person leaves"), queryset=Sitting.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, members: list[Sitting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaver"].queryset = Sitting.objects.filter(pk__in=[one.pk for one in members]).order_by(  # type: ignore[attr-defined]
            "name", "pk"
        )


class WorkbookForm(GovForm, forms.Form):
    """A filled-in workbook."""

    file = forms.FileField(label=_("Excel workbook"), help_text=_("The one you downloaded here, filled in."))
