"""Several rows of one initiative as one record: 3W tables have a row for each organisation, activity and place."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from learnin.initiatives.formats.fivew.line import LONGEST_SAID
from learnin.initiatives.formats.fivew.meanings import Meaning
from learnin.initiatives.formats.record import (
    Contact,
    Level,
    Money,
    Organisation,
    Party,
    People,
    Problem,
    Record,
    Role,
    Text,
)

Rows = Sequence[tuple[int, Record]]

_FIRST_TELLS = {"status": Meaning.STATUS, "scope": Meaning.SCOPE, "language": Meaning.LANGUAGE}
_UNION = ("identifiers", "parties", "places", "themes", "audiences", "components", "isced", "sdg", "links", "related")
_WIDENED: Mapping[str, tuple[Meaning, Callable[[Iterable[date]], date]]] = {
    "planned_start": (Meaning.PLANNED_START, min),
    "actual_start": (Meaning.ACTUAL_START, min),
    "planned_end": (Meaning.PLANNED_END, max),
    "actual_end": (Meaning.ACTUAL_END, max),
}
MOST_ROWS_NAMED = 20


class Joining:
    """Joins rows of one initiative, and keeps what differs between them. `headings`: by meaning, to say where."""

    def __init__(self, rows: Rows, headings: Mapping[Meaning, str]) -> None:
        self.rows, self.headings = rows, headings
        self.problems: list[Problem] = []
        self.records = [record for _, record in rows]

    def record(self) -> Record:
        """The one record: the first row tells, later ones add."""
        changes: dict[str, Any] = {name: self._first(name, meaning) for name, meaning in _FIRST_TELLS.items()}
        changes |= {name: tuple(dict.fromkeys(self._all(name))) for name in _UNION}
        changes |= {name: self._widened(name, *how) for name, how in _WIDENED.items()}
        reporter, others = self._reporters()
        changes["parties"] = tuple(dict.fromkeys((*changes["parties"], *others)))
        moments = [one.updated_at for one in self.records if one.updated_at]
        return replace(
            self.records[0],
            **changes,
            reporter=reporter,
            titles=tuple(self._by_key("titles", lambda text: text.language, Meaning.TITLE)),
            descriptions=tuple(
                self._by_key("descriptions", lambda text: (text.language, text.purpose), Meaning.DESCRIPTION)
            ),
            countries=tuple(self._by_code("countries")),
            sectors=tuple(self._by_code("sectors")),
            people=tuple(self._people()),
            money=tuple(self._money()),
            contact=next((one.contact for one in self.records if one.contact != Contact()), Contact()),
            updated_at=max(moments, default=None),
        )

    def _all(self, name: str) -> Iterator[Any]:
        return (one for record in self.records for one in getattr(record, name))

    def _differs(self, code: str, row: int, meaning: Meaning, said: object) -> None:
        identifier = self.records[0].identifier
        heading = self.headings.get(meaning, "")
        self.problems.append(Problem(code, row, heading, str(said)[:LONGEST_SAID], Level.WARNING, identifier))

    def _first(self, name: str, meaning: Meaning) -> Any:
        """What the first row that tells it says."""
        told = [(row, value) for row, record in self.rows if (value := getattr(record, name))]
        for row, value in told[1:]:
            if value != told[0][1]:
                self._differs("differs_from_first_row", row, meaning, value)
        return told[0][1] if told else getattr(self.records[0], name)

    def _widened(self, name: str, meaning: Meaning, choose: Callable[[Iterable[date]], date]) -> date | None:
        """The first of first days, the last of last days."""
        told = [(row, day) for row, record in self.rows if (day := getattr(record, name))]
        if not told:
            return None
        chosen = choose(day for _, day in told)
        if any(day != told[0][1] for _, day in told):
            self._differs("days_widened", told[0][0], meaning, chosen.isoformat())
        return chosen

    def _by_key(self, name: str, key: Callable[[Any], object], meaning: Meaning) -> Iterator[Any]:
        """One text for each language and purpose."""
        kept = dict[object, Any]()
        for row, record in self.rows:
            for one in getattr(record, name):
                first = kept.setdefault(key(one), one)
                if first != one:
                    self._differs("differs_from_first_row", row, meaning, one.words)
        yield from kept.values()

    def _by_code(self, name: str) -> Iterator[Any]:
        """Each code once; its share from the first row that tells one."""
        kept = dict[str, Any]()
        for one in self._all(name):
            before = kept.get(one.code)
            kept[one.code] = before if before and (before.percentage is not None or one.percentage is None) else one
        yield from kept.values()

    def _reporters(self) -> tuple[Organisation, list[Party]]:
        """Who tells of it: the first; whoever else does takes part."""
        told = [(row, record.reporter) for row, record in self.rows if record.reporter.name]
        if not told:
            return self.records[0].reporter, []
        first, others = told[0][1], list[Organisation]()
        for row, reporter in told[1:]:
            if _is_other(reporter, first) and all(_is_other(reporter, one) for one in others):
                others.append(reporter)
                self._differs("another_reporter", row, Meaning.REPORTER, reporter.name)
        return first, [Party(one, Role.IMPLEMENTING) for one in others]

    def _people(self) -> Iterator[People]:
        """By audience and period: a number that all rows repeat counts once; different ones are added up."""
        groups = defaultdict[tuple[str, date | None, date | None], list[tuple[int, People]]](list)
        for row, record in self.rows:
            for one in record.people:
                groups[one.audience, one.begins, one.ends].append((row, one))
        for (audience, begins, ends), told in groups.items():
            planned = self._counted(told, "planned", Meaning.PLANNED)
            reached = self._counted(told, "reached", Meaning.REACHED)
            yield People(audience, planned, reached, begins, ends)

    def _counted(self, told: Sequence[tuple[int, People]], name: str, meaning: Meaning) -> int | None:
        counts = [(row, count) for row, one in told if (count := getattr(one, name)) is not None]
        values: list[int] = [count for _, count in counts]
        if len(values) < 2:
            return values[0] if values else None
        if len(set(values)) == 1:
            self._differs("count_repeated", counts[1][0], meaning, values[0])
            return values[0]
        self._differs("counts_added", counts[0][0], meaning, f"{' + '.join(map(str, values))} = {sum(values)}")
        return sum(values)

    def _money(self) -> Iterator[Money]:
        """Amounts of all rows; one that stands there again counts once."""
        kept = dict[Money, int]()
        for row, record in self.rows:
            for one in record.money:
                if kept.setdefault(one, row) != row:
                    self._differs("amount_repeated", row, Meaning.BUDGET, f"{one.amount} {one.currency}")
        yield from kept


def joined(rows: Rows, headings: Mapping[Meaning, str]) -> tuple[Record, list[Problem]]:
    """One record of all rows of one initiative, in the order of the table, with what a person should know of it."""
    joining = Joining(rows, headings)
    record = joining.record()
    if len(rows) == 1:
        return record, []
    numbers = [str(row) for row, _ in rows]
    said = ", ".join(numbers[:MOST_ROWS_NAMED]) + (" …" if len(numbers) > MOST_ROWS_NAMED else "")
    code, meaning = (
        ("rows_joined", Meaning.IDENTIFIER) if record.identifier else ("rows_joined_by_title", Meaning.TITLE)
    )
    first = Problem(code, rows[0][0], headings.get(meaning, ""), said, Level.WARNING, record.identifier)
    return record, [first, *joining.problems]


def _is_other(one: Organisation, another: Organisation) -> bool:
    """Whether two organisations are not the same: by their numbers if both have one, else by their names."""
    if one.identifier and another.identifier:
        return one.identifier != another.identifier
    return _words(one.names) != _words(another.names)


def _words(names: Iterable[Text]) -> str:
    return " ".join(next(iter(names), Text("")).words.casefold().split())
