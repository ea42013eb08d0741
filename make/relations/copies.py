"""Made from real records: the same activity as another system would tell it, and a part of its programme."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from learnin.compute.relations import Described, Key
from learnin.compute.relations.words import folded

DICTIONARY = Path(__file__).with_name("dictionary.txt")
FILLERS = ["Project", "Programme for", "Support to", "Strengthening", "National", "Initiative:", "Component 1 -"]
SHORT = {"management": "mgmt.", "development": "dev.", "international": "intl.", "government": "govt.", "and": "&"}
OTHERS = ["EU delegation", "Line ministry", "GIZ", "World Bank", "UNDP", "Local foundation", "Regional agency"]
CURRENCIES = {"EUR": 0.92, "USD": 1.0, "CHF": 0.9}
LEAST = 2  # words that stay in a title


def another(record: Described, key: Key, chance: random.Random) -> Described:
    """The same activity in another system: told anew, in part, perhaps in another language or by a partner."""
    kind = chance.choices(("light", "short", "retold", "translated"), (80, 6, 8, 6))[0]
    title = {"light": _light, "short": _short, "retold": _retold, "translated": _translated}[kind](record, chance)
    reporter, partners = _told_by(record, chance)
    described = "" if kind == "translated" else _description(record, chance)
    budget, currency = _money(record, chance)
    return replace(
        record,
        key=key,
        titles=(title,),
        descriptions=(described,) if described else (),
        reporter=reporter,
        organisations=partners,
        begins=_day(record.begins, chance),
        ends=_day(record.ends, chance),
        budget=budget,
        currency=currency,
        places=record.places if chance.random() < 0.75 else frozenset(),
        sectors=record.sectors if chance.random() < 0.5 else frozenset(),
        identifiers=frozenset(),
        source="copy",
    )


def part(record: Described, key: Key, chance: random.Random, places: Sequence[str]) -> Described:
    """Another phase or site of the same programme: one number or one place of the title differs, and the money."""
    title, later = record.titles[0], chance.random() < 0.5
    if later:
        years = chance.randint(1, 3)
        title = f"{title} {chance.choice(['phase', 'II', 'Faza', ''])} {years + 1}".replace("  ", " ")
        moved = timedelta(days=365 * years)
        begins, ends = (day + moved if day else None for day in (record.begins, record.ends))
        record = replace(record, begins=begins, ends=ends)
    else:
        place = chance.choice(places)
        old = next((word for word in title.split()[1:] if word[:1].isupper()), "")
        title = title.replace(old, place.title()) if old else f"{title} - {place.title()}"
        record = replace(record, places=frozenset({place}) if record.places else frozenset())
    budget = record.budget * chance.lognormvariate(0, 0.6) if record.budget else None
    return replace(record, key=key, titles=(title,), budget=budget, identifiers=frozenset(), source="copy")


def _light(record: Described, chance: random.Random) -> str:
    words = [SHORT.get(word.lower(), word) if chance.random() < 0.5 else word for word in record.titles[0].split()]
    words = [_typo(word, chance) if chance.random() < 0.08 else word for word in words]
    if len(words) > LEAST + 1 and chance.random() < 0.4:
        words.pop(chance.randrange(len(words)))
    title = " ".join(words)
    changes: list[Callable[[str], str]] = [str.upper, str.lower, str.strip, folded, "1.2.3 {}".format]
    return chance.choice(changes)(title)


def _short(record: Described, chance: random.Random) -> str:
    words = record.titles[0].split()
    return " ".join(words[: max(LEAST, int(len(words) * chance.uniform(0.35, 0.7)))])


def _retold(record: Described, chance: random.Random) -> str:
    words = [word for word in record.titles[0].split() if chance.random() < 0.7] or record.titles[0].split()
    if chance.random() < 0.6:
        at = chance.randrange(len(words))
        words = [*words[at:], *words[:at]]
    return " ".join([chance.choice(FILLERS), *words])


def _translated(record: Described, chance: random.Random) -> str:
    """Known words in another language; half of the others go; names and numbers stay."""
    target = chance.choice((0, 3) if record.country in ("RO", "HR") else (1, 2, 3))
    said = []
    for at, word in enumerate(record.titles[0].split()):
        known = _meaning(folded(word))
        if known:
            said.append(known[target])
        elif (
            word.isdigit() or (at and word[:1].isupper()) or word.isupper() or (len(word) > 3 and chance.random() < 0.5)
        ):
            said.append(word)
    return " ".join(said) or record.titles[0]


def _is_name(word: str, at: int) -> bool:
    return word.isdigit() or word.isupper() or (at > 0 and word[:1].isupper())


def _meaning(word: str) -> tuple[str, ...]:
    return next((words for begins, words in dictionary() if any(word.startswith(one) for one in begins)), ())


@cache
def dictionary() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each line the folded beginnings by which a word is found, and the words of the four languages."""
    lines = DICTIONARY.read_text(encoding="utf-8").splitlines()
    found = [tuple(cell.strip() for cell in line.split("|")) for line in lines if not line.startswith("#")]
    return [(tuple(folded(word) for word in words if " " not in word), words) for words in found]


def _typo(word: str, chance: random.Random) -> str:
    if len(word) < 4:
        return word
    at = chance.randrange(len(word) - 1)
    return chance.choice([word[:at] + word[at + 1 :], word[:at] + word[at + 1] + word[at] + word[at + 2 :]])


def _told_by(record: Described, chance: random.Random) -> tuple[str, tuple[tuple[str, str], ...]]:
    luck = chance.random()
    if luck < 0.4:
        kept = record.organisations if chance.random() < 0.6 else ()
        return (_typo(record.reporter, chance) if luck < 0.1 else record.reporter), kept
    funders = [name for _role, name in record.organisations] or OTHERS
    reporter = chance.choice(funders if luck < 0.75 else OTHERS)
    return reporter, (("implementing", record.reporter),) if chance.random() < 0.6 else ()


def _description(record: Described, chance: random.Random) -> str:
    if not record.descriptions or chance.random() < 0.45:
        return ""
    sentences = record.descriptions[0].split(". ")
    if chance.random() < 0.4:
        chance.shuffle(sentences)
    return ". ".join(sentences)[: chance.choice([100, 250, 2000])]


def _day(day: date | None, chance: random.Random) -> date | None:
    luck = chance.random()
    if not day or luck < 0.25:
        return None
    if luck < 0.4:
        return date(day.year, 1, 1)
    return day + timedelta(days=chance.randint(-90, 90)) if luck < 0.7 else day


def _money(record: Described, chance: random.Random) -> tuple[float | None, str]:
    luck = chance.random()
    if not record.budget or luck < 0.25:
        return None, ""
    if luck < 0.45:
        currency = chance.choice([*CURRENCIES])
        return record.budget * CURRENCIES[currency], currency
    near = {True: chance.uniform(0.9, 1.1), False: 1.0}[luck < 0.65] * (chance.uniform(0.3, 0.7) if luck > 0.9 else 1)
    return record.budget * near, record.currency
