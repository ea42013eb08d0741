"""Words of a record in one form for all scripts, and what they mean in all languages of the region."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

from learnin.compute.folding import sounds

TERMS = Path(__file__).with_name("terms.txt")
ORGANISATIONS = Path(__file__).with_name("organisations.txt")
LONGEST = 24  # letters of the longest beginning that is looked up; no word of the list is longer
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12"}
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NO_NAME = re.compile(r"\([^)]*\d[^)]*\)|,\s*jud(?:etul)?\b.*|[\"“”„»«]")
_FORM = re.compile(r"\b(?:sc|srl|sa|doo|dd|jdoo|llc|ltd|inc|gmbh|ooo|too|tov|ao|eood|ood|dooel|jsc)\b")
_PARTS = re.compile(r"[\n;]+")


def folded(text: str) -> str:
    """A text as it is compared: `learnin.compute.folding.sounds`."""
    return sounds(text)


def _lines(path: Path) -> Iterator[list[str]]:
    """The cells of each line of a curated list."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("|")]


@cache
def terms() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Folded beginnings of words, and whole words, with the concepts each stands for."""
    begins: dict[str, tuple[str, ...]] = {}
    whole: dict[str, tuple[str, ...]] = {}
    for concept, *languages in _lines(TERMS):
        for word in (word for cell in languages for word in cell.split()[1:]):
            place = whole if word.endswith("!") else begins
            folded = sounds(word.rstrip("!")).replace(" ", "")
            place[folded] = tuple(dict.fromkeys((*place.get(folded, ()), concept)))
    return begins, whole


@lru_cache(maxsize=2**17)
def concepts(word: str) -> tuple[str, ...]:
    """What a folded word means: the concepts of the whole word, else those of its longest known beginning.

    >>> concepts(sounds("nastavnicima")) == concepts(sounds("teachers")) == concepts(sounds("учителей"))
    True
    """
    begins, whole = terms()
    if word in whole:
        return whole[word]
    lengths = range(min(len(word), LONGEST), 1, -1)
    return next((begins[word[:length]] for length in lengths if word[:length] in begins), ())


def numbers(title: str) -> frozenset[str]:
    """The numbers of a title: digits as they stand, Roman ones as digits; ordinals lose their ending.

    >>> sorted(numbers("2nd workshop, phase II of 2015-2017"))
    ['2', '2015', '2017']
    """
    digits = (number.lstrip("0") or "0" for number in _NUMBER.findall(title))
    romans = (_ROMAN[word] for word in re.findall(r"\b[ivx]+\b", title.lower()) if word in _ROMAN)
    return frozenset((*digits, *romans))


@cache
def _organisations() -> tuple[dict[str, str], list[tuple[str, str]], dict[str, str]]:
    """Whole folded names, beginnings of names, and acronyms as written in titles."""
    whole, begins, acronyms = {}, [], {}
    for code, *names in _lines(ORGANISATIONS):
        acronyms[names[0].rstrip("*")] = code
        for name in names:
            folded = sounds(name.rstrip("*"))
            if name.endswith("*"):
                begins.append((folded, code))
            whole[folded] = code
    return whole, sorted(begins, key=lambda pair: -len(pair[0])), acronyms


@lru_cache(maxsize=2**16)
def organisation(name: str) -> str:
    """One form for the names of an organisation: the code of a known one, else its folded name without legal form.

    >>> organisation("Организация Объединенных Наций"), organisation("ЮНИСЕФ"), organisation("UNICEF Albania office")
    ('organizacia obedinennih naci', 'unicef', 'unicef')
    """
    whole, begins, acronyms = _organisations()
    folded = sounds(_NO_NAME.sub(" ", name))
    plain = " ".join(_FORM.sub(" ", folded).split()) or folded
    if known := whole.get(plain):
        return known
    start = next((code for begin, code in begins if plain.startswith(begin)), "")
    return start or acronyms.get(name.split(maxsplit=1)[0] if name.strip() else "", "") or plain


def organisations(names: str) -> tuple[str, ...]:
    """The organisations of a cell that may name several, one in a line or parted by semicolons."""
    return tuple(dict.fromkeys(one for part in _PARTS.split(names) if (one := organisation(part.strip()))))


def named(title: str) -> frozenset[str]:
    """Known organisations whose acronym stands in a title, in capitals.

    >>> sorted(named("UNDP: access to justice, with UNICEF"))
    ['undp', 'unicef']
    """
    acronyms = _organisations()[2]
    return frozenset(acronyms[word] for word in re.findall(r"\b[A-Z][A-Za-z]{2,8}\b", title) if word in acronyms)
