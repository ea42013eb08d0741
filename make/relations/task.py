"""The task on which linking is measured: real records, made copies of some, and which pairs are one activity."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

from learnin.compute.relations import Described
from learnin.compute.relations.words import folded
from make.relations import copies, real
from make.relations.strangers import strangers

Pair = frozenset[int]
COPIES, PARTS = 0.35, 0.15  # of the number of originals
LEARN, DRAWS = 0.35, 3  # of the families, not only measured on; of these three fifths to learn from, as often drawn


@dataclass(frozen=True)
class Task:
    """Records with the keys 0, 1, 2 ... and the pairs among them that were made to be the same, or parts of one."""

    records: list[Described]
    same: frozenset[Pair]
    parts: frozenset[Pair]


def single(found: Iterable[Described]) -> list[Described]:
    """One record for each country and title, so that hardly any pair is the same before copies are made."""
    kept: dict[tuple[str, str], Described] = {}
    for record in real.once(found):
        if len(folded(record.titles[0])) > 3:
            kept.setdefault((record.country, folded(record.titles[0])), record)
    return list(kept.values())


def split(found: Iterable[Described], share: float, salt: str = "") -> tuple[list[Described], list[Described]]:
    """Two lists that share no family of records; the first gets about this share of the families."""
    first: list[Described] = []
    second: list[Described] = []
    for record in found:
        part = first if crc32(f"{salt}{real.family(record)}".encode()) % 1000 < share * 1000 else second
        part.append(record)
    return first, second


def families(found: Iterable[Described]) -> tuple[list[Described], list[Described], list[Described]]:
    """The records to learn weights from, those to calibrate them, and those only measured on: no family is in two."""
    ours, others = split(single(found), LEARN)
    return *split(ours, 0.6, salt="check"), others


def draws(learn: Sequence[Described], *, parts: bool) -> list[Task]:
    """The tasks that weights are learned from: each draw makes other copies."""
    return [task(learn, len(learn) * 3 // 2, seed=seed, parts=parts) for seed in range(DRAWS)]


def task(found: Sequence[Described], size: int, *, seed: int, parts: bool = False) -> Task:
    """About so many records: originals, made strangers where they are not enough, and copies of a third of them."""
    chance = random.Random(seed)  # noqa: S311 (a repeatable draw, not a secret)
    wanted = int(size / (1 + COPIES + (PARTS if parts else 0)))
    originals = chance.sample(found, min(wanted, len(found)))
    originals += strangers(found, wanted - len(originals), chance)
    records = [replace(record, key=key, identifiers=frozenset()) for key, record in enumerate(originals)]
    same, alike = set(), set()
    for record in chance.sample(records[:wanted], int(wanted * COPIES)):
        same.add(frozenset((int(record.key), len(records))))
        records.append(copies.another(record, len(records), chance))
    if parts:
        places = sorted({place for record in found for place in record.places})
        for record in chance.sample(records[:wanted], int(wanted * PARTS)):
            alike.add(frozenset((int(record.key), len(records))))
            records.append(copies.part(record, len(records), chance, places))
    return Task(records, frozenset(same), frozenset(alike))


@dataclass(frozen=True)
class Found:
    """How well pairs were found: of those named, how many are right; of those that are right, how many were named."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.precision else 0.0


def measured(named: set[Pair], right: frozenset[Pair]) -> Found:
    """Named pairs beside the right ones."""
    hits = len(named & right)
    return Found(hits / len(named) if named else 0.0, hits / len(right))
