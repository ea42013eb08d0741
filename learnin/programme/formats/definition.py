"""A programme, read from the text of its file: what everything else asks for names, ids and order."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from . import agreement, schema_words, yaml_lines
from .items import (
    Audience,
    CommunityTask,
    Component,
    Constituency,
    Dimension,
    Item,
    Kind,
    Language,
    MandatePoint,
    Stage,
    Step,
    Supporter,
    TaskForceTerms,
    Text,
    Theme,
)
from .problems import ProgrammeUnreadable


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
        names=Text.of(about["name"], language),
        descriptions=Text.of(about["description"], language),
        regions=Text.of(about["region"], language),
        languages=tuple(data["languages"]),
        countries=tuple(data["countries"]),
        task_force=TaskForceTerms(**data["task_force"]),
        **sections,
    )


def _item(entry: Mapping[str, Any], made_as: type[Item], language: Language) -> Item:
    """One entry of a list. What is neither name nor sentence goes to the field of the same name."""
    rest = {key: value for key, value in entry.items() if key not in {"name", "description"}}
    sentence = Text.of(entry["description"], language) if "description" in entry else None
    return made_as(names=Text.of(entry["name"], language), descriptions=sentence, **rest)
