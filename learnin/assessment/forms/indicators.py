"""What we accept about indicators and the ways to split people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats.indicator import As, Asked, Definition, Kind
from learnin.assessment.forms.plan import named
from learnin.assessment.indicator_words import KINDS
from learnin.assessment.models import Grouping, Indicator, Instrument
from learnin.compute import typed
from learnin.kit import languages
from learnin.kit.forms import GovForm
from learnin.kit.number_boxes import FloatField, WholeField

CODE = r"^[a-z](?:_?[a-z0-9])*$"
OF_ONE = frozenset({Kind.MEAN, Kind.QUANTILE, Kind.TOTAL, Kind.SHARE, Kind.SHARES, Kind.MULTI, Kind.COUNT})
OF_VALUES = frozenset({Kind.SHARE, Kind.SHARES, Kind.MULTI, Kind.COUNT})
OF_NUMBERS = frozenset({Kind.MEAN, Kind.QUANTILE, Kind.TOTAL, Kind.INDEX})
UNITS: Mapping[Kind, str] = {
    Kind.SHARE: Indicator.Unit.SHARE,
    Kind.SHARES: Indicator.Unit.SHARE,
    Kind.MULTI: Indicator.Unit.SHARE,
    Kind.INDEX: Indicator.Unit.POINTS,
    Kind.COUNT: Indicator.Unit.PEOPLE,
}
TOLD = [(As.MEAN, _("Its mean")), (As.SHARE, _("The share for whom it is true")), (As.TOTAL, _("Its total"))]
OF_PROGRAMME = {"dimension": "dimension", "theme": "theme", "component": "component", "population": "audience"}


def words_of(one: Asked) -> str:
    """A question in a list: its words and its name."""
    said = languages.text_in(one.labels, get_language())
    return f"{said[:100]} ({one.name})" if said else one.name


def choices_of(one: Asked) -> list[tuple[str, str]]:
    """The answers of a question, in the reader's words."""
    return [(value, languages.text_in(texts, get_language()) or value) for value, texts in one.choices.items()]


class StartForm(GovForm, forms.Form):
    """What is measured, of which question."""

    about = forms.ChoiceField(
        label=_("Which question?"), help_text=_("If it needs several, choose one of them. The next page asks for more.")
    )
    kind = forms.ChoiceField(label=_("What is worked out?"), choices=list(KINDS.items()), widget=forms.RadioSelect)

    def __init__(self, *args: Any, asked: Mapping[Instrument, Mapping[str, Asked]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {f"{one.pk}/{name}": question for one, known in asked.items() for name, question in known.items()}
        of: Any = self.fields["about"]
        of.choices = [
            (one.title, [(f"{one.pk}/{name}", words_of(question)) for name, question in known.items()])
            for one, known in asked.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The kind suits the question: shares need choices, means need numbers."""
        data = super().clean() or self.cleaned_data
        one, kind = self.asked.get(data.get("about", "")), data.get("kind")
        if one and kind in OF_VALUES and (not one.choices or one.is_choice == (kind == Kind.MULTI)):
            self.add_error("kind", gettext("This does not suit the question: look at how it is answered."))
        elif one and kind in OF_NUMBERS and not one.is_number:
            self.add_error("kind", gettext("The answers to this question are no numbers."))
        return data


class IndicatorForm(GovForm, forms.Form):
    """An indicator of one kind. Which parts of its definition are asked depends on the kind and on the question."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands in tables and charts."), max_length=200)
    code = forms.RegexField(
        CODE,
        label=_("Code"),
        help_text=_("Small letters, digits and underscores. It stands in files and stays the same."),
        max_length=60,
    )
    direction = forms.ChoiceField(label=_("Which way is need?"), choices=Indicator.Direction.choices, required=False)
    concern = FloatField(
        label=_("Of concern from"),
        help_text=_("In percent, points or numbers. Leave it empty if nobody has agreed on it."),
        required=False,
    )
    severe = FloatField(label=_("Severe from"), required=False)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)
    population = forms.ChoiceField(label=_("Population"), required=False)

    def __init__(
        self, *args: Any, kind: Kind, question: str, known: Mapping[str, Asked], kept: Mapping[str, str], **kwargs: Any
    ) -> None:
        self.kind, self.question, self.known, self.kept = kind, question, known, kept
        super().__init__(*args, **kwargs)
        for name, of in OF_PROGRAMME.items():
            self.fields[name].choices = [("", gettext("None")), *named(of)]  # type: ignore[attr-defined]
        for name in ("concern", "severe"):
            self.fields[name].percent = self._is_of_shares  # type: ignore[attr-defined]
        self.fields = {**self._parts(), **self.fields}

    @property
    def _is_of_shares(self) -> bool:
        """Whether the lines are drawn in percent: by the kind, or by what is told of an expression."""
        if self.kind == Kind.DERIVED:
            return (self.data or self.initial).get("as") == As.SHARE
        return UNITS.get(self.kind) == Indicator.Unit.SHARE

    def _parts(self) -> dict[str, forms.Field]:
        """The fields of the definition."""
        one = self.known.get(self.question)
        answers = choices_of(one) if one else []
        found: dict[str, forms.Field] = {}
        if self.kind == Kind.INDEX:
            found |= self._of_an_index()
        if self.kind in OF_VALUES:
            found["values"] = _several(_("Answers that count"), answers, required=True)
        if self.kind == Kind.QUANTILE:
            found["at"] = FloatField(
                label=_("Which part of the people lies below?"),
                help_text=_("In percent. 50 is the median."),
                min_value=1,
                max_value=99,
                percent=True,
            )
        if self.kind == Kind.RATIO:
            found |= {"top": _expression(_("Above the line")), "bottom": _expression(_("Below the line"))}
        if self.kind == Kind.DERIVED:
            found["expression"] = _expression(_("Expression"))
            found["as"] = forms.ChoiceField(label=_("What is told of it?"), choices=TOLD)
        return found | {"missing": _several(_("Answers that count as none"), answers)}

    def _of_an_index(self) -> dict[str, forms.Field]:
        """Questions that are answered in the same way as the one that was chosen."""
        one = self.known.get(self.question)
        alike = [(name, words_of(other)) for name, other in self.known.items() if one and _is_alike(other, one)]
        return {
            "questions": _several(_("Questions of the index"), alike, required=True),
            "reversed": _several(_("Questions that ask the other way round"), alike),
            "needed": WholeField(
                label=_("How many of them must somebody have answered?"),
                help_text=_("Empty: all of them."),
                min_value=1,
                required=False,
            ),
        }

    @property
    def definition(self) -> dict[str, Any]:
        """The definition that was written; only what says something."""
        data = self.cleaned_data
        found: dict[str, Any] = {"kind": str(self.kind)}
        if self.kind in OF_ONE:
            found["question"] = self.question
        for name in ("questions", "values", "missing", "reversed", "needed", "top", "bottom", "expression", "as"):
            if data.get(name):
                found[name] = data[name]
        if data.get("at"):
            found["at"] = typed.as_share(data["at"])
        if found.get("reversed"):
            found |= self._ends()
        return found

    def _ends(self) -> dict[str, float]:
        """The ends of the scale that a question is turned round on, without answers that count as none."""
        missing = set(self.cleaned_data.get("missing") or ())
        choices = self.known[self.question].choices
        points = [float(value) for value in choices if value not in missing and _is_number(value)]
        return {"least": min(points), "most": max(points)} if points else {}

    @property
    def unit(self) -> str:
        """What the numbers count."""
        if self.kind == Kind.DERIVED and self.cleaned_data.get("as") == As.SHARE:
            return Indicator.Unit.SHARE
        is_scale = self.kind == Kind.MEAN and bool(self.known[self.question].choices)
        return UNITS.get(self.kind, Indicator.Unit.POINTS if is_scale else Indicator.Unit.NUMBER)

    @property
    def changes(self) -> dict[str, Any]:
        """The indicator as it is kept. A name in one language leaves the others as they are."""
        data, unit = self.cleaned_data, self.unit
        kept = typed.as_share if unit == Indicator.Unit.SHARE else float
        plain = ("code", "dimension", "theme", "component", "population", "direction")
        return {
            **{key: data[key] for key in plain},
            "labels": {**self.kept, languages.language().code: data["name"]},
            "definition": self.definition,
            "unit": unit,
            **{key: None if data[key] is None else kept(data[key]) for key in ("concern", "severe")},
        }


