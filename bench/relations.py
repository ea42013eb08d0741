"""What finding related initiatives costs and finds, beside rapidfuzz, TF-IDF and an earlier trial, on the same records.

The records are real ones where `shared/data/initiatives` stands beside the project, made ones elsewhere; a third of
the originals has a made copy. Where real records are not enough, strangers are made out of their parts, as crowded as
real ones (docs/decisions/0023-made-strangers.md).
"""

import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bench import relations_trial as trial
from bench.table import table
from learnin.compute.relations import Described, Register, pairs
from learnin.compute.relations.words import folded
from make.relations import made, real
from make.relations.fitting import keyed, within_countries
from make.relations.task import Pair, Task, draws, families, measured, task

FILE = Path(__file__).parents[2] / "shared" / "data" / "initiatives" / "eca_initiatives.csv"
FULL = 40  # repetitions of a usual run
SIZES = (1_000, 10_000, 100_000)
ALL_TITLES = 10_000  # rapidfuzz compares all titles of a country: ten times as many take a hundred times as long
SURE = 0.5
LIKE = (60, 70, 75, 80, 85, 88, 90, 92, 95)  # percent at which the others may draw the line: the best is theirs
DRAFTS = 200


@dataclass(frozen=True)
class Took:
    """Seconds by the clock and of the processors; which pairs were said to be the same, at the best line."""

    seconds: float
    processor: float
    named: set[Pair]


def run(repetitions: int) -> list[str]:
    """Two tables: all pairs of a register, and one draft against it."""
    sizes = SIZES[: 1 if repetitions < FULL // 4 else 2 if repetitions < FULL else 3]
    learn, _check, others = families(real.records(FILE) if FILE.exists() else made.records(12_000))
    tasks = [task(others, size, seed=20) for size in sizes]
    ours = [_ours(one) for one in tasks]  # first, so that the peak of memory is ours
    model = trial.learned(draws(learn, parts=False))  # copies only, as in the tasks: it finds more than with parts
    lines = [line for one, line in zip(tasks, ours, strict=True) for line in (line, _trial(model, one), *_others(one))]
    head = ["all pairs", "records", "seconds", "processor s", "records/s of it"]
    head += ["F1", "precision", "recall", "in reach", "peak MB"]
    draft = ["one draft", "records", "processor ms", "slowest of 200", "add and compare ms", "slowest of 200"]
    return [table(head, lines), table(draft, [*_drafts(tasks)])]


def _ours(one: Task) -> list[str]:
    begun, spent = time.perf_counter(), time.process_time()
    register = Register.of(one.records)
    found = list(pairs(register))
    took = time.perf_counter() - begun, time.process_time() - spent
    named = {frozenset((int(pair.first), int(pair.second))) for pair in found if pair.same >= SURE}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _line("LearnIn", one, Took(*took, named), f"{_in_reach(register, one):.3f}", f"{peak:,.0f}")


def _in_reach(register: Register, one: Task) -> float:
    """The share of the right pairs that are compared at all: no score can find more."""
    return len({*keyed(register.tables, *within_countries(register.tables))} & one.same) / len(one.same)


def _trial(model: Any, one: Task) -> list[str]:
    ran = trial.alone(model, one)
    took = Took(ran.seconds, ran.processor, ran.named)
    return _line("trial: TF-IDF, 14 features, logistic", one, took, f"{ran.in_reach:.3f}", f"{ran.peak:,.0f}")


def _others(one: Task) -> Iterator[list[str]]:
    if len(one.records) <= ALL_TITLES * 1.1:
        yield _line("rapidfuzz, titles", one, _best(one, _rapidfuzz))
    else:
        yield ["rapidfuzz, titles", f"{len(one.records):,}", "not run", *["-"] * 7]
    yield _line("TF-IDF, titles", one, _best(one, _tfidf))


def _best(one: Task, likeness: Callable[[Sequence[str]], Iterator[tuple[int, int, float]]]) -> Took:
    """The line at which a likeness of titles finds most, known only because the truth is."""
    begun, spent, found = time.perf_counter(), time.process_time(), []
    by_country: dict[str, list[Described]] = {}
    for record in one.records:
        by_country.setdefault(record.country, []).append(record)
    for records in by_country.values():
        titles = [folded(record.titles[0]) for record in records]
        keys = [int(record.key) for record in records]
        found += [(frozenset((keys[i], keys[j])), like) for i, j, like in likeness(titles)]
    took = time.perf_counter() - begun, time.process_time() - spent
    choices = [{pair for pair, like in found if like >= least} for least in LIKE]
    return Took(*took, max(choices, key=lambda named: measured(named, one.same).f1))


def _rapidfuzz(titles: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    from rapidfuzz import fuzz, process

    for start in range(0, len(titles), 1_000):
        part = titles[start : start + 1_000]
        likeness = process.cdist(
            part, titles, scorer=fuzz.token_sort_ratio, score_cutoff=min(LIKE), dtype=np.uint8, workers=-1
        )
        for i, j in zip(*np.nonzero(likeness), strict=True):
            if start + i < j:
                yield start + int(i), int(j), float(likeness[i, j])


def _tfidf(titles: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(4, 4)).fit_transform(titles)
    turned = vectors.T.tocsr()
    for start in range(0, len(titles), 500):
        likeness = (vectors[start : start + 500] @ turned).tocoo()
        kept = (likeness.data >= min(LIKE) / 100) & (likeness.row + start < likeness.col)
        for i, j, like in zip(likeness.row[kept], likeness.col[kept], likeness.data[kept], strict=True):
            yield start + int(i), int(j), 100 * float(like)


def _drafts(tasks: Sequence[Task]) -> Iterator[list[str]]:
    """What one takes who types a title, against registers of each size; and what one more record in it costs."""
    for one in tasks:
        register = Register.of(one.records)
        drafts = [
            Described(key=f"draft {at}", country=record.country, titles=record.titles, places=record.places)
            for at, record in enumerate(one.records[:: max(1, len(one.records) // DRAFTS)][:DRAFTS])
        ]
        register.related(drafts[0])
        times = [_milliseconds(partial(register.related, draft)) for draft in drafts]
        more = [_milliseconds(partial(_added, register, draft)) for draft in drafts]
        yield [
            "draft",
            f"{len(one.records):,}",
            f"{median(times):.1f}",
            f"{max(times):.1f}",
            f"{median(more):.1f}",
            f"{max(more):.0f}",
        ]


def _added(register: Register, draft: Described) -> None:
    register.add(draft)
    register.related(draft)


def _milliseconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return (time.process_time() - begun) * 1000


def _line(name: str, one: Task, took: Took, in_reach: str = "-", peak: str = "-") -> list[str]:
    found, count = measured(took.named, one.same), len(one.records)
    shares = [f"{share:.3f}" for share in (found.f1, found.precision, found.recall)]
    return [
        name,
        f"{count:,}",
        f"{took.seconds:.1f}",
        f"{took.processor:.1f}",
        f"{count / took.processor:,.0f}",
        *shares,
        in_reach,
        peak,
    ]
