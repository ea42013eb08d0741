"""Indicators of an assessment: which there are, whether they fit the questionnaire, what answers at hand say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from learnin.assessment import indicator_words
from learnin.assessment.formats import indicator
from learnin.assessment.formats.indicator import Asked, Definition, DefinitionWrong, Kind
from learnin.assessment.models import Assessment, Export, Grouping, Indicator, Instrument
from learnin.assessment.queries import analysis
from learnin.kit import languages, written
from learnin.programme import reader
from learnin.programme.formats.items import Kind as ProgrammeKind

if TYPE_CHECKING:
    import polars as pl

BARS = 8  # of the picture of a number: few enough to read, enough to see a lean
OF_NUMBERS = frozenset({Kind.MEAN, Kind.INDEX, Kind.QUANTILE, Kind.TOTAL})


@dataclass(frozen=True)
class Line:
    """An indicator in the list: what it works out, in words, and whether the questionnaire still asks it."""

    indicator: Indicator
    said: str
    is_asked: bool


@dataclass(frozen=True)
class Shelf:
    """The indicators of one dimension."""

    id: str
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Bar:
    """One value, or a span of numbers, and how many gave it."""

    name: str
    count: int
    share: float


@dataclass(frozen=True)
class Look:
    """What an indicator says of the answers at hand, unweighted: only to see whether the definition is right."""

    answers: int
    valid: int
    mean: float | None
    bars: tuple[Bar, ...]

    @property
    def missing(self) -> int:
        """Answers that give nothing."""
        return self.answers - self.valid


def indicators(assessment: Assessment, *, with_retired: bool = False) -> QuerySet[Indicator]:
    """The indicators of an assessment, in the order they were added."""
    found = assessment.indicators.select_related("instrument")
    return (found if with_retired else found.filter(retired_at=None)).order_by("pk")


def groupings(assessment: Assessment) -> QuerySet[Grouping]:
    """The groupings of an assessment, in the order they were added."""
    return assessment.groupings.select_related("within").order_by("pk")


def shelves(assessment: Assessment) -> list[Shelf]:
    """The indicators by dimension, in the order of the programme; those of no dimension last, retired ones in place."""
    known = {one.pk: analysis.measured(one) for one in analysis.instruments(assessment)}
    lines: dict[str, list[Line]] = {}
    for one in indicators(assessment, with_retired=True):
        lines.setdefault(one.dimension, []).append(_line(one, known.get(one.instrument_id, {})))
    names = {one.id: str(one.name) for one in reader.current().items(ProgrammeKind.DIMENSION)}
    return [Shelf(id or "none", names.get(id, ""), tuple(lines[id])) for id in (*names, "") if id in lines]


def _line(one: Indicator, known: Mapping[str, Asked]) -> Line:
    definition = indicator.read(one.definition)
    return Line(one, in_words(definition, known), set(definition.names) <= known.keys())


def in_words(definition: Definition, known: Mapping[str, Asked]) -> str:
    """What a definition works out, in a line."""
    return indicator_words.definition(definition, words_of(definition, known))


def words_of(definition: Definition, known: Mapping[str, Asked]) -> dict[str, str]:
    """The words of the answers that a definition names, in the reader's language."""
    found: dict[str, str] = {}
    for name in definition.questions:
        for value, texts in (known[name].choices if name in known else {}).items():
            found.setdefault(value, languages.text_in(texts, get_language()) or value)
    return found


def does_not_fit(known: Mapping[str, Asked], definition: Mapping[str, Any]) -> Iterator[DefinitionWrong]:
    """What is wrong with a definition for a questionnaire that asks this."""
    wrong = list(indicator.problems(definition))
    yield from wrong
    if not wrong:
        yield from _strangers(known, definition, indicator.read(definition))


