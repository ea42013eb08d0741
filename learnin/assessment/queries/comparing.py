"""Two numbers of one indicator beside each other: what the survey can say of their difference."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from learnin.assessment import saying
from learnin.assessment.models import Run
from learnin.assessment.queries import estimates, reading
from learnin.assessment.queries.explorer import Choices, name_of
from learnin.assessment.queries.reading import Read
from learnin.compute import comparing
from learnin.compute.comparing import Comparison
from learnin.kit import written
from learnin.kit.charts import Differences, Dots, Mark, Row, Trust, Unit


@dataclass(frozen=True)
class Offered:
    """What can be compared: numbers of indicators, and groups of rounds."""

    numbers: Choices
    groups: Choices


@dataclass(frozen=True)
class Compared:
    """Two numbers, what can be said of them, and how it looks. `found` is nothing where one of them is not shown."""

    first: Read
    second: Read
    names: tuple[str, str]
    sentence: str
    found: Comparison | None
    are_rounds: bool

    @property
    def is_probability(self) -> bool:
        """Whether both numbers are of a probability sample."""
        return self.first.of.is_probability and self.second.of.is_probability

    @property
    def both(self) -> Dots:
        """Both with their intervals."""
        rows = tuple(Row(name, one.mark) for name, one in zip(self.names, (self.first, self.second), strict=True))
        return Dots(self.first.of.name, rows, of=_("Group"), unit=self.first.unit)

    @property
    def difference(self) -> Differences | None:
        """The difference with its own interval: it is never read from two lines that overlap."""
        if self.found is None:
            return None
        is_sure = self.first.trust is self.second.trust is Trust.SURE
        trust = Trust.SURE if is_sure else Trust.UNSURE  # a difference is as sure as the less sure of the two
        mark = Mark(self.found.difference, self.found.low, self.found.high, None, trust)
        unit = Unit.POINTS if self.first.unit is Unit.SHARE else Unit.NUMBER
        label = _("%(first)s less %(second)s") % {"first": self.names[0], "second": self.names[1]}
        return Differences(_("The difference"), (Row(label, mark),), of=_("Difference"), unit=unit)


def offered(run: Run) -> Offered:
    """Every number and every group of a run, in their order."""
    titles = {part.round_id: part.round.title for part in estimates.rounds_of(run)}
    numbers: dict[str, str] = {}
    groups: dict[str, str] = {}
    for one in estimates.numbers(run):
        numbers.setdefault(f"{one.indicator.pk}/{one.level}", one.name)
        group = one.group or _("Everybody")
        groups.setdefault(f"{one.round}/{one.key}", f"{titles[one.round]}: {group}" if len(titles) > 1 else group)
    return Offered(list(numbers.items()), list(groups.items()))


def compared(run: Run, *, number: str, first: str, second: str) -> Compared | None:
    """Two groups of a run in one number of an indicator; nothing where one of them was not asked this."""
    indicator, _slash, level = number.partition("/")
    found = {
        f"{one.of.round}/{one.of.key}": one
        for one in reading.numbers(run, indicators=[int(indicator)])
        if one.of.level == level
    }
    if first not in found or second not in found:
        return None
    a, b = found[first], found[second]
    told, names = _tested(run, a, b), _names(run, a, b)
    return Compared(a, b, names, _said(run, a, b, names, told), told, are_rounds=a.of.round != b.of.round)


def _names(run: Run, first: Read, second: Read) -> tuple[str, str]:
    """What tells the two apart: their groups; of two rounds, the round before the group."""
    if first.of.round == second.of.round:
        return name_of(first), name_of(second)
    titles = {part.round_id: part.round.title for part in estimates.rounds_of(run)}
    if not first.of.key and not second.of.key:
        return titles[first.of.round], titles[second.of.round]
    return written.named(titles[first.of.round], name_of(first)), written.named(
        titles[second.of.round], name_of(second)
    )


def _tested(run: Run, first: Read, second: Read) -> Comparison | None:
    """The difference through the covariance. Of two rounds none is kept: where the same schools were asked twice the
    true interval is narrower, so that no difference is claimed that is not there."""
    a, b = first.of, second.of
    if a.estimate is None or b.estimate is None or a.se is None or b.se is None:
        return None
    together: float | None = 0.0
    if a.round == b.round:
        part = next(one for one in estimates.rounds_of(run) if one.round_id == a.round)
        together = estimates.covariance(a, b, part)
    degrees = min(a.df or 0.0, b.df or 0.0)
    if together is None or degrees <= 0:
        return None
    return comparing.compare(a.estimate, b.estimate, variances=(a.se**2, b.se**2), covariance=together, df=degrees)


def _said(run: Run, first: Read, second: Read, names: tuple[str, str], found: Comparison | None) -> str:
    """The comparison as a sentence."""
    if found is None or first.of.estimate is None or second.of.estimate is None:
        return _("These two cannot be compared: one of them is not shown, or no margin is known.")
    values = first.of.estimate, second.of.estimate
    if first.unit is not Unit.SHARE:
        return _apart(names, values, found)
    if first.of.round != second.of.round and first.of.key == second.of.key:
        titles = {part.round_id: part.round.title for part in estimates.rounds_of(run)}
        order = list(titles)
        later, earlier = first, second
        if order.index(first.of.round) < order.index(second.of.round):
            later, earlier, found = second, first, _turned(found)
        return saying.change(
            (titles[earlier.of.round], titles[later.of.round]),
            (earlier.of.estimate or 0.0, later.of.estimate or 0.0),
            found,
        )
    return saying.difference(names, values, found)


def _turned(found: Comparison) -> Comparison:
    """The second less the first."""
    return Comparison(-found.difference, found.se, -found.high, -found.low, found.df, found.level, found.p)


def _apart(names: tuple[str, str], values: tuple[float, float], found: Comparison) -> str:
    """Of numbers that are no shares: a clear difference without its sign, the smaller end first."""
    says, ends = Unit.NUMBER.says, (found.low, found.high)
    if found.verdict is not comparing.Difference.CANNOT_TELL:
        nearer, farther = sorted(abs(end) for end in ends)
        ends = nearer, farther
    told = says(values[0]), says(values[1])
    return saying.apart(names, told, found, size=says(abs(found.difference)), ends=(says(ends[0]), says(ends[1])))
