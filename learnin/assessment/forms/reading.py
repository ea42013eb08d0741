"""What we accept about the reading rules of a country."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.models.reading import FEWEST_TO_HIDE_AMONG
from learnin.assessment.queries.reading import Rules
from learnin.compute import typed
from learnin.kit.forms import GovForm
from learnin.kit.number_boxes import WholeField

MOST = 1000
PERCENT = 100


class ReadingRulesForm(GovForm, forms.Form):
    """The lines a country draws, and why. Shares are written in percent."""

    least_answers = WholeField(label=_("Do not show a number with fewer answers than"), min_value=1, max_value=MOST)
    least_psus = WholeField(label=_("Do not show a number from fewer schools than"), min_value=1, max_value=MOST)
    sure_answers = WholeField(label=_("Mark a number with fewer answers than"), min_value=1, max_value=MOST)
    least_df = WholeField(
        label=_("Mark a number with fewer degrees of freedom than"),
        help_text=_("Schools less strata: how many times the survey could see schools differ."),
        min_value=0,
        max_value=MOST,
    )
    widest = WholeField(
        label=_("Mark a share whose interval is wider than, in points"), min_value=1, max_value=PERCENT, percent=True
    )
    largest_cv = WholeField(
        label=_("Mark a mean or total whose standard error is more than, in percent of it"),
        min_value=1,
        max_value=PERCENT,
        percent=True,
    )
    hidden_answers = WholeField(
        label=_("Withhold a group of fewer people than"),
        help_text=_("Others are withheld with it, so that nobody can work it out."),
        min_value=FEWEST_TO_HIDE_AMONG,
        max_value=MOST,
    )
    hidden_psus = WholeField(label=_("Withhold a group from fewer schools than"), min_value=1, max_value=MOST)
    reason = forms.CharField(label=_("Why these lines?"), widget=forms.Textarea, max_length=2000)

    @staticmethod
    def told(rules: Rules) -> dict[str, Any]:
        """The lines that hold now."""
        exact, hiding = rules.exact, rules.hiding
        return {
            "least_answers": exact.least_answers,
            "least_psus": exact.least_psus,
            "sure_answers": exact.sure_answers,
            "least_df": round(exact.least_df),
            "widest": round(PERCENT * exact.widest),
            "largest_cv": round(PERCENT * exact.largest_cv),
            "hidden_answers": hiding.least_answers,
            "hidden_psus": hiding.least_psus,
            "reason": rules.kept.reason if rules.kept else "",
        }

    def clean(self) -> dict[str, Any]:
        """A number that is marked is shown; percent become shares."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("sure_answers", MOST) < said.get("least_answers", 0):
            self.add_error(
                "sure_answers", ValidationError(gettext("Write at least the number of answers from which it is shown."))
            )
        for name in ("widest", "largest_cv"):
            if name in said:
                said[name] = typed.as_share(said[name])
        return said
