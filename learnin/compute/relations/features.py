"""What two records have in common and where they differ, as numbers of which each speaks one way only."""

from collections.abc import Callable, Set

import numpy as np
from numpy.typing import NDArray

from learnin.compute.relations.cards import Numbers
from learnin.compute.relations.tables import Floats, Mask, Tables, product

AT_ONCE = 100_000  # pairs: about 400 MB of passing tables where descriptions are long
# What a feature is: its name and whether more of it speaks for (+1) or against (-1) a relation.
SIGNS = {
    "title_letters": 1, "title_words": 1, "title_inside": 1, "title_rare": 1,
    "title_exchanged": -1, "title_exchanged_rare": -1, "title_beyond": -1, "names_same": 1, "names_apart": -1,
    "meaning": 1,
    "numbers": 1, "numbers_apart": -1, "numbers_more": -1,
    "title_whole": 1, "title_part": 1,
    "description": 1, "description_told": -1,
    "reporter": 1, "organisations": 1, "crossing": 1, "organisations_apart": -1,
    "begins": 1, "begins_told": -1, "begins_far": -1, "ends": 1, "ends_told": -1, "ends_far": -1, "time_apart": -1,
    "budget": 1, "budget_equal": 1, "budget_told": -1, "budget_far": -1,
    "places": 1, "places_apart": -1, "themes": 1, "themes_apart": -1, "audiences": 1, "audiences_apart": -1,
    "sectors": 1, "identifiers": 1,
    "whole_and_reporter": 1, "whole_and_crossing": 1, "whole_and_time": 1, "whole_and_budget": 1, "whole_and_place": 1,
    "whole_and_description": 1, "part_and_time": 1, "part_and_budget": 1, "part_and_description": 1,
    "meaning_and_names": 1, "meaning_and_organisations": 1, "meaning_and_time": 1, "meaning_and_budget": 1,
    "meaning_and_place": 1, "meaning_and_description": 1, "time_and_budget": 1, "all_told_agrees": 1,
}  # fmt: skip
NAMES = tuple(SIGNS)
LEFT = ("title_exchanged", "title_exchanged_rare", "title_beyond")  # told only by comparing word by word
Hope = Callable[[NDArray[np.float32]], Mask]
NEAR = 120.0  # days in which a start or an end that is told otherwise loses two thirds of its weight
NEARLY = 0.25  # likeness by letters below which titles have other words, not misspelt ones
FORM = 70  # likeness of two words, in percent, from which one is the other misspelt or in another case
RARE = 25.0  # rarity that two titles share: about three words that one in a thousand has


def features(first: Tables, i: Numbers, second: Tables, j: Numbers) -> NDArray[np.float32]:
    """The features of pairs of records.

    Args:
        first, second: tables with one rarity; the same one twice for pairs within a register.
        i, j: rows, shape (n,), of the first and of the second.
    Returns:
        Shape (n, features), in the order of `NAMES`, each from 0 to 1. The order of a pair does not matter.
    Raises:
        Nothing.
    Source: docs/methods/relations.md.
    """
    return hopeful(first, i, second, j, lambda values: np.ones(len(values), dtype=bool))[1]


def hopeful(first: Tables, i: Numbers, second: Tables, j: Numbers, hope: Hope) -> tuple[Numbers, NDArray[np.float32]]:
    """The features of those pairs for which there is hope before their titles are compared word by word.

    That takes longer than all else together, and what it finds only speaks against a pair.

    Args:
        first, second, i, j: as for `features`.
        hope: says of which pairs, by features at their best: as if no word of a title was exchanged or left over.
    Returns:
        The places of these pairs, ascending, and their features.
    Raises:
        Nothing.
    Source: docs/methods/relations.md, step 4.
    """
    kept, found = [np.empty(0, dtype=np.int64)], [np.empty((0, len(NAMES)), dtype=np.float32)]
    for at in range(0, len(i), AT_ONCE):
        rows, values = _features(first, i[at : at + AT_ONCE], second, j[at : at + AT_ONCE], hope)
        kept.append(rows + at)
        found.append(values)
    return np.concatenate(kept), np.concatenate(found)


def _features(a: Tables, i: Numbers, b: Tables, j: Numbers, hope: Hope) -> tuple[Numbers, NDArray[np.float32]]:
    said = _titles(a, i, b, j) | _descriptions(a, i, b, j) | _organisations(a, i, b, j) | _numbers(a, i, b, j)
    said |= _time(a, i, b, j) | _money(a, i, b, j) | _codes(a, i, b, j)
    at_best = _together(said | dict.fromkeys(LEFT, np.zeros(len(i))))
    rows = np.flatnonzero(hope(at_best))
    said = {name: value[rows] for name, value in said.items()}
    left = _left(a, i[rows], b, j[rows], said["title_letters"])
    return rows, _together(said | dict(zip(LEFT, left, strict=True)))


