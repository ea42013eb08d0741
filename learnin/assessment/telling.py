"""How versions of a questionnaire are told in every reader's language: types, channels and their limits, changes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learnin.assessment.formats.channels import Channel, Limit
from learnin.assessment.formats.definition import Group, Question
from learnin.assessment.formats.differences import Change, Effect

TYPES: dict[str, str | Promise] = {
    "text": _("Text"),
    "integer": _("Whole number"),
    "decimal": pgettext_lazy("a quantity", "Number"),
    "range": _("Number on a scale"),
    "date": _("Date"),
    "time": _("Time"),
    "dateTime": _("Date and time"),
    "select_one": _("One choice"),
    "select_multiple": _("Several choices"),
    "select_one_from_file": _("One choice, from a file"),
    "select_multiple_from_file": _("Several choices, from a file"),
    "select_one_external": _("One choice, from a long list"),
    "rank": _("Choices in an order"),
    "note": _("Note"),
    "acknowledge": _("Confirmation"),
    "trigger": _("Confirmation"),
    "image": _("Picture"),
    "audio": _("Sound"),
    "video": _("Film"),
    "file": _("File"),
    "geopoint": _("Place"),
    "geotrace": _("Line on a map"),
    "geoshape": _("Area on a map"),
    "barcode": _("Barcode"),
    "calculate": _("Calculated"),
    "hidden": _("Hidden"),
}
CHANNELS: dict[Channel, str | Promise] = {
    "collect": _("ODK Collect"),
    "web": _("Web form"),
    "plain": _("Plain form without scripts"),
    "paper": _("Paper"),
    "phone": _("By telephone"),
}
LIMITS: dict[str, str | Promise] = {
    "recordings": _("Sounds and films cannot be recorded: %(names)s"),
    "photos": _("Pictures: %(names)s"),
    "files": _("Files: %(names)s"),
    "barcodes": _("Barcodes must be typed: %(names)s"),
    "shapes": _("Lines and areas on a map: %(names)s"),
    "places": _("Places on a map: %(names)s"),
    "device_facts": _("Facts about the device stay empty: %(names)s"),
    "repeats": _("Groups that are answered several times: %(names)s"),
    "rankings": _("Putting choices in an order is hard here: %(names)s"),
    "filtered_lists": _("All choices show, not only those that fit: %(names)s"),
    "far_lists": _("Choices from a long list outside the form: %(names)s"),
    "outside_lists": _("Lists from a file: %(names)s"),
    "functions": _("Expressions with unknown functions: %(names)s"),
    "other_apps": _("Questions that open another app: %(names)s"),
    "shown_media": _("Pictures and sounds cannot be shown: %(names)s"),
    "long_lists": _("Too many choices to read out: %(names)s"),
    "filled_in_words": _("Earlier answers inside a question do not appear: %(names)s"),
    "rules": _("Rules for answers are not checked: %(names)s"),
}
EFFECTS: dict[Effect, str | Promise] = {
    "same_column": _("Data fit"),
    "new_column": _("New column"),
    "column_goes_away": _("Column ends"),
    "values_change": _("Meaning changes"),
}
EFFECT_LOOKS: dict[Effect, str] = {
    "same_column": "done",
    "new_column": "doing",
    "column_goes_away": "late",
    "values_change": "late",
}
FIELDS: dict[str, str | Promise] = {
    "label": _("Words"),
    "hint": _("Hint"),
    "type": _("Type"),
    "list": _("List of choices"),
    "place": _("Place in the questionnaire"),
    "relevant": _("When it is asked"),
    "required": _("Whether it must be answered"),
    "constraint": _("Which answers are allowed"),
    "calculation": _("Calculation"),
    "choice_filter": _("Which choices show"),
    "appearance": _("Appearance"),
    "default": _("First answer"),
}
_CHANGES: dict[tuple[str, str], str | Promise] = {
    ("question", "added"): _("Question added: %(name)s"),
    ("question", "removed"): _("Question removed: %(name)s"),
    ("question", "changed"): _("Question %(name)s. %(field)s"),
    ("group", "added"): _("Group added: %(name)s"),
    ("group", "removed"): _("Group removed: %(name)s"),
    ("group", "changed"): _("Group %(name)s. %(field)s"),
    ("choice", "added"): _("Choice added to %(list)s: %(name)s"),
    ("choice", "removed"): _("Choice removed from %(list)s: %(name)s"),
    ("choice", "changed"): _("Choice %(name)s of %(list)s. %(field)s"),
    ("language", "added"): _("Language added: %(name)s"),
    ("language", "removed"): _("Language removed: %(name)s"),
}
_MOST_NAMES = 8


def type_of(one: Question | Group) -> str:
    """What kind of answer a question wants, in words; a type without words keeps its own name."""
    if isinstance(one, Group):
        return str(_("Answered several times") if one.is_repeat else _("Group"))
    return str(TYPES.get(one.type, one.type))


def limit(one: Limit) -> str:
    """What does not work, with the names of the first questions it touches."""
    names = ", ".join(one.names[:_MOST_NAMES]) + (" …" if len(one.names) > _MOST_NAMES else "")
    return str(LIMITS[one.code]) % {"names": names}


def change(one: Change) -> str:
    """What changed, in one line."""
    field = str(FIELDS.get(one.field, one.field)) + (f" ({one.language})" if one.language else "")
    return str(_CHANGES[one.what, one.how]) % {"name": one.name, "list": one.list_name, "field": field}
