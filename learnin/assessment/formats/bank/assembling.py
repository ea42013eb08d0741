"""A questionnaire made from items of the bank, as a workbook."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from math import ceil

from learnin.assessment.formats.workbook import Book, Row, Sheet
from learnin.programme.formats.items import Text

from .items import Bank, Condition, Item, Scale

MOST_ON_A_PAGE = 6  # statements below one question: more is a long way to scroll on a phone
_META = ("start", "end", "deviceid")
_TRANSLATED = ("label", "hint", "constraint_message")


def book(
    bank: Bank,
    item_ids: Iterable[str],
    *,
    languages: Sequence[str],
    title: str,
    form_id: str,
    consent: Mapping[str, str] | None = None,
) -> Book:
    """A workbook with these items, in groups by module; items that decide whether one is asked come along.

    The first language is the one a form opens in. Raises KeyError for an item or a language that the bank has not.
    """
    columns = {code: bank.columns[code] for code in languages}
    items = bank.with_needed(item_ids)
    writer = _Writer(bank, columns)
    rows = [{"type": name, "name": name} for name in _META]
    rows += writer.before(consent) if consent else []
    for module in dict.fromkeys(item.module for item in items):
        rows += writer.module(module, [item for item in items if item.module == module])
    settings = {"form_title": title, "form_id": form_id, "default_language": next(iter(columns.values()))}
    sheets = (
        Sheet("survey", writer.columns(), tuple(rows)),
        Sheet("choices", ("list_name", "name", *writer.translated("label")), tuple(writer.choices(items))),
        Sheet("settings", ("form_title", "form_id", "version", "default_language"), (settings,)),
    )
    return Book({sheet.name: sheet for sheet in sheets})


class _Writer:
    """Rows of a workbook in the languages it is made for."""

    def __init__(self, bank: Bank, columns: Mapping[str, str]) -> None:
        self.bank = bank
        self.languages = columns

    def translated(self, column: str) -> tuple[str, ...]:
        """The column in each language."""
        return tuple(f"{column}::{name}" for name in self.languages.values())

    def columns(self) -> tuple[str, ...]:
        """The columns of the survey, whether some row needs them or not."""
        translated = [name for column in _TRANSLATED for name in self.translated(column)]
        return ("type", "name", *translated, "appearance", "required", "relevant", "constraint")

    def before(self, consent: Mapping[str, str]) -> list[dict[str, str]]:
        """What a person reads and agrees to before the first question."""
        text = Text.of(consent, lambda: None)
        missing = [code for code in self.languages if code not in text.words]
        if missing:
            raise KeyError(*missing)
        return [
            self._group("before", self.bank.words["before"], page=True),
            {"type": "note", "name": "before_text", **self._in_each("label", text)},
            {
                "type": "acknowledge",
                "name": "agree",
                **self._in_each("label", self.bank.words["agree"]),
                "required": "yes",
            },
            _END,
        ]

    def module(self, id: str, items: Sequence[Item]) -> Iterator[dict[str, str]]:
        """The group of one module. Statements below the same question share a page."""
        module = self.bank.module(id)
        if module is None:
            raise KeyError(id)
        yield self._group(id, module.name)
        pages = 0
        for page in _pages(items):
            lead = page[0].scale.lead if page[0].scale and len(page) > 1 else None
            if lead is None:
                yield self._item(page[0], alone=True)
                continue
            pages += 1
            yield self._group(f"{id}_page_{pages}", lead, page=True)
            yield from (self._item(item, alone=False) for item in page)
            yield _END
        yield _END

    def choices(self, items: Iterable[Item]) -> Iterator[Row]:
        """The answers of every scale that an item uses, each scale once."""
        scales: dict[str, Scale] = {item.scale.id: item.scale for item in items if item.scale}
        for scale in scales.values():
            for choice in scale.choices:
                yield {"list_name": scale.id, "name": choice.value, **self._in_each("label", choice.text)}

    def _item(self, item: Item, *, alone: bool) -> dict[str, str]:
        """The row of one item. A statement that stands alone has its question as the hint."""
        row = {"type": f"{item.type} {item.scale.id}" if item.scale else item.type, "name": item.id}
        row |= self._in_each("label", item.text)
        hint = self._hint(item, alone=alone)
        row |= self._in_each("hint", hint) if hint else {}
        row |= self._constraint(item)
        row |= {"required": "yes"} if item.is_required else {}
        row |= {"relevant": _relevant(item.asked_if)} if item.asked_if else {}
        return row

    def _hint(self, item: Item, *, alone: bool) -> Text | None:
        if item.type == "select_multiple":
            return item.hint or self.bank.words["choose_all"]
        return item.hint or (item.scale.lead if alone and item.scale else None)

    def _constraint(self, item: Item) -> dict[str, str]:
        """What an answer has to be, and what is said when it is not."""
        if item.least is not None and item.most is not None:
            places = {"{least}": str(item.least), "{most}": str(item.most)}
            words = self._in_each("constraint_message", self.bank.words["range"])
            return {"constraint": f". >= {item.least} and . <= {item.most}"} | {
                column: _filled(text, places) for column, text in words.items()
            }
        alone = [choice.value for choice in item.scale.choices if choice.is_alone] if item.scale else []
        if item.type == "select_multiple" and alone:
            chosen = " or ".join(f"selected(., '{value}')" for value in alone)
            words = self._in_each("constraint_message", self.bank.words["alone"])
            return {"constraint": f"not(({chosen}) and count-selected(.) > 1)", **words}
        return {}

    def _group(self, name: str, label: Text, *, page: bool = False) -> dict[str, str]:
        row = {"type": "begin_group", "name": name, **self._in_each("label", label)}
        return {**row, "appearance": "field-list"} if page else row

    def _in_each(self, column: str, text: Text) -> dict[str, str]:
        return {f"{column}::{name}": text.words[code] for code, name in self.languages.items()}


_END = {"type": "end_group"}


def _filled(text: str, places: Mapping[str, str]) -> str:
    for place, value in places.items():
        text = text.replace(place, value)
    return text


def _pages(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Items that are shown together: statements on one scale that everybody is asked; others by themselves."""
    for shared, run in groupby(items, key=lambda item: item.is_statement and not item.asked_if and item.scale):
        together = list(run)
        number = ceil(len(together) / MOST_ON_A_PAGE) if shared else len(together)
        size, longer = divmod(len(together), number)
        for page in range(number):
            start = page * size + min(page, longer)
            yield together[start : start + size + (page < longer)]


def _relevant(condition: Condition) -> str:
    """The condition as an expression of a workbook. Whoever did not answer is not asked."""
    answer = f"${{{condition.item}}}"
    if condition.any_of:
        return " or ".join(f"selected({answer}, '{value}')" for value in condition.any_of)
    chosen = " or ".join(f"selected({answer}, '{value}')" for value in condition.none_of)
    return f"{answer} != '' and not({chosen})"
