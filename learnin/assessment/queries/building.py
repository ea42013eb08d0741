"""A draft as its builder shows it: each question with what can be changed."""

from dataclasses import dataclass
from functools import cached_property

from learnin.assessment.formats.columns import DEFAULT
from learnin.assessment.formats.definition import Choice, Definition, Group, Question, definition
from learnin.assessment.formats.editing import Condition, read_condition
from learnin.assessment.formats.workbook import Book
from learnin.assessment.models import Version

CHOSEN = frozenset({"select_one", "select_multiple", "rank"})
YES, NO = frozenset({"yes", "true", "true()"}), frozenset({"", "no", "false", "false()"})
SHORT = 70


@dataclass(frozen=True)
class Place:
    """A question or a group, with where it stands and what is special about it."""

    what: Question | Group
    label: str
    is_personal: bool = False
    is_core: bool = False
    can_go_up: bool = True
    can_go_down: bool = True

    @property
    def is_group(self) -> bool:
        """Whether others stand inside."""
        return isinstance(self.what, Group)

    @property
    def is_required(self) -> bool:
        """Whether it must always be answered."""
        return isinstance(self.what, Question) and self.what.is_required

    @property
    def is_noted(self) -> bool:
        """Whether the device notes it by itself, so that its place does not matter."""
        return _is_noted(self.what)

    @property
    def short(self) -> str:
        """The words, or the name where there are none, in one line."""
        words = " ".join((self.label or self.what.name).split())
        return words if len(words) <= SHORT else words[: SHORT - 1].rstrip() + "…"

    @property
    def offers(self) -> bool:
        """Whether it has choices that stand in the workbook."""
        return isinstance(self.what, Question) and self.what.type in CHOSEN

    @property
    def has_plain_required(self) -> bool:
        """Whether it is required always or never, and not by an expression."""
        return not isinstance(self.what, Question) or self.what.required.lower() in YES | NO


def _is_noted(one: Question | Group) -> bool:
    return isinstance(one, Question) and one.is_metadata


class Build:
    """A draft, read for building."""

    def __init__(self, version: Version) -> None:
        self.version = version

    @cached_property
    def book(self) -> Book:
        """The workbook."""
        return Book.from_json(self.version.book)

    @cached_property
    def asked(self) -> Definition:
        """What it asks."""
        return definition(self.book)

    @property
    def shown(self) -> int:
        """How many questions somebody sees."""
        return sum(not one.is_silent for one in self.asked.questions)

    @property
    def languages(self) -> tuple[str, ...]:
        """Its languages, the one it opens in first."""
        found = self.asked.languages or (DEFAULT,)
        return tuple(sorted(found, key=lambda one: one != self.asked.default_language))

    @cached_property
    def places(self) -> list[Place]:
        """Every question and group, in order."""
        instrument = self.version.instrument
        personal, core = set(instrument.personal_names), set(instrument.core_names)
        outline = self.asked.outline
        last = len(outline) - 1
        first = next((at for at, one in enumerate(outline) if not _is_noted(one)), 0)
        return [
            Place(
                what,
                self.asked.text(what.labels),
                is_personal=what.name in personal,
                is_core=what.name in core,
                can_go_up=at > first,
                can_go_down=at < last or bool(what.parents),
            )
            for at, what in enumerate(outline)
        ]

    def place(self, row: int) -> Place | None:
        """The question or group that stands in this row."""
        return next((one for one in self.places if one.what.row == row), None)

    def earlier(self, row: int) -> list[Place]:
        """The questions before this one that a condition can look at."""
        return [
            one
            for one in self.places
            if one.what.row < row and isinstance(one.what, Question) and one.what.keeps_answer
        ]

    def condition(self, place: Place) -> Condition | None:
        """When it is asked, where that is one simple thing about one earlier question."""
        found = read_condition(place.what.relevant)
        known = {one.what.name for one in self.earlier(place.what.row)}
        return found if found and found.question in known else None

    def goals(self, place: Place) -> list[Place]:
        """The groups it could be put into."""
        inside = (*place.what.parents, place.what.name)
        return [
            one
            for one in self.places
            if isinstance(one.what, Group)
            and one.what is not place.what
            and not (place.is_group and (*one.what.parents, one.what.name)[: len(inside)] == inside)
        ]

    def choices(self, list_name: str) -> tuple[Choice, ...]:
        """The choices of a list."""
        return self.asked.lists.get(list_name, ())

    def sharing(self, list_name: str) -> list[str]:
        """The questions that offer this list."""
        return [one.name for one in self.asked.questions if one.list_name == list_name and one.type in CHOSEN]
