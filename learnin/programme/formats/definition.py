"""A programme, read from the text of its file: what everything else asks for names, ids and order."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from learnin.compute.folding import serbian_latin

from . import agreement, schema_words, yaml_lines
from .problems import ProgrammeUnreadable

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


@dataclass(frozen=True)
class Programme:
    """Everything the file says. Lists keep the order of the file."""

    id: str
    names: Text
    descriptions: Text
    regions: Text
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    task_force: TaskForceTerms
    components: tuple[Component, ...]
    constituencies: tuple[Constituency, ...]
    mandate_points: tuple[MandatePoint, ...]
    community_tasks: tuple[CommunityTask, ...]
    dimensions: tuple[Dimension, ...]
    stages: tuple[Stage, ...]
    steps: tuple[Step, ...]
    supporters: tuple[Supporter, ...]
    themes: tuple[Theme, ...]
    audiences: tuple[Audience, ...]

    @property
    def name(self) -> str:
        """The programme's name in the language of the reader."""
        return str(self.names)

    @property
    def description(self) -> str:
        """What the programme is for, in the language of the reader."""
        return str(self.descriptions)

    @property
    def region(self) -> str:
        """The name of the part of the world it works in, in the language of the reader."""
        return str(self.regions)

    @cached_property
    def by_kind(self) -> Mapping[Kind, Mapping[str, Item]]:
        """Every item by its kind and its id, in the order of the file."""
        found = {kind: {item.id: item for item in getattr(self, section)} for kind, (section, _) in SECTIONS.items()}
        return MappingProxyType({kind: MappingProxyType(items) for kind, items in found.items()})

    def items(self, kind: Kind | str) -> tuple[Item, ...]:
        """All of a kind, in the order of the file."""
        return tuple(self.by_kind[Kind(kind)].values())

    def item(self, kind: Kind | str, id: str) -> Item | None:
        """The one of this kind with this id, or None."""
        return self.by_kind[Kind(kind)].get(id)

    def steps_of(self, stage: str) -> tuple[Step, ...]:
        """The steps of a stage, in order."""
        return tuple(step for step in self.steps if step.stage == stage)


SECTIONS: Mapping[Kind, tuple[str, type[Item]]] = MappingProxyType(
    {
        Kind.COMPONENT: ("components", Component),
        Kind.CONSTITUENCY: ("constituencies", Constituency),
        Kind.MANDATE_POINT: ("mandate_points", MandatePoint),
        Kind.COMMUNITY_TASK: ("community_tasks", CommunityTask),
        Kind.DIMENSION: ("dimensions", Dimension),
        Kind.STAGE: ("stages", Stage),
        Kind.STEP: ("steps", Step),
        Kind.SUPPORTER: ("supporters", Supporter),
        Kind.THEME: ("themes", Theme),
        Kind.AUDIENCE: ("audiences", Audience),
    }
)


def english() -> str:
    """The language of a reader who is nobody in particular."""
    return "en"


def parse(text: str, *, file: str, language: Language = english) -> Programme:
    """The programme in this text. Raises ProgrammeUnreadable with every problem found.

    `language` answers which language the reader reads now; names ask it each time they are shown.
    """
    document = yaml_lines.read(text, file=file)
    problems = [*document.repeated_keys(), *schema_words.problems(document)]
    problems += agreement.problems(document, [section for section, _ in SECTIONS.values()])
    if problems:
        raise ProgrammeUnreadable(problems)
    return _programme(document.data, language)


def _programme(data: Any, language: Language) -> Programme:
    """The programme in data that the schema has seen."""
    about = data["programme"]
    sections: dict[str, Any] = {
        section: tuple(_item(entry, made_as, language) for entry in data[section])
        for section, made_as in SECTIONS.values()
    }
    return Programme(
        id=about["id"],
        names=_text(about["name"], language),
        descriptions=_text(about["description"], language),
        regions=_text(about["region"], language),
        languages=tuple(data["languages"]),
        countries=tuple(data["countries"]),
        task_force=TaskForceTerms(**data["task_force"]),
        **sections,
    )


def _item(entry: Mapping[str, Any], made_as: type[Item], language: Language) -> Item:
    """One entry of a list. What is neither name nor sentence goes to the field of the same name."""
    rest = {key: value for key, value in entry.items() if key not in {"name", "description"}}
    sentence = _text(entry["description"], language) if "description" in entry else None
    return made_as(names=_text(entry["name"], language), descriptions=sentence, **rest)


def _text(words: Mapping[str, str], language: Language) -> Text:
    """The words as the file has them, and Serbian in Latin script made from the Cyrillic."""
    made = {"sr-latn": serbian_latin(words["sr"])} if "sr" in words else {}
    return Text(MappingProxyType({**made, **words}), language)
