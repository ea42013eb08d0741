"""Forms of the mandate, the hand-over and the links."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from learnin.kit.forms import DateField, GovForm
from learnin.programme import reader
from learnin.taskforce.models import Seat, TaskForce
from learnin.taskforce.queries import mandate as queries


class EvidenceForm(GovForm, forms.Form):
    """One thing that shows work on a mandate point."""

    mandate_point = forms.ChoiceField(label=_("Mandate point"))
    record = forms.ChoiceField(
        label=_("What shows it"), help_text=_("What happened in this task force, the newest first."), required=False
    )
    file = forms.FileField(label=_("Or a file"), help_text=_("PDF, Word, Excel or a picture."), required=False)
    note = forms.CharField(label=_("What it shows, in a few words"), max_length=300, required=False)
    on_day = DateField(
        label=_("Day"), help_text=_("Leave it empty for the day it happened; for a file, today."), required=False
    )

    def __init__(self, *args: Any, task_force: TaskForce, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        points = [(one.id, one.name) for one in reader.current().mandate_points]
        self.fields["mandate_point"].choices = points  # type: ignore[attr-defined]
        self.offered: dict[str, tuple[str, queries.Record]] = {}
        groups: list[tuple[Any, Any]] = [("", _("Nothing chosen"))]
        for kind, found in queries.records(task_force).items():
            keys = {f"{kind}:{record.pk}": record for record in found}
            self.offered |= {key: (kind, record) for key, record in keys.items()}
            if keys:
                groups.append((queries.KINDS[kind], [(key, _short(record)) for key, record in keys.items()]))
        self.fields["record"].choices = groups  # type: ignore[attr-defined]

    @property
    def evidence(self) -> dict[str, Any]:
        """What the operation wants: the record under its kind, the file with its name."""
        data = dict(self.cleaned_data)
        chosen = data.pop("record")
        if chosen:
            kind, record = self.offered[chosen]
            data[kind] = record
        if data["file"]:
            data["file_name"] = data["file"].name
        return data


def _short(record: queries.Record) -> str:
    """A name that fits into a list to choose from."""
    name = queries.name_of(record)
    return name if len(name) <= 100 else f"{name[:99]}…"


class OwnersForm(GovForm, forms.Form):
    """Which seat looks after each mandate point."""

    def __init__(self, *args: Any, task_force: TaskForce, **kwargs: Any) -> None:
        held = queries.owners(task_force)
        super().__init__(*args, initial={point: seat.pk for point, seat in held.items()}, **kwargs)
        seats = task_force.seats.filter(closed_on=None).order_by("number")
        for point in reader.current().mandate_points:
            self.fields[point.id] = forms.ModelChoiceField(
                label=point.name, queryset=seats, required=False, empty_label=_("Nobody yet")
            )

    @property
    def owners(self) -> dict[str, Seat | None]:
        """The chosen seat of each point."""
        return dict(self.cleaned_data)


class HandOverForm(GovForm, forms.Form):
    """A task, who takes it over, and what must be true first."""

    text = forms.CharField(label=_("Task"), max_length=300)
    goes_to = forms.CharField(
        label=_("Goes to"), help_text=_("The institution or unit that takes it over for good."), max_length=200
    )
    condition = forms.CharField(label=_("What must be true first"), max_length=300)


class MetForm(GovForm, forms.Form):
    """The task was taken over."""

    on = DateField(label=_("Taken over on"))
    proof = forms.CharField(label=_("What shows it"), help_text=_("A decision, an order, a letter."), max_length=300)


class EndForm(GovForm, forms.Form):
    """The end of the task force, confirmed."""

    on = DateField(label=_("Last day of the task force"))
    is_sure = forms.BooleanField(label=_("Every task is in other hands, and the task force ends"))
