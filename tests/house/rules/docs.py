"""Rules for what we write about the house, and for every file we give away."""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from tests.house.rules import ROOT, Source

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"```.*?```", re.DOTALL)
COMMAND = re.compile(r"(?:^ {4}|^\$ |`)make ([a-z]+)", re.MULTILINE)
HEADING = re.compile(r"^#+\s+(.*?)\s*$", re.MULTILINE)
# Folders of somebody's machine, and hosts that give packages away (a mirror's name tells where we work).
MACHINE = re.compile(r"(?<![\w.-])/(?:home|Users|root)/[\w.-]+/")
HOSTS = re.compile(
    r"//[\w.-]*\b(?:registry|artifactory|nexus|npm|pypi|pythonhosted|npmjs|mirror|devpi|verdaccio)[\w-]*\.[\w.-]+",
    re.IGNORECASE,
)


def links_lead_somewhere(source: Source) -> Iterator[str]:
    """A link between pages leads to a file that is there, and to a heading that it has."""
    for target in LINK.findall(FENCE.sub("", source.text)):
        if re.match(r"[a-z]+:", target):
            continue
        name, _hash, anchor = target.partition("#")
        path = (ROOT / source.path).parent / name if name else None
        if path and not path.exists():
            yield f"{target} leads nowhere"
        elif anchor and anchor not in _anchors(path.read_text() if path and path.is_file() else source.text):
            yield f"{target}: there is no such heading"


def _anchors(text: str) -> set[str]:
    """Headings as they stand in an address."""
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in HEADING.findall(text)}


def commands_exist(source: Source) -> Iterator[str]:
    """Whatever `make` we tell people to type is in the Makefile."""
    for command in COMMAND.findall(source.text):
        if command not in _commands():
            yield f"make {command} is no command"


@cache
def _commands() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def no_machine_is_named(source: Source) -> Iterator[str]:
    """No path of one machine, no host of a package registry."""
    if str(ROOT) in source.text and len(ROOT.parts) > 2:
        yield "names the folder it was written in"
    for found in [*MACHINE.findall(source.text), *HOSTS.findall(source.text)]:
        yield f"names {found}"


def methods_nobody_computes(methods: Iterable[Source], tests: Iterable[Source]) -> Iterator[str]:
    """The worked numbers of a method are read, and computed again, by a test."""
    written = "\n".join(test.text for test in tests)
    for method in methods:
        if method.path not in written and method.name.name not in written:
            yield f"{method.path}: no test reads its numbers"


def numbers_missing(numbers: list[int]) -> Iterator[str]:
    """Decisions count from 1, each number once."""
    for number in range(1, max(numbers, default=0) + 1):
        if numbers.count(number) != 1:
            yield f"{number} {'stands twice' if number in numbers else 'is missing'}"
