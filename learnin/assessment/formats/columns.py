"""What the columns and the types of a questionnaire's workbook are called: one name for each, whichever way it is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from learnin.assessment.formats import xlsform
from learnin.assessment.formats.workbook import Row, Sheet

TRANSLATED = (
    "label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "big-image", "audio", "video",
)  # fmt: skip
MEDIA = ("image", "big-image", "audio", "video")
EXPRESSIONS = (
    "relevant", "constraint", "required", "calculation", "choice_filter", "repeat_count", "read_only", "default", "trigger",
)  # fmt: skip
SURVEY = frozenset({*TRANSLATED, *EXPRESSIONS, "type", "name", "appearance", "parameters", "autoplay", "rows", "intent",
                    "query", "save_to", "disabled", "note", "notes", "comments", "sms_field", "no_app_error_string"})  # fmt: skip
CHOICES = frozenset({"list_name", "name", "label", *MEDIA})
SETTINGS = frozenset({
    "form_title", "form_id", "version", "default_language", "instance_name", "public_key", "submission_url", "auto_send",
    "auto_delete", "style", "name", "allow_choice_duplicates", "clean_text_values", "namespaces", "omit_instanceid",
    "client_editable", "instance_xmlns", "prefix", "sms_keyword", "sms_separator", "add_none_option",
})  # fmt: skip
_OTHER_NAMES = {
    "survey": {
        "caption": "label", "relevance": "relevant", "calculate": "calculation", "readonly": "read_only", "command": "type",
        "tag": "name", "value": "name", "constraining_message": "constraint_message", "requiredmsg": "required_message",
        "noapperrorstring": "no_app_error_string", "count": "repeat_count", "jr:count": "repeat_count",
        "jr:constraintmsg": "constraint_message", "jr:requiredmsg": "required_message",
    },
    "choices": {"caption": "label", "value": "name"},
    "settings": {"set_form_title": "form_title", "title": "form_title", "set_form_id": "form_id", "id_string": "form_id"},
}  # fmt: skip
_WRAPPERS = ("bind", "control", "body", "media")
DEFAULT = "default"  # what the converter calls the language of columns that name none


@dataclass(frozen=True)
class Column:
    """One column: what stands at its top, the one name we know it by, and the language it is written in."""

    header: str
    name: str
    language: str = ""


class Columns:
    """The columns of one sheet, found by their names and languages."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        kind = "choices" if sheet.name in {"choices", "external_choices"} else sheet.name
        self._known = {"survey": SURVEY, "choices": CHOICES, "settings": SETTINGS}.get(kind, frozenset())
        self._others = _OTHER_NAMES.get(kind, {})
        doubled = any("::" in header for header in sheet.columns)
        self.all = tuple(self._column(header, doubled=doubled) for header in sheet.columns)

    def _column(self, header: str, *, doubled: bool) -> Column:
        if xlsform.is_marked(header):
            return Column(header, header)
        whole = _plain(header)
        if (name := self._others.get(whole, whole)) in self._known:
            return Column(header, name)
        parts = [part.strip() for part in re.split("::" if doubled or "::" in header else r"(?<!jr):", header)]
        if _plain(parts[0]) in _WRAPPERS and len(parts) > 1:
            parts = parts[1:]
        first = _plain(parts[0])
        name = self._others.get(first, first)
        if name not in self._known:
            return Column(header, header)
        return Column(header, name, parts[1] if len(parts) > 1 and name in TRANSLATED else "")

    @cached_property
    def by_header(self) -> Mapping[str, Column]:
        """Each column by what stands at its top."""
        return {column.header: column for column in self.all}

    def is_known(self, column: Column) -> bool:
        """Whether the converter knows what this column is for."""
        return column.name in self._known

    def named(self, name: str) -> list[Column]:
        """The columns of this name, one for each language."""
        return [column for column in self.all if column.name == name]

    def header(self, name: str) -> str:
        """What stands at the top of the first column of this name; the name itself where there is none yet."""
        return next((column.header for column in self.named(name)), name)

    def has(self, name: str) -> bool:
        """Whether the sheet has a column of this name."""
        return bool(self.named(name))

    def value(self, row: Row, name: str) -> str:
        """What the row says in the column of this name, without spaces around it."""
        for column in self.named(name):
            if text := clean(row.get(column.header, "")):
                return text
        return ""

    def texts(self, row: Row, name: str, default: str) -> Mapping[str, str]:
        """What the row says in this column in each language. A column that names none speaks the default language."""
        found: dict[str, str] = {}
        for column in sorted(self.named(name), key=lambda one: not one.language):
            if text := row.get(column.header, "").strip():
                found.setdefault(column.language or default, text)
        return found

    def languages(self, default: str) -> Iterator[str]:
        """The languages of all columns, in their order."""
        yield from (column.language or default for column in self.all if column.name in TRANSLATED)


