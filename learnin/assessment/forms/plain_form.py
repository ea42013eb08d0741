"""The answers of a simple questionnaire, as one page without scripts takes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learnin.assessment.form_words import WORDS
from learnin.assessment.formats import plain_form
from learnin.assessment.formats.plain_form import Begun, PlainForm, Question
from learnin.kit import written
from learnin.kit.forms import DateField, DayMonthYear, GovForm

LONGEST = 10_000
SHOWN, SEPARATOR = "shown", " "
LATER = "later"
NOTHING = Begun({})

WRONG = {
    "required": WORDS["answer_needed"],
    "constraint": WORDS["answer_refused"],
    "integer": WORDS["whole_number"],
    "decimal": WORDS["number"],
    "date": WORDS["real_day"],
    "choice": _("Choose one of the answers below"),
}


@dataclass(frozen=True)
class Row:
    """What stands on the page: a question with its field, a note, or the name of a part."""

    kind: str
    label: str
    hint: str
    field: BoundField | None = None


class PlainAnswers(GovForm, forms.Form):
    """All questions that are asked with the answers so far."""

    instance_id = forms.CharField(widget=forms.HiddenInput, max_length=60)
    began = forms.DateTimeField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput, required=False)
    onto = forms.DateTimeField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, plain: PlainForm, *, language: str, now: datetime, data: QueryDict | None = None, begun: Begun = NOTHING
    ) -> None:
        """begun: what was said before, perhaps on another device."""
        self.plain, self.language, self.sent = plain, language, data or QueryDict()
        self.names = {question.path: f"q{number}" for number, question in enumerate(plain.questions)}
        known = dict(begun.answers or plain.first_answers) if data is None else self._sent(data)
        self.asked = plain.asked(known)
        first = {"instance_id": begun.instance_id or f"uuid:{uuid4()}", "began": begun.began or now.isoformat()}
        super().__init__(data, initial=first)
        for question in self.asked:
            if question.is_answered:
                self.fields[self.names[question.path]] = _field(question, self._said, known.get(question.path, ""))

    def _said(self, words: plain_form.Words) -> str:
        return plain_form.said(words, self.language)

    def _sent(self, data: QueryDict) -> dict[str, str]:
        """The answers as they came, before anything is checked: they decide what is asked."""
        return {question.path: _raw(question, self.names[question.path], data) for question in self.plain.questions}

    @property
    def seen(self) -> set[str]:
        """The fields that stood on the page that was sent."""
        return set(str(self.sent.get(SHOWN, "")).split(SEPARATOR))

    @property
    def now_shown(self) -> str:
        """The fields that stand on the page now."""
        return SEPARATOR.join(name for name in self.fields if name.startswith("q"))

    @property
    def is_later(self) -> bool:
        """Whether somebody saves to finish later: then nothing is missing yet."""
        return LATER in self.sent

    @property
    def has_more(self) -> bool:
        """Whether the answers led to questions that were not on the page yet."""
        return (
            self.is_bound
            and not self.is_later
            and any(name not in self.seen for name in self.now_shown.split(SEPARATOR) if name)
        )

    def clean(self) -> dict[str, Any]:
        """Each question that stood on the page has an answer that the questionnaire takes."""
        for path, problem in self.plain.problems(self.answers).items():
            if self.is_later and problem in ("required", "constraint"):
                continue
            name = self.names[path]
            if name in self.seen and name not in self.errors:
                self.add_error(name, self._words(path, problem))
        return self.cleaned_data

    def _words(self, path: str, problem: str) -> str:
        question = next(one for one in self.asked if one.path == path)
        own = {"required": question.required_words, "constraint": question.constraint_words}.get(problem, {})
        return self._said(own) or str(WRONG[problem])

    @property
    def answers(self) -> dict[str, str]:
        """The answers by path, as they stand in the XML."""
        sent = self._sent(self.sent)
        asked = {question.path for question in self.plain.asked(sent)}
        return {path: said for path, said in sent.items() if said and path in asked}

    @property
    def rows(self) -> Iterator[Row]:
        """The page, from top to bottom."""
        for question in self.asked:
            name = self.names[question.path]
            bound = self[name] if name in self.fields else None
            yield Row(question.kind, self._said(question.label), self._said(question.hint), bound)

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """Each question with what was answered, as people read it."""
        return [(self._said(one.label), self._worded(one)) for one in self.asked if one.is_answered]

    def _worded(self, question: Question) -> str:
        said = self.answers.get(question.path, "")
        if question.kind in ("one", "many"):
            words = {choice.value: self._said(choice.words) for choice in question.choices}
            return ", ".join(words.get(one) or one for one in said.split())
        if question.kind == "date" and said:
            return written.day(date.fromisoformat(said))
        return str(WORDS["acknowledged"]) if question.kind == "trigger" and said else said

    def xml(self) -> bytes:
        """The answer, once it is valid."""
        return self.plain.write(self.answers, instance_id=self.cleaned_data["instance_id"], began=self.begun_at)

    @property
    def begun_at(self) -> datetime:
        """When somebody opened the page first, once it is valid."""
        began: datetime = self.cleaned_data["began"]
        return timezone.make_aware(began) if timezone.is_naive(began) else began


def _raw(question: Question, name: str, data: QueryDict) -> str:
    if question.kind == "many":
        return " ".join(data.getlist(name))
    if question.kind == "trigger":
        return "OK" if data.get(name) else ""
    if question.kind == "date":
        return _day(DayMonthYear().value_from_datadict(data, None, name))
    said = str(data.get(name, "")).strip()[:LONGEST].replace("\r\n", "\n")
    return said.replace(",", ".") if question.kind == "decimal" else said


def _day(boxes: Any) -> str:
    try:
        return str(date(*(int(DayMonthYear.parts(boxes)[end]) for end in ("year", "month", "day"))))
    except (ValueError, OverflowError):
        return ""


def _field(question: Question, said: Any, first: str) -> forms.Field:
    """The field of one question. What is missing is said by the questionnaire, not by the field."""
    given: dict[str, Any] = {
        "label": said(question.label),
        "help_text": said(question.hint),
        "required": False,
        "initial": first.split() if question.kind == "many" else first,
    }
    choices = [(choice.value, said(choice.words) or choice.value) for choice in question.choices]
    if question.kind == "one":
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **given)
    if question.kind == "many":
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **given)
    if question.kind == "date":
        return DateField(**given)
    if question.kind == "trigger":
        return forms.BooleanField(**given)
    box = forms.Textarea if question.kind == "long" else forms.TextInput
    mode = {"integer": "numeric", "decimal": "decimal"}.get(question.kind)
    return forms.CharField(max_length=LONGEST, widget=box({"inputmode": mode} if mode else {}), **given)
