"""What of the results somebody wants to look at, and which two numbers to compare: all of it in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.queries.comparing import Offered
from learnin.assessment.queries.explorer import Choices, View, Wanted
from learnin.kit.forms import GovForm

VIEWS = {
    View.DOTS: _("Dots with intervals"),
    View.SCALE: _("Answers on a scale"),
    View.PANELS: _("A small chart for each place"),
    View.MAP: _("Map"),
    View.ROUNDS: _("From round to round"),
}


class ExplorerForm(GovForm, forms.Form):
    """Which numbers, of whom, drawn how. An address that asks for what is not there shows everything."""

    indicator = forms.ChoiceField(label=_("Indicator"), required=False)
    split = forms.ChoiceField(label=_("Split by"), required=False)
    group = forms.ChoiceField(label=_("Only"), required=False)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)
    population = forms.ChoiceField(label=_("Who answered"), required=False)
    view = forms.ChoiceField(label=_("Drawn as"), required=False, choices=list(VIEWS.items()))

    def __init__(self, *args: Any, choices: dict[str, Choices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        for name, offered in choices.items():
            everything = gettext("Nothing: everybody together") if name == "split" else gettext("All")
            of[name].choices = [("", everything), *offered]
            if not offered:
                del self.fields[name]

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        self.is_valid()
        said = {name: value for name, value in self.cleaned_data.items() if value}
        indicator, by, view = said.pop("indicator", ""), said.pop("split", ""), said.pop("view", View.DOTS)
        return Wanted(indicator=int(indicator) if indicator else None, by=by, view=View(view), **said)


class CompareForm(GovForm, forms.Form):
    """Two numbers of one indicator: of two groups, or of two rounds."""

    number = forms.ChoiceField(label=_("What"))
    first = forms.ChoiceField(label=_("Of whom"))
    second = forms.ChoiceField(label=_("Compared with"))

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["number"].choices = offered.numbers
        of["first"].choices = of["second"].choices = offered.groups
        if len(offered.groups) > 1:  # the first two that differ
            of["second"].initial = offered.groups[1][0]

    def clean(self) -> dict[str, Any]:
        """Two that differ."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("first") and said.get("first") == said.get("second"):
            self.add_error("second", gettext("Choose another group than the first."))
        return said
