"""Forms: fields, buttons, filters, the summary of errors."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.template import Library
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from learnin.kit import pages
from learnin.kit.components import choose, draw, tidy
from learnin.kit.forms import DayMonthYear

register = Library()
KINDS = ("", "secondary", "warning")
WIDTHS = ("", "2", "3", "4", "5", "10", "20", "30", "full", "two-thirds", "one-half", "one-third")
# The first of these that the widget is decides how the field is drawn.
SHAPES: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayMonthYear, "date"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file-upload"),
    (forms.PasswordInput, "password"),
    (forms.Widget, "input"),
)


def shape_of(widget: forms.Widget) -> str:
    """How this widget is drawn."""
    return next(name for kind, name in SHAPES if isinstance(widget, kind))


def first_id(bound: BoundField) -> str:
    """Where the summary of errors leads: the first box of the field."""
    shape = shape_of(bound.field.widget)
    if shape == "date":
        return f"{bound.auto_id}-day"
    return f"{bound.auto_id}_0" if shape in ("checkboxes", "radios") else bound.auto_id


@register.simple_tag
def field(
    bound: BoundField,
    *,
    width: str = "",
    label_size: str = "",
    hide_label: bool = False,
    rows: int | None = None,
    prefix: Any = "",
    suffix: Any = "",
    inline: bool = False,
) -> SafeString:
    """One field with its label, hint, error and box."""
    choose("The width of a field", str(width), WIDTHS)
    choose("The size of a label", label_size, ("", "s", "m", "l"))
    if bound.is_hidden:
        return bound.as_widget()
    shape = shape_of(bound.field.widget)
    described = _described(bound)
    values = {
        "id": bound.auto_id,
        "name": bound.html_name,
        "help": bound.help_text,
        "errors": tuple(map(str, bound.errors)),
        "is_disabled": bound.field.disabled,
        "shape": shape,
        "label": _label(bound, shape),
        "label_size": label_size,
        "hide_label": hide_label,
        "described": described,
        "prefix": prefix,
        "suffix": suffix,
        "inline": inline,
        "options": _options(bound) if shape in ("checkboxes", "radios") else (),
        "boxes": _boxes(bound) if shape == "date" else (),
        "box": _box(bound, shape, str(width), rows, described),
    }
    return draw("field", **values)


@register.simple_tag
def fields(form: Iterable[BoundField]) -> SafeString:
    """All fields of a form, or some of them, one under the other."""
    return format_html_join("\n", "{}", ((field(bound),) for bound in form))


@register.simple_tag
def error_summary(form: forms.BaseForm | None, *, focus: bool = True) -> SafeString:
    """What stands in the way, each line leading to its field; nothing when all is well. The reader is led to it."""
    if form is None or not pages.is_refused(form):
        return SafeString("")
    return draw("error_summary", problems=list(_problems(form)), focus=focus)


@register.simple_tag(takes_context=True)
def page_errors(context: Context) -> SafeString:
    """The summary of errors of the page's own form."""
    found = context.get("form")
    return error_summary(found) if hasattr(found, "errors") else SafeString("")


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """The word before the page's title when its form was refused."""
    return _("Error: ") if page_errors(context) else ""


@register.simple_block_tag
def filters(
    content: str, button: Any = gettext_lazy("Show"), *, of: Iterable[BoundField] = (), width: str = ""
) -> SafeString:
    """A form in one row that narrows a list: the fields of a form, or some of them, and what else stands in the block.

    `width`: of boxes one writes into.
    """
    boxes = [field(bound, width=width if shape_of(bound.field.widget) == "input" else "") for bound in of]
    return draw("filters", content=SafeString("\n".join([*boxes, tidy(content)])), button=button)


@register.simple_tag
def button(label: Any, *, kind: str = "", name: str = "", value: str = "") -> SafeString:
    """The button that sends a form. One filled button on a page."""
    return draw("button", label=label, look=_look(kind), name=name, value=value)


@register.simple_tag
def link_button(label: Any, url: str, *, kind: str = "") -> SafeString:
    """A link that begins something, drawn as a button."""
    return format_html(
        '<a href="{}" role="button" draggable="false" class="govuk-button{}" data-module="govuk-button">{}</a>',
        url,
        _look(kind),
        label,
    )


