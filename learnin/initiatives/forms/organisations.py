"""What we accept about organisations."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Organisation, OrganisationType
from learnin.kit import languages
from learnin.kit.forms import GovForm
from learnin.people.models import Country, Person

MORE_NAMES = 2


class OrganisationsForm(GovForm, forms.Form):
    """Which organisations somebody looks for."""

    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    type = forms.ChoiceField(label=_("Kind"), choices=[("", _("All")), *OrganisationType.choices], required=False)


class OrganisationForm(GovForm, forms.Form):
    """Its names by language, its identifier, what kind it is and what it is part of."""

    identifier = forms.CharField(
        label=_("Identifier (org-id)"),
        help_text=_("Such as XM-DAC-41122 or RS-APR-17567012. The site org-id.guide knows them."),
        max_length=120,
        required=False,
    )
    type = forms.ChoiceField(label=_("Kind"), choices=[("", _("Not said")), *OrganisationType.choices], required=False)
    parent = forms.ChoiceField(label=_("Part of"), required=False)
    website = forms.URLField(label=_("Website"), max_length=500, required=False, assume_scheme="https")

    def __init__(
        self,
        *args: Any,
        country: Country,
        others: Iterable[Organisation],
        organisation: Organisation | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_boxes(organisation), **kwargs)
        self.by_pk = {str(one.pk): one for one in others}
        choices = [("", gettext("Nothing")), *((pk, str(one)) for pk, one in self.by_pk.items())]
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]
        names = organisation.names if organisation else {}
        acronyms = organisation.acronyms if organisation else {}
        self.kept = list(dict.fromkeys([*names, *acronyms])) or [_spoken()]
        codes = dict.fromkeys([*country.official_languages, *languages.SPOKEN, *self.kept])
        spoken = [("", gettext("Not said")), *((code, languages.language_name(code)) for code in codes if code)]
        self.lines_count = len(self.kept) + MORE_NAMES
        for number in range(self.lines_count):
            code = self.kept[number] if number < len(self.kept) else ""
            told = (code, names.get(code, ""), acronyms.get(code, "")) if number < len(self.kept) else ("", "", "")
            for (name, field), value in zip(_name_fields(spoken).items(), told, strict=True):
                field.initial = value
                self.fields[f"{name}_{number}"] = field

    @property
    def lines(self) -> list[list[Any]]:
        """The boxes of the names, language by language."""
        return [
            [self[f"{name}_{number}"] for name in ("language", "name", "acronym")] for number in range(self.lines_count)
        ]

    def clean(self) -> dict[str, Any]:
        """It needs a name, and one in each language only."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names = [f"name_{number}" for number in range(self.lines_count)]
        if not any(data.get(name) or name in self.errors for name in names):
            self.add_error("name_0", gettext("Write the name of the organisation."))
        seen: set[str] = set()
        for number in range(self.lines_count):
            if not (data.get(f"name_{number}") or data.get(f"acronym_{number}")):
                continue
            code = data.get(f"language_{number}", "")
            if code in seen:
                self.add_error(f"language_{number}", gettext("This language stands above already."))
            seen.add(code)
        return data

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        data = self.cleaned_data
        names: dict[str, str] = {}
        acronyms: dict[str, str] = {}
        for number in range(self.lines_count):
            code = data[f"language_{number}"]
            if data[f"name_{number}"]:
                names[code] = data[f"name_{number}"]
            if data[f"acronym_{number}"]:
                acronyms[code] = data[f"acronym_{number}"]
        plain = {key: data[key] for key in ("identifier", "type", "website")}
        return {**plain, "names": names, "acronyms": acronyms, "parent": self.by_pk.get(data["parent"])}


def _spoken() -> str:
    spoken = languages.language().code
    return languages.GENERATED.get(spoken, spoken)


def _name_fields(spoken: list[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        "language": forms.ChoiceField(label=_("Language"), choices=spoken, required=False),
        "name": forms.CharField(label=_("Name"), max_length=300, required=False),
        "acronym": forms.CharField(label=_("Short name"), max_length=60, required=False),
    }


def _boxes(one: Organisation | None) -> dict[str, Any]:
    if one is None:
        return {}
    return {
        "identifier": one.identifier,
        "type": one.type,
        "website": one.website,
        "parent": str(one.parent_id or ""),
    }


class MergeForm(GovForm, forms.Form):
    """Which organisation this one turned out to be."""

    kept = forms.ChoiceField(label=_("It is the same as"))

    def __init__(self, *args: Any, others: Iterable[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk = {str(one.pk): one for one in others}
        choices = [("", gettext("Choose")), *((pk, _told_apart(one)) for pk, one in self.by_pk.items())]
        self.fields["kept"].choices = choices  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the organisation itself."""
        return {"kept": self.by_pk[self.cleaned_data["kept"]]}


def _told_apart(one: Organisation) -> str:
    return f"{one} ({one.identifier})" if one.identifier else str(one)


class RepresentativeForm(GovForm, forms.Form):
    """Who looks after its initiatives."""

    person = forms.ChoiceField(label=_("Who?"), help_text=_("People of this country who may register initiatives."))

    def __init__(self, *args: Any, people: Iterable[Person], country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_pk, self.country = {str(one.pk): one for one in people}, country
        choices = [("", gettext("Choose")), *((pk, one.name) for pk, one in self.by_pk.items())]
        self.fields["person"].choices = choices  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: the person, and where they work."""
        return {"person": self.by_pk[self.cleaned_data["person"]], "country": self.country}
