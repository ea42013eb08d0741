"""Needs that findings tell of: a stage that has some hands them over, and the coverage asks who does something there.

The needs assessment stands beside this stage, so neither knows the other. Whoever stands above both (home) registers
where needs come from; until then there are none, and the page shows nothing of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from learnin.people.models import Country


@dataclass(frozen=True)
class Need:
    """A need that people stand behind: in words, of which theme, where, of whom; `severity`: the larger, the worse."""

    words: str
    url: str
    severity: float
    theme: str = ""
    component: str = ""
    audience: str = ""
    area: str = ""


Source = Callable[[Country], Iterable[Need]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Take one more place that needs come from."""
    _sources.append(source)
    return source


def of(country: Country) -> Iterator[Need]:
    """Every need that somebody tells of in the country."""
    for source in _sources:
        yield from source(country)
