"""What somebody looks for in the register."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learnin.initiatives.models import Status
from learnin.initiatives.queries import register
from learnin.initiatives.queries.register import Wanted
from learnin.kit.forms import GovForm
from learnin.people.models import Country
from learnin.people.queries import area_names
from learnin.programme import reader

PLAIN = (
    "words", "theme", "audience", "component", "area", "status", "running_on", "running", "confirmed", "published",
    "state",
)  # fmt: skip


class PublicForm(GovForm, forms.Form):
    """What everybody may look for."""

    words = forms.CharField(label=_("Words"), max_length=100, required=False)
    theme = forms.ChoiceField(label=_("Theme"), required=False)
    audience = forms.ChoiceField(label=_("For whom"), required=False)
    component = forms.ChoiceField(label=_("Component"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *args: Any, country: Country, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        any_of = [("", gettext("All"))]
        for name in ("theme", "audience", "component"):
            items = [(one.id, one.name) for one in reader.current().items(name)]
            self._choose(name, [*any_of, *items])
        areas = [(one.code, one.name) for one in area_names(country)]
        wide = [(register.NATIONAL, gettext("Whole country")), (register.WHOLE_COUNTRY, gettext("No area named"))]
        self._choose("area", [*any_of, *areas, *wide])
        self._choose("status", [*any_of, *Status.choices])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def wanted(self, sort: str = "", organisation: str = "", today: date | None = None) -> Wanted:
        """What is looked for; a box with an error in it asks for nothing."""
        self.full_clean()
        said = getattr(self, "cleaned_data", {})
        given = {name: said[name] for name in PLAIN if said.get(name)}
        pk = int(organisation) if organisation.isascii() and organisation.isdigit() and len(organisation) < 16 else None
        return Wanted(**given, organisation=pk, sort=sort or register.NEWEST, today=today)


MORE = ("confirmed", "published", "state", "running", "running_on")
"""What is looked for less often: folded away."""


class WantedForm(PublicForm):
    """What those look for who see the register."""

    running_on = forms.DateField(
        label=_("Running on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    running = forms.ChoiceField(
        label=_("Running"),
        required=False,
        choices=[("", _("All, finished ones too")), (register.RUNNING, _("Running or planned"))],
    )
    confirmed = forms.ChoiceField(
        label=_("Confirmed"),
        required=False,
        choices=[("", _("All")), (register.YES, _("Confirmed")), (register.NO, _("Not confirmed"))],
    )
    published = forms.ChoiceField(
        label=_("Published"),
        required=False,
        choices=[("", _("All")), (register.YES, _("Published")), (register.NO, _("Not published"))],
    )
    state = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        choices=[
            (register.IN_REGISTER, _("In the register")),
            (register.DRAFTS, _("Drafts")),
            (register.WITHDRAWN, _("Taken out")),
            (register.MERGED, _("Merged into another")),
        ],
    )

    @property
    def first(self) -> list[forms.BoundField]:
        """The boxes that everybody sees."""
        return [bound for bound in self if bound.name not in MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """The boxes that are folded away."""
        return [self[name] for name in MORE]

    @property
    def asks_more(self) -> bool:
        """Whether one of the boxes that are folded away narrows the list."""
        return any(self.data.get(name) for name in MORE)
