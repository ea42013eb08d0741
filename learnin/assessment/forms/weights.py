"""What we accept about weights: one form for each step, the file of totals, and the name of the set."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.assessment.formats.weight_recipe import Base, Limit, Recipe, Response, Totals
from learnin.assessment.models import Export, WeightSet
from learnin.assessment.queries.weights import Facts
from learnin.compute import typed
from learnin.kit import files
from learnin.kit.forms import GovForm
from learnin.kit.number_boxes import FloatField, WholeField

INSIDE = {
    "unit": _("The unit itself: one answer for each school"),
    "drawn": _("People who were drawn from a list in LearnIn"),
    "frame": _("Whoever was there; the list of units says out of how many"),
    "question": _("Whoever was there; a question says out of how many"),
}


class StepForm(GovForm, forms.Form):
    """One step. `step` is what it says; the fields begin with what was decided before."""

    def __init__(self, *args: Any, facts: Facts, recipe: Recipe, **kwargs: Any) -> None:
        self.facts = facts
        super().__init__(*args, **kwargs)
        for name, value in self.told(recipe).items():
            if name in self.fields:
                self.fields[name].initial = value
        self.offer()

    def told(self, recipe: Recipe) -> dict[str, Any]:
        """The fields of what was decided before."""
        raise NotImplementedError

    def offer(self) -> None:
        """Offer what there is to choose from."""

    def clean(self) -> dict[str, Any]:
        """Where a step does nothing, nothing else is asked."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("method") == "none":
            self.errors.clear()
        return data

    @property
    def said(self) -> Any:
        """The step as it was sent."""
        raise NotImplementedError


class BaseForm(StepForm):
    """Which answers count, and who answers inside a unit."""

    scope = forms.ChoiceField(label=_("Which answers count?"), choices=Export.Scope.choices, widget=forms.RadioSelect)
    inside = forms.ChoiceField(
        label=_("Who answers inside a sampled unit?"),
        help_text=_("An answer then stands for its unit, or for its part of the people there."),
        choices=list(INSIDE.items()),
        widget=forms.RadioSelect,
    )
    question = forms.ChoiceField(
        label=_("Which question says how many people there are?"),
        help_text=_("Only for the last choice above. Where answers of one unit differ, the middle one counts."),
        required=False,
    )

    def told(self, recipe: Recipe) -> dict[str, Any]:
        """The fields of what was decided before."""
        return {"scope": recipe.base.scope, "inside": recipe.base.inside, "question": recipe.base.question}

    def offer(self) -> None:
        """Only questions with numbers; and no units where none were drawn."""
        if not self.facts.has_units:
            del self.fields["inside"], self.fields["question"]
            return
        of: Any = self.fields
        of["question"].choices = [("", gettext("No question")), *self.facts.numbers]

    def clean(self) -> dict[str, Any]:
        """A question where one is needed."""
        data = super().clean()
        if data.get("inside") == "question" and not data.get("question"):
            self.add_error("question", gettext("Choose the question that says how many people there are"))
        return data

    @property
    def said(self) -> Base:
        """The step as it was sent."""
        data = self.cleaned_data
        inside = data.get("inside", "unit")
        return Base(scope=data["scope"], inside=inside, question=data["question"] if inside == "question" else "")


