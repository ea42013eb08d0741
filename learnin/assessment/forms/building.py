"""What the builder's pages accept."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learnin.assessment.formats.columns import DEFAULT
from learnin.assessment.formats.editing import Condition, NewChoice, write_condition
from learnin.assessment.queries.building import YES, Build, Place
from learnin.assessment.telling import TYPES
from learnin.kit.forms import GovForm
from learnin.kit.number_boxes import WholeField

BUILT = (
    "text", "integer", "decimal", "select_one", "select_multiple", "date", "note", "geopoint", "image", "acknowledge",
)  # fmt: skip
HOW = (
    ("is", pgettext_lazy("an answer", "is")),
    ("is_not", pgettext_lazy("an answer", "is not")),
    ("contains", pgettext_lazy("an answer", "contains")),
)
NAME_HELP = _("Data files use it. Letters a to z, digits and _; it begins with a letter.")
MORE_CHOICES = 3


def language_words(language: str) -> Any:
    """What people call a language of a questionnaire."""
    return _("without a name") if language == DEFAULT else language


def one_or_many(rows: int = 2) -> forms.Textarea:
    """A box for words that may take more than one line."""
    return forms.Textarea(attrs={"rows": rows})


class SeenForm(GovForm, forms.Form):
    """Knows which state of the draft a page showed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class AddForm(SeenForm):
    """A new question."""

    kind = forms.ChoiceField(label=_("Type"), choices=[(one, TYPES[one]) for one in BUILT])
    label = forms.CharField(label=_("Words"), widget=one_or_many())
    name = forms.CharField(label=_("Name"), max_length=60, help_text=NAME_HELP)


class GroupForm(SeenForm):
    """A new group."""

    label = forms.CharField(label=_("Heading"), max_length=200)
    name = forms.CharField(label=_("Name"), max_length=60, help_text=NAME_HELP)


class IntoForm(SeenForm):
    """Which group a question is put into."""

    into = forms.TypedChoiceField(label=_("Put it into"), coerce=int)

    def __init__(self, *args: Any, goals: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            ("0", _("No group: the end of the questionnaire")),
            *((str(one.what.row), one.short) for one in goals),
        ]
        self.fields["into"].choices = choices  # type: ignore[attr-defined]


