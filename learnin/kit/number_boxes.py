"""Boxes for numbers that people type: whole ones, exact ones (money, rates), measured ones (shares, degrees)."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel import numbers as babel_numbers
from django import forms
from django.core.exceptions import ValidationError

from learnin.compute import typed
from learnin.kit import written

if TYPE_CHECKING:
    Base = forms.IntegerField
else:
    Base = object


class NumberBox(forms.TextInput):
    """A box for text: the browser's own box for numbers loses `1 200,50`, and takes `1.200` for 1.2."""


class Typed(Base):
    """Mixed into a field: numbers are read by the rules of `compute.typed`, and shown so that they are read again.

    percent: whether the number counts hundredths, so that a percent sign may stand beside it.
    """

    widget = NumberBox
    pad = "decimal"
    """Which keys a phone shows."""
    default_error_messages = dict.fromkeys(
        ("ambiguous", "fraction"), forms.IntegerField.default_error_messages["invalid"]
    )
    """What Django says; our forms have words of their own (`learnin.kit.forms`)."""

    def __init__(self, *, percent: bool = False, **kwargs: Any) -> None:
        self.percent = percent
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """A phone shows digits; but all keys where a minus may be needed, which the pads of many phones do not have."""
        least = self.min_value
        return {"inputmode": self.pad} if isinstance(least, typed.NUMBER) and least >= 0 else {}

    def to_python(self, value: Any) -> Any:
        """The number that was typed. Raises ValidationError."""
        if not isinstance(value, str) or not value.strip():
            return super().to_python(None if isinstance(value, str) else value)
        found = typed.meanings(value, percent=self.percent)
        if not found:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(format(self._meant(found, value), "f"))

    def prepare_value(self, value: Any) -> Any:
        """A number as it stands in the box; what somebody typed stays as it is."""
        is_number = isinstance(value, typed.NUMBER) and not isinstance(value, bool)
        return typed.boxed(value, _mark(), takes=self._takes) if is_number else value

    def _meant(self, found: tuple[Decimal, ...], said: str) -> Decimal:
        """Of two meanings, the one that the box can take."""
        fitting = [one for one in found if self._takes(one)]
        if len(fitting) > 1:
            one, other = (typed.boxed(self._offered(meaning), _mark()) for meaning in fitting)
            params = {"written": said.strip(), "one": one, "other": other}
            raise ValidationError(self.error_messages["ambiguous"], code="ambiguous", params=params)
        return fitting[0] if fitting else found[-1]

    def _offered(self, meaning: Decimal) -> Decimal:
        """As the box would take it."""
        return meaning

    def _takes(self, value: Decimal) -> bool:
        """Whether the limits let it through."""
        least, most = (
            Decimal(str(limit)) if isinstance(limit, typed.NUMBER) else value
            for limit in (self.min_value, self.max_value)
        )
        return least <= value <= most


def _mark() -> str:
    """What stands before a fraction in the language of the page."""
    return str(babel_numbers.get_decimal_symbol(written.locale()))


class WholeField(Typed, forms.IntegerField):
    """A whole number: people, schools, days, votes."""

    pad = "numeric"

    def _meant(self, found: tuple[Decimal, ...], said: str) -> Decimal:
        """A group of three digits is always thousands."""
        meant = typed.whole(said, percent=self.percent)
        if meant is None:
            params = {"written": said.strip()}
            raise ValidationError(self.error_messages["fraction"], code="fraction", params=params)
        return Decimal(meant)


class DecimalField(Typed, forms.DecimalField):
    """A number that is kept digit by digit: money, a rate."""

    def _offered(self, meaning: Decimal) -> Decimal:
        """With as many digits after the point as are kept."""
        return meaning if self.decimal_places is None else round(meaning, self.decimal_places)


class FloatField(Typed, forms.FloatField):
    """A number that is measured or estimated: a share, a factor, a degree."""
