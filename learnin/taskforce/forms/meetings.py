"""What we accept about meetings: their plan, agenda, attendance and decisions."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import DateField, GovForm
from learnin.kit.number_boxes import WholeField
from learnin.programme import reader
from learnin.taskforce.models import AgendaItem, Attendance, Decision, Invitee, Meeting, Seat, Sitting

Seats = Iterable[tuple[Seat, str]]


class ClockField(forms.TimeField):
    """A time of day, as the country's clocks show it."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    default_error_messages = {"invalid": _("Write the time like 10:30")}


def seat_choices(seats: Seats, *, empty: str = "") -> list[tuple[str, str]]:
    """Seats to choose from, by who sits there."""
    named = [(str(seat.pk), f"{name}, {seat.title}" if name else seat.title) for seat, name in seats]
    return [("", empty), *named] if empty else named


def component_choices() -> list[tuple[str, str]]:
    """The components of the programme."""
    return [(one.id, str(one.name)) for one in reader.current().components]


class ComponentsField(forms.MultipleChoiceField):
    """The components something is about."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Components"))
        super().__init__(required=False, choices=component_choices, **kwargs)


class MeetingForm(GovForm, forms.Form):
    """Where and when, and what it is about."""

    title = forms.CharField(
        label=_("What is the meeting about?"), help_text=_("For example: First findings."), max_length=200
    )
    day = DateField(label=_("Day"))
    begins = ClockField(label=_("Begins"))
    ends = ClockField(label=_("Ends"))
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    online_url = forms.URLField(label=_("Link to join"), max_length=500, required=False, assume_scheme="https")
    guests = forms.CharField(
        label=_("Guests"), help_text=_("Who comes without a seat."), max_length=500, required=False
    )

    def __init__(self, *args: Any, zone: ZoneInfo, meeting: Meeting | None = None, **kwargs: Any) -> None:
        self.zone = zone
        if meeting:
            kwargs["initial"] = self.as_written(meeting)
        super().__init__(*args, **kwargs)

    def as_written(self, meeting: Meeting) -> dict[str, Any]:
        """The meeting in the boxes of this form."""
        begins, ends = meeting.starts_at.astimezone(self.zone), meeting.ends_at.astimezone(self.zone)
        plain = {key: getattr(meeting, key) for key in ("title", "place", "online_url", "guests")}
        return plain | {"day": begins.date(), "begins": begins.time(), "ends": ends.time()}

    def clean(self) -> dict[str, Any]:
        """A meeting ends on its day, after it begins."""
        data = super().clean() or self.cleaned_data
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends and ends <= begins:
            self.add_error(
                "ends", gettext("The meeting must end after it begins, %(time)s") % {"time": f"{begins:%H:%M}"}
            )
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: moments instead of a day and two times."""
        data = dict(self.cleaned_data)
        day, begins, ends = data.pop("day"), data.pop("begins"), data.pop("ends")
        return data | {"starts_at": self._at(day, begins), "ends_at": self._at(day, ends)}

    def _at(self, day: Any, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.zone)


class CancelForm(GovForm, forms.Form):
    """Why a meeting does not take place."""

    why = forms.CharField(
        label=_("Why is it cancelled?"), help_text=_("Everybody who was invited reads this."), max_length=500
    )


ANSWERS = (
    (Invitee.Answer.YES.value, _("I come")),
    (Invitee.Answer.NO.value, _("I cannot come")),
    (Invitee.Answer.MAYBE.value, _("I do not know yet")),
)


class AnswerForm(GovForm, forms.Form):
    """Whether one comes."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        widget=forms.RadioSelect,
        choices=ANSWERS,
        error_messages={"required": _("Choose one of the answers")},
    )


class ItemForm(GovForm, forms.Form):
    """An item of the agenda."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(
        label=_("What does the task force do with it?"), choices=AgendaItem.Kind.choices, widget=forms.RadioSelect
    )
    minutes_planned = WholeField(label=_("Planned minutes"), min_value=1, max_value=600, required=False)
    owner = forms.ChoiceField(label=_("Who presents it?"), required=False)
    components = ComponentsField()

    def __init__(self, *args: Any, seats: Seats, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = list(seats)
        self.by_pk = {str(seat.pk): seat for seat, _name in seats}
        self.fields["owner"].choices = seat_choices(seats, empty=gettext("Nobody yet"))  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the seat itself."""
        return dict(self.cleaned_data) | {"owner": self.by_pk.get(self.cleaned_data["owner"])}


class PaperForm(GovForm, forms.Form):
    """A paper for an item of the agenda."""

    file = forms.FileField(label=_("Paper"), help_text=_("PDF, Word, Excel or a picture."))

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the file and its name."""
        file = self.cleaned_data["file"]
        return {"file": file, "name": file.name}


class NotesForm(GovForm, forms.Form):
    """What was said."""

    notes = forms.CharField(
        label=_("Notes"), widget=forms.Textarea(attrs={"rows": 8}), max_length=20000, required=False
    )


class AttendanceForm(GovForm, forms.Form):
    """Who came, seat by seat, in one go."""

    guests = forms.CharField(label=_("Guests"), help_text=_("Who came without a seat."), max_length=500, required=False)

    def __init__(self, *args: Any, sitters: Iterable[Sitting], noted: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guests = self.fields.pop("guests")
        self.seats = {f"seat_{one.seat_id}": one.seat_id for one in sitters}
        for one in sitters:
            self.fields[f"seat_{one.seat_id}"] = forms.ChoiceField(
                label=f"{one.name}, {one.seat.title}",
                choices=Attendance.Presence.choices,
                required=False,
                initial=noted.get(one.seat_id, ""),
            )
        self.fields["guests"] = guests

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the presence of each seat."""
        presences = {pk: self.cleaned_data[name] for name, pk in self.seats.items()}
        return {"presences": presences, "guests": self.cleaned_data["guests"]}


class DecisionForm(GovForm, forms.Form):
    """What was decided, in its exact words."""

    text = forms.CharField(
        label=_("Exact text"),
        help_text=_("As it will stand in the minutes."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    item = forms.ChoiceField(label=_("Item of the agenda"), required=False)
    method = forms.ChoiceField(
        label=_("How was it decided?"), choices=Decision.Method.choices, widget=forms.RadioSelect
    )
    votes_for = WholeField(label=_("Votes for"), min_value=0, max_value=99, required=False)
    votes_against = WholeField(label=_("Votes against"), min_value=0, max_value=99, required=False)
    abstentions = WholeField(label=_("Abstentions"), min_value=0, max_value=99, required=False)
    dissent = forms.CharField(
        label=_("Dissent"),
        help_text=_("Who did not agree, and why, if they want it written."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        required=False,
    )
    evidence = forms.CharField(
        label=_("What does it rest on?"), help_text=_("A finding, a paper, a link."), max_length=2000, required=False
    )
    components = ComponentsField()

    def __init__(self, *args: Any, items: Iterable[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.pk): one for one in items}
        named = [(pk, f"{one.position}. {one.title}") for pk, one in self.by_pk.items()]
        self.fields["item"].choices = [("", gettext("None of them")), *named]  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the item itself."""
        return dict(self.cleaned_data) | {"item": self.by_pk.get(self.cleaned_data["item"])}
