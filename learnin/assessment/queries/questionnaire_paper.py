"""A questionnaire on paper: numbered questions, boxes to tick, lines to write on, and where to go on."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learnin.assessment.formats import skips
from learnin.assessment.formats.definition import (
    REFERENCE,
    Definition,
    Group,
    Question,
    Texts,
    definition,
    language_code,
    language_name,
)
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version
from learnin.kit import documents, languages
from learnin.kit.documents import Block, Boxes, Document, Heading, Lines, Numbered, Paragraph, Table

MOST_COLUMNS = 7  # answers of a table: more would be too narrow to read
MOST_BOXES = 40  # a longer list is written, not ticked
STATEMENT_SHARE, ANSWERS_SHARE = 40, 60


def language_of(asked: Definition, wanted: str, reader: str) -> str:
    """The language to print: the one that was asked for, else the reader's, else the first."""
    return wanted if wanted in asked.languages else asked.language_of(reader)


def spoken(language: str) -> str:
    """The interface language for our own words on the paper: that of the questionnaire, else English."""
    code = language_code(language).lower()
    known = {one.code for one in languages.interface()}
    return code if code in known else "en"


def paper(version: Version, language: str) -> Document:
    """The questionnaire in one of its languages. Our own words are in the language that is active."""
    asked = definition(Book.from_json(version.book))
    title = version.instrument.title
    subtitle = _("Version %(name)s") % {"name": version.version} if version.is_published else ""
    return Document(
        title=title,
        place=str(version.instrument.country),
        subtitle=", ".join(filter(None, [subtitle, language_name(language) if len(asked.languages) > 1 else ""])),
        state="" if version.is_published else _("Draft"),
        blocks=tuple(_Paper(asked, language).blocks()),
    )


