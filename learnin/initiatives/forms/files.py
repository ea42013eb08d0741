"""What we accept about files of initiatives."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.fivew_words import HEADINGS
from learnin.initiatives.formats.fivew import Column, ColumnMapping, Meaning, Use
from learnin.initiatives.forms.listing import WantedForm
from learnin.initiatives.models import ExportFormat, ImportedRecord
from learnin.kit import languages
from learnin.kit.forms import GovForm
from learnin.people.models import Country
from learnin.programme import reader

ONCE = frozenset(Meaning) - frozenset(
    {
        Meaning.OTHER_IDENTIFIER, Meaning.FUNDER, Meaning.ACCOUNTABLE, Meaning.EXTENDING, Meaning.IMPLEMENTER,
        Meaning.PLACE, Meaning.SECTOR, Meaning.THEME, Meaning.AUDIENCE, Meaning.COMPONENT, Meaning.ISCED, Meaning.SDG,
        Meaning.PLANNED_PART, Meaning.REACHED_PART, Meaning.LINK, Meaning.RELATED,
    }
)  # fmt: skip
"""Meanings (with their language or audience) that one column alone can have."""
IN_LANGUAGE = (Meaning.TITLE, Meaning.DESCRIPTION)
OF_AUDIENCE = (Meaning.PLANNED, Meaning.REACHED)


class FileForm(GovForm, forms.Form):
    """A file of initiatives."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A 5W table (Excel or CSV), or IATI activities (XML). Nothing comes in before you have seen it."),
    )

    @property
    def changes(self) -> dict[str, Any]:
        """The file with its name."""
        return self.cleaned_data | {"file_name": self.cleaned_data["file"].name}


