"""Rules that give a relation its name, so that a person can follow each step."""

from collections.abc import Mapping
from datetime import date

from learnin.compute.relations import words
from learnin.compute.relations.described import Described, Relation

SURE = 0.5  # chance of being one activity from which two records are named so
LEAST = 0.4  # chance of belonging together below which only an overlap can be left
LATER = 180  # days between two beginnings from which parts of one programme are its phases
EQUAL = 0.995  # share of the larger amount from which two amounts are one, rounded
TEXT = 0.75  # likeness of titles from which two records are no mere overlap


def named(
    first: Described, second: Described, features: Mapping[str, float], *, score: float, same: float, one_text: bool
) -> Relation:
    """What two records are to each other.

    Args:
        first, second: the pair; its order does not matter.
        features: the value of each feature of `features.NAMES`.
        score: chance of being one activity or parts of one programme.
        same: chance of being one activity.
        one_text: whether the titles allow that: see `scoring.is_one_text`.
    Returns:
        The first of: same, joint (one activity); phase, site (one programme); overlap; unrelated.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, step 5.
    """
    one_activity = same >= SURE and one_text and not are_two_amounts(first, second)
    if score >= LEAST and (features["identifiers"] > 0 or one_activity):
        reporter = features["reporter"] > 0 or not (first.reporter.strip() and second.reporter.strip())
        return Relation.SAME if reporter else Relation.JOINT
    if score >= LEAST:
        return Relation.PHASE if is_later(first, second) else Relation.SITE
    if is_overlap(first, second) and max(features["title_letters"], features["title_words"]) < TEXT:
        return Relation.OVERLAP
    return Relation.UNRELATED


def is_later(first: Described, second: Described) -> bool:
    """Whether one goes on where the other ended: it begins much later, or the titles say another year or phase."""
    if first.begins and second.begins and abs((first.begins - second.begins).days) >= LATER:
        return True
    mine, theirs = (frozenset[str]().union(*map(words.numbers, one.titles)) for one in (first, second))
    if mine == theirs:
        return False
    years = {number for number in mine ^ theirs if len(number) == 4 and number[:2] in ("19", "20")}
    return bool(years) or _says_phase(first) or _says_phase(second)


def are_two_amounts(first: Described, second: Described) -> bool:
    """Whether one reporter tells two amounts in one file or system: it counts two activities, however alike."""
    if not first.source or first.source != second.source:
        return False
    if words.organisation(first.reporter) != words.organisation(second.reporter):
        return False
    amounts = (first.budget or 0, second.budget or 0)
    return first.currency == second.currency and 0 < min(amounts) < max(amounts) * EQUAL


def is_overlap(first: Described, second: Described) -> bool:
    """Whether both work in one region, for the same people, on one theme, at one time. Not told is not shared."""
    codes = (first.places & second.places, first.audiences & second.audiences, first.themes & second.themes)
    return first.country == second.country and all(codes) and shared_days(first, second) > 0


def shared_days(first: Described, second: Described) -> int:
    """On how many days both run; 0 where one has no dates. Without an end a record runs on from its beginning."""
    if not (first.begins and second.begins):
        return 0
    ends = min(first.ends or date.max, second.ends or date.max)
    return max(0, (ends - max(first.begins, second.begins)).days + 1)


def _says_phase(record: Described) -> bool:
    every = (word for title in record.titles for word in words.folded(title).split())
    return any("phase" in words.concepts(word) for word in every)
