"""Records with one title by one reporter, many times over: courses each year, one grant for each village.

They are parts of one programme, so every one of them goes with every other: fifty give 1,225 pairs that say one thing.
Along the series each is told to go with the next, which says the same in 49.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from learnin.compute.relations.cards import Numbers
from learnin.compute.relations.tables import Mask, Tables

MANY = 4
"""Records with one title and reporter from which they are a series: three give three pairs, which a person reads."""

NONE = -1


@dataclass(frozen=True)
class Series:
    """For each record the number of its series, or -1; and where it stands in it: by beginning, end and budget."""

    number: Numbers
    place: Numbers

    @classmethod
    def of(cls, tables: Tables, rows: Numbers) -> "Series":
        """The series among some rows of a register."""
        groups: dict[tuple[str, frozenset[str], str], list[int]] = defaultdict(list)
        for row in rows.tolist():
            titles = frozenset(tables.cards[row].titles) - {""}
            if titles:
                groups[str(tables.country[row]), titles, tables.reporters[row]].append(row)
        number, place = (np.full(len(tables.cards), NONE, dtype=np.int64) for _each in range(2))
        for at, group in enumerate(one for one in groups.values() if len(one) >= MANY):
            here = np.array(group, dtype=np.int64)
            order = np.lexsort((here, tables.budget[here], tables.ends[here], tables.begins[here]))
            number[here], place[here[order]] = at, np.arange(len(here))
        return cls(number, place)

    def links(self) -> tuple[Numbers, Numbers]:
        """Each record of a series and the next one; of the two the smaller row first."""
        order = np.lexsort((self.place, self.number))
        one, other = order[:-1], order[1:]
        linked = (self.number[one] == self.number[other]) & (self.number[one] != NONE)
        return np.minimum(one, other)[linked], np.maximum(one, other)[linked]

    def tells(self, i: Numbers, j: Numbers) -> Mask:
        """Which pairs are worth telling: those not of one series, and those that stand next to each other in it."""
        apart = self.number[i] != self.number[j]
        return np.asarray(apart | (self.number[i] == NONE) | (np.abs(self.place[i] - self.place[j]) == 1), dtype=bool)
