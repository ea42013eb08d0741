"""What we accept about people."""

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnin.kit import languages
from learnin.kit.forms import DateField, GovForm
from learnin.people.models.persons import Level
from learnin.people.roles import Kind

NOT_SPOKEN = ("", _("Not spoken"))


def language_choices() -> list[tuple[str, str]]:
    """The interface languages, each named in itself."""
    return [(language.code, language.endonym) for language in languages.interface()]


class InviteForm(GovForm, forms.Form):
    """Who is asked, into what, and in which language."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={"invalid": _("Write an e-mail address like name@example.org")},
    )
    kind = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=language_choices)
    ends_on = DateField(
        label=_("Last day of the role"), help_text=_("Leave empty if nobody knows yet."), required=False
    )
    message = forms.CharField(
        label=_("A word to the person"),
        help_text=_("It stands in the letter. You may leave it empty."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, kinds: Iterable[Kind], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in Kind if kind in kinds]  # type: ignore[attr-defined]

    def clean_ends_on(self) -> date | None:
        """A role cannot end before it begins."""
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("The last day must be today or later."))
        return day


class AcceptForm(GovForm, forms.Form):
    """What a newcomer tells when joining."""

    name = forms.CharField(label=_("Your name"), help_text=_("As you write it yourself."), max_length=120)
    language = forms.ChoiceField(label=_("Language of your pages and letters"), choices=language_choices)
    agree = forms.BooleanField(
        label=_("I have read the privacy notice and agree"),
        error_messages={"required": _("Read the privacy notice and agree to it, to join.")},
    )


class ConsentForm(GovForm, forms.Form):
    """Agreement to the privacy notice."""

    agree = forms.BooleanField(
        label=_("I have read the privacy notice and agree"),
        error_messages={"required": _("Read the privacy notice and agree to it.")},
    )


class DetailsForm(GovForm, forms.Form):
    """A person's own details. Each language they may speak has its own line."""

    name = forms.CharField(label=_("Name"), max_length=120)
    organisation = forms.CharField(label=_("Organisation"), max_length=160, required=False)
    position = forms.CharField(label=_("Position"), max_length=160, required=False)
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("With the country code, for example +383 44 123 456."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: object, spoken: dict[str, str], offered: Iterable[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.offered = list(dict.fromkeys([*offered, *spoken]))
        for code in self.offered:
            self.fields[f"level_{code}"] = forms.ChoiceField(
                label=languages.language_name(code),
                choices=[NOT_SPOKEN, *Level.choices],
                required=False,
                initial=spoken.get(code, ""),
            )

    @property
    def details(self) -> list[forms.BoundField]:
        """Everything but the languages."""
        return [field for field in self if not field.name.startswith("level_")]

    @property
    def levels(self) -> list[forms.BoundField]:
        """One field a language."""
        return [field for field in self if field.name.startswith("level_")]

    @property
    def changes(self) -> dict:
        """What the operation wants: details as they are, languages as code -> level."""
        data = dict(self.cleaned_data)
        levels = {code: data.pop(f"level_{code}") for code in self.offered}
        return data | {"spoken": {code: level for code, level in levels.items() if level}}


class LanguageForm(GovForm, forms.Form):
    """Which language the pages speak."""

    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)


class PublicTextForm(GovForm, forms.Form):
    """What the task force is, in one language."""

    language = forms.ChoiceField(label=_("Language"), choices=language_choices, widget=forms.HiddenInput)
    about = forms.CharField(
        label=_("What the task force is"),
        help_text=_(
            "Two or three short paragraphs, without formatting. An empty text takes this language off the page."
        ),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class TokenForm(GovForm, forms.Form):
    """A key for a program of one's own."""

    name = forms.CharField(label=_("What it is for"), help_text=_("For example: R script on my laptop."), max_length=80)
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        choices=[(30, _("30 days")), (90, _("90 days")), (365, _("One year"))],
        widget=forms.RadioSelect,
        initial=90,
    )

    @property
    def last_day(self) -> date:
        """The last day on which the token works."""
        return timezone.localdate() + timedelta(days=self.cleaned_data["days"])


class FindForm(GovForm, forms.Form):
    """A name or part of it."""

    words = forms.CharField(label=_("Name or organisation"), max_length=80, required=False)