def as_kept(of: Indicator, read: Definition) -> dict[str, Any]:
    """An indicator in the boxes of its form."""
    shown = typed.as_percent if of.unit == Indicator.Unit.SHARE else float
    plain = ("code", "dimension", "theme", "component", "population", "direction")
    return {
        **of.definition,
        **{key: getattr(of, key) for key in plain},
        "at": typed.as_percent(read.at),
        "name": of.label(),
        **{key: None if (value := getattr(of, key)) is None else shown(value) for key in ("concern", "severe")},
    }


class GroupingForm(GovForm, forms.Form):
    """One more way to split people."""

    about = forms.ChoiceField(label=_("By which question or column?"))
    name = forms.CharField(label=_("Name"), help_text=_("Such as: Region, Where the school is."), max_length=100)
    code = forms.RegexField(CODE, label=_("Code"), max_length=40)
    missing = forms.CharField(
        label=_("Values that are no group"),
        help_text=_("Their names, parted by spaces."),
        max_length=500,
        required=False,
    )
    within = forms.ModelChoiceField(
        Grouping.objects.none(),
        label=_("Tell them inside each group of"),
        required=False,
        empty_label=_("Nothing else"),
    )

    def __init__(
        self, *args: Any, splits: Mapping[str, Asked], columns: Iterable[str], others: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        asked = [(f"{Grouping.Kind.QUESTION}/{name}", words_of(one)) for name, one in splits.items()]
        listed = [(f"{Grouping.Kind.FRAME}/{name}", name) for name in columns]
        of["about"].choices = [(gettext("Questions"), asked), (gettext("Columns of the list of units"), listed)]
        of["within"].queryset = others

    @property
    def changes(self) -> dict[str, Any]:
        """The grouping as it is kept."""
        data = self.cleaned_data
        kind, _slash, name = data["about"].partition("/")
        return {
            "kind": kind,
            "name": name,
            "code": data["code"],
            "labels": {languages.language().code: data["name"]},
            "missing": data["missing"].split(),
            "within": data["within"],
        }


class WorkbookForm(GovForm, forms.Form):
    """A workbook of indicators that comes back."""

    file = forms.FileField(label=_("File"), help_text=_("The Excel workbook that you downloaded here."))


def _several(label: Any, choices: Sequence[tuple[str, str]], *, required: bool = False) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=required
    )


def _expression(label: Any) -> forms.Field:
    return forms.CharField(
        label=label,
        help_text=_("Name answers as ${name}, such as (${hours} + ${more}) / 2. The guide lists what there is."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "li-code"}),
    )


def _is_number(text: str) -> bool:
    return text.lstrip("-").replace(".", "", 1).isdigit()


def _is_alike(other: Asked, one: Asked) -> bool:
    return other.type == one.type and list(other.choices) == list(one.choices)