def _together(said: dict[str, Floats]) -> NDArray[np.float32]:
    """All features side by side, with the products of some."""
    meaning, alike = said["meaning"], np.maximum(said["title_letters"], said["title_words"])
    kept = (1 - said["title_exchanged"]) * (1 - said["numbers_apart"])
    whole, part = alike**2 * kept, said["title_inside"] * said["title_rare"] * kept
    ours = np.maximum.reduce([said["reporter"], said["organisations"], said["crossing"]])
    time = (said["begins"] + said["ends"]) / 2
    against = ("begins_far", "ends_far", "time_apart", "budget_far", "places_apart", "numbers_apart")
    said = said | {
        "title_whole": whole,
        "title_part": part,
        "whole_and_reporter": whole * said["reporter"],
        "whole_and_crossing": whole * said["crossing"],
        "whole_and_time": whole * time,
        "whole_and_budget": whole * said["budget"],
        "whole_and_place": whole * said["places"],
        "whole_and_description": whole * said["description"],
        "part_and_time": part * time,
        "part_and_budget": part * said["budget"],
        "part_and_description": part * said["description"],
        "meaning_and_names": meaning * said["names_same"],
        "meaning_and_organisations": meaning * ours,
        "meaning_and_time": meaning * time,
        "meaning_and_budget": meaning * said["budget"],
        "meaning_and_place": meaning * said["places"],
        "meaning_and_description": meaning * said["description"],
        "time_and_budget": time * said["budget"],
        "all_told_agrees": np.maximum(whole, part) * np.prod([1 - said[name] for name in against], axis=0),
    }
    return np.column_stack([said[name] for name in NAMES]).astype(np.float32)


def _titles(a: Tables, i: Numbers, b: Tables, j: Numbers) -> dict[str, Floats]:
    letters, ordered = _best(a, i, b, j)
    shared = product(a.words, i, b.words, j)
    names = product(a.names, i, b.names, j)
    mine, theirs = a.weights["words"][i], b.weights["words"][j]
    my_names, their_names = a.weights["names"][i], b.weights["names"][j]
    apart = np.minimum(my_names, their_names) > 0
    return {
        "title_letters": letters,
        "title_words": ordered,
        "title_inside": _share(shared, np.minimum(mine, theirs)),
        "title_rare": np.minimum(1, shared / RARE),
        "names_same": _share(names, np.minimum(my_names, their_names)),
        "names_apart": apart * (1 - _share(names, np.minimum(my_names, their_names))),
        "meaning": np.minimum(1, product(a.meaning, i, b.meaning, j)),
    }


def _best(a: Tables, i: Numbers, b: Tables, j: Numbers) -> tuple[Floats, Floats]:
    """Of all titles of the one with all titles of the other: the likest by runs of letters, and by words in order."""
    from rapidfuzz import fuzz, process

    pair, mine, theirs = _each_title(a, i, b, j)
    letters = np.minimum(1, product(a.grams, mine, b.grams, theirs))
    ordered = process.cpdist(
        [a.ordered[one] for one in mine.tolist()],
        [b.ordered[one] for one in theirs.tolist()],
        scorer=fuzz.ratio,
        dtype=np.float32,
        workers=-1 if len(pair) > AT_ONCE // 10 else 1,
    )
    best = np.zeros((2, len(i)))
    np.maximum.at(best[0], pair, letters)
    np.maximum.at(best[1], pair, ordered.astype(np.float64) / 100)
    return best[0], best[1]


def _left(a: Tables, i: Numbers, b: Tables, j: Numbers, letters: Floats) -> NDArray[np.float64]:
    """What one title has and the other lacks: which share was exchanged, how rare that is, how rare the rest.

    A title that was cut or retold leaves a rest on one side, one in which a name was exchanged for another on both.
    """
    near = (letters >= NEARLY).tolist()
    found = [
        _rest(a.bags[one], b.bags[two], near[at])
        for at, (one, two) in enumerate(zip(i.tolist(), j.tolist(), strict=True))
    ]
    return np.minimum(1, np.array(found, dtype=np.float64).reshape(-1, 3).T)


def _rest(one: dict[str, float], other: dict[str, float], near: bool) -> tuple[float, float, float]:
    """The same for one pair: words with their rarity; a word and its misspelling are one."""
    mine: Set[str] = one.keys() - other.keys()
    theirs: Set[str] = other.keys() - one.keys()
    if near and mine and theirs:
        mine, theirs = _unlike(mine, theirs), _unlike(theirs, mine)
    first, second = sum(one[word] for word in sorted(mine)), sum(other[word] for word in sorted(theirs))
    low, high = min(first, second), max(first, second)
    return low / (min(sum(one.values()), sum(other.values())) or 1), low / RARE, high / RARE


def _unlike(words: Set[str], others: Set[str]) -> Set[str]:
    """Those words that none of the others is a misspelling or another form of."""
    from rapidfuzz import fuzz, process

    return {word for word in words if not process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=FORM)}


