"""What the estimation engine is asked for, for each indicator."""

from collections.abc import Iterable

from learnin.compute import survey

from .definition import As, Definition, Kind
from .measures import BETWEEN, BOTTOM, TOP


def item(code: str, definition: Definition) -> survey.Item:
    """The item of the engine over the columns that `measured` makes. Its label is the code.

    >>> item("sure", Definition(Kind.SHARE, ("q1",), values=("4", "5"))).label
    'sure'
    """
    match definition.kind:
        case Kind.MEAN:
            return survey.Mean(code, name=code)
        case Kind.TOTAL:
            return survey.Total(code, name=code)
        case Kind.SHARE:
            return survey.Proportion(code, name=code)
        case Kind.COUNT:
            return survey.Count(code, name=code)
        case Kind.SHARES:
            return survey.Shares(code, definition.values, name=code)
        case Kind.MULTI:
            return survey.Multi(_columns(code, definition.values), name=code)
        case Kind.INDEX:
            return survey.Index(_columns(code, definition.questions), definition.needed or None, name=code)
        case Kind.RATIO:
            top, bottom = _columns(code, (TOP, BOTTOM))
            return survey.Ratio(top, bottom, name=code)
        case Kind.QUANTILE:
            return survey.Quantile(code, (definition.at,), name=code)
        case Kind.DERIVED:
            return _OF_PEOPLE[definition.derived_as](code, name=code)


_OF_PEOPLE: dict[As, type[survey.Mean]] = {
    As.MEAN: survey.Mean,
    As.SHARE: survey.Proportion,
    As.TOTAL: survey.Total,
}


def _columns(code: str, parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{code}{BETWEEN}{part}" for part in parts)