class QuestionForm(SeenForm):
    """Words, name and conditions of a question or a group."""

    def __init__(self, *args: Any, build: Build, place: Place, **kwargs: Any) -> None:
        self.build, self.place = build, place
        super().__init__(*args, **kwargs)
        self._words()
        what = place.what
        self.fields["name"] = forms.CharField(label=_("Name"), max_length=60, help_text=NAME_HELP, initial=what.name)
        if not place.is_group:
            self._kept()
        self._asked_when()

    def _words(self) -> None:
        for at, language in enumerate(self.build.languages):
            place = {"language": language_words(language)}
            label = forms.CharField(label=_("Words: %(language)s") % place, required=False, widget=one_or_many())
            label.initial = self.place.what.labels.get(language, "")
            self.fields[f"label_{at}"] = label
            if not self.place.is_group:
                hint = forms.CharField(label=_("Hint: %(language)s") % place, required=False, widget=one_or_many(1))
                hint.initial = self.place.what.hints.get(language, "")  # type: ignore[union-attr]
                self.fields[f"hint_{at}"] = hint

    def _kept(self) -> None:
        what: Any = self.place.what
        if self.place.has_plain_required and what.keeps_answer:
            self.fields["required"] = forms.BooleanField(
                label=_("It must be answered"), required=False, initial=what.required.lower() in YES
            )
        if what.keeps_answer:
            self.fields["is_personal"] = forms.BooleanField(
                label=_("It says who a person is: left out of exports unless a role allows it"),
                required=False,
                initial=self.place.is_personal,
            )

    def _asked_when(self) -> None:
        earlier, relevant = self.build.earlier(self.place.what.row), self.place.what.relevant
        self.old = self.build.condition(self.place)
        if relevant and self.old is None:
            self.fields["expression"] = forms.CharField(
                label=_("Asked only if (an expression)"),
                required=False,
                initial=relevant,
                widget=one_or_many(),
                help_text=_("It says more than one simple condition. Empty: it is always asked."),
            )
        elif earlier:
            questions = [
                ("", _("Always asked")),
                *((one.what.name, f"{one.what.name}: {one.short}") for one in earlier),
            ]
            old = self.old
            self.fields["if_question"] = forms.ChoiceField(
                label=_("Asked only if the answer to"), choices=questions, required=False, initial=old and old.question
            )
            self.fields["if_how"] = forms.ChoiceField(
                label=_("Comparison"), choices=HOW, required=False, initial=old.how if old else "is"
            )
            self.fields["if_value"] = forms.CharField(
                label=_("Value"),
                required=False,
                max_length=200,
                initial=old and old.value,
                help_text=_("For a choice, its name in the data."),
            )

    def clean(self) -> dict[str, Any]:
        """A condition has a value."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("if_question") and not data.get("if_value"):
            self.add_error("if_value", _("Write the value that the answer is compared with."))
        return data

    @property
    def texts(self) -> dict[tuple[str, str], str]:
        """The words in each language."""
        return {
            (column, language): self.cleaned_data[field]
            for at, language in enumerate(self.build.languages)
            for column in ("label", "hint")
            if (field := f"{column}_{at}") in self.fields
        }

    @property
    def values(self) -> dict[str, str]:
        """The other cells."""
        return dict(self._values())

    def _values(self) -> Iterator[tuple[str, str]]:
        data = self.cleaned_data
        if data["name"] != self.place.what.name:
            yield "name", data["name"]
        if "required" in self.fields and data["required"] != self.fields["required"].initial:
            yield "required", "yes" if data["required"] else ""
        if "expression" in self.fields:
            yield "relevant", " ".join(data["expression"].split()) if self._is_new_expression() else self._relevant
        elif "if_question" in self.fields:
            yield "relevant", self._condition()

    @property
    def _relevant(self) -> str:
        return self.place.what.relevant

    def _is_new_expression(self) -> bool:
        return bool(self.cleaned_data["expression"].split() != self._relevant.split())

    def _condition(self) -> str:
        data = self.cleaned_data
        if not data["if_question"]:
            return ""
        wanted = Condition(data["if_question"], data["if_how"] or "is", data["if_value"])
        asked = self.build.asked.question(wanted.question)
        return self._relevant if wanted == self.old else write_condition(wanted, asked.type if asked else "text")


class ChoicesForm(SeenForm):
    """The choices of a list, with empty boxes for more."""

    def __init__(self, *args: Any, build: Build, list_name: str, **kwargs: Any) -> None:
        self.languages, self.listed = build.languages, build.choices(list_name)
        super().__init__(*args, **kwargs)
        for at in range(len(self.listed) + MORE_CHOICES):
            old = self.listed[at] if at < len(self.listed) else None
            name = forms.CharField(label=_("Name in the data"), max_length=60, required=False)
            name.initial = old.name if old else ""
            self.fields[f"name_{at}"] = name
            for number, language in enumerate(self.languages):
                words = _("Words: %(language)s") % {"language": language_words(language)}
                label = forms.CharField(label=words, required=False, widget=one_or_many(1))
                label.initial = old.labels.get(language, "") if old else ""
                self.fields[f"label_{at}_{number}"] = label
            self.fields[f"place_{at}"] = WholeField(
                label=_("Place"), required=False, min_value=1, max_value=9999, initial=at + 1 if old else None
            )

    @property
    def lines(self) -> list[list[Any]]:
        """The boxes of each choice."""
        return [
            [
                self[f"name_{at}"],
                *(self[f"label_{at}_{number}"] for number in range(len(self.languages))),
                self[f"place_{at}"],
            ]
            for at in range(len(self.listed) + MORE_CHOICES)
        ]

    def clean(self) -> dict[str, Any]:
        """A choice with words has a name without spaces, once in the list."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        names: list[str] = []
        for at in range(len(self.listed) + MORE_CHOICES):
            name = data.get(f"name_{at}", "")
            if not name and any(data.get(f"label_{at}_{number}") for number in range(len(self.languages))):
                if at >= len(self.listed):
                    self.add_error(f"name_{at}", _("Give this choice a name."))
            elif any(letter.isspace() for letter in name):
                self.add_error(f"name_{at}", _("A name has no spaces: %(name)s") % {"name": name})
            elif name and name in names:
                self.add_error(f"name_{at}", _("Two choices have the name %(name)s.") % {"name": name})
            names.append(name)
        return data

    @property
    def choices(self) -> list[NewChoice]:
        """The choices as written, in the order of their places. One whose name was emptied is gone."""
        data = self.cleaned_data
        found: list[tuple[int, int, NewChoice]] = []
        for at in range(len(self.listed) + MORE_CHOICES):
            if not (name := data[f"name_{at}"]):
                continue
            labels = {language: data[f"label_{at}_{number}"] for number, language in enumerate(self.languages)}
            row = self.listed[at].row if at < len(self.listed) else 0
            found.append((data[f"place_{at}"] or at + 1, at, NewChoice(name, labels, row)))
        return [choice for _place, _at, choice in sorted(found, key=lambda one: one[:2])]


class NewLanguageForm(SeenForm):
    """One more language."""

    language = forms.CharField(
        label=_("Language"), max_length=60, help_text=_("Its own name and its code, like Română (ro).")
    )


class RenameLanguageForm(SeenForm):
    """Another name for a language."""

    language = forms.ChoiceField(label=_("Language"))
    name = forms.CharField(label=_("New name"), max_length=60)

    def __init__(self, *args: Any, languages: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(one, language_words(one)) for one in languages]  # type: ignore[attr-defined]