def _each_title(a: Tables, i: Numbers, b: Tables, j: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Every title of the first with every title of the second, and which pair it belongs to."""
    many = a.several[i] * b.several[j]
    pair = np.repeat(np.arange(len(i)), many)
    at = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
    width = b.several[j][pair]
    return pair, a.first[i][pair] + at // width, b.first[j][pair] + at % width


def _descriptions(a: Tables, i: Numbers, b: Tables, j: Numbers) -> dict[str, Floats]:
    told = a.weights["descriptions"][i] * b.weights["descriptions"][j]
    alike, both = np.zeros(len(i)), np.flatnonzero(told)
    alike[both] = np.minimum(1, product(a.descriptions, i[both], b.descriptions, j[both]))
    return {"description": alike, "description_told": told}


def _organisations(a: Tables, i: Numbers, b: Tables, j: Numbers) -> dict[str, Floats]:
    from rapidfuzz import fuzz, process

    ours, theirs = [a.reporters[one] for one in i.tolist()], [b.reporters[one] for one in j.tolist()]
    told = np.array([bool(one and other) for one, other in zip(ours, theirs, strict=True)])
    alike = process.cpdist(ours, theirs, scorer=fuzz.token_sort_ratio, dtype=np.float32).astype(np.float64) / 100
    reporter = told * np.where(alike > 0.7, alike, 0)
    shared = product(a.sets["organisations"], i, b.sets["organisations"], j) > 0
    same = product(a.sets["partners"], i, b.sets["partners"], j)
    every = a.weights["partners"][i] + b.weights["partners"][j] - same
    return {
        "reporter": reporter,
        "organisations": _share(same, every),
        "crossing": (shared & (reporter < 0.7) & (same == 0)).astype(np.float64),
        "organisations_apart": (told & ~shared & (reporter < 0.7)).astype(np.float64),
    }


def _numbers(a: Tables, i: Numbers, b: Tables, j: Numbers) -> dict[str, Floats]:
    same = product(a.sets["numbers"], i, b.sets["numbers"], j)
    mine, theirs = a.weights["numbers"][i], b.weights["numbers"][j]
    every = mine + theirs - same
    exchanged = np.minimum(mine, theirs) > same  # each has one that the other lacks; else one may be left out
    apart = (every > 0) * (1 - _share(same, every))
    return {
        "numbers": _share(same, every),
        "numbers_apart": exchanged.astype(np.float64),
        "numbers_more": ~exchanged * apart,
    }


def _time(a: Tables, i: Numbers, b: Tables, j: Numbers) -> dict[str, Floats]:
    said: dict[str, Floats] = {}
    for what, mine, theirs in (("begins", a.begins[i], b.begins[j]), ("ends", a.ends[i], b.ends[j])):
        days = np.abs(mine - theirs)
        said[what] = np.nan_to_num(np.exp(-days / NEAR))
        said[f"{what}_told"] = (~np.isnan(days)).astype(np.float64)
        said[f"{what}_far"] = np.nan_to_num(np.clip(days / 1460, 0, 1))
    later = np.fmax(a.begins[i], b.begins[j])
    earlier = np.fmin(np.fmax(a.ends[i], a.begins[i]), np.fmax(b.ends[j], b.begins[j]))
    return said | {"time_apart": np.nan_to_num(np.clip((later - earlier) / 730, 0, 1))}


def _money(a: Tables, i: Numbers, b: Tables, j: Numbers) -> dict[str, Floats]:
    apart = np.abs(np.log(a.budget[i]) - np.log(b.budget[j]))
    told = ~np.isnan(apart) & (a.currency[i] == b.currency[j])
    near = np.where(told, np.exp(-5 * np.nan_to_num(apart)), 0)
    return {
        "budget": near,
        "budget_equal": (near > 0.9999).astype(np.float64),
        "budget_told": told.astype(np.float64),
        "budget_far": told * np.clip(np.nan_to_num(apart) / 2, 0, 1),
    }


def _codes(a: Tables, i: Numbers, b: Tables, j: Numbers) -> dict[str, Floats]:
    said: dict[str, Floats] = {}
    for field in ("places", "themes", "audiences", "sectors", "identifiers"):
        mine, theirs = a.weights[field][i], b.weights[field][j]
        same = product(a.sets[field], i, b.sets[field], j) if mine.any() and theirs.any() else np.zeros(len(i))
        said[field] = _share(same, np.minimum(mine, theirs))
        if f"{field}_apart" in SIGNS:
            said[f"{field}_apart"] = ((np.minimum(mine, theirs) > 0) & (same == 0)).astype(np.float64)
    return said


def _share(part: Floats, whole: Floats) -> Floats:
    """Part by whole, 0 where there is nothing, never above 1 by rounding."""
    return np.minimum(1, np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0))
