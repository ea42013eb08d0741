"""Made records for machines that have no real ones: titles out of a small dictionary, with names, places and sums."""

import random
from datetime import date, timedelta

from learnin.compute.relations import Described
from make.relations.copies import dictionary

COUNTRIES = ("RO", "HR", "RS", "UA")
SYLLABLES = ("ba", "cu", "de", "fi", "go", "la", "mi", "no", "pra", "re", "sta", "tu", "vo", "za")


def records(count: int, seed: int = 1) -> list[Described]:
    """So many records, the same each time. They are easier to tell apart than real ones."""
    chance = random.Random(seed)  # noqa: S311 (a repeatable draw, not a secret)
    return [_record(key, chance) for key in range(count)]


def _record(key: int, chance: random.Random) -> Described:
    country = chance.choice(COUNTRIES)
    language = COUNTRIES.index(country) % 3
    words = [words[language] for _begins, words in chance.sample(dictionary(), chance.randint(3, 7))]
    place, begins = _name(chance), date(2010, 1, 1) + timedelta(days=chance.randrange(4_000))
    return Described(
        key=key,
        country=country,
        titles=(" ".join([*words, place]),),
        reporter=f"{_name(chance)} {chance.choice(['Foundation', 'Agency', 'Town'])}",
        begins=begins,
        ends=begins + timedelta(days=chance.randrange(100, 1_500)),
        budget=round(chance.lognormvariate(12, 1.5), 2),
        currency="EUR",
        places=frozenset({f"{country}-{chance.randrange(20):02}"}),
    )


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _syllable in range(3)).title()
