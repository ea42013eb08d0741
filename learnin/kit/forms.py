"""What forms have in common: their voice, and days in three boxes."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from learnin.kit import written


class DayMonthYear(forms.Widget):
    """Day, month and year in three boxes: quicker and surer than a calendar, on any phone."""

    ends = ("day", "month", "year")
    template_name = "kit/components/date_boxes.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """For a form that is drawn without our `field` tag."""
        return {**super().get_context(name, value, attrs), "parts": self.parts(value)}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """The three boxes as they were filled, or an ISO day under the plain name."""
        boxes = {end: (data.get(f"{name}-{end}") or "").strip() for end in self.ends}
        if not any(boxes.values()):
            return data.get(name) or None
        return boxes

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Nobody sent any of the boxes."""
        return name not in data and all(f"{name}-{end}" not in data for end in self.ends)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box."""
        return f"{id_}-day" if id_ else id_

    @classmethod
    def parts(cls, value: Any) -> dict[str, str]:
        """What stands in each box."""
        if isinstance(value, Mapping):
            return {end: str(value.get(end, "")) for end in cls.ends}
        if isinstance(value, str) and value:
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return {"day": value, "month": "", "year": ""}
        if isinstance(value, date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        return dict.fromkeys(cls.ends, "")


class DateField(forms.Field):
    """A day. Says what is missing or wrong, with what was written."""

    widget = DayMonthYear
    default_error_messages = {
        "required": _("Write a day, a month and a year"),
        "missing": _("Write a day, a month and a year"),
        "unreal": _("There is no such day: %(written)s. Write it like 1 12 2026"),
        "year": _("Write the year with four digits, like 2026"),
        "early": _("The date must be %(limit)s or later"),
        "late": _("The date must be %(limit)s or earlier"),
    }

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """The day that was written."""
        if value in self.empty_values or isinstance(value, date):
            return value or None
        parts = DayMonthYear.parts(value)
        if not all(parts.values()):
            raise ValidationError(self.error_messages["missing"], code="missing")
        if parts["year"].isdigit() and len(parts["year"]) != 4:
            raise ValidationError(self.error_messages["year"], code="year")
        try:
            return date(*(int(parts[end]) for end in ("year", "month", "day")))
        except (ValueError, OverflowError):
            params = {"written": " ".join(parts.values())}
            raise ValidationError(self.error_messages["unreal"], code="unreal", params=params) from None

    def validate(self, value: Any) -> None:
        """Not before the earliest day, not after the latest."""
        super().validate(value)
        for code, limit in (("early", self.earliest), ("late", self.latest)):
            if value and limit and (value < limit if code == "early" else value > limit):
                raise ValidationError(self.error_messages[code], code=code, params={"limit": written.day(limit)})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another day than before."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


NUMBER = (int, float, Decimal)
USUAL = "default_error_messages"  # where Django keeps what it says

PLAIN = ("required", "missing", "invalid", "empty")  # of these Django fills no places
FILLED_LATER = {place: f"%({place})s" for place in ("value", "written", "one", "other")}  # when something is wrong

# What an empty field asks for, by its kind; the first that fits.
ASKING: tuple[tuple[type[forms.Field], Any], ...] = (
    (DateField, None),
    (forms.FileField, _("Choose a file: %(label)s")),
    (forms.ModelChoiceField, _("Choose: %(label)s")),
    (forms.ChoiceField, _("Choose: %(label)s")),
    (forms.MultipleChoiceField, _("Choose: %(label)s")),
    (forms.BooleanField, _("Tick the box: %(label)s")),
    (forms.Field, _("Fill in: %(label)s")),
)


class GovForm:
    """Mix into a form: errors say what to do, labels carry no colon, the browser's own checks stay out of the way."""

    use_required_attribute = False
    label_suffix = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Every box has its words by now, also those that the form made itself."""
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            _speak(name, field)
        super().full_clean()  # type: ignore[misc]


def _speak(name: str, field: forms.Field) -> None:
    """Give a field the words of the house, where the form has none of its own."""
    label = field.label or name.replace("_", " ").capitalize()
    asking = next(words for kind, words in ASKING if isinstance(field, kind))
    if asking and not _has_own(field, "required"):
        field.error_messages["required"] = gettext(asking) % {"label": label}
    for code, words in _complaints(field):
        if not _has_own(field, code):
            is_plain = code in PLAIN and not isinstance(field, forms.URLField)
            shown = label if is_plain else str(label).replace("%", "%%")
            field.error_messages[code] = words % {"label": shown, **FILLED_LATER}


def _has_own(field: forms.Field, code: str) -> bool:
    """Whether the form says it in its own words, which Django's are not."""
    usual = next((one[code] for kind in type(field).__mro__ if code in (one := vars(kind).get(USUAL, {}))), None)
    return field.error_messages.get(code, usual) != usual


def _complaints(field: forms.Field) -> Iterator[tuple[str, str]]:
    """What is said of a wrong value, by the kind of the field, with the limit it went past."""
    if isinstance(field, DateField):
        words = gettext("“%(label)s”: write a day, a month and a year")
        yield from (("required", words), ("missing", words))
    elif isinstance(field, forms.EmailField):
        yield "invalid", gettext("Write an e-mail address like name@example.org")
    elif isinstance(field, forms.URLField):
        yield "invalid", gettext("“%(label)s”: write a web address like https://example.org")
    elif isinstance(field, forms.ChoiceField):
        yield "invalid_choice", gettext("“%(label)s”: the list does not offer “%(value)s”")
    elif isinstance(field, forms.FileField):
        yield "empty", gettext("The file is empty. Choose another.")
    elif isinstance(field, forms.IntegerField):
        yield from _numbers(field)
    most = getattr(field, "max_length", None)
    if most:
        words = ngettext("“%(label)s”: at most %(most)s character", "“%(label)s”: at most %(most)s characters", most)
        yield "max_length", _filled(words, most=written.number(most))


def _numbers(field: forms.IntegerField) -> Iterator[tuple[str, str]]:
    """What is said of a wrong number. Whole, decimal and floating numbers are one family in Django."""
    if isinstance(field, forms.FloatField | forms.DecimalField):
        words = gettext("“%(label)s”: write a number, like 12 or %(half)s")
        yield "invalid", _filled(words, half=written.number(3.5))
        words = gettext("“%(label)s”: “%(written)s” can be read in two ways. Write %(one)s or %(other)s")
        yield "ambiguous", words
    else:
        yield "invalid", gettext("“%(label)s”: write a whole number, like 12")
        yield "fraction", gettext("“%(label)s”: write a whole number, not “%(written)s”")
    least, most = field.min_value, field.max_value
    if isinstance(least, NUMBER):
        yield "min_value", _filled(gettext("“%(label)s”: write %(least)s or more"), least=written.number(least))
    if isinstance(most, NUMBER):
        yield "max_value", _filled(gettext("“%(label)s”: write %(most)s or less"), most=written.number(most))
    if isinstance(field, forms.DecimalField) and field.decimal_places is not None:
        n = field.decimal_places
        words = ngettext(
            "“%(label)s”: at most %(n)s digit after the point", "“%(label)s”: at most %(n)s digits after the point", n
        )
        yield "max_decimal_places", _filled(words, n=str(n))


def _filled(words: str, **places: str) -> str:
    """The words with every place filled but the label, which comes last."""
    return words % {"label": "%(label)s", **places}
