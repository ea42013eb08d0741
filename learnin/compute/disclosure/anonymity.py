"""Whether rows of microdata hide among others like them, and what to coarsen or drop where they do not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from learnin.compute.disclosure.refusals import CannotProtect

Column = Sequence[str]


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to do with a column, and how many rows would still stand out after it."""

    column: str
    do: str
    rows_left: int


@dataclass(frozen=True)
class Anonymity:
    """How well rows hide.

    Args:
        k: respondents that share the same visible values, at least; 0 where there are no rows.
        variety: different values of the sensitive column among them, at least; nothing where no column is sensitive.
        rows: rows that stand out, by position from 0: too few share their values, or these say too nearly the same.
        values: by column, the values that only such rows have, in order.
        advice: for each column to drop it, and to coarsen it where that is possible; what leaves fewest rows first.
    """

    k: int
    variety: int | None
    rows: tuple[int, ...]
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    advice: tuple[Advice, ...] = ()

    @property
    def is_safe(self) -> bool:
        """Nobody stands out."""
        return not self.rows


def anonymity(
    columns: Mapping[str, Column],
    *,
    k: int = 5,
    sensitive: Column | None = None,
    variety: int = 1,
    coarser: Mapping[str, Column] | None = None,
) -> Anonymity:
    """Which rows of microdata stand out.

    Args:
        columns: by name, what an outsider may know of somebody (place, sex, age, post), shape (n,).
        k: how many rows must share the same values, 1 or more.
        sensitive: what an outsider wants to learn, shape (n,), for the variety.
        variety: how many different sensitive values such rows must have among them (distinct l-diversity), 1 or more.
        coarser: by name, a coarser value for each row of a column: region for district, shape (n,).
    Returns:
        The rows, and for each column what dropping or coarsening it would leave.
    Raises:
        CannotProtect: columns of unequal length, a coarser column that has no finer one, k or variety below 1.
    Source: Sweeney (2002), k-anonymity: a model for protecting privacy, International Journal of Uncertainty, Fuzziness
        and Knowledge-Based Systems 10, 557-570; Machanavajjhala et al. (2007), l-diversity, ACM Transactions on
        Knowledge Discovery from Data 1(1), 3; docs/methods/disclosure.md.

    >>> found = anonymity({"sex": "ffffm", "place": "NNNNS"}, k=2, coarser={"place": "*****"})
    >>> found.k, found.rows, found.advice[0]
    (1, (4,), Advice(column='place', do='coarsen', rows_left=1))
    """
    coarser = coarser or {}
    lengths = {*map(len, [*columns.values(), *coarser.values(), *([] if sensitive is None else [sensitive])])}
    if len(lengths) > 1 or k < 1 or variety < 1 or not coarser.keys() <= columns.keys():
        raise CannotProtect(
            "Columns have one value for each row, coarser ones a finer one; k and variety are 1 or more."
        )
    n = next(iter(lengths), 0)
    smallest, least, rows = _standing_out(columns, n, sensitive, k, variety)
    return Anonymity(
        k=smallest,
        variety=least,
        rows=rows,
        values=_only_theirs(columns, rows),
        advice=_advice(columns, coarser, n, sensitive, k, variety) if rows else (),
    )


def _standing_out(
    columns: Mapping[str, Column], n: int, sensitive: Column | None, k: int, variety: int
) -> tuple[int, int | None, tuple[int, ...]]:
    """The size of the smallest class, its least variety, and the rows of classes that are too small or too alike."""
    seen = list(zip(*columns.values(), strict=True)) or [()] * n
    sizes = Counter(seen)
    smallest = min(sizes.values(), default=0)
    if sensitive is None:
        return smallest, None, tuple(row for row, own in enumerate(seen) if sizes[own] < k)
    kinds = Counter(own for own, _value in {*zip(seen, sensitive, strict=True)})
    rows = tuple(row for row, own in enumerate(seen) if sizes[own] < k or kinds[own] < variety)
    return smallest, min(kinds.values(), default=0), rows


def _only_theirs(columns: Mapping[str, Column], rows: tuple[int, ...]) -> dict[str, tuple[str, ...]]:
    """Values that only rows that stand out have: the first to look at."""
    standing = {*rows}
    found = {}
    for name, column in columns.items():
        common = {value for row, value in enumerate(column) if row not in standing}
        if rare := sorted({column[row] for row in rows} - common):
            found[name] = tuple(rare)
    return found


def _advice(
    columns: Mapping[str, Column],
    coarser: Mapping[str, Column],
    n: int,
    sensitive: Column | None,
    k: int,
    variety: int,
) -> tuple[Advice, ...]:
    """Each column dropped and coarsened, one at a time; of equals the coarsening first, since more stays."""
    tried = [(name, "coarsen", {**columns, name: coarse}) for name, coarse in coarser.items()]
    tried += [(name, "drop", {other: values for other, values in columns.items() if other != name}) for name in columns]
    found = [Advice(name, do, len(_standing_out(changed, n, sensitive, k, variety)[2])) for name, do, changed in tried]
    return tuple(sorted(found, key=lambda advice: advice.rows_left))
