"""The rules of HOUSE.md that a machine can hold: small functions from a text to what is wrong with it."""

import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Source:
    """A text of the house, and where it stands."""

    path: str
    text: str

    @property
    def name(self) -> Path:
        """The path, to ask it things."""
        return Path(self.path)


Check = Callable[[Source], Iterable[str]]


@dataclass(frozen=True)
class Rule:
    """A rule with the texts it looks at, faults that it must report, and fair work that it must let pass.

    `stands` are findings we live with: what is found ("path: finding"), and why.
    """

    check: Check
    over: Callable[[], Iterable[Source]]
    faults: tuple[Source, ...]
    fair: tuple[Source, ...]
    stands: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.check.__name__

    def found(self) -> set[str]:
        """Everything the rule finds in the house."""
        return {f"{source.path}: {finding}" for source in self.over() for finding in self.check(source)}

    def broken(self) -> list[str]:
        """What has to be repaired."""
        return sorted(self.found() - set(self.stands))

    def out_of_date(self) -> list[str]:
        """Exceptions that nothing needs any more (a file that is not there yet may bring its own)."""
        unused = sorted(set(self.stands) - self.found())
        return [finding for finding in unused if (ROOT / finding.split(":")[0]).exists()]


def planted(path: str, *texts: str) -> tuple[Source, ...]:
    """Texts that stand nowhere, to try a rule on."""
    return tuple(Source(path, text) for text in texts)


@cache
def read(path: Path) -> Source:
    """One file of the house."""
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def files(*patterns: str, without: tuple[str, ...] = ("migrations", "__pycache__", "build")) -> list[Source]:
    """The files that match, in one order."""
    found = {path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}
    return [read(path) for path in sorted(found) if not {*without} & {*path.relative_to(ROOT).parts}]


@cache
def committed() -> tuple[Path, ...]:
    """Every file that is, or would be, committed."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(path for line in lines if (path := ROOT / line).is_file())


def texts() -> Iterator[Source]:
    """Every committed file that is text."""
    for path in committed():
        try:
            yield read(path)
        except UnicodeDecodeError:
            continue
