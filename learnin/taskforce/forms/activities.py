"""What we accept about regional activities, and about a country's answer."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import DateField, GovForm
from learnin.people.models import Country
from learnin.taskforce.forms.meetings import ClockField, Seats, seat_choices
from learnin.taskforce.models import ActivityCopy, RegionalActivity, Seat

State = ActivityCopy.State


class ActivityForm(GovForm, forms.Form):
    """What the region invites countries to, once for all."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=RegionalActivity.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What it is about"),
        help_text=_("What you ask of a country, in words each of them can translate."),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=8000,
    )
    answer_by = DateField(
        label=_("Last day to answer"), help_text=_("It ends at midnight in each country’s own hours.")
    )
    day = DateField(
        label=_("Day"), help_text=_("Leave it empty where nothing takes place, as in a data call."), required=False
    )
    begins = ClockField(label=_("Begins (UTC)"), required=False)
    ends = ClockField(label=_("Ends (UTC)"), required=False)
    place = forms.CharField(label=_("Place or link"), max_length=500, required=False)
    paper = forms.FileField(label=_("Paper"), required=False)

    def clean(self) -> dict[str, Any]:
        """What takes place has a day and a time, and ends after it begins."""
        data = super().clean() or self.cleaned_data
        day, begins, ends = data.get("day"), data.get("begins"), data.get("ends")
        if day and not begins and "begins" not in self.errors:
            self.add_error("begins", gettext("Write when it begins"))
        if begins and not day and "day" not in self.errors:
            self.add_error("day", gettext("Write on which day it begins"))
        if begins and ends and ends <= begins:
            self.add_error("ends", gettext("It must end after it begins, %(time)s") % {"time": f"{begins:%H:%M}"})
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: moments instead of a day and two times."""
        data = dict(self.cleaned_data)
        day, begins, ends = data.pop("day"), data.pop("begins"), data.pop("ends")
        paper = data.pop("paper")
        return data | {
            "starts_at": datetime.combine(day, begins, tzinfo=UTC) if day else None,
            "ends_at": datetime.combine(day, ends, tzinfo=UTC) if day and ends else None,
            "paper": paper,
            "paper_name": paper.name if paper else "",
        }


def as_written(activity: RegionalActivity) -> dict[str, Any]:
    """An activity in the boxes of its form."""
    plain = {key: getattr(activity, key) for key in ("title", "kind", "text", "answer_by", "place")}
    begins = activity.starts_at.astimezone(UTC) if activity.starts_at else None
    ends = activity.ends_at.astimezone(UTC) if activity.ends_at else None
    times = {"day": begins and begins.date(), "begins": begins and begins.time(), "ends": ends and ends.time()}
    return plain | times


class SendForm(GovForm, forms.Form):
    """Which countries get a copy."""

    countries = forms.MultipleChoiceField(label=_("Countries"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, places: list[Country], **kwargs: Any) -> None:
        self.places = {place.pk: place for place in places}
        kwargs.setdefault("initial", {"countries": [place.pk for place in places if not place.is_example]})
        super().__init__(*args, **kwargs)
        self.fields["countries"].choices = [(place.pk, place.name) for place in places]  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """The chosen countries themselves."""
        return {"countries": [self.places[code] for code in self.cleaned_data["countries"]]}


class CancelForm(GovForm, forms.Form):
    """Why an activity is called off."""

    because = forms.CharField(
        label=_("Why is it cancelled?"), help_text=_("Every invited country reads this."), max_length=500
    )


class AnswerForm(GovForm, forms.Form):
    """Whether the country takes part."""

    state = forms.ChoiceField(
        label=_("Does your country take part?"),
        widget=forms.RadioSelect,
        choices=[(State.PLANNED.value, _("Yes, we take part")), (State.DECLINED.value, _("No, we cannot take part"))],
        error_messages={"required": _("Choose one of the answers")},
    )
    reason = forms.CharField(
        label=_("If not, why?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False
    )

    def clean(self) -> dict[str, Any]:
        """Whoever declines says why."""
        data = super().clean() or self.cleaned_data
        if data.get("state") == State.DECLINED and not data.get("reason", "").strip():
            self.add_error("reason", gettext("Say why your country cannot take part"))
        return data


class AdaptForm(GovForm, forms.Form):
    """The country's own wording, seat and plan."""

    title = forms.CharField(label=_("Title in your language"), max_length=200, required=False)
    text = forms.CharField(
        label=_("Text for your country"), widget=forms.Textarea(attrs={"rows": 8}), max_length=8000, required=False
    )
    seat = forms.ChoiceField(label=_("Who prepares it?"), required=False)
    note = forms.CharField(
        label=_("Plan"),
        help_text=_("For example: two teachers come, one slide from us."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, seats: Seats, **kwargs: Any) -> None:
        self.known = {str(seat.pk): seat for seat, _name in seats}
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = seat_choices(seats, empty=gettext("Nobody yet"))  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """The seat itself instead of its number."""
        seat: Seat | None = self.known.get(self.cleaned_data["seat"])
        return self.cleaned_data | {"seat": seat}


class EvidenceForm(GovForm, forms.Form):
    """What the country did."""

    evidence = forms.CharField(
        label=_("What was done?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=4000, required=False
    )
    file = forms.FileField(label=_("File"), required=False)

    @property
    def changes(self) -> dict[str, Any]:
        """The file with its name."""
        file = self.cleaned_data["file"]
        return self.cleaned_data | {"file_name": file.name if file else ""}


class ReopenForm(GovForm, forms.Form):
    """Until when a country may answer again."""

    until = DateField(label=_("Last day to answer"), help_text=_("It ends at midnight in the country’s own hours."))


class KindForm(GovForm, forms.Form):
    """Which activities to show."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", gettext("Every kind")), *RegionalActivity.Kind.choices]  # type: ignore[attr-defined]