def clean(text: str) -> str:
    """The text as the converter reads it: no spaces around it, none doubled, none that are unbreakable."""
    return re.sub(" +", " ", text.replace("\xa0", " ").strip())


def _plain(header: str) -> str:
    return "_".join(header.split()).lower()


# ---- Types

_SAME_TYPE = {
    "text": ("string", "q string", "add text prompt"),
    "integer": ("int", "q int", "add integer prompt"),
    "decimal": ("q decimal", "add decimal prompt"),
    "date": ("q date", "add date prompt"),
    "dateTime": ("datetime", "date time", "q date time", "add date time prompt", "add dateTime prompt", "q dateTime"),
    "note": ("q note", "add note prompt"),
    "calculate": ("q calculate", "add calculate prompt"),
    "image": ("photo", "q picture", "q image", "add image prompt", "add photo prompt"),
    "audio": ("q audio", "add audio prompt"),
    "video": ("q video", "add video prompt"),
    "file": ("add file prompt",),
    "geopoint": ("location", "gps", "q geopoint", "q location", "add location prompt"),
    "geoshape": ("q geoshape",),
    "geotrace": ("q geotrace",),
    "barcode": ("q barcode", "add barcode prompt"),
    "acknowledge": ("q acknowledge",),
    "start": ("get start time", "start time"),
    "end": ("get end time", "end time"),
    "today": ("get today",),
    "deviceid": ("imei", "device id", "get device id"),
    "subscriberid": ("subscriber id", "get subscriber id"),
    "simserial": ("sim id", "get sim id"),
    "phonenumber": ("get phone number",),
}
SAME_TYPE: Mapping[str, str] = {other: name for name, others in _SAME_TYPE.items() for other in others}
_SELECTS = {
    "select_one": ("select_one", "select one", "select one from", "select1", "add select one prompt using"),
    "select_multiple": (
        "select_multiple", "select all that apply", "select all that apply from", "add select multiple prompt using",
    ),
    "select_one_from_file": ("select_one_from_file", "select one from file"),
    "select_multiple_from_file": ("select_multiple_from_file", "select multiple from file"),
    "select_one_external": ("select_one_external",),
    "rank": ("rank",),
}  # fmt: skip
SELECTS: Mapping[str, str] = {word: name for name, words in _SELECTS.items() for word in words}
_SELECT = re.compile(
    rf"(?P<select>{'|'.join(sorted(map(re.escape, SELECTS), key=len, reverse=True))}) (?P<list>\S+)"
    r"(?P<other> (or specify other|or_other|or other))?"
)
_BLOCK = re.compile(r"(?P<edge>begin|end)[ _](?P<kind>group|repeat|lgroup|looped group|loop)( (over )?\S+)?")
SELECT_TYPES = frozenset(_SELECTS)
LISTED_TYPES = frozenset({"select_one", "select_multiple", "rank"})  # their choices stand on the sheet of choices
METADATA = frozenset({
    "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit",
    "start-geopoint", "background-audio", "background-geopoint", "uri:deviceid", "uri:subscriberid", "uri:simserial",
    "uri:phonenumber", "uri:username", "uri:email",
})  # fmt: skip
SILENT = METADATA | {"calculate", "hidden", "xml-external", "csv-external"}  # nobody sees a question of these


@dataclass(frozen=True)
class Kind:
    """What a type says: its one name, the list it draws on, and whether "other" may be written in.

    The name of a block is `begin group`, `end group`, `begin repeat` or `end repeat`.
    """

    name: str
    list_name: str = ""
    or_other: bool = False

    @property
    def written(self) -> str:
        """The type as we write it."""
        return " ".join(filter(None, (self.name, self.list_name, "or_other" if self.or_other else "")))


def kind(text: str) -> Kind:
    """What the text in the column of types means; a type we do not know keeps its own name."""
    said = clean(text)
    if found := _SELECT.fullmatch(said):
        return Kind(SELECTS[found["select"]], found["list"], bool(found["other"]))
    if found := _BLOCK.fullmatch(said):
        is_group = found["kind"] == "group"
        return Kind(f"{found['edge']} {'group' if is_group else 'repeat'}")
    return Kind(SAME_TYPE.get(said, said))
