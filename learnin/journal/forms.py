"""What the journal's pages accept."""

from typing import IO, Any, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.journal.models import Job, Mail, NoticePreference
from learnin.journal.queries.entries import Choices
from learnin.kit import files, languages
from learnin.kit.forms import GovForm
from learnin.people.models import Country
from learnin.programme import reader


def _calendar() -> forms.DateInput:
    """One box with the browser's own calendar: three boxes are too many in a row of filters."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LinesForm(GovForm, forms.Form):
    """Which lines of the journal to show."""

    by = forms.ChoiceField(label=gettext_lazy("Who"), required=False)
    verb = forms.ChoiceField(label=gettext_lazy("What happened"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("On what"), required=False)
    since = forms.DateField(label=gettext_lazy("From"), required=False, widget=_calendar())
    until = forms.DateField(label=gettext_lazy("Until"), required=False, widget=_calendar())

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, every in (("by", _("Everybody")), ("verb", _("Everything")), ("kind", _("Everything"))):
            self.fields[name].choices = [("", every), *getattr(choices, name)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The first day does not come after the last."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first. Swap the two days."))
        return cleaned


class DocumentForm(GovForm, forms.Form):
    """A document that comes in."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    language = forms.ChoiceField(label=gettext_lazy("Language of the document"))
    theme = forms.ChoiceField(label=gettext_lazy("Theme"), required=False)
    file = forms.FileField(label=gettext_lazy("File"), max_length=None)

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [*country.official_languages, "en", *languages.SPOKEN]
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            (code, languages.language_name(code)) for code in dict.fromkeys(spoken)
        ]
        themes = [(item.id, item.name) for item in reader.current().items("theme")]
        self.fields["theme"].choices = [("", _("No theme")), *themes]  # type: ignore[attr-defined]
        self.fields["file"].help_text = _("At most %(limit)s MB: %(known)s.") % {
            "limit": settings.FILE_LIMIT_MB,
            "known": ", ".join(sorted(ending.lstrip(".") for ending in files.TYPES)),
        }

    def clean_file(self) -> UploadedFile:
        """A file of a kind and size that we take."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            files.check(cast(IO[bytes], file.file), file.name or "", limit_mb=settings.FILE_LIMIT_MB)
        except files.FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return file


class DigestForm(GovForm, forms.Form):
    """How often letters with news come."""

    digest = forms.ChoiceField(
        label=gettext_lazy("Letters with news"), choices=NoticePreference.Digest.choices, widget=forms.RadioSelect
    )


class JobsForm(GovForm, forms.Form):
    """Which jobs to show."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *Job.State.choices]
    )


class LettersForm(GovForm, forms.Form):
    """Which letters of the outbox to show."""

    words = forms.CharField(label=gettext_lazy("Address or subject"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *Mail.State.choices]
    )