class ResponseForm(StepForm):
    """Who makes up for those who did not answer."""

    method = forms.ChoiceField(
        label=_("Who stands in for those who did not answer?"),
        choices=[
            ("none", _("Nobody: leave the weights as they are")),
            ("classes", _("Those of the same class who answered")),
            ("propensity", _("Those who were as likely to answer")),
        ],
        widget=forms.RadioSelect,
    )
    by = forms.MultipleChoiceField(
        label=_("What makes people alike?"),
        help_text=_("Choose what goes with answering and with what people say. Few columns do more than many."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    least = WholeField(
        label=_("Answers that a class needs"),
        help_text=_("A smaller class joins the one most like it."),
        min_value=1,
        max_value=10_000,
    )
    classes = forms.TypedChoiceField(
        label=_("How is the chance to answer used?"),
        help_text=_("Only where people are as likely to answer."),
        choices=[(5, _("In five classes")), (10, _("In ten classes")), (0, _("Each weight is divided by it"))],
        coerce=int,
    )

    def told(self, recipe: Recipe) -> dict[str, Any]:
        """The fields of what was decided before."""
        step = recipe.response
        return {"method": step.method, "by": list(step.by), "least": step.least, "classes": step.classes}

    def offer(self) -> None:
        """The columns that are known of all who were asked; without any, nothing can be done."""
        of: Any = self.fields
        of["by"].choices = self.facts.columns
        if not self.facts.columns:
            of["method"].choices = of["method"].choices[:1]
            for name in ("by", "least", "classes"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A chance to answer is worked out of something."""
        data = super().clean()
        if data.get("method") == "propensity" and not data.get("by") and "by" not in self.errors:
            self.add_error("by", gettext("Choose what tells how likely people were to answer"))
        return data

    @property
    def said(self) -> Response:
        """The step as it was sent."""
        data = self.cleaned_data
        if data["method"] == "none":
            return Response()
        return Response(method=data["method"], by=tuple(data["by"]), least=data["least"], classes=data["classes"])


class TotalsForm(StepForm):
    """To which known totals the weights are brought, and how."""

    method = forms.ChoiceField(
        label=_("How are the weights brought to known totals?"),
        choices=[
            ("none", _("Not at all: leave them as they are")),
            ("post", _("Post-stratification: each group, or combination of groups, by itself")),
            ("raking", _("Raking: one column after the other, until all fit")),
            ("linear", _("Linear (GREG): as little as possible; weights may become small")),
            ("logit", _("Logit: as little as possible, and never beyond two limits")),
        ],
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(label=_("Where do the totals come from?"), widget=forms.RadioSelect)
    by = forms.MultipleChoiceField(
        label=_("Which columns of the list?"),
        help_text=_("Post-stratification takes all combinations; the other ways take each column by itself."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    join = forms.BooleanField(
        label=_("Count groups that nobody answered with their neighbour in the list"),
        required=False,
    )
    lower = FloatField(
        label=_("Smallest factor"),
        help_text=_("For example 0.3: no weight falls below three tenths of what it was. Needed for logit."),
        min_value=0,
        max_value=0.999,
        required=False,
    )
    upper = FloatField(
        label=_("Largest factor"),
        help_text=_("For example 3: no weight grows to more than three times what it was. Needed for logit."),
        min_value=1.001,
        max_value=1000,
        required=False,
    )

    def told(self, recipe: Recipe) -> dict[str, Any]:
        """The fields of what was decided before."""
        step = recipe.totals
        plain = {name: getattr(step, name) for name in ("method", "source", "join", "lower", "upper")}
        return plain | {"by": list(step.by)}

    def offer(self) -> None:
        """The totals there are: of the list, and of a file that was brought."""
        of: Any = self.fields
        sources = []
        if self.facts.framed:
            sources.append(("frame", gettext("The list of units")))
        if self.facts.brought:
            sources.append(("file", gettext("The file “%(name)s”") % {"name": self.facts.file_name}))
        of["by"].choices = self.facts.framed
        of["source"].choices = sources
        if not self.facts.framed:
            del self.fields["by"], self.fields["join"]
        if not sources:
            of["method"].choices = of["method"].choices[:1]
            for name in ("source", "lower", "upper"):
                del self.fields[name]
        elif of["source"].initial not in dict(sources):
            of["source"].initial = sources[0][0]

    def clean(self) -> dict[str, Any]:
        """What one choice asks of another."""
        data = super().clean()
        method, source = data.get("method"), data.get("source")
        if method in (None, "none"):
            return data
        if source == "frame" and not data.get("by"):
            self.add_error("by", gettext("Choose at least one column of the list"))
        if method == "post" and source == "file" and len(self.facts.brought) > 1:
            words = gettext("The file has totals of several columns. Choose raking, linear or logit.")
            self.add_error("method", words)
        if method == "logit":
            for name in ("lower", "upper"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, gettext("Logit needs a smallest and a largest factor"))
        return data

    @property
    def said(self) -> Totals:
        """The step as it was sent, with the totals as they are now."""
        data = self.cleaned_data
        if data["method"] == "none":
            return Totals()
        by = tuple(data.get("by") or ()) if data["source"] == "frame" else ()
        return Totals(
            method=data["method"],
            source=data["source"],
            by=by,
            join=data.get("join", False),
            margins=self._margins(data["method"], by) if by else self.facts.brought,
            lower=data["lower"],
            upper=data["upper"],
            name="" if by else self.facts.file_name,
        )

    def _margins(self, method: str, by: tuple[str, ...]) -> tuple[Any, ...]:
        groups = [by] if method == "post" else [(name,) for name in by]
        return tuple(self.facts.margin(names, join=self.cleaned_data["join"]) for names in groups)


class LimitForm(StepForm):
    """How large a weight may be."""

    method = forms.ChoiceField(
        label=_("How large may a weight be?"),
        choices=[
            ("none", _("As large as it is")),
            ("median", _("So many times the middle weight")),
            ("quantile", _("As large as nearly all others")),
        ],
        widget=forms.RadioSelect,
    )
    medians = FloatField(label=_("How many times the middle weight?"), min_value=1.001, max_value=1000)
    share = FloatField(
        label=_("Percent of weights that stay as they are"),
        help_text=_("99: the largest one of a hundred is cut down to the next."),
        min_value=50,
        max_value=99.99,
        percent=True,
    )
    again = forms.BooleanField(
        label=_("Bring the weights to the known totals again, by turns, until both hold"),
        required=False,
    )

    def told(self, recipe: Recipe) -> dict[str, Any]:
        """The fields of what was decided before."""
        step = recipe.limit
        return {
            "method": step.method,
            "medians": step.medians,
            "share": typed.as_percent(step.share),
            "again": step.again,
        }

    @property
    def said(self) -> Limit:
        """The step as it was sent."""
        data = self.cleaned_data
        if data["method"] == "none":
            return Limit()
        return Limit(
            method=data["method"], medians=data["medians"], share=typed.as_share(data["share"]), again=data["again"]
        )


STEPS: Mapping[str, type[StepForm]] = {
    "base": BaseForm,
    "response": ResponseForm,
    "totals": TotalsForm,
    "limit": LimitForm,
}


class ColumnsForm(GovForm, forms.Form):
    """Of which columns totals are known."""

    column = forms.MultipleChoiceField(
        label=_("Of which columns do you know totals?"),
        help_text=_("Columns of the list, and questions with choices. Without a choice the workbook has all."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields
        of["column"].choices = list(facts.labels.items())


class TotalsFileForm(GovForm, forms.Form):
    """Totals of a census or register, as an Excel file."""

    file = forms.FileField(label=_("File"), help_text=_("The workbook from above, with a number in each row."))

    def clean_file(self) -> Any:
        """An Excel workbook that is safe to open."""
        file = self.cleaned_data["file"]
        try:
            files.check(file, file.name, limit_mb=settings.FILE_LIMIT_MB, allowed=(".xlsx",))
        except files.FileRefused as refusal:
            raise forms.ValidationError(str(refusal)) from None
        return file


class FinishForm(GovForm, forms.ModelForm):
    """The name of the set, and whether it is used from now on."""

    is_in_use = forms.BooleanField(
        label=_("Use these weights from now on"),
        help_text=_("Estimates and exports of this round take them. You can change that later."),
        required=False,
        initial=True,
    )

    class Meta:
        model = WeightSet
        fields = ("name", "note", "is_in_use")
        labels = {"name": _("Name of the set"), "note": _("What a reader should know")}
        help_texts = {"name": _("For example: Schools by region and size, final.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
