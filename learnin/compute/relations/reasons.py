"""Why two records are thought to belong together: codes with values, which pages say in the reader's language."""

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from learnin.compute.relations import words
from learnin.compute.relations.cards import Card
from learnin.compute.relations.described import Described, Reason, Value

SENTENCES: Mapping[str, str] = {
    "identifier": "both have the identifier {identifiers}",
    "title_equal": "the same title",
    "title_alike": "similar titles ({percent} %)",
    "title_meaning": "titles that mean the same: {concepts}",
    "names": "the same names in the titles: {names}",
    "numbers_equal": "the same numbers in the titles: {numbers}",
    "numbers_differ": "different numbers in the titles: {first} and {second}",
    "description_alike": "similar descriptions ({percent} %)",
    "reporter_equal": "the same reporter: {reporter}",
    "reporter_differs": "different reporters: {first} and {second}",
    "organisation_shared": "the same organisations: {organisations}",
    "crossing": "one reports what the other takes part in: {organisations}",
    "time_equal": "the same time: {begins} to {ends}",
    "time_shared": "at the same time from {begins} to {ends}",
    "time_apart": "one after the other: {first} and {second}",
    "budget_equal": "the same budget: {amount} {currency}",
    "budget_near": "similar budgets: {first} and {second} {currency}",
    "places_equal": "the same places: {places}",
    "places_differ": "different places: {first} and {second}",
    "themes": "the same themes: {themes}",
    "audiences": "for the same people: {audiences}",
}
"""What each code means, in English, with the values that it brings. Percent, amounts and names are values."""

TITLE, DESCRIPTION = 0.6, 0.4  # likeness from which it is worth a word
LIKE, FACTS = ("title_letters", "title_words"), ("names_same", "meaning")


def in_english(reason: Reason) -> str:
    """One reason for the command line and for documents.

    Args:
        reason: what `related` gave.
    Returns:
        A phrase without a full stop.
    Raises:
        KeyError: a code that is not ours.
    Source: docs/methods/relations.md.

    >>> in_english(Reason("places_equal", {"places": ("HR-17",)}))
    'the same places: HR-17'
    """
    said = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in reason.values.items()}
    return SENTENCES[reason.code].format(**said)


def reasons(first: Card, second: Card, features: Mapping[str, float]) -> tuple[Reason, ...]:
    """What speaks for and against, in the order that a person would ask: text, people, time, money, place.

    Args:
        first, second: the cards of the pair.
        features: the value of each feature of `features.NAMES`.
    Returns:
        The reasons; none where the records have nothing to compare.
    Raises:
        Nothing.
    Source: docs/methods/relations.md.
    """
    one, other = first.record, second.record
    text = (*_title(first, second, features), *_numbers(one, other), *_description(features))
    return (*_identifiers(one, other), *text, *_people(first, second), *_time(one, other), *_money(one, other),
            *_codes(one, other))  # fmt: skip


def _identifiers(one: Described, other: Described) -> Iterator[Reason]:
    if shared := one.identifiers & other.identifiers:
        yield _reason("identifier", identifiers=_listed(shared))


def _title(first: Card, second: Card, features: Mapping[str, float]) -> Iterator[Reason]:
    alike = max(features["title_letters"], features["title_words"])
    if {*first.titles} & {*second.titles} - {""}:
        yield _reason("title_equal")
        return
    if alike >= TITLE:
        yield _reason("title_alike", percent=round(100 * alike))
        return
    mine, theirs = _means(first), _means(second)
    if concepts := mine & theirs:
        yield _reason("title_meaning", concepts=_listed(concepts))
    if names := _names(first) & _names(second):
        yield _reason("names", names=_listed(names))


def _numbers(one: Described, other: Described) -> Iterator[Reason]:
    mine, theirs = (frozenset[str]().union(*map(words.numbers, record.titles)) for record in (one, other))
    if mine and mine == theirs:
        yield _reason("numbers_equal", numbers=_listed(mine))
    elif mine and theirs:
        yield _reason("numbers_differ", first=_listed(mine - theirs), second=_listed(theirs - mine))


def _description(features: Mapping[str, float]) -> Iterator[Reason]:
    if features["description"] >= DESCRIPTION:
        yield _reason("description_alike", percent=round(100 * features["description"]))


def _people(first: Card, second: Card) -> Iterator[Reason]:
    one, other = first.record.reporter.strip(), second.record.reporter.strip()
    if first.reporter and first.reporter == second.reporter:
        yield _reason("reporter_equal", reporter=one)
    elif one and other:
        yield _reason("reporter_differs", first=one, second=other)
    mine, theirs = _partners(first.record), _partners(second.record)
    if shared := mine.keys() & theirs.keys():
        yield _reason("organisation_shared", organisations=_listed(mine[code] for code in shared))
    if crossing := ({second.reporter} & mine.keys()) | ({first.reporter} & theirs.keys()):
        yield _reason("crossing", organisations=_listed((mine | theirs)[code] for code in crossing))


def _time(one: Described, other: Described) -> Iterator[Reason]:
    spans = [(record.begins or record.ends, record.ends or record.begins) for record in (one, other)]
    (begins, ends), (starts, stops) = spans
    if not (begins and ends and starts and stops):
        return
    if (begins, ends) == (starts, stops):
        yield _reason("time_equal", begins=begins.isoformat(), ends=ends.isoformat())
    elif max(begins, starts) <= min(ends, stops):
        yield _reason("time_shared", begins=max(begins, starts).isoformat(), ends=min(ends, stops).isoformat())
    else:
        yield _reason("time_apart", first=f"{begins}/{ends}", second=f"{starts}/{stops}")


def _money(one: Described, other: Described) -> Iterator[Reason]:
    if not one.budget or not other.budget or one.currency != other.currency or min(one.budget, other.budget) <= 0:
        return
    apart = abs(np.log(one.budget) - np.log(other.budget))  # a quotient of very different budgets may be nothing
    if apart < 0.005:
        yield _reason("budget_equal", amount=round(one.budget), currency=one.currency)
    elif apart < 0.2:
        yield _reason("budget_near", first=round(one.budget), second=round(other.budget), currency=one.currency)


def _codes(one: Described, other: Described) -> Iterator[Reason]:
    if places := one.places & other.places:
        yield _reason("places_equal", places=_listed(places))
    elif one.places and other.places:
        yield _reason("places_differ", first=_listed(one.places), second=_listed(other.places))
    if themes := one.themes & other.themes:
        yield _reason("themes", themes=_listed(themes))
    if audiences := one.audiences & other.audiences:
        yield _reason("audiences", audiences=_listed(audiences))


def _means(card: Card) -> frozenset[str]:
    found = (concept for title in card.titles for word in title.split() for concept in words.concepts(word))
    return frozenset(found) - {"project"}


def _names(card: Card) -> frozenset[str]:
    every = (word for title in card.titles for word in title.split())
    return frozenset(word for word in every if len(word) > 3 and not word.isdigit() and not words.concepts(word))


def _partners(record: Described) -> dict[str, str]:
    return {code: name for _role, name in record.organisations for code in words.organisations(name)}


def _listed(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(found))


def _reason(code: str, **values: Value) -> Reason:
    return Reason(code, values)
