"""What we accept about actions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import DateField, GovForm
from learnin.taskforce.forms.meetings import ComponentsField, Seats, component_choices, seat_choices
from learnin.taskforce.models import ActionPoint, AgendaItem


class SeatForm(GovForm, forms.Form):
    """A form that asks for a seat and hands over the seat itself."""

    seat = forms.ChoiceField(label=_("Who does it?"))

    def __init__(self, *args: Any, seats: Seats, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats = list(seats)
        self.by_pk = {str(seat.pk): seat for seat, _name in seats}
        self.fields["seat"].choices = seat_choices(seats)  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the seat itself."""
        return dict(self.cleaned_data) | {"seat": self.by_pk[self.cleaned_data["seat"]]}


class ActionForm(SeatForm):
    """Who does what by when."""

    text = forms.CharField(
        label=_("What needs doing?"), help_text=_("Start with a verb: call, write, send."), max_length=500
    )
    due_on = DateField(label=_("When is it due?"), help_text=_("For example, 1 12 2026"))
    item = forms.ChoiceField(label=_("Item of the agenda"), required=False)
    priority = forms.ChoiceField(
        label=_("Priority"),
        choices=ActionPoint.Priority.choices,
        widget=forms.RadioSelect,
        initial=ActionPoint.Priority.NORMAL,
    )
    components = ComponentsField()

    field_order = ("text", "seat", "due_on", "item", "priority", "components")

    def __init__(self, *args: Any, items: Iterable[AgendaItem] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {str(one.pk): one for one in items}
        if self.items:
            named = [(pk, f"{one.position}. {one.title}") for pk, one in self.items.items()]
            self.fields["item"].choices = [("", gettext("None of them")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["item"]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the seat and the item themselves."""
        return super().changes | {"item": self.items.get(self.cleaned_data.get("item", ""))}


class CompleteForm(GovForm, forms.Form):
    """What was done."""

    outcome = forms.CharField(
        label=_("What was done?"),
        help_text=_("So that a reader who was not there understands it."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    file = forms.FileField(label=_("A file that shows it"), required=False)

    def __init__(self, *args: Any, needs_file: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if needs_file:
            self.fields["file"].help_text = gettext("This action has high priority: it needs a file as proof.")

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the file and its name."""
        file = self.cleaned_data["file"]
        return {"outcome": self.cleaned_data["outcome"], "file": file, "file_name": file.name if file else ""}


class DropForm(GovForm, forms.Form):
    """Why an action is given up."""

    why = forms.CharField(label=_("Why is it dropped?"), max_length=500)


class ChangeForm(SeatForm):
    """Another seat or another day, and why."""

    due_on = DateField(label=_("When is it due?"))
    why = forms.CharField(label=_("Why does it change?"), max_length=500)


STATES = (
    ("open", _("Open")),
    ("late", _("Late")),
    ("done", _("Done")),
    ("dropped", _("Dropped")),
    ("all", _("All")),
)


class WantedForm(GovForm, forms.Form):
    """Which actions one wants to see."""

    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    seat = forms.ChoiceField(label=_("Owner"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, seats: Seats, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = seat_choices(seats, empty=gettext("Everybody"))  # type: ignore[attr-defined]
        self.fields["component"].choices = [("", gettext("All")), *component_choices()]  # type: ignore[attr-defined]