@register.simple_tag(takes_context=True)
def post_button(
    context: Context, label: Any, url: str, *, kind: str = "secondary", name: str = "", value: str = ""
) -> SafeString:
    """A form of one button: an act that needs no words from the person."""
    values = {"label": label, "url": url, "kind": kind, "name": name, "value": value}
    return draw("post_button", token=context.get("csrf_token", ""), **values)


@register.simple_block_tag
def button_group(content: str) -> SafeString:
    """Buttons and links beside each other."""
    return format_html('<div class="govuk-button-group">{}</div>', content)


def _look(kind: str) -> str:
    choose("The kind of a button", kind, KINDS)
    return f" govuk-button--{kind}" if kind else ""


def _label(bound: BoundField, shape: str) -> str:
    if bound.field.required or bound.field.disabled or shape == "checkbox" or _says_it_itself(bound):
        return str(bound.label)
    return _("%(label)s (optional)") % {"label": bound.label}


def _says_it_itself(bound: BoundField) -> bool:
    """Nothing in this form must be filled in, as in a filter; or the empty choice has a word, such as "Everybody"."""
    if not any(one.field.required for one in bound.form.visible_fields()):
        return True
    return any(not value and str(words).strip("- ") for value, words in getattr(bound.field, "choices", ()))


def _described(bound: BoundField) -> str:
    ends = [("hint", bound.help_text), ("error", bound.errors)]
    return " ".join(f"{bound.auto_id}-{end}" for end, there in ends if there)


def _box(bound: BoundField, shape: str, width: str, rows: int | None, described: str) -> SafeString:
    """The widget of a field that is a single box."""
    if shape in ("checkboxes", "radios", "date"):
        return SafeString("")
    look = {"password": "govuk-input govuk-password-input__input govuk-js-password-input-input"}
    look["checkbox"] = "govuk-checkboxes__input"
    classes = [look.get(shape, f"govuk-{shape}")]
    if width.isdigit():
        classes.append(f"govuk-input--width-{width}")
    elif width:
        classes.append(f"govuk-!-width-{width}")
    if bound.errors and shape != "checkbox":
        classes.append(f"govuk-{'input' if shape == 'password' else shape}--error")
    attrs: dict[str, Any] = {"class": " ".join(classes)}
    if described:
        attrs["aria-describedby"] = described
    if rows and shape == "textarea":
        attrs["rows"] = rows
    if bound.field.widget.template_name == forms.Select.template_name:
        return _select(bound, attrs)
    return bound.as_widget(attrs=attrs)


def _select(bound: BoundField, attrs: dict[str, Any]) -> SafeString:
    """A list to choose from, as Django draws it, but once for the same choices."""
    widget = bound.field.widget
    attrs = {"id": bound.auto_id, **bound.build_widget_attrs(attrs, widget)}
    found = widget.get_context(bound.html_name, bound.value(), attrs)["widget"]
    groups = tuple(
        (group or "", tuple((str(one["value"]), one["label"], _attributes(one)) for one in options))
        for group, options, _number in found["optgroups"]
    )
    return draw("select", name=found["name"], attributes=_attributes(found), groups=groups)


def _attributes(drawn: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((key, value if isinstance(value, bool) else str(value)) for key, value in drawn["attrs"].items())


def _options(bound: BoundField) -> list[dict[str, Any]]:
    """The choices of radios or checkboxes, flat; a group's name stands above its first choice."""
    options: list[dict[str, Any]] = []
    for group, members, _index in bound.field.widget.optgroups(bound.html_name, _chosen(bound)):
        for number, member in enumerate(members):
            options.append({**member, "id": f"{bound.auto_id}_{len(options)}", "above": group if not number else ""})
    return options


def _chosen(bound: BoundField) -> list[str]:
    return bound.field.widget.format_value(bound.value())


def _boxes(bound: BoundField) -> list[dict[str, Any]]:
    """The three boxes of a date."""
    written = DayMonthYear.parts(bound.value())
    labels = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
    return [
        {"end": end, "label": labels[end], "value": written[end], "width": 4 if end == "year" else 2}
        for end in DayMonthYear.ends
    ]


def _problems(form: forms.BaseForm) -> Iterator[dict[str, str]]:
    for message in form.non_field_errors():
        yield {"url": "", "message": str(message)}
    for bound in form:
        for message in bound.errors:
            yield {"url": f"#{first_id(bound)}", "message": str(message)}