class _Paper:
    """Writes the blocks of one questionnaire in one language."""

    def __init__(self, asked: Definition, language: str) -> None:
        self.asked, self.language = asked, language
        self.skips = skips.Skips(asked)
        self.numbers = self.skips.numbers

    def blocks(self) -> Iterator[Block]:
        """Everything, in the order of the questionnaire."""
        sheet = ""
        for together, run in groupby(self.asked.outline, key=self._scale):
            ones = list(run)
            for at, one in enumerate(ones):
                if sheet and self._sheet(one) != sheet:
                    yield Paragraph(_("Here a sheet ends. Take another one, or go on."), is_note=True)
                sheet = self._sheet(one)
                if isinstance(one, Group):
                    yield from self._group(one)
                elif not together or len(ones) == 1:
                    yield from self._question(one)
                elif not at:
                    yield self._table([each for each in ones if isinstance(each, Question)])

    def _sheet(self, one: Group | Question) -> str:
        """The outermost group around it, or it, that is answered several times."""
        return next((group.path for group in self.asked.repeats if f"{one.path}/".startswith(f"{group.path}/")), "")

    def _scale(self, one: Group | Question) -> tuple[object, ...]:
        """What statements share that can stand in one table; nothing for what stands alone."""
        if not isinstance(one, Question) or one.type != "select_one" or one.relevant or one.or_other:
            return ()
        choices = self.asked.choices(one)
        short = 2 <= len(choices) <= MOST_COLUMNS and not self.skips.jumps(one)
        return (one.list_name, one.parents, self._text(one.hints)) if short else ()

    def _text(self, texts: Texts) -> str:
        """Words, with the number of a question in the place of its answer."""
        return REFERENCE.sub(self._named, self.asked.text(texts, self.language))

    def _named(self, found: re.Match[str]) -> str:
        number = self._number(found[1])
        return _("(answer to question %(number)s)") % {"number": number} if number else "…"

    def _number(self, name: str) -> int | None:
        question = self.asked.question(name)
        return self.numbers.get(question.path) if question else None

    def _group(self, group: Group) -> Iterator[Block]:
        label = self._text(group.labels)
        if label:
            yield Heading(label, level=1 if not group.depth else 2)
        if group.is_repeat:
            name = label or group.name
            yield Paragraph(_("Fill in one sheet for each: %(name)s") % {"name": name}, is_note=True)
        if said := self._only_if(group.relevant):
            yield Paragraph(said, is_note=True)

    def _question(self, question: Question) -> Iterator[Block]:
        if question.is_silent:
            return
        text, only = self._text(question.labels) or question.name, self._only_if(question.relevant)
        if question.type == "note":
            yield Paragraph(text)
            return
        notes = [only, self._text(question.hints), self._how(question)]
        yield Numbered(f"{self.numbers[question.path]}.", text, tuple(filter(None, notes)))
        yield self._room(question)

    def _how(self, question: Question) -> str:
        """What a device would take, and paper cannot."""
        return {
            "image": _("A picture cannot stand on paper: say where it is kept."),
            "audio": _("A sound cannot stand on paper: say where it is kept."),
            "video": _("A film cannot stand on paper: say where it is kept."),
            "file": _("A file cannot stand on paper: say where it is kept."),
            "geopoint": _("Write the address, or the coordinates."),
            "rank": _("Write 1 beside the first, 2 beside the second, and so on."),
        }.get(question.type, "")

    def _room(self, question: Question) -> Block:
        """Where the answer goes."""
        choices = self.asked.choices(question)
        if question.type == "rank" and choices:
            rows = tuple((self._choice(question, one.name), "") for one in choices)
            columns = (_("Choice"), _("Place"))
            return Table(
                caption=self._text(question.labels), columns=columns, rows=rows, shares=(80, 20), is_to_tick=True
            )
        if question.is_select and 0 < len(choices) <= MOST_BOXES:
            return self._boxes(question)
        if question.type in {"acknowledge", "trigger"}:
            return Boxes((pgettext("an answer to tick", "Yes"),), is_many=True)
        if question.type in {"integer", "decimal", "range"}:
            return Lines(places=("",))
        if question.type in {"date", "dateTime"}:
            return Lines(places=(_("day"), _("month"), _("year")))
        return Lines(count=3 if "multiline" in question.appearance else 1)

    def _boxes(self, question: Question) -> Boxes:
        jumps = self.skips.jumps(question)
        options = []
        for choice in self.asked.choices(question):
            words = self._choice(question, choice.name)
            if choice.name in jumps:
                goal = jumps[choice.name]
                there = (
                    _("go on with question %(number)s") % {"number": self.numbers[goal.path]}
                    if goal
                    else _("you have reached the end")
                )
                words = f"{words}  →  {there}"
            options.append(words)
        if question.or_other:
            options.append(_("Other: ____________________"))
        return Boxes(tuple(options), is_many=question.type == "select_multiple")

    def _choice(self, question: Question, name: str) -> str:
        found = next((one for one in self.asked.choices(question) if one.name == name), None)
        return self.asked.text(found.labels, self.language) or name if found else name

    def _only_if(self, expression: str) -> str:
        """Who answers, in words."""
        if not expression:
            return ""
        rule = skips.read_rule(expression)
        about = self.asked.question(rule.question) if rule else None
        if rule is None or about is None or about.path not in self.numbers:
            said = REFERENCE.sub(lambda found: str(self._number(found[1]) or found[1]), expression)
            return _("Only in some cases: %(expression)s") % {"expression": said}
        named = pgettext("between answers, the last two", " or ").join(
            f"“{self._choice(about, value) if value else '…'}”" for value in rule.values
        )
        place = {"number": self.numbers[about.path], "answers": named}
        if rule.is_none_of:
            return _("Only if the answer to question %(number)s is not %(answers)s.") % place
        return _("Only if the answer to question %(number)s is %(answers)s.") % place

    def _table(self, questions: Sequence[Question]) -> Table:
        """Statements on one scale, one in each row."""
        choices = [self._choice(questions[0], one.name) for one in self.asked.choices(questions[0])]
        rows = [
            (f"{self.numbers[one.path]}. {self._text(one.labels) or one.name}", *(documents.CIRCLE for _one in choices))
            for one in questions
        ]
        hint = self._text(questions[0].hints)
        return Table(
            caption=hint or _("Tick one answer in each row"),
            columns=(hint or _("Tick one answer in each row"), *choices),
            rows=tuple(rows),
            shares=(STATEMENT_SHARE * len(choices), *(ANSWERS_SHARE for _one in choices)),
            is_to_tick=True,
        )
