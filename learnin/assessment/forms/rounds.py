"""What we accept about a round: its plan, and the words of its letters."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models import Assessment, Instrument, Round, Sample
from learnin.assessment.queries import letters
from learnin.kit import languages
from learnin.kit.forms import DateField, GovForm
from learnin.kit.number_boxes import WholeField

MOST_REMINDERS, LATEST_REMINDER = 5, 90


class RoundForm(GovForm, forms.Form):
    """Who is asked what, from which day to which."""

    title = forms.CharField(
        label=_("Name of the round"), help_text=_("Those who answer read it. For example: Teachers, spring 2027."),
        max_length=200,
    )  # fmt: skip
    instrument = forms.ChoiceField(label=_("Which questionnaire?"), help_text=_("Only published ones can be answered."))
    assessment = forms.ChoiceField(label=_("For which assessment?"), required=False)
    kind = forms.ChoiceField(
        label=_("Who is asked?"),
        help_text=_(
            "A probability sample speaks for everybody it was drawn from. Everybody: all are asked. "
            "An open link is not a sample: its numbers speak only for those who answered, and every page says so."
        ),
        choices=Round.Kind.choices,
        widget=forms.RadioSelect,
    )
    sample = forms.ChoiceField(label=_("Which sample?"), required=False)
    naming = forms.ChoiceField(
        label=_("Can an answer be tied to the one who was asked?"),
        help_text=_(
            "Tied: you see who answered what, and answers can be weighted and corrected. Not tied: LearnIn notes only "
            "that an invitation was used, and on which day. Nobody can find out later who said what, not even we."
        ),
        choices=Round.Naming.choices,
        initial=Round.Naming.LINKED,
        widget=forms.RadioSelect,
    )
    opens_on = DateField(label=_("First day"))
    closes_on = DateField(label=_("Last day"), help_text=_("Answers are taken until midnight in the country."))
    target = WholeField(
        label=_("How many answers do you want?"), min_value=1, max_value=10_000_000, required=False,
    )  # fmt: skip
    reminders = forms.CharField(
        label=_("Days until a reminder"),
        help_text=_("Counted from the invitation, with commas between: 7, 14. Only those without an answer get one."),
        required=False,
        max_length=60,
    )

    def __init__(
        self,
        *args: Any,
        zone: ZoneInfo,
        instruments: Sequence[Instrument],
        samples: Sequence[Sample],
        assessments: Sequence[Assessment],
        round: Round | None = None,
        **kwargs: Any,
    ) -> None:
        self.zone = zone
        self.instruments = {str(one.pk): one for one in instruments}
        self.samples = {str(one.pk): one for one in samples}
        self.assessments = {str(one.pk): one for one in assessments}
        if round is not None:
            kwargs["initial"] = self.as_written(round)
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["instrument"].choices = [(key, one.title) for key, one in self.instruments.items()]
        of["sample"].choices = [("", gettext("No sample")), *((key, one.title) for key, one in self.samples.items())]
        of["assessment"].choices = [
            ("", gettext("Not for one yet")), *((key, one.title) for key, one in self.assessments.items())
        ]  # fmt: skip

    def as_written(self, round: Round) -> dict[str, Any]:
        """The round in the boxes of this form."""
        last = round.closes_at.astimezone(self.zone) - timedelta(minutes=1)
        return {
            "title": round.title,
            "instrument": str(round.instrument_id),
            "assessment": str(round.assessment_id or ""),
            "kind": round.kind,
            "sample": str(round.sample_id or ""),
            "naming": round.naming,
            "opens_on": round.opens_at.astimezone(self.zone).date(),
            "closes_on": last.date(),
            "target": round.target,
            "reminders": ", ".join(map(str, round.reminder_days)),
        }

    def clean_reminders(self) -> list[int]:
        """The days as numbers."""
        parts = [part.strip() for part in self.cleaned_data["reminders"].replace(";", ",").split(",") if part.strip()]
        wrong = [part for part in parts if not (part.isascii() and part.isdigit() and 0 < int(part) <= LATEST_REMINDER)]
        if wrong:
            words = gettext("Write days from 1 to %(most)d with commas between, not “%(said)s”")
            raise forms.ValidationError(words % {"most": LATEST_REMINDER, "said": wrong[0]})
        if len(set(parts)) > MOST_REMINDERS:
            raise forms.ValidationError(gettext("Send at most %(most)d reminders") % {"most": MOST_REMINDERS})
        return sorted({int(part) for part in parts})

    def clean(self) -> dict[str, Any]:
        """A round ends after it begins; a sample is asked where one is drawn."""
        data = super().clean() or self.cleaned_data
        opens, closes = data.get("opens_on"), data.get("closes_on")
        if opens and closes and closes < opens:
            self.add_error("closes_on", gettext("The last day must not be before the first"))
        if data.get("kind") == Round.Kind.SAMPLE and not data.get("sample"):
            self.add_error("sample", gettext("Choose the sample that is asked"))
        return data

    def _begins(self, day: Any) -> datetime:
        return datetime.combine(day, time(), tzinfo=self.zone)

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "instrument": self.instruments[data["instrument"]],
            "assessment": self.assessments.get(data["assessment"]),
            "sample": self.samples.get(data["sample"]),
            "kind": data["kind"],
            "naming": data["naming"],
            "opens_at": self._begins(data["opens_on"]),
            "closes_at": self._begins(data["closes_on"] + timedelta(days=1)),
            "target": data["target"],
            "reminder_days": data["reminders"],
        }


class LettersForm(GovForm, forms.Form):
    """The words of the letters, in each language in which they are written."""

    def __init__(self, *args: Any, round: Round, spoken: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spoken, self.ours = spoken, {}
        for code in spoken:
            own, name = round.words.get(code, {}), languages.KNOWN[code].endonym
            with translation.override(code):
                ours = {"subject": letters.default_subject(round), "text": letters.default_text(round)}
            self.ours[code] = ours
            self.fields[f"subject-{code}"] = forms.CharField(
                label=_("Subject, in %(language)s") % {"language": name}, max_length=150, required=False,
                initial=own.get("subject") or ours["subject"],
            )  # fmt: skip
            self.fields[f"text-{code}"] = forms.CharField(
                label=_("Text, in %(language)s") % {"language": name}, max_length=4000, required=False,
                initial=own.get("text") or ours["text"], widget=forms.Textarea(attrs={"rows": 6}),
            )  # fmt: skip

    def _own(self, code: str, part: str) -> str:
        """What was written, unless it is what we would write anyway."""
        said = self.cleaned_data[f"{part}-{code}"].replace("\r\n", "\n").strip()
        return "" if said == self.ours[code][part] else said

    @property
    def changes(self) -> dict[str, Any]:
        """The words that differ from ours."""
        words = {code: {part: self._own(code, part) for part in ("subject", "text")} for code in self.spoken}
        return {"words": words}
