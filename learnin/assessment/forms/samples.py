"""What we accept about the design of a sample, and about how many people it needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Assessment, Frame, Sample
from learnin.assessment.queries.samples import Design
from learnin.compute import sampling, typed
from learnin.kit.forms import GovForm
from learnin.kit.number_boxes import FloatField, WholeField

Method, Allocation = Sample.Method, Sample.Allocation
CONFIDENCES = [(0.9, "90%"), (0.95, "95%"), (0.99, "99%")]
GROUPS = 60


class SampleForm(GovForm, forms.Form):
    """The design of a sample."""

    title = forms.CharField(label=_("Name of the sample"), max_length=200)
    assessment = forms.ChoiceField(label=_("For which assessment?"), required=False)
    method = forms.ChoiceField(label=_("How are units drawn?"), choices=Method.choices, widget=forms.RadioSelect)
    size = WholeField(label=_("How many units?"), min_value=1, max_value=100_000, required=False)
    strata = forms.MultipleChoiceField(label=_("Strata"), required=False, widget=forms.CheckboxSelectMultiple)
    allocation = forms.ChoiceField(
        label=_("How is the sample shared among strata?"),
        choices=[("", _("No strata")), *[one for one in Allocation.choices if one[0]]],
        required=False,
    )
    least = WholeField(
        label=_("At least in each stratum"),
        help_text=_("Two are needed to say how sure a result is."),
        min_value=1,
        max_value=1000,
        initial=sampling.LEAST,
    )
    take = WholeField(
        label=_("People to draw in each unit"),
        help_text=_("For example 10 teachers in each school. Leave it empty where the unit itself answers."),
        min_value=1,
        max_value=1000,
        required=False,
    )
    reserves = WholeField(
        label=_("Reserves for each unit"),
        help_text=_("They stand in when a unit cannot take part: the nearest in size of the same stratum."),
        min_value=0,
        max_value=5,
        initial=1,
    )
    missing_size = forms.ChoiceField(
        label=_("Units without a size"),
        choices=[
            ("median", _("Give them the middle size of their stratum")),
            ("leave_out", _("Leave them out: the sample will not speak for them")),
        ],
        initial="median",
        widget=forms.RadioSelect,
    )
    is_sorted = forms.BooleanField(
        label=_("Sort the list by area and size first"),
        help_text=_("A systematic draw is then spread over areas and sizes."),
        required=False,
        initial=True,
    )
    seed = WholeField(
        label=_("Seed"),
        help_text=_("The draw can be repeated from this number. Leave it empty: LearnIn takes one and notes it."),
        min_value=0,
        max_value=2**53 - 1,
        required=False,
    )

    def __init__(self, *args: Any, frame: Frame, assessments: list[Assessment], **kwargs: Any) -> None:
        self.assessments = {str(one.pk): one for one in assessments}
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["strata"].choices = [(heading, heading) for heading in frame.strata]
        of["assessment"].choices = [
            ("", gettext("Not for one yet")), *((key, one.title) for key, one in self.assessments.items())
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """What one choice asks of another."""
        data = super().clean() or self.cleaned_data
        is_census = data.get("method") == Method.CENSUS
        if not is_census and not data.get("size") and "size" not in self.errors:
            self.add_error("size", gettext("Write how many units to draw"))
        if data.get("strata") and not data.get("allocation") and not is_census:
            self.add_error("allocation", gettext("Choose how the sample is shared among the strata"))
        if data.get("allocation") and not data.get("strata"):
            self.add_error("strata", gettext("Choose the strata among which the sample is shared"))
        return data

    @property
    def design(self) -> Design:
        """The design as it was sent."""
        data = self.cleaned_data
        return Design(
            method=data["method"],
            allocation=data["allocation"],
            size=data["size"] or 0,
            strata=tuple(data["strata"]),
            take=data["take"],
            reserves=data["reserves"],
            least=data["least"],
            is_sorted=data["is_sorted"],
            missing_size=data["missing_size"],
        )

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "assessment": self.assessments.get(data["assessment"]),
            "design": self.design,
            "seed": data["seed"],
        }


class ReserveForm(GovForm, forms.Form):
    """Why a reserve stands in."""

    because = forms.CharField(
        label=_("Why can the unit not take part?"),
        help_text=_("For example: closed since the list was made."),
        max_length=300,
    )


class PeopleForm(GovForm, forms.Form):
    """Everybody in a sampled unit who can be drawn, one a line."""

    people = forms.CharField(
        label=_("Everybody who can be drawn, one a line"),
        help_text=_("Name; e-mail; phone. Or numbers only, where names must not leave the school. Paste from Excel."),
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=60_000,
    )

    @property
    def changes(self) -> dict[str, Any]:
        """The list, line by line."""
        lines = [line for line in self.cleaned_data["people"].splitlines() if line.strip()]
        parts = [[part.strip() for part in line.replace("\t", ";").split(";")] for line in lines]
        keys = ("name", "email", "phone")
        return {"people": [dict(zip(keys, line, strict=False)) for line in parts]}


class SizeForm(GovForm, forms.Form):
    """What somebody wants to know, how exactly, and what they expect."""

    margin = FloatField(
        label=_("How exact must a result be?"),
        help_text=_("In percentage points either way: 5 means that 40% may be 35% to 45%."),
        min_value=0.1,
        max_value=40,
        initial=5,
        percent=True,
    )
    confidence = forms.TypedChoiceField(
        label=_("How sure must you be?"), choices=CONFIDENCES, coerce=float, initial=0.95
    )
    proportion = FloatField(
        label=_("Which share do you expect to say yes?"),
        help_text=_("In percent. Leave 50 where you do not know: it is the safest."),
        min_value=1,
        max_value=99,
        initial=50,
        percent=True,
    )
    response = FloatField(
        label=_("How many of a hundred will answer?"),
        min_value=1,
        max_value=100,
        initial=70,
        percent=True,
    )
    take = WholeField(
        label=_("How many do you invite in each school?"),
        help_text=_("Leave it empty where people are drawn one by one."),
        min_value=1,
        max_value=1000,
        required=False,
    )
    icc = FloatField(
        label=_("How alike are people of one school?"),
        help_text=_("From 0 (not at all) to 1 (all the same). Teachers of one school: often 0.05 to 0.2."),
        min_value=0,
        max_value=1,
        initial=0.1,
    )
    population = WholeField(
        label=_("How many people are there in all?"),
        help_text=_("Leave it empty where there are very many."),
        min_value=1,
        max_value=10**9,
        required=False,
    )
    groups = forms.CharField(
        label=_("Groups that need a result of their own, one a line"),
        help_text=_("For example: North; 12000. Each group then needs a sample of its own."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_groups(self) -> dict[str, int | None]:
        """The groups with how many people each has; nothing where a line gives no number."""
        found: dict[str, int | None] = {}
        for line in self.cleaned_data["groups"].splitlines():
            name, _mark, number = (part.strip() for part in line.partition(";"))
            if not name:
                continue
            people = typed.whole(number)
            if number and (people is None or people < 0):
                words = gettext("Write a whole number behind “%(name)s”, not “%(number)s”")
                raise forms.ValidationError(words % {"name": name, "number": number})
            found[name] = people or None
        if len(found) > GROUPS:
            raise forms.ValidationError(gettext("Name at most %(most)d groups") % {"most": GROUPS})
        return found

    @property
    def survey(self) -> sampling.Survey:
        """What is assumed."""
        data = self.cleaned_data
        return sampling.Survey(
            spread=sampling.spread_of(data["proportion"] / 100),
            confidence=data["confidence"],
            icc=data["icc"] if data["take"] else 0,
            take=data["take"],
            response=data["response"] / 100,
            population=data["population"],
        )
