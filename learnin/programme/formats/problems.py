"""What is wrong with a file of the programme or of a stage, and where, in plain words."""

from collections.abc import Iterable
from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to correct in a file."""

    file: str
    line: int
    key: str
    reason: str

    def __str__(self) -> str:
        """Say where it is and what to correct, on one line."""
        key = f" {self.key}:" if self.key else ""
        return f"{self.file}:{self.line}:{key} {' '.join(self.reason.split())}"


class Unreadable(ValueError):
    """Files that cannot be used as they stand; `problems` says why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order of the file, each once."""
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class ProgrammeUnreadable(Unreadable):
    """The programme file cannot be used as it stands."""


def key_of(data: object, path: Path) -> str:
    """Name the place as a person would: an item of a list by its id, or by its number when it has none.

    >>> key_of({"themes": [{"id": "devices"}, {}]}, ("themes", 0, "name", "ka"))
    'themes.devices.name.ka'
    >>> key_of({"themes": [{"id": "devices"}, {}]}, ("themes", 1, "name"))
    'themes.#2.name'
    """
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            data = data[part] if isinstance(data, list) and part < len(data) else None
            own = data.get("id") if isinstance(data, dict) else None
            words.append(own if isinstance(own, str) and own else f"#{part + 1}")
        else:
            data = data.get(part) if isinstance(data, dict) else None
            words.append(part)
    return ".".join(words)