class SheetForm(GovForm, forms.Form):
    """Which sheet of a workbook somebody looks at."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)

    def __init__(self, *args: Any, sheets: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(one, one) for one in sheets]  # type: ignore[attr-defined]


class ColumnsForm(GovForm, forms.Form):
    """What each column of a table means, and what holds where no column tells it."""

    language = forms.ChoiceField(label=_("Language of titles and descriptions"), required=False)
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Currency"),
        help_text=_("Its code, such as EUR, where no column names it."),
        required=False,
        error_messages={"invalid": _("Write the three letters of the currency, such as EUR")},
    )
    day_first = forms.ChoiceField(
        label=_("How days such as 03/04/2024 are written"),
        choices=[("", _("As the columns show")), ("yes", _("Day first: 3 April")), ("no", _("Month first: 4 March"))],
        required=False,
    )

    def __init__(self, *args: Any, columns: Sequence[Column], mapping: ColumnMapping, country: Country, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.columns, self.country, self.sheet = columns, country, mapping.sheet
        every = dict.fromkeys([*country.official_languages, *languages.SPOKEN, mapping.language])
        codes = [code for code in every if code]
        spoken = [("", gettext("A column says it, or nothing does"))]
        spoken += [(code, languages.language_name(code)) for code in codes]
        self.fields["language"].choices = spoken  # type: ignore[attr-defined]
        self.initial = {
            "language": mapping.language,
            "currency": mapping.currency,
            "day_first": {None: "", True: "yes", False: "no"}[mapping.day_first],
        }
        for at, column in enumerate(columns):
            chosen = str(mapping.columns[column.heading]) if column.heading in mapping.columns else ""
            self.fields[f"column-{at}"] = forms.ChoiceField(
                label=column.heading, choices=_meanings(codes, chosen), required=False, initial=chosen
            )

    @property
    def rows(self) -> list[tuple[Column, Any]]:
        """Each column with the box that says what it means."""
        return [(column, self[f"column-{at}"]) for at, column in enumerate(self.columns)]

    @property
    def rest(self) -> list[Any]:
        """The boxes of what holds for all rows."""
        return [self["language"], self["currency"], self["day_first"]]

    def clean(self) -> dict[str, Any]:
        """One column for each meaning that can have one only, and a title or an identifier."""
        data = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for at, column in enumerate(self.columns):
            said = data.get(f"column-{at}", "")
            if said in taken and Use.of(said).meaning in ONCE:
                words = gettext("“%(column)s” already means this")
                self.add_error(f"column-{at}", words % {"column": taken[said]})
            elif said:
                taken[said] = column.heading
        if not {Use.of(said).meaning for said in taken} & {Meaning.TITLE, Meaning.IDENTIFIER}:
            self.add_error(None, gettext("Say which column holds the title of the initiative, or its identifier."))
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """The mapping that was said."""
        data = self.cleaned_data
        said = {column.heading: data[f"column-{at}"] for at, column in enumerate(self.columns)}
        columns = {heading: Use.of(use) for heading, use in said.items() if use}
        day_first = {"": None, "yes": True, "no": False}[data["day_first"]]
        found = ColumnMapping(columns, "", data["currency"].upper(), data["language"], day_first, self.sheet)
        return {"mapping": found}


def _meanings(codes: Sequence[str], chosen: str) -> list[tuple[str, str]]:
    """What a column can mean, in words; for texts also in which language, for people also of which audience."""
    found = [("", gettext("Nothing that we keep"))]
    for meaning, heading in HEADINGS.items():
        found.append((str(meaning), str(heading)))
        if meaning in IN_LANGUAGE:
            found += [_detailed(meaning, code, languages.language_name(code)) for code in codes]
        if meaning in OF_AUDIENCE:
            found += [_detailed(meaning, one.id, one.name) for one in reader.current().items("audience")]
    if chosen not in dict(found):
        use = Use.of(chosen)
        found.append((chosen, f"{HEADINGS[use.meaning]} ({use.detail})"))
    return found


def _detailed(meaning: Meaning, detail: str, name: str) -> tuple[str, str]:
    return str(Use(meaning, detail)), f"{HEADINGS[meaning]} ({name})"


class RegionsForm(GovForm, forms.Form):
    """Whether what is of a whole region comes in too."""

    take = forms.TypedChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No"))], coerce=lambda said: said == "yes", label=_("Of a whole region")
    )


class ChoicesForm(GovForm, forms.Form):
    """Who wins, record by record, where a file and somebody here differ."""

    all = forms.ChoiceField(
        label=_("For all that are not decided"),
        choices=[("", _("Ask me one by one")), *ImportedRecord.Choice.choices[1:]],
        required=False,
    )

    def __init__(self, *args: Any, records: Sequence[ImportedRecord], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = records
        for one in records:
            self.fields[f"record-{one.pk}"] = forms.ChoiceField(
                label=str(one),
                choices=[(value, label) for value, label in ImportedRecord.Choice.choices if value],
                widget=forms.RadioSelect,
                required=False,
                initial=one.choice,
            )

    @property
    def rows(self) -> list[tuple[ImportedRecord, Any]]:
        """Each record with its box."""
        return [(one, self[f"record-{one.pk}"]) for one in self.records]

    @property
    def changes(self) -> dict[str, Any]:
        """The decisions that were made."""
        said = {one.pk: self.cleaned_data[f"record-{one.pk}"] for one in self.records}
        return {"choices": {pk: choice for pk, choice in said.items() if choice}, "rest": self.cleaned_data["all"]}


class ProblemsForm(GovForm, forms.Form):
    """Which problems somebody looks for."""

    level = forms.ChoiceField(
        label=_("What they do"),
        choices=[
            ("", _("All")),
            ("error", _("The initiative stays out")),
            ("warning", _("It comes in without what is doubtful")),
        ],
        required=False,
    )


class TakeForm(WantedForm):
    """Which initiatives somebody takes along, and as what."""

    format = forms.ChoiceField(
        label=_("Kind of file"), choices=ExportFormat.choices, widget=forms.RadioSelect, initial=ExportFormat.FIVEW
    )
