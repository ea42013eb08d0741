"""What a programme is made of: entries with an id for ever and a name in every language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from learnin.compute.folding import serbian_latin

Language = Callable[[], str | None]


class Kind(StrEnum):
    """What a programme id can name. The value is the word a field is declared with."""

    COMPONENT = "component"
    CONSTITUENCY = "constituency"
    MANDATE_POINT = "mandate_point"
    COMMUNITY_TASK = "community_task"
    DIMENSION = "dimension"
    STAGE = "stage"
    STEP = "step"
    SUPPORTER = "supporter"
    THEME = "theme"
    AUDIENCE = "audience"


@dataclass(frozen=True)
class Text:
    """A name or a sentence in several languages; `str()` gives the one of the reader."""

    words: Mapping[str, str] = field(hash=False)
    language: Language = field(compare=False, repr=False)

    @classmethod
    def of(cls, words: Mapping[str, str], language: Language) -> "Text":
        """The words as a file has them, and Serbian in Latin script made from the Cyrillic."""
        made = {"sr-latn": serbian_latin(words["sr"])} if "sr" in words else {}
        return cls(MappingProxyType({**made, **words}), language)

    def in_language(self, code: str | None) -> str:
        """The words in this language, else in its wider one (pt for pt-br), else in English."""
        code = (code or "en").lower()
        while code and code not in self.words:
            code = code.rpartition("-")[0]
        return self.words[code or "en"]

    def __str__(self) -> str:
        """The words in the language of the reader."""
        return self.in_language(self.language())


@dataclass(frozen=True)
class Item:
    """One entry of the programme, known by its id for ever and by its name in every language."""

    id: str
    names: Text
    descriptions: Text | None

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return str(self.names)

    @property
    def description(self) -> str:
        """The sentence that explains it, in the language of the reader; empty where the file has none."""
        return str(self.descriptions) if self.descriptions else ""

    def __str__(self) -> str:
        """The name in the language of the reader."""
        return self.name


class MandatePoint(Item):
    """One thing the mandate asks of a national task force."""


class CommunityTask(Item):
    """One thing the task force does for each community."""


class Dimension(Item):
    """One side of the needs assessment."""


class Stage(Item):
    """One part of the route; its id is the name of the app that carries it."""


class Audience(Item):
    """People for whom something is made."""


@dataclass(frozen=True)
class Component(Item):
    """A field of the work with a community of its own; `chip` is its shape and colour."""

    chip: str


@dataclass(frozen=True)
class Constituency(Item):
    """A group that has seats on the task force; `seats_least` is the fewest filled seats the mandate asks for."""

    seats_least: int


@dataclass(frozen=True)
class Step(Item):
    """One step of the route; `stage` is the id of its stage."""

    stage: str


@dataclass(frozen=True)
class Supporter(Item):
    """An organisation that supports task forces; `level` is region or country."""

    level: str


@dataclass(frozen=True)
class Theme(Item):
    """A theme of education; `component` is the id of the component it is closest to."""

    component: str


@dataclass(frozen=True)
class TaskForceTerms:
    """What the programme asks of a task force as a whole."""

    members_least: int
    members_most: int
    shared_language: str
    shared_level: str
