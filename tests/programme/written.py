"""Programme files as a person might write them, for the tests beside this file."""

from pathlib import Path

import yaml

from learnin.programme.formats.definition import SECTIONS
from learnin.programme.formats.items import Kind
from learnin.programme.reader import SHIPPED


class _Plain(yaml.SafeDumper):
    """Writes the same text twice rather than pointing to the first."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def data() -> dict:
    """A small sound programme that is not LearnIn's: every list holds one or two entries."""
    one = {"name": {"en": "One"}, "description": {"en": "The only one."}}
    return {
        "programme": {"id": "rivers", "region": {"en": "The valley"}, **named("Rivers", "Learns by the water.")},
        "languages": ["en"],
        "countries": ["NO"],
        "task_force": {"members_least": 2, "members_most": 5, "shared_language": "en", "shared_level": "B1"},
        "components": [{"id": "water", "chip": "technology", **named("Water", "What flows.")}],
        "constituencies": [{"id": "fishers", "seats_least": 1, **named("Fishers", "Who fish.")}],
        "mandate_points": [{"id": "listen", **one}],
        "community_tasks": [{"id": "gather", **one}],
        "dimensions": [{"id": "depth", **one}],
        "stages": [{"id": "taskforce", "name": {"en": "Crew"}}],
        "steps": [{"id": "meet", "stage": "taskforce", "name": {"en": "Meet"}}],
        "supporters": [{"id": "mill", "level": "country", "name": {"en": "The mill"}}],
        "themes": [
            {"id": "boats", "component": "water", "name": {"en": "Boats"}},
            {"id": "bridges", "component": "water", "name": {"en": "Bridges"}},
        ],
        "audiences": [{"id": "children", "name": {"en": "Children"}}],
    }


def named(name: str, description: str) -> dict:
    """A name and a sentence in English."""
    return {"name": {"en": name}, "description": {"en": description}}


def text(content: object) -> str:
    """The content as YAML."""
    return yaml.dump(content, Dumper=_Plain, allow_unicode=True, sort_keys=False)


def file(folder: Path, content: object) -> Path:
    """A file with this content."""
    path = folder / "other.yaml"
    path.write_text(text(content), encoding="utf-8")
    return path


def without(folder: Path, kind: str, id: str) -> Path:
    """The shipped programme in a file that lacks one id."""
    content = yaml.safe_load(SHIPPED.read_text("utf-8"))
    content["countries"] = [code if isinstance(code, str) else "NO" for code in content["countries"]]
    section = SECTIONS[Kind(kind)][0]
    content[section] = [entry for entry in content[section] if entry["id"] != id]
    return file(folder, content)
