"""What we accept about those who are asked: a list of them, how they are reached, what came of a try."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats import unit_list
from learnin.assessment.formats.unit_list import Meaning
from learnin.assessment.models import Attempt, Enumerator, Invitation
from learnin.kit import languages, written
from learnin.kit.forms import GovForm

Disposition = Invitation.Disposition
KEYS = ("name", "email", "phone", "language")
ENDED = (Disposition.REFUSAL, Disposition.NON_CONTACT, Disposition.OTHER, Disposition.NOT_ELIGIBLE, Disposition.UNKNOWN)
TRIES = (Attempt.Channel.PHONE, Attempt.Channel.VISIT, Attempt.Channel.LETTER, Attempt.Channel.SMS)


class PeopleForm(GovForm, forms.Form):
    """Everybody who is asked, pasted or as a file."""

    people = forms.CharField(
        label=_("Everybody who is asked, one a line"),
        help_text=_("Name; e-mail; phone; language. Paste from Excel."),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=400_000,
        required=False,
    )
    file = forms.FileField(
        label=_("Or a file"),
        help_text=_("Excel or CSV with headings above the columns, such as Name, E-mail, Phone, Language."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """One of the two, and somebody in it."""
        data = super().clean() or self.cleaned_data
        data["found"] = self._from_file(data["file"]) if data.get("file") else self._pasted(data.get("people", ""))
        if not data["found"] and not self.errors:
            self.add_error("people", gettext("Paste a list, or choose a file"))
        return data

    def _pasted(self, text: str) -> list[dict[str, str]]:
        lines = [line.replace("\t", ";").split(";") for line in text.splitlines() if line.strip()]
        return [dict(zip(KEYS, (part.strip() for part in line), strict=False)) for line in lines]

    def _from_file(self, file: Any) -> list[dict[str, str]]:
        try:
            found = unit_list.read(file.read(), file.name)
        except unit_list.Unreadable:
            self.add_error("file", gettext("This file is no list. Save it as Excel or CSV, with headings."))
            return []
        meant = unit_list.guess(found.headings)
        wanted = {key: meant[Meaning(key)] for key in KEYS if Meaning(key) in meant}
        if not {"name", "email", "phone"} & set(wanted):
            self.add_error("file", gettext("No heading says Name, E-mail or Phone. Write them above the columns."))
            return []
        columns = {key: found.column(heading) for key, heading in wanted.items()}
        return [{key: columns[key][at] for key in columns} for at in range(len(found.rows))]

    @property
    def changes(self) -> dict[str, Any]:
        """The list, line by line."""
        return {"people": self.cleaned_data["found"]}


class AskedForm(GovForm, forms.Form):
    """Which of those who are asked are shown."""

    words = forms.CharField(label=_("Name"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("All")), ("waiting", _("Without an answer")), ("answered", _("Answered"))],
        required=False,
    )


class StratumForm(GovForm, forms.Form):
    """One stratum of those that have somebody without an answer."""

    stratum = forms.ChoiceField(label=_("Stratum"))

    def __init__(self, *args: Any, strata: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stratum"].choices = [(name, name) for name in strata]  # type: ignore[attr-defined]


class ContactForm(GovForm, forms.Form):
    """How somebody is reached."""

    name = forms.CharField(label=_("Name"), max_length=300, required=False)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=60, required=False)
    language = forms.ChoiceField(label=_("Language of the letters"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = [(one.code, one.endonym) for one in languages.interface()]
        self.fields["language"].choices = [("", gettext("The country's")), *spoken]  # type: ignore[attr-defined]


class AttemptForm(GovForm, forms.Form):
    """A try to reach somebody, and what came of it."""

    channel = forms.ChoiceField(label=_("By which way?"), choices=[(one.value, one.label) for one in TRIES])
    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[
            ("", _("Nothing yet: try again")),
            *((one.value, one.label) for one in (*ENDED, Disposition.PARTIAL)),
        ],
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Note"), help_text=_("For example: call after 16:00."), max_length=500, required=False
    )


class CallForm(AttemptForm):
    """A call, and what came of it."""

    channel = None  # type: ignore[assignment]

    @property
    def changes(self) -> dict[str, Any]:
        """A try by phone."""
        return self.cleaned_data | {"channel": Attempt.Channel.PHONE}


class ReplaceForm(GovForm, forms.Form):
    """Why a reserve stands in."""

    disposition = forms.ChoiceField(
        label=_("What became of the unit?"),
        choices=[(one.value, one.label) for one in ENDED if one != Disposition.UNKNOWN],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label=_("Why can the unit not take part?"), help_text=_("For example: closed since the list was made."),
        max_length=300,
    )  # fmt: skip


class AssignForm(GovForm, forms.Form):
    """Who visits which areas."""

    enumerator = forms.ChoiceField(label=_("Enumerator"), required=False)
    areas = forms.MultipleChoiceField(
        label=_("Areas"), help_text=_("Only invitations without an answer are given."),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self, *args: Any, enumerators: Sequence[Enumerator], areas: Sequence[tuple[str, int]], **kwargs: Any
    ) -> None:
        self.enumerators = {str(one.pk): one for one in enumerators if not one.revoked_at}
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["enumerator"].choices = [
            ("", gettext("Nobody")),
            *((key, one.name) for key, one in self.enumerators.items()),
        ]
        of["areas"].choices = [
            (name, f"{name or gettext('Without an area')} ({written.number(n)})") for name, n in areas
        ]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        data = self.cleaned_data
        return {"enumerator": self.enumerators.get(data["enumerator"]), "areas": data["areas"]}


class EntryForm(GovForm, forms.Form):
    """A workbook with answers."""

    file = forms.FileField(label=_("Workbook with answers"), help_text=_("Made from the questionnaire: .xlsx"))


class LetterForm(GovForm, forms.Form):
    """What stands on a printed letter."""

    number = forms.CharField(label=_("Number on the letter"), help_text=_("For example: 12-34"), max_length=20)
    pin = forms.CharField(label=_("PIN on the letter"), max_length=20)
