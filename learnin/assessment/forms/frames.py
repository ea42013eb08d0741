"""What we accept about a list of units."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats.unit_list import Column, Meaning
from learnin.assessment.queries.frames import Preview, Remembered
from learnin.kit import written
from learnin.kit.forms import GovForm

MEANINGS: Mapping[Meaning, Any] = {
    Meaning.NAME: _("Name"),
    Meaning.CODE: _("Code"),
    Meaning.STATUS: _("Status: at work or closed"),
    Meaning.SIZE: _("Size: pupils or places"),
    Meaning.SECONDS: _("Number of people to choose from, such as teachers"),
    Meaning.AREA: _("Area"),
    Meaning.LANGUAGE: _("Language of the unit"),
    Meaning.EMAIL: _("E-mail address"),
    Meaning.PHONE: _("Phone"),
    Meaning.ADDRESS: _("Postal address"),
}


class ListForm(GovForm, forms.Form):
    """A list as a file."""

    title = forms.CharField(
        label=_("Name of the list"), help_text=_("For example: Register of schools, 2026."), max_length=200
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel or CSV. One row for each unit, and one row of headings above them, in any language."),
    )

    @property
    def changes(self) -> dict[str, Any]:
        """The file with its name."""
        return self.cleaned_data | {"file_name": self.cleaned_data["file"].name}


class ColumnsForm(GovForm, forms.Form):
    """What the columns of a list mean."""

    def __init__(self, *args: Any, columns: Sequence[Column], remembered: Remembered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        headings = [(one.heading, one.heading) for one in columns]
        for meaning, label in MEANINGS.items():
            self.fields[meaning] = forms.ChoiceField(
                label=label,
                choices=[("", gettext("The list does not say")), *headings],
                required=meaning is Meaning.NAME,
                initial=remembered.mapping.get(meaning, ""),
                error_messages={"required": _("Choose the column with the names of the units")},
            )
        self.fields["strata"] = forms.MultipleChoiceField(
            label=_("Columns that make strata"),
            help_text=_("Each combination of their values becomes a stratum. Only columns with few values can."),
            choices=[(one.heading, _with_values(one)) for one in columns if one.can_make_strata],
            required=False,
            initial=[*remembered.strata],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        """One column means one thing."""
        data = super().clean() or self.cleaned_data
        meant: dict[str, str] = {}
        for meaning in MEANINGS:
            heading = data.get(meaning)
            if heading and heading in meant:
                words = gettext("“%(column)s” already means: %(meaning)s")
                self.add_error(meaning, words % {"column": heading, "meaning": MEANINGS[Meaning(meant[heading])]})
            elif heading:
                meant[heading] = meaning
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """The columns by what they mean."""
        mapping = {str(meaning): self.cleaned_data[meaning] for meaning in MEANINGS if self.cleaned_data[meaning]}
        return {"mapping": mapping, "strata": self.cleaned_data["strata"]}


def _with_values(column: Column) -> str:
    words = gettext("%(column)s (%(n)d values: %(some)s …)")
    some = ", ".join(value for value, _n in column.values[:3])
    return words % {"column": column.heading, "n": len(column.values), "some": some}


class UnitsForm(GovForm, forms.Form):
    """Which units are not at work, and which values count as one."""

    def __init__(self, *args: Any, preview: Preview, remembered: Remembered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.layers = preview.layers
        if preview.statuses:
            self.fields["closed"] = forms.MultipleChoiceField(
                label=_("Which of these are not at work?"),
                help_text=_("They are set aside and can never be drawn."),
                choices=[(value, f"{value} ({written.number(n)})") for value, n in preview.statuses],
                initial=preview.not_at_work,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        for at, layer in enumerate(preview.layers):
            same = remembered.groups.get(layer.heading, {})
            for number, (value, _n) in enumerate(layer.values):
                self.fields[f"group-{at}-{number}"] = forms.CharField(
                    label=value, initial=same.get(value, value), max_length=100
                )

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The boxes of each strata column."""
        return [
            (layer.heading, [self[f"group-{at}-{number}"] for number in range(len(layer.values))])
            for at, layer in enumerate(self.layers)
        ]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        groups = {
            layer.heading: {
                value: self.cleaned_data[f"group-{at}-{number}"] for number, (value, _n) in enumerate(layer.values)
            }
            for at, layer in enumerate(self.layers)
        }
        return {"closed": self.cleaned_data.get("closed", []), "groups": groups}