def _strangers(known: Mapping[str, Asked], data: Mapping[str, Any], read: Definition) -> Iterator[DefinitionWrong]:
    """Questions that are not asked, answers that cannot be given, numbers that are none."""
    keys = [key for key in ("question", "questions", "expression", "top", "bottom") if key in data]
    for name in read.names:
        if name not in known:
            yield DefinitionWrong(keys[0], "no_such_question", name)
        elif read.kind in OF_NUMBERS and not known[name].is_number:
            yield DefinitionWrong(keys[0], "no_number", name)
    for name in read.questions:
        choices = known[name].choices if name in known else {}
        for value in read.values:
            if choices and value not in choices:
                yield DefinitionWrong("values", "no_such_answer", value)


def look(instrument: Instrument, assessment: Assessment, definition: Definition, *, until: datetime) -> Look:
    """What a definition says of the answers that came to a questionnaire in this assessment."""
    import polars as pl  # takes memory, and few pages need it

    from learnin.assessment.queries import analysis_table

    measured = [
        indicator.measured(answers, "it", definition)
        for one in analysis.rounds(assessment).filter(instrument=instrument)
        if (answers := analysis_table.table(one, definition.names, (), scope=Export.Scope.KEPT, until=until)).height
    ]
    if not measured:
        return Look(0, 0, None, ())
    return _looked(pl.concat(measured), definition, words_of(definition, analysis.measured(instrument)))


def _looked(columns: "pl.DataFrame", definition: Definition, words: Mapping[str, str]) -> Look:
    import polars as pl

    if definition.kind == Kind.MULTI:
        answered = int(columns.select(pl.all().is_not_null()).max_horizontal().sum())
        chosen = {words.get(value, value): _sum(columns[f"it__{value}"]) for value in definition.values}
        return Look(columns.height, answered, None, _bars(chosen, answered))
    score = indicator.score(columns, definition)
    answered = score.len() - score.null_count()
    if definition.kind == Kind.SHARES:
        given = {words.get(value, value): _sum(score == value) for value in definition.values}
        return Look(score.len(), answered, None, _bars(given, answered))
    if definition.is_share or definition.kind == Kind.COUNT:
        yes = _sum(score)
        return Look(
            score.len(), answered, None, _bars({_("Counts"): yes, _("Does not count"): answered - yes}, answered)
        )
    mean = score.mean()
    return Look(score.len(), answered, mean if isinstance(mean, float) else None, _spread(score.drop_nulls()))


def _sum(column: "pl.Series") -> int:
    return int(column.sum() or 0)


def _spread(numbers: "pl.Series") -> tuple[Bar, ...]:
    """How numbers spread: each value, where they are few; else spans of the same width."""
    values = sorted(numbers.unique())
    if len(values) <= BARS:
        return _bars({written.number(value): _sum(numbers == value) for value in values}, numbers.len())
    least, most = values[0], values[-1]
    width = (most - least) / BARS
    place = ((numbers - least) / width).floor().clip(0, BARS - 1)
    edges = [least + at * width for at in range(BARS + 1)]
    counts = {f"{written.number(edges[at])}–{written.number(edges[at + 1])}": _sum(place == at) for at in range(BARS)}
    return _bars(counts, numbers.len())


def _bars(counts: Mapping[str, int], answered: int) -> tuple[Bar, ...]:
    return tuple(Bar(name, count, count / answered if answered else 0.0) for name, count in counts.items())


def dimensions(assessment: Assessment) -> list[tuple[str, str]]:
    """The dimensions that some indicator is about: id and name, in the order of the programme."""
    used = set(indicators(assessment).values_list("dimension", flat=True))
    return [(one.id, str(one.name)) for one in reader.current().items(ProgrammeKind.DIMENSION) if one.id in used]


def ways_to_split(assessment: Assessment) -> list[tuple[str, str]]:
    """Each way that results are told for groups: as estimates keep it in `by`, and in words."""
    found = list(groupings(assessment))
    alone = [(one.code, one.label()) for one in found]
    inside = [(f"{one.within.code}|{one.code}", f"{one.within.label()}, {one.label()}") for one in found if one.within]
    return alone + inside
