"""What somebody asks of the coverage, the rates they enter, and the gaps they take up."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Money
from learnin.initiatives.queries.coverage import Measure, Running, Sides, Wanted
from learnin.kit.forms import DateField, GovForm
from learnin.kit.number_boxes import DecimalField

CURRENCY = r"[A-Z]{3}"
LETTERS = {"invalid": _("Write the three letters of the currency, such as EUR")}


class WantedForm(GovForm, forms.Form):
    """What is set against what, and what is counted."""

    sides = forms.ChoiceField(label=_("Show"), choices=Sides.choices, required=False)
    measure = forms.ChoiceField(label=_("Count"), choices=Measure.choices, required=False)
    running = forms.ChoiceField(label=_("Which"), choices=Running.choices, required=False)
    confirmed = forms.ChoiceField(
        label=_("Confirmed"), choices=[("", _("All")), ("yes", _("Confirmed ones only"))], required=False
    )
    money = forms.ChoiceField(label=_("Kind of money"), choices=Money.Kind.choices, required=False)
    currency = forms.ChoiceField(label=_("In the currency"), required=False)

    def __init__(self, *args: Any, currencies: list[str], reach: Q | None = None, **kwargs: Any) -> None:
        """`reach`: what the reader may see of the register, where it is not all of it."""
        super().__init__(*args, **kwargs)
        self.reach = reach
        self.fields["currency"].choices = [(one, one) for one in currencies]  # type: ignore[attr-defined]
        if self.data.get("measure") != Measure.MONEY:
            del self.fields["money"], self.fields["currency"]

    @property
    def wanted(self) -> Wanted:
        """What is asked; a box with something unknown in it asks for the usual."""
        self.full_clean()
        said = {key: value for key, value in getattr(self, "cleaned_data", {}).items() if value}
        usual = Wanted()
        return Wanted(
            Sides(said.get("sides", usual.sides)),
            Measure(said.get("measure", usual.measure)),
            Running(said.get("running", usual.running)),
            said.get("currency", usual.currency),
            said.get("money", usual.money),
            said.get("confirmed") == "yes",
            self.reach,
        )


class RateForm(GovForm, forms.Form):
    """What a currency is worth, when, and who says so. Its boxes read as a sentence."""

    currency = forms.RegexField(
        CURRENCY, label=_("One unit of"), help_text=_("Three letters, like RSD"), error_messages=LETTERS
    )
    rate = DecimalField(label=_("is worth"), max_digits=20, decimal_places=8, min_value=0)
    into = forms.RegexField(
        CURRENCY,
        label=_("in the currency"),
        help_text=_("Three letters, like EUR"),
        initial="EUR",
        error_messages=LETTERS,
    )
    on = DateField(label=_("On which day?"))
    source = forms.CharField(
        label=_("Who says so?"), help_text=_("For example: National Bank, middle rate."), max_length=300
    )


class IntroduceForm(GovForm, forms.Form):
    """A gap that the task force takes up."""

    title = forms.CharField(label=_("What should the initiative be called?"), max_length=300)
    objective = forms.CharField(
        label=_("What should change, for whom?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )

    area = forms.ChoiceField(label=_("Where?"), required=False)
    audience = forms.ChoiceField(label=_("For whom?"), required=False)

    def __init__(
        self, *args: Any, gap: dict[str, str], areas: list[tuple[str, str]], audiences: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, initial={"area": gap["area"], "audience": gap["audience"]}, **kwargs)
        self.gap = gap
        for name, first, choices in (
            ("area", gettext("Whole country"), areas),
            ("audience", gettext("Everybody"), audiences),
        ):
            self.fields[name].choices = [("", first), *choices]  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants: of which theme or component, too."""
        return dict(self.cleaned_data) | {"theme": self.gap["theme"], "component": self.gap["component"]}


class AskedForm(GovForm, forms.Form):
    """An organisation that was asked whether it does something there, or would."""

    organisation = forms.ChoiceField(label=_("Which organisation was asked?"))
    asked_on = DateField(label=_("When?"))
    answer = forms.CharField(label=_("What did it say?"), required=False, max_length=500)

    def __init__(self, *args: Any, organisations: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("Choose")), *((str(pk), name) for pk, name in organisations)]
        self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """What the operation wants."""
        return dict(self.cleaned_data) | {"organisation": int(self.cleaned_data["organisation"])}
